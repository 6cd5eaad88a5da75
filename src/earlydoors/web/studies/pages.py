"""What the pages of studies are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.studies.columns import BY_KEY, FACTS, Fact
from earlydoors.domain.studies.models import Extract, Study
from earlydoors.foundation.kernel.dates import day, moment, months_later
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Header, Line, Row
from earlydoors.web.design.words import sentence
from earlydoors.web.sections.short import ShortForm
from earlydoors.web.studies.steps import STEPS, Step, may_be_done, may_take_away

_TONES = {"asked": "due", "agreed": "done"}


@dataclass(frozen=True)
class Next:
    """Something that can be done with a study."""

    href: str
    says: str


@dataclass(frozen=True)
class Studies:
    """The studies that go on and those of before, and whether whoever looks can ask for one."""

    lead: str
    may_ask: bool
    going_on: Sequence[Line]
    before: Sequence[Line]


@dataclass(frozen=True)
class OneStudy:
    """A study: what it asks, what it takes away, what was decided, what can be done."""

    title: str
    caption: str
    stands: str
    tone: str
    over: str
    asked: Sequence[Row]
    taken: Sequence[Row]
    decided: Sequence[Row]
    headers: Sequence[Header]
    extracts: Sequence[Sequence[str]]
    take: str
    todo: Sequence[Next]


def studies(
    going_on: Iterable[Study], before: Iterable[Study], actor: Actor, today: date
) -> Studies:
    """Build the list."""
    asks = actor.may(Right.ANALYSE)
    lead = (
        "What you want to find out from the records of the partnership, without anybody’s name."
        if asks
        else "What analysts want to find out from the records, without anybody’s name. You decide."
    )
    return Studies(
        lead,
        asks,
        [_line(one, today) for one in going_on],
        [_line(one, today) for one in before],
    )


def _line(one: Study, today: date) -> Line:
    ends = f"ends {day(one.ends_on)}" if one.is_open else day(one.state_since.date())
    over = _is_over(one, today)
    return Line(
        href=reverse("studies:one", args=[one.pk]),
        sentence=one.title,
        stands="Over" if over else sentence(one.get_state_display()),
        tone="due" if over else _TONES.get(one.state, "quiet"),
        detail=f"{one.created_by.name}; {ends}",
    )


def _is_over(one: Study, today: date) -> bool:
    return one.state == "agreed" and one.ends_on < today


def study(
    one: Study, extracts: Sequence[Extract], actor: Actor, at: datetime, today: date
) -> OneStudy:
    """Build the page of a study."""
    over = _is_over(one, today)
    return OneStudy(
        title=one.title,
        caption=f"Study, asked for by {one.created_by.name}",
        stands="Over" if over else sentence(one.get_state_display()),
        tone="due" if over else _TONES.get(one.state, "quiet"),
        over="Its time is over. Say what became of what was taken away." if over else "",
        asked=[
            Row("Asked for", moment(one.created_at)),
            Row("Wants to find out", one.asks, quoted=True),
            Row("Helps", one.helps, quoted=True),
            Row("Kept", one.kept_where, quoted=True),
            Row("Ends", day(one.ends_on)),
        ],
        taken=_taken(one),
        decided=list(_decided(one)),
        headers=(
            Header("When"), Header("By"), Header("Rows", numeric=True),
            Header("Kilobytes", numeric=True), Header("Mark of the file"),
        ),
        extracts=[_extract(taken) for taken in extracts],
        take=reverse("studies:tables", args=[one.pk]) if may_take_away(one, actor, at) else "",
        todo=[
            Next(reverse(f"studies:{key}", args=[one.pk]), doing.title)
            for key, doing in STEPS.items()
            if may_be_done(key, one, actor)
        ],
    )  # fmt: skip


def _taken(one: Study) -> list[Row]:
    facts = frozenset(Fact(fact) for fact in one.facts)
    months = f"{_month(one.since)} to {_month(months_later(one.until, -1))}"
    rows = [
        Row("About", months),
        Row("Tells apart by", [FACTS[fact] for fact in Fact if fact in facts] or "Nothing"),
    ]
    for key in one.tables:
        table = BY_KEY[key]
        told = [f"{column.key}: {column.says}" for column in table.taken(facts)]
        rows.append(Row(table.title, told))
    return rows


def _month(first: date) -> str:
    return day(first).split(" ", 1)[1]


def _decided(one: Study) -> Iterable[Row]:
    if one.decided_by and one.decided_at:
        by = f"{one.decided_by.name}, {moment(one.decided_at)}"
        yield Row(
            "Not agreed to" if one.state == "refused" else "Agreed to",
            one.decided_why,
            source=by,
            quoted=True,
        )
    if one.ended_by and one.ended_at:
        by = f"{one.ended_by.name}, {moment(one.ended_at)}"
        yield Row("Ended", one.ended_says, source=by, quoted=True)


def _extract(one: Extract) -> tuple[str, ...]:
    rows = sum(one.rows.values())
    return (
        moment(one.created_at),
        one.created_by.name,
        f"{rows:,}",
        f"{-(-one.size // 1000):,}",
        one.mark[:16],
    )


def form(one: Study, doing: Step) -> ShortForm:
    """Build the page of a step."""
    back = reverse("studies:one", args=[one.pk])
    return ShortForm(doing.title, doing.lead, doing.button, one.title, back, "The study")


def asking() -> ShortForm:
    """Build the page on which a study is asked for."""
    return ShortForm(
        "Ask for a study",
        "An information guardian decides on it. Nothing can be taken away before.",
        "Ask for it",
        "",
        reverse("studies:list"),
        "Studies",
    )

"""What the pages of records that came up are given."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.retention.disposing import words_of
from earlydoors.domain.retention.going import Going
from earlydoors.domain.retention.models import Hold, Review
from earlydoors.domain.retention.rules import Due, reference_of
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.foundation.profile.information import RetentionRule
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Header, Line, Row
from earlydoors.web.design.words import count
from earlydoors.web.retention.pages import hold_line
from earlydoors.web.retention.steps import STEPS, Step, may_be_done
from earlydoors.web.sections.short import ShortForm

_TONES = {"waiting": "due", "proposed": "note", "agreed": "harm"}
ALONE = (
    "Only one person is an information guardian here. Two decide a disposal, so nothing can be"
    " disposed of until there is another."
)


@dataclass(frozen=True)
class Next:
    """Something that can be done now."""

    href: str
    says: str


@dataclass(frozen=True)
class Shown:
    """One record that came up."""

    title: str
    stands: str
    tone: str
    rows: Sequence[Row]
    decided: Sequence[Row]
    holds: Sequence[Line]
    todo: Sequence[Next]
    alone: str
    again: str
    headers: Sequence[Header]
    goes: Sequence[tuple[str, str]]
    stays: Sequence[str]
    tied: str


def caption(one: Review) -> str:
    """By what a record is called here."""
    return reference_of(one.family_id)


def _rule(one: Review, profile: Profile) -> RetentionRule | None:
    return next((rule for rule in profile.information.retention if rule.key == one.rule), None)


def _since(event: str, counted_from: str) -> str:
    return f"{event}, {counted_from}"


def line(one: Review, profile: Profile, held: Collection[UUID]) -> Line:
    """A record in the list."""
    rule = _rule(one, profile)
    stands, tone = _stands(one), _TONES.get(one.state, "quiet")
    if one.family_id in held:
        stands, tone = "Held", "quiet"
    said = f"{_since(one.get_event_display(), day(one.counted_from))}; over {day(one.due_on)}"
    return Line(
        href=reverse("retention:review", args=[one.pk]),
        sentence=reference_of(one.family_id),
        stands=stands,
        tone=tone,
        detail=f"{said}. {rule.says}" if rule else said,
    )


def _stands(one: Review) -> str:
    said = str(one.get_state_display())
    return said[:1].upper() + said[1:]


def one(
    found: Review,
    profile: Profile,
    *,
    actor: Actor,
    holds: Iterable[Hold],
    now: tuple[RetentionRule, Due | None],
    guardians: int,
    would_go: Going | None,
    tied: str = "",
) -> Shown:
    """Build the page of one record."""
    holds = list(holds)
    rule = _rule(found, profile)
    rows = [
        Row("Rule", rule.says if rule else "Not in the area’s rules any more",
            source=rule.source if rule else ""),
        Row("Counted from", _since(found.get_event_display(), day(found.counted_from))),
        Row("Its time is over", day(found.due_on)),
        Row("Came up", moment(found.came_up_at)),
    ]  # fmt: skip
    return Shown(
        title=reference_of(found.family_id),
        stands=_stands(found),
        tone=_TONES.get(found.state, "quiet"),
        rows=rows,
        decided=list(_decided(found)),
        holds=[hold_line(hold) for hold in holds],
        todo=list(_todo(found, actor, held=bool(holds))),
        alone=ALONE if guardians < 2 and found.is_open else "",
        again=_changed(found, now),
        headers=(Header("What"), Header("Rows", numeric=True)),
        goes=_goes(would_go) if would_go else [],
        stays=list(_stays(would_go)) if would_go else [],
        tied=tied,
    )


def _goes(found: Going) -> list[tuple[str, str]]:
    said = [(words_of(label), f"{number:,}") for label, number in found.counts.items()]
    return sorted(said)


def _stays(found: Going) -> Iterable[str]:
    yield f"{count(len(found.people), 'person goes', 'people go')} with it."
    for why, number in sorted(found.stay.items()):
        yield f"{count(number, 'person stays', 'people stay')}. {why}."


def _changed(found: Review, now: tuple[RetentionRule, Due | None]) -> str:
    """What has changed since it came up, which the next night takes up."""
    rule, due = now
    if not found.is_open:
        return ""
    if due is None:
        return "Something of it is under way again. It goes from this list in the coming night."
    if due.due_on > found.due_on or rule.key != found.rule:
        return f"Its time has changed since: it is over on {day(due.due_on)}."
    return ""


def _decided(found: Review) -> Iterable[Row]:
    if found.proposed_by and found.proposed_at:
        by = f"{found.proposed_by.name}, {moment(found.proposed_at)}"
        yield Row("Proposed", found.proposed_why, source=by)
    if found.agreed_by and found.agreed_at:
        yield Row("Agreed", f"{found.agreed_by.name}, {moment(found.agreed_at)}")
    if found.turned_down_why:
        yield Row("Not disposed of", found.turned_down_why)
    if found.kept_by and found.kept_at and found.kept_until:
        by = f"{found.kept_by.name}, {moment(found.kept_at)}"
        yield Row("Kept until", [day(found.kept_until), found.kept_why], source=by)


def _todo(found: Review, actor: Actor, *, held: bool) -> Iterable[Next]:
    for key, doing in STEPS.items():
        if may_be_done(key, found, actor, held=held):
            yield Next(reverse(f"retention:{key}", args=[found.pk]), doing.title)
    if found.is_open:
        yield Next(reverse("retention:hold_review", args=[found.pk]), "Hold it")


def form(found: Review, doing: Step) -> ShortForm:
    """Build the page of a decision."""
    back = reverse("retention:review", args=[found.pk])
    return ShortForm(doing.title, doing.lead, doing.button, caption(found), back, "The record")

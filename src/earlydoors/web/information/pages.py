"""What the pages of requests about information are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.information.models import InformationRequest, Receiver
from earlydoors.domain.information.operations import Alike
from earlydoors.domain.information.queries import Clock, clocks_of, due_on
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Entry, Line, Row
from earlydoors.web.design.words import until
from earlydoors.web.information.steps import STEPS, Step, may_be_done
from earlydoors.web.sections.short import ShortForm

_TONES = {"received": "due", "asked_who": "note", "working": "due", "asked_what": "note"}
_NEVER = date.max
_TO_DO = {"acknowledge": "To be acknowledged", "answer": "To be answered"}


@dataclass(frozen=True)
class Listing:
    """Those that wait, and those of before."""

    waiting: Sequence[Line]
    before: Sequence[Line]


@dataclass(frozen=True)
class Next:
    """Something that can be done now; the first is what comes next."""

    href: str
    says: str
    posts: bool = False


@dataclass(frozen=True)
class Shown:
    """One request."""

    title: str
    caption: str
    stands: str
    tone: str
    says: str
    who: str
    rows: Sequence[Row]
    clocks: Sequence[Row]
    copies: Sequence[Next]
    disagreements: Sequence[Entry]
    receivers: Sequence[Row]
    todo: Sequence[Next]
    more: Sequence[Next]
    steps: Sequence[Entry]
    outcome: str


@dataclass(frozen=True)
class Choice:
    """Somebody whose record it may be."""

    person_id: str
    name: str
    born: str
    why: str


@dataclass(frozen=True)
class Who:
    """Whom the request names, and the people found by that."""

    back: str
    names: str
    people: Sequence[Choice]


def listing(
    waiting: Iterable[InformationRequest],
    before: Iterable[InformationRequest],
    profile: Profile,
    today: date,
) -> Listing:
    """Build the list, what is due first at the top."""
    due = [(due_on(clocks_of(one, profile)) or _NEVER, one) for one in waiting]
    due.sort(key=lambda pair: (pair[0], pair[1].received_on))
    return Listing(
        [_line(one, _when(last, today), last < today) for last, one in due],
        [_line(one, f"closed {moment(one.closed_at)}") for one in before if one.closed_at],
    )


def _when(last: date, today: date) -> str:
    if last == _NEVER:
        return "the clock stands still"
    return f"{'was ' if last < today else ''}due {day(last)}, {until(last, today)}"


def _line(one: InformationRequest, detail: str, late: bool = False) -> Line:
    stands = one.get_state_display()
    return Line(
        href=reverse("information:one", args=[one.pk]),
        sentence=f"{one.asker_name}: {one.get_kind_display().lower()}, about {one.about}",
        stands="Overdue" if late else stands[:1].upper() + stands[1:],
        tone="harm" if late else _TONES.get(one.state, "quiet"),
        detail=f"came {day(one.received_on)}; {detail}",
    )


def one(found: InformationRequest, profile: Profile, today: date) -> Shown:
    """Build the page of one request."""
    stands = found.get_state_display()
    todo = list(_todo(found))
    return Shown(
        title=found.get_kind_display(),
        caption=f"{found.asker_name}, about {found.about}",
        stands=stands[:1].upper() + stands[1:],
        tone=_TONES.get(found.state, "quiet"),
        says=found.says,
        who=f"{found.asker_name}, {day(found.received_on)}",
        rows=_rows(found),
        clocks=[_clock(c, today) for c in clocks_of(found, profile)] if found.is_open else [],
        copies=[
            Next(reverse("information:copy", args=[copy.pk]), f"Made {moment(copy.created_at)}")
            for copy in found.copies.defer("content", "document").order_by("created_at")
        ],
        disagreements=[
            Entry(
                day(local_day(one.created_at)),
                one.heading,
                body=f"{one.written}\n\nThey say: {one.says}\n\n{one.get_decision_display()}. "
                f"{one.why}",
            )
            for one in found.disagreements.order_by("created_at", "pk")
        ],
        receivers=[_received(one, found) for one in found.receivers.order_by("created_at", "whom")],
        todo=todo[:1],
        more=todo[1:],
        steps=[
            Entry(moment(step.created_at), step.says, by=step.created_by.name)
            for step in found.steps.select_related("created_by").order_by("-created_at", "-pk")
        ],
        outcome=found.outcome_says,
    )


def _received(one: Receiver, found: InformationRequest) -> Row:
    href = reverse("information:receiver", args=[one.pk])
    if one.settled_at is None:
        return Row(one.whom, "Not told yet", href if found.is_open else None, "Say how it is")
    told = f"Told on {day(one.told_on)}, {one.told_how}" if one.told_on else ""
    return Row(one.whom, told or f"Not told: {one.not_told_why}")


def _rows(found: InformationRequest) -> list[Row]:
    born = f", born {day(found.about_born)}" if found.about_born else ""
    rows = [
        Row("Who asks", f"{found.asker_name}, {found.get_asker_display().lower()}"),
        Row("How to reach them", found.reach),
        Row("About", f"{found.about}{born}"),
        Row("It came", f"{day(found.received_on)}, {found.get_came_display().lower()}"),
        Row("Record", found.person.full_name if found.person else "Not found yet"),
    ]
    if found.identity_by and found.identity_at:
        by = f"{found.identity_by.name}, {moment(found.identity_at)}"
        rows.append(Row("Who they are", found.identity_how, source=by))
    if found.authority_by and found.authority_at:
        by = f"{found.authority_by.name}, {moment(found.authority_at)}"
        rows.append(Row("Why they may ask", found.authority_how, source=by))
    if found.extended_on:
        rows.append(Row("It takes longer", f"{day(found.extended_on)}: {found.extended_why}"))
    if found.told_on:
        rows.append(Row("They were told", f"{day(found.told_on)}, {found.told_how}"))
    return rows


def _clock(clock: Clock, today: date) -> Row:
    stands, said = clock.stands, ""
    if stands.last_day:
        said = f"By {day(stands.last_day)}, {until(stands.last_day, today)}"
    elif stands.not_begun:
        said = "It has not begun: proof of who asks is awaited"
    elif stands.still_since:
        said = f"It stands still since {day(stands.still_since)}"
    whose = "" if clock.law.by_law else "An aim of this area. "
    return Row(_TO_DO[clock.step], said, source=whose + clock.law.source)


def _todo(found: InformationRequest) -> Iterable[Next]:
    """What can be done now, what comes next first."""
    if found.state == "received" and found.person_id is None:
        yield _next(found, "who", "Find the record that it is about")
    if found.state == "received" and found.person_id and found.identity_at:
        yield Next(_href(found, "take_up"), "Take it up", posts=True)
    if found.state in {"working", "asked_what"}:
        yield _next(found, "gathered", "What is held on them")
    order = ("prove", "hear", "answer", "harm", "acknowledge", "ask_who", "ask_what", "extend")
    for key in (*order, "take_back", "refuse"):
        if may_be_done(key, found):
            yield _next(found, key, STEPS[key].title)
    if found.person_id:
        yield Next(reverse("retention:hold_request", args=[found.pk]), "Hold what is on record")


def _href(found: InformationRequest, key: str) -> str:
    return reverse(f"information:{key}", args=[found.pk])


def _next(found: InformationRequest, key: str, says: str) -> Next:
    return Next(_href(found, key), says)


def who(found: InformationRequest, alike: Iterable[Alike]) -> Who:
    """Build the page on which the record is found."""
    born = f", born {day(found.about_born)}" if found.about_born else ""
    return Who(
        back=_href(found, "one"),
        names=f"{found.about}{born}",
        people=[
            Choice(
                str(one.person.pk),
                one.person.full_name,
                f"Born {day(one.person.born_on)}" if one.person.born_on else "Birthday not known",
                one.likeness.why,
            )
            for one in alike
        ],
    )


def receiver(one: Receiver) -> ShortForm:
    """Build the page on which it is said that somebody was told."""
    lead = f"They have it: {one.because}. Tell them what is disagreed with, and what was decided."
    back = _href(one.request, "one")
    return ShortForm("Was this one told?", lead, "Save", one.whom, back, "The request")


def step(found: InformationRequest, doing: Step) -> ShortForm:
    """Build the page of a step."""
    caption = f"{found.asker_name}, about {found.about}"
    back = _href(found, "one")
    return ShortForm(doing.title, doing.lead, doing.button, caption, back, "The request")

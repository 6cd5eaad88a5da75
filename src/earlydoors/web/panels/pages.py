"""What the pages of panels show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from earlydoors.domain.panels.models import Item, PanelAttendance, PanelMeeting, Task
from earlydoors.domain.panels.queries import rules_of
from earlydoors.domain.partnership.models import Desk
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Header, Pages, WorkRow
from earlydoors.web.design.words import count, day_short, sentence, until

SHOWN_SITTINGS = 6


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    caption: str
    headers: tuple[Header, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PanelCard:
    """A panel in the list of mine."""

    id: UUID
    name: str
    href: str
    next_says: str
    next_href: str
    unrecorded: tuple[tuple[str, str], ...]
    waiting: int
    longest: str
    may_plan: bool


@dataclass(frozen=True)
class ListPage:
    """My panels, what my agency is asked, and what it has to do."""

    panels: tuple[PanelCard, ...]
    asked: tuple[WorkRow, ...]
    tasks: tuple[WorkRow, ...]


@dataclass(frozen=True)
class PanelPage:
    """One panel: what it is for, what waits, its sittings and who came."""

    id: UUID
    name: str
    does: str
    rhythm: str
    agencies: tuple[str, ...]
    waiting: tuple[WorkRow, ...]
    ahead: tuple[WorkRow, ...]
    past: tuple[WorkRow, ...]
    pages: Pages
    attendance: Table | None
    tasks: tuple[WorkRow, ...]
    may_plan: bool


@dataclass(frozen=True)
class Seat:
    """An agency expected at a sitting, and whether it came."""

    agency: str
    says: str
    tone: str
    who: str
    note: str
    before: str


@dataclass(frozen=True)
class SittingPage:
    """One sitting: its agenda and who is expected."""

    id: UUID
    panel: str
    panel_href: str
    on: date
    held: bool
    agenda: tuple[WorkRow, ...]
    seats: tuple[Seat, ...]
    absent: tuple[str, ...]
    may_record: bool
    any_before: bool


def waiting_row(item: Item) -> WorkRow:
    """An item on an agenda: the family, since when, who asked, what has been brought."""
    brought = list(item.brought.all())
    said = sum(1 for one in brought if one.said_at)
    parts = [f"Waiting since {day(local_day(item.created_at))}"]
    if item.request is not None and (item.request.setting or item.request.agency):
        parts.append(f"asked by {item.request.setting or item.request.agency}")
    parts.append(
        f"{said} of {count(len(brought), 'agency', 'agencies')} have told what they know"
        if brought
        else "nobody asked yet what they know"
    )
    due, tone = "", "plain"
    if item.state == "decided":
        due, tone = "Decided", "done"
    elif item.deferrals:
        times = "once" if item.deferrals == 1 else f"{item.deferrals} times"
        due, tone = f"Put off {times}", "due"
    return WorkRow(
        sentence=f"The {item.episode.family}",
        href=reverse("panels:item", args=[item.pk]),
        due=due,
        tone=tone,
        detail=f"{', '.join(parts)}.",
    )


def panel_cards(
    panels: Sequence[Desk],
    sittings: Iterable[PanelMeeting],
    waiting: Iterable[Item],
    today: date,
    *,
    may_plan: bool,
) -> tuple[PanelCard, ...]:
    """The actor's panels, each with its next sitting and what waits."""
    by_panel: dict[UUID, list[PanelMeeting]] = {}
    for one in sittings:
        by_panel.setdefault(one.panel_id, []).append(one)
    items: dict[UUID, list[Item]] = {}
    for item in waiting:
        items.setdefault(item.panel_id, []).append(item)
    return tuple(
        _card(one, by_panel.get(one.pk, []), items.get(one.pk, []), today, may_plan)
        for one in panels
    )


def _card(
    panel: Desk, sittings: list[PanelMeeting], items: list[Item], today: date, may_plan: bool
) -> PanelCard:
    ahead = next((one for one in sittings if not one.held and one.on >= today), None)
    unrecorded = [one for one in sittings if not one.held and one.on < today]
    return PanelCard(
        id=panel.pk,
        name=panel.name,
        href=reverse("panels:panel", args=[panel.pk]),
        next_says=f"{day(ahead.on)}, {until(ahead.on, today)}" if ahead else "",
        next_href=reverse("panels:sitting", args=[ahead.pk]) if ahead else "",
        unrecorded=tuple(
            (day(one.on), reverse("panels:attendance", args=[one.pk])) for one in unrecorded
        ),
        waiting=len(items),
        longest=day(local_day(items[0].created_at)) if items else "",
        may_plan=may_plan,
    )


def asked_row(item: Item, agency_id: UUID, today: date) -> WorkRow:
    """An item the actor's agency is asked about."""
    sits = item.meeting.on if item.meeting else None
    return WorkRow(
        sentence=f"Tell {item.panel.name} what you know of the {item.episode.family}",
        href=reverse("panels:bring", args=[item.pk, agency_id]),
        button="Add what we know",
        due=f"It sits {until(sits, today)}" if sits else "",
        tone="due" if sits and (sits - today).days <= 3 else "plain",
    )


def task_row(task: Task, today: date) -> WorkRow:
    """A task of an agency, to do or done."""
    href = reverse("panels:done", args=[task.pk])
    if task.done_on:
        return WorkRow(task.what, href, "See", f"Done {day(task.done_on)}", "done", _of(task))
    late = task.due_on < today
    due = f"{'Was due' if late else 'Due'} {until(task.due_on, today)}"
    return WorkRow(task.what, href, "Say it is done", due, "harm" if late else "plain", _of(task))


def _of(task: Task) -> str:
    item = task.item
    return f"{task.agency.name}, for the {item.episode.family}, asked by {item.panel.name}."


def sitting_row(meeting: PanelMeeting, today: date) -> WorkRow:
    """A sitting in a panel's list."""
    if meeting.held:
        due, tone, button = "Recorded", "done", "Open"
    elif meeting.on < today:
        due, tone, button = "Who came is not recorded yet", "due", "Record who came"
    else:
        due, tone, button = sentence(until(meeting.on, today)), "plain", "Open"
    to_record = button != "Open" or meeting.on == today
    return WorkRow(
        sentence=day(meeting.on),
        href=reverse("panels:sitting", args=[meeting.pk]),
        button="Record who came" if to_record and not meeting.held else "Open",
        due=due,
        tone=tone,
        action=reverse("panels:attendance", args=[meeting.pk])
        if to_record and not meeting.held
        else None,
    )


def attendance_table(seats: Iterable[PanelAttendance]) -> Table | None:
    """Attendance by agency over the latest sittings held, as every partner may see it."""
    held = [one for one in seats if one.meeting.held]
    meetings = sorted({one.meeting for one in held}, key=lambda m: m.on)[-SHOWN_SITTINGS:]
    if not meetings:
        return None
    shown = {one.pk for one in meetings}
    agencies: dict[str, dict[UUID, PanelAttendance]] = {}
    for one in held:
        if one.meeting_id in shown:
            agencies.setdefault(one.agency.name, {})[one.meeting_id] = one
    rows = []
    for name, came in agencies.items():
        there = sum(1 for one in came.values() if one.came)
        cells = [_came(came.get(meeting.pk)) for meeting in meetings]
        rows.append((name, _of_all(there, len(came)), *cells))
    headers = (
        Header("Agency"),
        Header("Came", numeric=True),
        *(Header(day_short(meeting.on)) for meeting in meetings),
    )
    title = count(len(meetings), "sitting")
    return Table(f"Who came to the last {title}", headers, tuple(rows))


def _of_all(there: int, expected: int) -> str:
    # Kept on one line: it is read as one number.
    return f"{there}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{expected}"


def _came(seat: PanelAttendance | None) -> str:
    if seat is None:
        return "Not expected"
    return "Came" if seat.came else Markup('<strong class="ed-tag ed-tag--due">Absent</strong>')


def rhythm(panel: Desk) -> str:
    """How often the panel sits and who must be there."""
    rules = rules_of(panel)
    weeks, days = divmod(rules.every_days, 7)
    if rules.every_days == 1:
        said = "It sits every day."
    elif days:
        said = f"It sits every {rules.every_days} days."
    else:
        said = "It sits every week." if weeks == 1 else f"It sits every {weeks} weeks."
    if rules.needs_requester:
        said += " Whoever asked for support must be there."
    return said


def seats(
    expected: Iterable[PanelAttendance],
    before: Iterable[PanelAttendance],
    items: Iterable[Item],
    *,
    held: bool,
) -> tuple[Seat, ...]:
    """Who is expected by agency; after the sitting, who came and who did not.

    `before` are the seats of earlier sittings, which say how often each agency came.
    """
    asked = asked_for(items)
    earlier: dict[UUID, list[bool]] = {}
    for one in before:
        if one.meeting.held:
            earlier.setdefault(one.agency_id, []).append(bool(one.came))
    made = []
    for one in expected:
        note = f"Asked for support for {asked[one.agency_id]}" if one.agency_id in asked else ""
        if not held:
            says, tone = "Expected", "quiet"
        else:
            says, tone = ("Came", "done") if one.came else ("Absent", "due")
        came = earlier.get(one.agency_id, [])
        often = _of_all(sum(came), len(came)) if came else ""
        made.append(Seat(one.agency.name, says, tone, one.who, note, often))
    return tuple(made)


def asked_for(items: Iterable[Item]) -> dict[UUID, str]:
    """The families each agency asked for support for, by the agency's id."""
    found: dict[UUID, list[str]] = {}
    for item in items:
        if item.request is not None and item.request.agency_id is not None:
            found.setdefault(item.request.agency_id, []).append(f"the {item.episode.family}")
    return {key: " and ".join(names) for key, names in found.items()}

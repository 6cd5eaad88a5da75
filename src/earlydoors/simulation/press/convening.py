"""The sittings of panels: planned and held once through the operations, printed for each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Final

from django.db import transaction

from earlydoors.domain.panels.models import PanelAttendance, PanelMeeting
from earlydoors.domain.panels.operations import hold, plan_sitting
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.profile.schema import Profile
from earlydoors.simulation.press.at_panels import HELD
from earlydoors.simulation.press.capture import (
    Row,
    Written,
    begun,
    events_since,
    tables,
    written_since,
)
from earlydoors.simulation.press.loading import Loader, in_bulk
from earlydoors.simulation.press.making import Making
from earlydoors.simulation.press.marks import Hole, Marks
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.printing import SEAT, SITTING, Press
from earlydoors.simulation.press.sittings import Calendar

_PLANNED: Final = "13:00"
_PLANNED_ON, _SITS_ON = date(2019, 1, 30), date(2019, 2, 13)  # before any simulation begins
_SITTINGS: Final = PanelMeeting._meta.db_table
_SEATS: Final = PanelAttendance._meta.db_table


@transaction.atomic
def play_sitting(profile: Profile, panel: Desk, chair: Actor) -> dict[str, Plate]:
    """The plates of a sitting and of one of its seats, within the caller's transaction. What was
    written stays: the caller takes it back."""
    first = begun()
    meeting = plan_sitting(panel=panel, on=_SITS_ON, by=chair, at=_at(_PLANNED_ON, _PLANNED))
    seats = list(meeting.attendance.all())
    marks = Marks(
        ids={
            str(panel.pk): Hole("given", ("panel",)),
            str(meeting.pk): Hole("bound", ("meeting",)),
            str(chair.member.pk): Hole("part", ("chair", "member_id")),
            **{str(one.agency_id): Hole("given", ("agency",)) for one in seats},
        },
        texts={
            chair.member.name: Hole("part", ("chair", "name")),
            str(chair.agency): Hole("part", ("chair", "agency_name")),
            chair.membership.role_name: Hole("part", ("chair", "role_name")),
        },
    )
    hold(
        meeting=meeting,
        came={one.pk: True for one in seats},
        who={one.pk: "Who" for one in seats},
        by=chair,
        at=_at(_SITS_ON, HELD),
    )
    rows = list(written_since(first, tables()))
    (sitting,) = (one for one in rows if one.table == _SITTINGS)
    seat = next(one for one in rows if one.table == _SEATS)
    return {
        SITTING: _Presided(SITTING, profile, marks, {}, {}, ()).plate(
            [sitting], events_since(first)
        ),
        SEAT: _Presided(SEAT, profile, marks, {}, {}, ()).plate([seat], []),
    }


class _Presided(Making):
    """A sitting's rows: who came is a hole."""

    def _holes(
        self, table: str, row: Row, at: datetime, known: dict[object, datetime]
    ) -> dict[str, Hole]:
        if table == _SEATS and row["came"] is not None:
            return {one: Hole("given", (one,)) for one in ("came", "who")}
        return {}


def of_families(rows: Iterable[Written]) -> list[Written]:
    """Rows without those of sittings, which are no family's."""
    return [one for one in rows if one.table not in {_SITTINGS, _SEATS}]


def told_of_families(events: Iterable[Row]) -> list[Row]:
    """Evidence without that of sittings."""
    return [row for row in events if row["subject"] != PanelMeeting._meta.label_lower]


def expect(
    panel: Desk, days: Sequence[tuple[date, str | None]], chair: Actor, at: datetime
) -> list[str]:
    """See to it that a panel has sittings on these days that are still to be held; their ids.

    Each day comes with the id that its sitting has, or None where any will do.
    """
    found = []
    for on, pk in days:
        given = {"id": pk} if pk else {}
        there = PanelMeeting.objects.filter(panel=panel, on=on).first()
        meeting = there or PanelMeeting.make(by=chair, at=at, panel=panel, on=on, **given)
        # An item is never put on the list of a sitting that was held.
        PanelMeeting.objects.filter(pk=meeting.pk).update(held=False)
        found.append(str(meeting.pk))
    return found


def convene(press: Press, calendar: Calendar, now: datetime, loader: Loader) -> None:
    """Write the sittings that have been planned by now, once."""
    every = [one for panel in calendar.panels for one in calendar.of(panel)]
    if SITTING not in press.plates or not every:
        return
    if PanelMeeting.objects.filter(pk=every[0].id).exists():
        return
    every.sort(key=lambda one: (one.on, one.panel.key))
    with in_bulk(), transaction.atomic():
        loader.load([press.print_sitting(one, list(calendar.seats(one)), now) for one in every])


def _at(on: date, clock: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock), tzinfo=LONDON)

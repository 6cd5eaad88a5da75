"""Filling a plate's holes for one family, and giving the lines of each table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from earlydoors.foundation.kernel.dates import day as in_words
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import Profile
from earlydoors.simulation.answers import on_scale
from earlydoors.simulation.press.capture import HISTORY
from earlydoors.simulation.press.drawn import Drawn, Sitting, Worker
from earlydoors.simulation.press.insets import PREFIX, Inset
from earlydoors.simulation.press.marks import Hole
from earlydoors.simulation.press.plate import (
    BARE,
    SIGNED,
    WHOLE,
    Plate,
    Spot,
    Template,
    utc,
    written,
)
from earlydoors.simulation.press.sittings import Seat
from earlydoors.simulation.press.told import SLOTS

SITTING: Final = "sitting"  # the plates of a panel's sitting, and of one of its seats
SEAT: Final = "seat"
_MOST_CHOSEN: Final = 4000  # kept at a time, so that memory stays as it is


@dataclass
class Printed:
    """The lines of a family, table by table, and its evidence: the row, and what is hashed.

    `people` are the ids of those who are on record by now, by slot.
    """

    lines: dict[str, list[str]] = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)


class Chosen(NamedTuple):
    """What there is of a plate for families of some parts up to a moment, and what that needs."""

    rows: list[tuple[str, Template]]
    events: list[tuple[int, Template, Template]]
    needs: list[tuple[int, Hole, int]]


@dataclass(frozen=True)
class _Beside:
    """What fills the holes of an inset: what is given, and whom it is about, by their ids."""

    drawn: Drawn
    given: Mapping[str, Any]
    bound: Mapping[Any, str]
    on: date

    @property
    def workers(self) -> Mapping[str, Worker]:
        """Who plays each part for the family."""
        return self.drawn.workers

    def deed_day(self, _base: date) -> date:
        """The day on which it was told."""
        return self.drawn.deed_day(self.on)


@dataclass(frozen=True)
class _Presided:
    """What fills the holes of a sitting or of a seat at it: its panel's, and its own days."""

    sitting: Sitting
    planned: date
    given: Mapping[str, Any]

    @property
    def workers(self) -> Mapping[str, Worker]:
        """Whoever chairs it."""
        return {"chair": self.sitting.panel.chair}

    @property
    def bound(self) -> Mapping[Any, str]:
        """The sitting itself, for its seats."""
        return {"meeting": self.sitting.id}

    def deed_day(self, base: date) -> date:
        """The day on which it was planned, or held."""
        return self.sitting.planned_on if base == self.planned else self.sitting.on

    def day_of(self, base: date) -> date:
        """The day on which it is to be held."""
        return self.deed_day(base)


class Press:
    """The plates of an area, and what has been chosen of them up to each moment.

    `here` are the ids of this database's own rows: its desks by key, and the profile in use.
    """

    def __init__(
        self,
        plates: dict[str, Plate],
        profile: Profile,
        bits: dict[Any, int],
        here: Mapping[str, Any],
    ) -> None:
        self.plates, self.profile, self.bits, self.here = plates, profile, bits, here
        self._chosen: dict[tuple[str, int, int], Chosen] = {}

    def print(self, drawn: Drawn) -> Printed:
        """Print a family as far as its story has come."""
        plate = self.plates[drawn.path]
        absent, lacks = self._lacks(drawn)
        cut = drawn.cut(plate.moments)
        inlaid = self._inlaid(plate, drawn, cut)
        ids = drawn.ids(plate.ids + sum(small.ids for _, _, small in inlaid))
        chosen = self._until(plate, cut, absent)
        values = _values(chosen.needs, len(plate.needs), drawn, self, ids)
        printed = Printed()
        lines = printed.lines
        for table, template in chosen.rows:
            if not template.groups & lacks:
                lines.setdefault(table, []).append(template.text % template.pick(values))
        beside = self._print_insets(inlaid, plate, drawn, ids, lines)
        for number, row, signed in chosen.events:
            while beside and beside[0][0] <= number:
                printed.events += beside.pop(0)[1]
            if not row.groups & lacks:
                told = row.text % row.pick(values), signed.text % signed.pick(values)
                printed.events.append(told)
        for _, events in beside:
            printed.events += events
        if PEOPLE in lines:
            there = [one.slot for one in drawn.people]
            printed.people = {slot: ids[plate.people[slot]] for slot in there}
        return printed

    def _inlaid(self, plate: Plate, drawn: Drawn, cut: int) -> list[tuple[Spot, Inset, Plate]]:
        """What is told of this family by now beside its story."""
        return [
            (spot, one, self.plates[PREFIX + one.kind])
            for spot in plate.spots
            if spot.moment < cut
            for one in drawn.beside(spot.name)
        ]

    def _print_insets(
        self,
        inlaid: Sequence[tuple[Spot, Inset, Plate]],
        plate: Plate,
        drawn: Drawn,
        ids: Sequence[str],
        lines: dict[str, list[str]],
    ) -> list[tuple[int, list[tuple[str, str]]]]:
        """Print insets among the other lines; their evidence, and after how much of the story's."""
        found: list[tuple[int, list[tuple[str, str]]]] = []
        used = plate.ids
        for spot, inset, small in inlaid:
            bound: dict[Any, str] = {"family": ids[plate.family]}
            bound |= {number: ids[plate.people[slot]] for number, slot in enumerate(inset.whom)}
            own = ids[used : used + small.ids]
            used += small.ids
            chosen = self._until(small, len(small.moments), 0)
            beside = _Beside(drawn, inset.given, bound, spot.at.date())
            values = _values(chosen.needs, len(small.needs), beside, self, own)
            for table, template in chosen.rows:
                lines.setdefault(table, []).append(template.text % template.pick(values))
            told = [(r.text % r.pick(values), s.text % s.pick(values)) for _, r, s in chosen.events]
            found.append((spot.after, told))
        return found

    def print_sitting(self, sitting: Sitting, seats: Sequence[Seat], now: datetime) -> Printed:
        """Print a sitting of a panel with its seats, as it is by now."""
        printed = Printed()
        of = {"panel": sitting.panel.id}
        self._preside(printed, SITTING, sitting, of, sitting.id, now)
        for seat in seats:
            own = {**of, "agency": seat.agency, "came": bool(seat.who), "who": seat.who}
            self._preside(printed, SEAT, sitting, own, seat.id, now)
        return printed

    def _preside(
        self,
        printed: Printed,
        name: str,
        sitting: Sitting,
        given: Mapping[str, Any],
        own: str,
        now: datetime,
    ) -> None:
        plate = self.plates[name]
        filled = _Presided(sitting, plate.moments[0].date(), given)
        days = [datetime.combine(filled.deed_day(m.date()), m.time()) for m in plate.moments]
        chosen = self._until(plate, sum(at < now for at in days), 0)
        values = _values(chosen.needs, len(plate.needs), filled, self, [own])
        for table, template in chosen.rows:
            printed.lines.setdefault(table, []).append(template.text % template.pick(values))
        for _, row, signed in chosen.events:
            printed.events.append((row.text % row.pick(values), signed.text % signed.pick(values)))

    def _lacks(self, drawn: Drawn) -> tuple[int, int]:
        """The people whom this family lacks, and all that it lacks, by their bits."""
        there = {one.slot for one in drawn.people}
        absent = sum(self.bits[slot] for slot in SLOTS if slot not in there)
        lacks = absent
        for part in drawn.lacking:
            lacks |= self.bits[part]
        return absent, lacks

    def _until(self, plate: Plate, cut: int, absent: int) -> Chosen:
        """What was there after so many moments: rows as they were then, and all that was before."""
        key = plate.name, cut, absent
        if key in self._chosen:
            return self._chosen[key]
        rows: list[tuple[str, Template]] = []
        for kept in plate.rows:
            count = sum(begin < cut for begin in kept.begins)
            if count and not kept.versions[0].groups & absent:
                rows.append((kept.table, kept.versions[count - 1]))
                rows += [(HISTORY, one) for one in kept.earlier[: count - 1]]
        events = [
            (number, one.row, one.signed)
            for number, one in enumerate(plate.events)
            if one.moment < cut and not one.row.groups & absent
        ]
        used = {number for _, one in rows for number in one.numbers}
        used |= {number for _, *both in events for one in both for number in one.numbers}
        needs = [(number, *plate.needs[number]) for number in sorted(used)]
        if len(self._chosen) >= _MOST_CHOSEN:
            self._chosen.clear()
        self._chosen[key] = Chosen(rows, events, needs)
        return self._chosen[key]


def _values(
    needs: Sequence[tuple[int, Hole, int]],
    count: int,
    drawn: Drawn | _Beside | _Presided,
    press: Press,
    ids: Sequence[str],
) -> list[str]:
    """What fills each need that there is, by its number."""
    raw: dict[Hole, Any] = {}
    values = [""] * count
    for number, hole, way in needs:
        kind, which = hole
        if kind == "id":
            one = ids[which[0]]
            values[number] = one if way != WHOLE else f'"{one}"'
        elif kind == "at":
            values[number] = _moment(drawn, which[0], way)
        else:
            if hole not in raw:
                raw[hole] = _WAYS[kind](drawn, which, press, ids)
            values[number] = written(raw[hole], way)
    return values


def _moment(drawn: Drawn | _Beside | _Presided, local: datetime, way: int) -> str:
    at = utc(local.combine(drawn.deed_day(local.date()), local.time()))
    return _as_written(at, way)


@lru_cache(maxsize=200_000)
def _as_written(at: datetime, way: int) -> str:
    if way == BARE:
        return at.isoformat(sep=" ")
    if way == SIGNED:
        return at.isoformat(timespec="microseconds")
    return f'"{at.isoformat()}"'


type Which = tuple[Any, ...]


def _who(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> Any:
    slot, what = which
    return drawn.fact(slot, what)


def _part(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> Any:
    name, what = which
    return getattr(drawn.workers[name], what)


def _in_order(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> str:
    return ", ".join(sorted(drawn.workers[part].name for part in which))


def _day(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> str:
    return drawn.day_of(which[0]).isoformat()


def _day_said(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> str:
    return in_words(drawn.day_of(which[0]))


def _due(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> str:
    clock, start = which
    return _due_on(press.profile, clock, drawn.deed_day(start)).isoformat()


_KNOWN_DUE: dict[tuple[str, Any, date], date] = {}


def _due_on(profile: Profile, clock: Any, start: date) -> date:
    """The last day of a step, by the area's clock."""
    found = _KNOWN_DUE.get((profile.key, clock, start))
    if found is None:
        found = _KNOWN_DUE[profile.key, clock, start] = due(profile, clock, start)
    return found


def _scale(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> int:
    return int(on_scale(drawn.scale(*which), press.profile.scale_steps))


def _score(drawn: Drawn, which: Which, press: Press, ids: Sequence[str]) -> int:
    number, view, day = which
    return int(on_scale(drawn.score(number, view, drawn.number_of(day)), press.profile.scale_steps))


PEOPLE: Final = "people_person"
_WAYS: Final[dict[str, Callable[[Any, Which, Press, Sequence[str]], Any]]] = {
    "given": lambda beside, which, press, ids: beside.given[which[0]],
    "bound": lambda beside, which, press, ids: beside.bound[which[0]],
    "who": _who,
    "part": _part,
    "in_order": _in_order,
    "text": lambda drawn, which, press, ids: drawn.says(*which),
    "panel": lambda drawn, which, press, ids: getattr(drawn.panel, which[0]),
    "sitting": lambda drawn, which, press, ids: drawn.sittings[which[0]].id,
    "family": lambda drawn, which, press, ids: drawn.of_family(which[0]),
    "people": lambda drawn, which, press, ids: drawn.people_in_order(which, ids),
    "area": lambda drawn, which, press, ids: drawn.area(which[0]),
    "day": _day,
    "day_said": _day_said,
    "who_said": lambda drawn, which, press, ids: in_words(drawn.fact(*which)),
    "due": _due,
    "here": lambda drawn, which, press, ids: press.here[which[0]],
    "scale": _scale,
    "score": _score,
}

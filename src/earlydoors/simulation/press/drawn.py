"""A family as it was drawn: what fills the holes of a plate, and the script that proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.kernel.working_days import bank_holidays, is_working_day
from earlydoors.simulation.press.insets import Inset
from earlydoors.simulation.press.pools import lines_of
from earlydoors.simulation.press.stories import PAUSES
from earlydoors.simulation.press.told import OfFamily

FIRST_DAY = date(2024, 1, 24)  # the Wednesday on which every plate's story begins


class Worker(NamedTuple):
    """Someone who plays a part, as rows name them."""

    member_id: str
    membership_id: str
    name: str
    role_name: str
    agency_id: str
    agency_name: str
    setting_id: str | None
    setting_name: str


@dataclass(frozen=True)
class Panel:
    """A panel as families come before it: its desk, the route to it, its rhythm, its chair.

    `seats` are the ids of the agencies that belong to it, each with who comes for it.
    """

    key: str
    name: str
    id: str
    route: str
    route_name: str
    locality: str
    every_days: int
    seats: Sequence[tuple[str, str]]
    chair: Worker

    @property
    def agencies(self) -> frozenset[str]:
        """The ids of the agencies that belong to it."""
        return frozenset(agency for agency, _ in self.seats)


class Sitting(NamedTuple):
    """One sitting of a panel: its number, its id, its day, and the day on which it was planned."""

    panel: Panel
    number: int
    id: str
    on: date
    planned_on: date


@dataclass
class Drawn:
    """One family: who is in it, what it faces, when it began, and how far it may have come.

    `household` is the kind of family it is, `insets` are what is told of it beside its story, by
    the place where it is told. `settings` are the ids and names of the places where its children
    go, by slot, `pauses` the weeks it takes longer after each of `PAUSES`, `stops` the share of its
    story after which nothing more was done (1: it goes on). `sittings` are those of a panel that
    talks about it, and `waits` the weeks until them, each after a day of the story.
    """

    number: int
    path: str
    theme: str
    people: Sequence[OfFamily]
    workers: Mapping[str, Worker]
    settings: Mapping[str, tuple[str, str, str]]
    locality_id: str | None
    town: str
    areas: Sequence[str]
    start: date
    pauses: Sequence[int]
    stops: float
    now: datetime
    salt: int
    gain: float
    baseline: int
    lacking: tuple[tuple[str, str], ...] = ()
    household: str = ""
    insets: Mapping[str, Sequence[Inset]] = field(default_factory=dict)
    sittings: Sequence[Sitting] = ()
    waits: Sequence[tuple[int, int]] = ()
    players: Mapping[str, Actor] = field(default_factory=dict)
    _said: dict[tuple[str, str], str] = field(default_factory=dict)
    _days: dict[date, date] = field(default_factory=dict)

    def ids(self, count: int) -> list[str]:
        """So many ids of this family's own, the same each time."""
        draw = Random(self.salt)  # noqa: S311 - made up, nothing secret
        return [as_uuid(draw.getrandbits(128)) for _ in range(count)]

    def deed_day(self, base: date) -> date:
        """The day on which a deed of the plate was done here."""
        found = self._days.get(base)
        if found is None:
            found = self._days[base] = self.start + timedelta(days=self._moved(base))
        return found

    def _moved(self, base: date) -> int:
        number = (base - FIRST_DAY).days
        weeks = sum(
            pause for after, pause in zip(PAUSES, self.pauses, strict=True) if number > after
        )
        weeks += sum(pause for after, pause in self.waits if number > after)
        return number + 7 * weeks

    def number_of(self, base: date) -> int:
        """The day's number in the story."""
        return (base - FIRST_DAY).days

    def day_of(self, base: date) -> date:
        """A day that is written down: the next on which offices are open."""
        return open_day(self.deed_day(base))

    def day(self, number: int) -> date:
        """Day N of the story, as this family has it."""
        return self.day_of(FIRST_DAY + timedelta(days=number))

    def is_fit(self, moments: Sequence[datetime]) -> bool:
        """Whether nothing was done on a bank holiday."""
        holidays = bank_holidays()
        return not any(self.deed_day(one.date()) in holidays for one in moments)

    def begin(self, start: date) -> None:
        """Let the story begin on another day."""
        self.start = start
        self._days.clear()

    def wait(self, waits: Sequence[tuple[int, int]]) -> None:
        """Let it wait so many weeks after days of its story, for a panel to sit."""
        self.waits = waits
        self._days.clear()

    def cut(self, moments: Sequence[datetime]) -> int:
        """How many of the story's moments have come by now."""
        done = sum(
            datetime.combine(self.deed_day(one.date()), one.time()) < self.now for one in moments
        )
        return min(done, max(1, round(self.stops * len(moments))))

    def part(self, name: str) -> Actor:
        """Who plays a part."""
        return self.players[name]

    def desk(self) -> Desk:
        """The panel that talks about the family."""
        return Desk.objects.get(pk=self.panel.id)

    @property
    def panel(self) -> Panel:
        """The panel before which it comes. Raises `IndexError` for a family that comes before
        none."""
        return self.sittings[0].panel

    def beside(self, opening: str) -> Sequence[Inset]:
        """What is told of this family in a place of its story."""
        return self.insets.get(opening, ())

    def says(self, key: str, slot: str = "") -> str:
        """The family's own words, or the workers' about it."""
        if (key, slot) not in self._said:
            lines = lines_of(self.theme, key)
            line = lines[crc32(f"{key} {slot}".encode(), self.salt & 0xFFFFFFFF) % len(lines)]
            self._said[key, slot] = line.format_map(self._names(slot)) if "{" in line else line
        return self._said[key, slot]

    def _names(self, slot: str) -> dict[str, str]:
        called = {one.slot: one.known_as or one.given_name for one in self.people}
        asks, lead = self.workers["asks"], self.workers["lead"]
        return {
            "child": called["c0"],
            "speaker": called["a0"],
            "name": called.get(slot, called["c0"]),
            "lead": lead.name,
            "asks": asks.name,
            "place": asks.setting_name or asks.agency_name,
            "town": self.town,
        }

    def area(self, number: int) -> str:
        """An area of life of the plan."""
        return self.areas[number]

    def score(self, number: int, view: str, day: int) -> int:
        """How an area of life is on day N: it moves with time by what the story brings."""
        later = max(day - 28, 0) / 97
        differs = crc32(f"{number} {view}".encode(), self.salt & 0xFFFFFFFF) % 3 - 1
        return min(max(round(self.baseline + differs + self.gain * later), 0), 10)

    def scale(self, key: str, slot: str) -> int:
        """An answer out of ten."""
        return 2 + crc32(f"{key} {slot}".encode(), self.salt & 0xFFFFFFFF) % 6

    def of_family(self, what: str) -> str | None:
        """The family's name, or the part of the area it lives in."""
        if what == "locality_id":
            return self.locality_id
        children = [one for one in self.people if one.relation == "child"]
        names = dict.fromkeys(one.family_name for one in children if one.family_name)
        return "–".join(names) or children[0].given_name

    def fact(self, slot: str, what: str) -> Any:
        """A fact of someone of the family; None for someone it lacks."""
        one = next((who for who in self.people if who.slot == slot), None)
        if one is None:
            return None
        match what:
            case "search_name":
                return searched(one.given_name, one.known_as, one.family_name)
            case "former_search":
                return _folded(one.former)
            case "phone_end":
                return one.phone[2:]
            case "birth_fact":
                return "born_on" if one.born_on else "due_on"
            case "position":
                return [who.slot for who in self.people].index(slot)
            case "setting_id" | "setting_name" | "goes_to":
                place = self.settings.get(slot)
                return place and place[("setting_id", "setting_name", "goes_to").index(what)]
        return getattr(one, what)

    def people_in_order(self, slots: Sequence[tuple[str, int]], ids: Sequence[str]) -> list[str]:
        """The ids of those people who are there, in the order in which pages list them."""
        numbers = dict(slots)
        there = [one for one in self.people if one.slot in numbers]
        there.sort(key=lambda w: (w.relation != "child", w.born_on or w.due_on, w.given_name))
        return [ids[numbers[one.slot]] for one in there]


def as_uuid(bits: int) -> str:
    """Random bits as an id of version 4."""
    text = f"{bits:032x}"
    last = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{last}{text[17:20]}-{text[20:]}"


@lru_cache(maxsize=50_000)
def open_day(on: date) -> date:
    """The day itself if offices are open on it, else the next on which they are."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return folded(name)


def searched(given_name: str, known_as: str, family_name: str) -> str:
    """What someone is found by."""
    return " ".join(filter(None, map(_folded, (given_name, known_as, family_name))))

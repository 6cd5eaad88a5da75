"""Who is who in a family that was drawn: ties, who answers for its children, its other homes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any, Final

from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.places import Home
from earlydoors.simulation.press.asking import Asked
from earlydoors.simulation.press.insets import Inset
from earlydoors.simulation.press.pools import beside
from earlydoors.simulation.press.told import CHILDREN, OfFamily

_YEAR: Final = 365.25  # days
_MOST_SIBLINGS: Final = 3  # told of each pair of so many children without parents on record
_AS_PARENT: Final = {"mother": "mother", "father": "father", "other parent": "father"}


def address(home: Home) -> str:
    """An address as people write it."""
    return f"{home.house_number} {home.street}, {home.town}"


@dataclass
class KinDrawn:
    """A family's people by slot, and what they are to each other. `day` is that of their story."""

    people: Mapping[str, Person]
    asked: Asked
    draw: Random
    day: date
    fathers_named: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draw = self.draw
        self.slots = {one.number: slot for slot, one in self.people.items()}
        self.children = [slot for slot in self.people if slot in CHILDREN]
        first = self.people[self.children[0]]
        self.kind, self.wed = first.household, first.wed
        for slot, one in self.people.items():
            if _AS_PARENT.get(one.role) == "father":
                named = self.wed or draw.random() >= self.asked.unnamed_fathers
                self.fathers_named[slot] = named
        self.guardian = self.kind == "kinship" and draw.random() < self.asked.special_guardians
        self.visits = self.kind == "split" and draw.random() < self.asked.two_homes
        self.parted = self._parted()

    def _parted(self) -> date:
        """When the parents separated, if they did: after the birth of their youngest."""
        day = self.day - timedelta(days=90 + int(self.draw.random() * 2 * _YEAR))
        youngest = self.people[self.children[-1]].birth_date
        return min(max(day, youngest + timedelta(days=30)), self.day - timedelta(days=14))

    def of(self, role: str) -> str:
        """The slot of whoever has a part in the family; empty where nobody has."""
        return next((slot for slot, one in self.people.items() if one.role == role), "")

    def parents(self, child: str) -> list[str]:
        """The slots of a child's parents who are here."""
        numbers = self.people[child].parents
        return [self.slots[one] for one in numbers if one in self.slots]

    def stands(self, one: OfFamily) -> OfFamily:
        """Someone with their place in the family as it follows from what they are to its children.

        Whoever is parent to none of them, and lives with their mother, is a step-parent.
        """
        if one.slot in self.fathers_named:
            if not any(one.slot in self.parents(child) for child in self.children):
                return replace(one, relation="step_parent", parental_responsibility=False)
            return replace(one, parental_responsibility=self.fathers_named[one.slot])
        if self.guardian and one.slot == self.of("grandmother"):
            return replace(one, parental_responsibility=True)
        return one

    def insets(self, unborn: str) -> Iterator[Inset]:
        """Everything that is told of who is who; `unborn` is the slot of a child who is expected,
        empty without one."""
        yield from self._partners()
        youngest = self.children[-1]
        told = {child: child for child in self.children} | ({unborn: youngest} if unborn else {})
        for child, born in told.items():
            yield from self._up(child, born)
        # Last: whoever is father to some stays their father, and is a step-parent beside.
        for child, born in told.items():
            yield from self._step_parent(child, born)
        yield from self._siblings()
        yield from self._homes()

    def _partners(self) -> Iterator[Inset]:
        she, he = self.of("mother"), self.of("father")
        eldest = self.people[self.children[0]].birth_date
        together = eldest - timedelta(days=200 + int(self.draw.random() * 5 * _YEAR))
        if before := self.of("other parent"):
            over = eldest + timedelta(days=int(0.4 * _YEAR * self.draw.random()))
            over = min(over, self.parted)
            yield _tie(she, before, "partner", "separated", together, over)
            together = min(over + timedelta(days=60), self.day - timedelta(days=7))
        if not (she and he):
            return
        if self.kind == "split":
            over = max(self.parted, together)
            yield _tie(she, he, "partner", "separated", together, over)
        else:
            yield _tie(she, he, "partner", "married" if self.wed else "living_together", together)

    def _up(self, child: str, born: str) -> Iterator[Inset]:
        """What the grown-ups are to a child; `born` is the child, or a brother or sister of theirs
        who is born already."""
        parents = self.parents(born)
        for one in parents:
            yield _tie(one, child, _AS_PARENT[self.people[one].role])
        for role in ("grandmother", "grandfather"):
            if older := self.of(role):
                yield from self._grandparent(older, role, child)
        if child == born:
            for one in parents:
                if one in self.fathers_named:
                    named = "registered" if self.fathers_named[one] else "none"
                    yield Inset("responsible", (one, child), {"basis": self._basis(one, named)})

    def _step_parent(self, child: str, born: str) -> Iterator[Inset]:
        parents, he = self.parents(born), self.of("father")
        if parents and self.kind == "blended" and he and he not in parents:
            yield _tie(he, child, "step_parent")

    def _basis(self, one: str, named: str) -> str:
        return "married" if self.wed and one == self.of("father") else named

    def _grandparent(self, older: str, role: str, child: str) -> Iterator[Inset]:
        mother = self.of("mother")
        if role == "grandmother" and mother:
            if child == self.children[0]:
                yield _tie(older, mother, "mother")
            return
        yield _tie(older, child, "grandparent")
        if role == "grandmother":
            yield _tie(older, child, "special_guardian" if self.guardian else "kinship_carer")

    def _siblings(self) -> Iterator[Inset]:
        """Whoever has one parent here, or none: that they are brothers and sisters is told."""
        if self.kind in {"lone_mother", "lone_father", "kinship"}:
            for one, other in combinations(self.children[:_MOST_SIBLINGS], 2):
                yield _tie(one, other, "full_sibling")

    def _homes(self) -> Iterator[Inset]:
        he = self.of("father")
        together = self.people[self.children[0]].home
        if self.visits and he:
            pattern = self.draw.choice(beside("patterns"))
            home = self.people[he].home
            for child in self.children:
                given = {"says": address(home), "postcode": home.postcode, "pattern": pattern}
                yield Inset("home", (child,), given)
        if self.kind == "split" and he:
            yield _former(he, together, self.parted)
        before = self.people[self.children[0]].former_home
        if before is not None:
            moved = self.day - timedelta(days=40 + int(self.draw.random() * 3 * _YEAR))
            for slot, one in self.people.items():
                if one.home == together and one.birth_date < moved:
                    yield _former(slot, before, moved)


def _tie(
    one: str,
    other: str,
    kind: str,
    state: str = "",
    began_on: date | None = None,
    ended_on: date | None = None,
) -> Inset:
    given = {"kind": kind, "state": state, "began_on": began_on, "ended_on": ended_on}
    return Inset("tie", (one, other), given)


def _former(slot: str, home: Home, until: date) -> Inset:
    given: dict[str, Any] = {
        "says": address(home), "postcode": home.postcode, "began_on": None, "ended_on": until,
    }  # fmt: skip
    return Inset("former_home", (slot,), given)


@dataclass(frozen=True)
class Remembered:
    """What a family tells of before, and since, and who matters to it."""

    people: Sequence[OfFamily]
    town: str
    asked: Asked
    draw: Random
    start: date

    def before(self) -> Iterator[Inset]:
        """Events of before, a child's and the family's in turn, and somebody who matters.

        What would have been before a child's birth is the family's.
        """
        draw = self.draw
        children = [one for one in self.people if one.slot in CHILDREN and one.born_on]
        for number in range(int(self.asked.events(draw))):
            if number % 2 == 0:
                child = children[int(draw.random() * len(children))]
                told = draw.choice(beside("events_of_child"))
                on = self._ago(told)
                if child.born_on and child.born_on < on.replace(day=1):
                    yield self._event(told, on, child)
                    continue
            told = draw.choice(beside("events_of_family"))
            yield self._event(told, self._ago(told), None)
        if draw.random() < self.asked.near:
            yield self._near(draw.choice(beside("near")), draw.choice(beside("near_names")))

    def since(self) -> Iterator[Inset]:
        """Something that has happened since the story began."""
        if self.draw.random() < self.asked.since:
            told = self.draw.choice(beside("events_since"))
            on = self.start + timedelta(days=20 + int(self.draw.random() * 30))
            yield self._event(told, on, None)

    def _ago(self, told: Mapping[str, Any]) -> date:
        least, most = told["years"]
        years = least + self.draw.random() * (most - least)
        return self.start - timedelta(days=int(years * _YEAR))

    def _event(self, told: Mapping[str, Any], on: date, child: OfFamily | None) -> Inset:
        """Something that happened in the month of a day, to a child or to the whole family."""
        first = on.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        given = {
            "about": told["about"],
            "says": told["says"].format_map(self._names(child)),
            "first_on": first,
            "last_on": last,
            "when_says": f"{first:%B %Y}",
        }
        if child is None:
            return Inset("event", (), given)
        return Inset("event_of", (child.slot,), given)

    def _near(self, told: Mapping[str, str], name: str) -> Inset:
        names = self._names(None)
        given = {key: text.format_map(names) for key, text in told.items()}
        return Inset("near", (), {**given, "name": name})

    def _names(self, child: OfFamily | None) -> dict[str, str]:
        called = {one.slot: one.known_as or one.given_name for one in self.people}
        of = child.slot if child else CHILDREN[0]
        return {"name": called[of], "speaker": called["a0"], "town": self.town}

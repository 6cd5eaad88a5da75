"""What a genogram is drawn from: people, couples, children, homes. Keys tell people apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

type Shape = Literal["square", "circle", "diamond", "triangle"]
"""Male, female, neither or not known, not yet born."""
type Bond = Literal["married", "together", "parents"]
"""How two people are or were a couple; `parents` when all that is known is their child."""
type Ended = Literal["", "separated", "divorced"]
type Descent = Literal["birth", "adopted", "fostered", "kinship", "guardian"]
"""How a child belongs to those above: born to them, or cared for by them as what."""


@dataclass(frozen=True)
class One:
    """Someone in the picture. `under` are lines beneath the name; `age` stands in the symbol.

    `age_says` says the age in a sentence, `as_parent` what their children call them where that is
    known though the symbol does not say it. `about` marks whom the help is about.
    """

    key: str
    name: str
    shape: Shape = "diamond"
    born: date | None = None
    due: date | None = None
    dead: bool = False
    age: str = ""
    age_says: str = ""
    under: tuple[str, ...] = ()
    about: bool = False
    called: str = ""
    as_parent: str = ""

    @property
    def short(self) -> str:
        """The name used in talk."""
        return self.called or self.name

    @property
    def order(self) -> tuple[str, str, str]:
        """Eldest first; those without a date last, then by name, so that twins keep their place."""
        return str(self.born or self.due or "9999"), self.name, self.key


@dataclass(frozen=True)
class Couple:
    """Two people who are or were a couple; `says` is short, such as a year, and stands on it."""

    one: str
    other: str
    bond: Bond = "together"
    ended: Ended = ""
    says: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two, whoever is named first."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Child:
    """A child of a brood, and how it belongs there."""

    key: str
    descent: Descent = "birth"


@dataclass(frozen=True)
class Brood:
    """Children of the same parents, two, one, or none who is known."""

    parents: tuple[str, ...]
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Twins:
    """Children of one birth."""

    keys: tuple[str, ...]
    identical: bool = False


@dataclass(frozen=True)
class Home:
    """Those who live together. `also` live there as well as in the home they are drawn in."""

    key: str
    name: str
    people: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tie:
    """How someone is related where the lines do not show it: `one` is the `says` `other`, such as
    `aunt of` or `someone close to`.

    `up` is how many generations `one` stands above `other`.
    """

    one: str
    other: str
    says: str
    up: int = 0


@dataclass(frozen=True)
class Kin:
    """Everyone and everything a genogram shows. `name` is the family's."""

    name: str
    people: tuple[One, ...]
    couples: tuple[Couple, ...] = ()
    broods: tuple[Brood, ...] = ()
    twins: tuple[Twins, ...] = ()
    homes: tuple[Home, ...] = ()
    ties: tuple[Tie, ...] = ()

    def one(self, key: str) -> One:
        """Someone by key. Raises `KeyError`."""
        for found in self.people:
            if found.key == key:
                return found
        raise KeyError(key)

    def sound(self) -> "Kin":
        """The same without what cannot be drawn: links to people who are not in it or to
        themselves, the same couple twice, a person in two homes at once (kept as `also`)."""
        known = {one.key for one in self.people}
        couples: dict[frozenset[str], Couple] = {}
        for couple in self.couples:
            if couple.pair <= known and len(couple.pair) == 2:
                couples.setdefault(couple.pair, couple)
        broods = tuple(_sound_broods(self, known))
        for brood in broods:
            if len(brood.parents) == 2:
                one, other = brood.parents
                couples.setdefault(frozenset((one, other)), Couple(one, other, "parents"))
        return Kin(
            name=self.name,
            people=self.people,
            couples=tuple(couples.values()),
            broods=broods,
            twins=tuple(
                twins for twins in self.twins if set(twins.keys) <= known and len(twins.keys) > 1
            ),
            homes=tuple(_sound_homes(self, known)),
            ties=tuple(t for t in self.ties if {t.one, t.other} <= known and t.one != t.other),
        )


def _sound_broods(kin: Kin, known: set[str]) -> Iterator[Brood]:
    order = {one.key: one.order for one in kin.people}
    joined: dict[frozenset[str], tuple[tuple[str, ...], dict[str, Child]]] = {}
    for brood in kin.broods:
        parents = tuple(dict.fromkeys(key for key in brood.parents if key in known))[:2]
        _, children = joined.setdefault(frozenset(parents or {str(id(brood))}), (parents, {}))
        for child in brood.children:
            if child.key in known and child.key not in parents:
                children.setdefault(child.key, child)
    for parents, found in joined.values():
        if len(found) > (0 if parents else 1):
            yield Brood(parents, tuple(sorted(found.values(), key=lambda one: order[one.key])))


def _sound_homes(kin: Kin, known: set[str]) -> Iterator[Home]:
    drawn: set[str] = set()
    for home in kin.homes:
        people = tuple(dict.fromkeys(key for key in home.people if key in known))
        here = tuple(key for key in people if key not in drawn)
        also = tuple(dict.fromkeys([
            *(key for key in people if key in drawn),
            *(key for key in home.also if key in known and key not in people),
        ]))  # fmt: skip
        drawn |= set(here)
        if here or also:
            yield Home(home.key, home.name, here, also)

"""Names of many origins: the lists of `names/`, and drawing from them.

A list is in order of how common its names are; the share of the n-th falls as 1 / (n + a few), the
long tail of real names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

import yaml

FEMALE, MALE = "F", "M"
SEXES = {FEMALE: "female", MALE: "male"}
_SOONER = 6  # evens out the very commonest of a list
_OTHER_TIMES = 0.12  # of given names, those in fashion in another decade


@dataclass(frozen=True, slots=True)
class Pick:
    """Values and how often each is drawn."""

    values: tuple[str, ...]
    up_to: tuple[float, ...]

    def __call__(self, draw: Random) -> str:
        """Draw one."""
        return draw.choices(self.values, cum_weights=self.up_to)[0]


def by_rank(values: Iterable[str]) -> Pick:
    """The first the commonest."""
    listed = tuple(values)
    return Pick(listed, tuple(accumulate(1 / (rank + _SOONER) for rank in range(len(listed)))))


def by_share(shares: Mapping[Any, float]) -> Pick:
    """Each as often as its share says."""
    return Pick(tuple(str(key) for key in shares), tuple(accumulate(shares.values())))


def listed(text: str) -> list[str]:
    """The names of a text, parted by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


@dataclass(frozen=True)
class Tail:
    """Rare surnames, put together from parts, or given names in their place."""

    share: float
    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Names of one origin, and its custom of surnames."""

    key: str
    called: str
    source: str
    custom: str
    given_names: Mapping[str, Mapping[int, Pick]]
    surnames: Pick
    tail: Tail
    own: Mapping[str, Pick]
    known_by: Mapping[str, Pick]
    goes_by: float
    doubled: float
    doubled_first: Pick | None
    joins: float
    endings: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    short_forms: Mapping[str, tuple[str, ...]]
    sounds: tuple[tuple[str, str], ...]

    def given(self, draw: Random, sex: str, born: int) -> str:
        """A given name in fashion when someone was born; now and then of another time."""
        decades = self.given_names[sex]
        if len(decades) == 1 or draw.random() < _OTHER_TIMES:
            names = decades[draw.choice(tuple(decades))]
        else:
            names = decades[max((d for d in decades if d <= born), default=min(decades))]
        name = names(draw)
        if sex == MALE and self.doubled_first and draw.random() < self.doubled:
            first = self.doubled_first(draw)
            return name if name in self.doubled_first.values else f"{first} {name}"
        return _joined(draw, name) if self.joins and draw.random() < self.joins else name

    def surname(self, draw: Random) -> str:
        """A surname, in the form that men have."""
        if draw.random() >= self.tail.share:
            return self.surnames(draw)
        first = draw.choice(self.tail.first)
        return first + draw.choice(self.tail.last) if self.tail.last else first

    def for_sex(self, surname: str, sex: str) -> str:
        """The surname in the form of a sex, where it has two: Kowalski, Kowalska."""
        if sex == FEMALE:
            for male, female in self.endings.items():
                if surname.endswith(male):
                    return surname[: -len(male)] + female
        return surname

    def unlike_sex(self, surname: str) -> str | None:
        """The surname in the form of the other sex, if there is one."""
        for male, female in self.endings.items():
            if surname.endswith(female) and male != female:
                return surname[: -len(female)] + male
            if surname.endswith(male) and male != female:
                return surname[: -len(male)] + female
        return None


def _joined(draw: Random, name: str) -> str:
    """A two-part given name with a hyphen or in one word."""
    first, _, second = name.partition(" ")
    if not second:
        return name
    return f"{first}-{second}" if draw.random() < 0.5 else first + second.lower()


@cache
def origins() -> dict[str, Origin]:
    """Every origin there is a list for, by its key."""
    found = sorted(
        (one for one in (files(__package__) / "names").iterdir() if one.name.endswith(".yaml")),
        key=lambda one: one.name,
    )
    return {
        key: _read(key, yaml.safe_load(one.read_text(encoding="utf-8")))
        for one in found
        for key in [one.name.removesuffix(".yaml")]
    }


def _read(key: str, told: dict[str, Any]) -> Origin:
    given: dict[str, dict[int, Pick]] = {}
    for sex, name in SEXES.items():
        lists = told[name] if isinstance(told[name], dict) else {0: told[name]}
        given[sex] = {int(decade): by_rank(listed(text)) for decade, text in lists.items()}
    tail = told.get("tail", {})
    if "from_given" in tail:
        men = given[MALE][0].values
        rare = Tail(float(tail["share"]), men, ())
    else:
        first, last = listed(tail.get("first", "")), listed(tail.get("last", ""))
        rare = Tail(float(tail.get("share", 0)), tuple(first), tuple(last))
    doubled = told.get("doubled", {})
    return Origin(
        key=key,
        called=told["called"],
        source=told["source"],
        custom=told["custom"],
        given_names=given,
        surnames=by_rank(listed(told["surnames"])),
        tail=rare,
        own=_of_each_sex(told.get("own")),
        known_by=_of_each_sex(told.get("known_by")),
        goes_by=float(told.get("goes_by", 0)),
        doubled=float(doubled.get("male", 0)),
        doubled_first=by_rank(listed(doubled["first"])) if doubled else None,
        joins=float(told.get("joins", 0)),
        endings=told.get("endings", {}),
        spellings=_groups(told.get("spellings", [])),
        short_forms=_groups(told.get("short_forms", [])),
        sounds=tuple((a, b) for a, b in told.get("sounds", [])),
    )


def _of_each_sex(told: dict[str, str] | None) -> dict[str, Pick]:
    return {sex: by_rank(listed(told[name])) for sex, name in SEXES.items()} if told else {}


def _groups(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """For each name, what else it is written as."""
    others: dict[str, tuple[str, ...]] = {}
    for line in lines:
        group = listed(line)
        for name in group:
            rest = tuple(other for other in group if other != name)
            others[name] = tuple(dict.fromkeys(others.get(name, ()) + rest))
    return others

"""Ranks the people of the register by how likely each is the one asked about, and says why.

The weight is the model's: of each group (the name, the home, a number) the telling that says most
counts, so a person is found by the name they had. Two things the model does not know are added, and
both only hold back. A family shares its surname and its address, so what a person shares with all
of them never makes more than a possibility by itself. And twins have all the same but the first
name.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from earlydoors.domain.matching.conditions import Prepared
from earlydoors.domain.matching.entries import COUNTED, GROUPS, Telling, Told
from earlydoors.domain.matching.model import Frequency, Model, Reason, Weighed
from earlydoors.domain.matching.wording import Said, in_words

VERY_LIKELY_FROM, LIKELY_FROM, POSSIBLE_FROM = 6.0, 0.0, -8.0  # bits
_OWN = frozenset({"given_name", "birth_date", "nhs", "upn"})  # what a family does not share
_NUMBERS = frozenset({"nhs", "upn"})
_AGREE = frozenset({"same", "slip"})
_SAME_NAME = frozenset({"same", "slip", "short", "part", "sound", "crossed"})
_SAME_BIRTH = frozenset({"same", "swapped", "slip"})
_SHARE_OF_A_YEAR = 1 / 60  # of people, the share born in one year
_YEAR_OUT, _WRONG_YEAR = 1.0, -5.0  # bits


class Strength(IntEnum):
    """How sure, in words. Never a number on a page."""

    POSSIBLE = 1
    LIKELY = 2
    VERY_LIKELY = 3

    @property
    def words(self) -> str:
        """As a reader says it."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True)
class Ranked:
    """A person, how sure, and what speaks for and against, the strongest first."""

    number: int
    weight: float
    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    firm: bool
    """Whether names and birth agree so well that whoever typed them knew the person."""
    former: bool
    """Whether they were found by a name of earlier, or another they use."""
    itself: bool
    """Whether anything speaks for it that a family does not share."""
    twin: bool
    """Whether they were born on the same day, and have another first name."""


class Ranking:
    """One record weighed against many. Remembers what it has weighed: many share a surname."""

    def __init__(
        self, model: Model, asked: Told, frequency: Frequency, years: Iterable[int] = ()
    ) -> None:
        self._model = model
        self._start = model.weigh({}, {}, frequency).weight
        self._asked = asked
        self._frequency = frequency
        self._years = frozenset(years)
        self._parts = {
            group: tuple(_Part(model, keys) for keys in _parts_of(group))
            for group in GROUPS
            if group in asked
        }
        self._known: dict[tuple[Any, ...], Weighed] = {}

    def rank(self, people: Iterable[tuple[int, Told]]) -> list[Ranked]:
        """Those who may be the one asked about, the likeliest first."""
        found = [one for number, told in people if (one := self.of(number, told))]
        return sorted(found, key=lambda one: (-one.strength, -one.weight, one.number))

    def of(self, number: int, told: Told) -> Ranked | None:
        """One person; None if it is not even possible that they are the one."""
        weight = self._start
        said: list[Said] = []
        reasons: list[Reason] = []
        for group, parts in self._parts.items():
            best = self._best(group, parts, told)
            if best is not None:
                bits, telling, why = best
                weight += bits
                reasons += why
                said += [Said(r.key, r.level, r.words, r.bits, telling.of.get(r.key)) for r in why]
        if self._years and "birth" not in self._asked:
            by_year = self._by_year(told)
            if by_year is not None:
                weight += by_year.bits
                reasons.append(by_year)
                said.append(Said("birth_date", by_year.level, by_year.words, by_year.bits, None))
        if weight < POSSIBLE_FROM:
            return None
        strength = _strength(weight, reasons)
        says, against = in_words(said)
        firm = strength > Strength.POSSIBLE and _firm(self._asked, reasons)
        former = any(one.is_former for one in said)
        own = sum(reason.bits for reason in reasons if reason.key in _OWN)
        levels = {reason.key: reason.level for reason in reasons}
        twin = (levels.get("given_name"), levels.get("birth_date")) == ("different", "same")
        return Ranked(
            number, weight, strength, says, against, firm, former, itself=own > 0, twin=twin
        )

    def _best(
        self, group: str, parts: tuple["_Part", ...], told: Told
    ) -> tuple[float, Telling, list[Reason]] | None:
        """The telling of a group that says most for the two being one, and what it says."""
        best = None
        for place, asked in enumerate(self._asked[group]):
            for telling in told.get(group, ()):
                reasons: list[Reason] = []
                bits = 0.0
                for part in parts:
                    weighed = self._weighed(place, asked.has, part, telling.has)
                    bits += weighed.weight - self._start
                    reasons += weighed.reasons
                if reasons and (best is None or bits > best[0]):
                    best = (bits, telling, reasons)
        return best

    def _weighed(self, place: int, asked: Prepared, part: "_Part", other: Prepared) -> Weighed:
        memo = (place, part.keys, *[other[key] for key in part.keys])
        known = self._known.get(memo)
        if known is None:
            known = self._known[memo] = part.model.weigh(asked, other, self._frequency)
        return known

    def _by_year(self, told: Told) -> Reason | None:
        born = [str(one.has["birth_date"])[:4] for one in told.get("birth", ())]
        known = [int(year) for year in born if year.isdigit()]
        if not known:
            return None
        away = min(abs(year - asked) for year in known for asked in self._years)
        level, bits = "another_age", _WRONG_YEAR
        if away == 0:
            level, bits = "age", -math.log2(_SHARE_OF_A_YEAR * len(self._years))
        elif away == 1:
            level, bits = "near_age", _YEAR_OUT
        return Reason("birth_date", level, "", bits)


class _Part:
    """The model with the comparisons of some fields alone: what can be remembered by itself."""

    def __init__(self, model: Model, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self.model = replace(model, fields=tuple(f for f in model.fields if f.key in keys))


def _parts_of(group: str) -> Iterable[tuple[str, ...]]:
    """The fields of a group that are compared together: a first name is compared with a surname
    too, the others each with itself."""
    keys = GROUPS[group]
    return [keys] if group == "name" else [(key,) for key in keys]


def _strength(weight: float, reasons: list[Reason]) -> Strength:
    """How sure the weight makes us, held back where a family shares what speaks for it."""
    own = sum(reason.bits for reason in reasons if reason.key in _OWN)
    levels = {reason.key: reason.level for reason in reasons}
    by_number = any(levels.get(key) in _AGREE for key in _NUMBERS)
    twin = levels.get("given_name") == "different" and not by_number
    if weight < LIKELY_FROM or own <= 0 or twin:
        return Strength.POSSIBLE
    return Strength.VERY_LIKELY if weight >= VERY_LIKELY_FROM else Strength.LIKELY


def _firm(asked: Told, reasons: list[Reason]) -> bool:
    """Given name, family name and birth all agree well: whoever typed them knew the child.

    A name of one letter is a guess, and so is an age, unless the postcode agrees too.
    """
    whole = all(
        any(len(str(one.has[key] or "")) > 1 for one in asked.get("name", ())) for key in COUNTED
    )
    levels = {reason.key: reason.level for reason in reasons}
    named = all(levels.get(key) in _SAME_NAME for key in COUNTED)
    born = levels.get("birth_date") in _SAME_BIRTH
    born = born or (levels.get("birth_date") == "age" and levels.get("postcode") in _AGREE)
    return whole and named and born

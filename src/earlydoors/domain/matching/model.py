"""The Fellegi-Sunter model: how much each level of each comparison says, and the weight of a pair.

The weight of a pair is in bits: the base-2 logarithm of how much likelier it is that the two are
one person than that they are two. It starts from how rare a match is among all pairs, and each
comparison adds log2(m / u): m is how often two records of one person come out at that level, u how
often two people do. At the level `same`, u is the frequency of the very value, so that a rare name
says more than a common one.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from earlydoors.domain.matching.comparisons import Comparison, Level, comparisons
from earlydoors.domain.matching.conditions import Prepared
from earlydoors.domain.matching.fields import Field, Kind

type Frequency = Callable[[str, str], float | None]

LEAST = 1e-6  # no level is impossible
LEAST_SHARE = 1e-3  # of matches at a level, whatever a small sample showed
_DIGITS = 6


@dataclass(frozen=True)
class Parameters:
    """What was learnt of a level: its share among matches, and among pairs of two people."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        """What the level says."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Reason:
    """What one comparison says of a pair."""

    key: str
    level: str
    words: str
    bits: float


@dataclass(frozen=True)
class Weighed:
    """A pair, weighed: bits in all, and what each comparison said."""

    weight: float
    reasons: tuple[Reason, ...]

    @property
    def probability(self) -> float:
        """The weight as a probability."""
        return probability(self.weight)

    @property
    def in_words(self) -> str:
        """What speaks for the two being one person, the strongest first, then what against."""
        ranked = sorted((r for r in self.reasons if abs(r.bits) >= 1), key=lambda r: -abs(r.bits))
        says = [r.words for r in ranked if r.bits > 0]
        against = [r.words for r in ranked if r.bits < 0]
        told = ", ".join(says) or "nothing that is alike"
        return f"{told}; but {', '.join(against)}" if against else told


@dataclass(frozen=True)
class Model:
    """Fields, the rarity of a match, and the parameters of every level."""

    fields: tuple[Field, ...]
    prior: float
    levels: Mapping[tuple[str, str], Parameters]

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons of its fields."""
        return comparisons(self.fields)

    def with_prior(self, prior: float) -> "Model":
        """The same with another rarity of a match."""
        return replace(self, prior=prior)

    def weigh(self, left: Prepared, right: Prepared, frequency: Frequency) -> Weighed:
        """Weigh two prepared records.

        `frequency(column, value)` is the share of people who have this value in a prepared column
        (see `share`); None if not known, and then the average of the level counts.
        """
        weight = math.log2(self.prior / (1 - self.prior))
        reasons = []
        for comparison in self.comparisons:
            level = comparison.level(left, right)
            if level is not None:
                bits = self._bits(comparison, level, left, frequency)
                weight += bits
                reasons.append(Reason(comparison.key, level.key, level.words, bits))
        return Weighed(weight, tuple(reasons))

    def _bits(
        self, comparison: Comparison, level: Level, left: Prepared, frequency: Frequency
    ) -> float:
        known = self.levels[comparison.key, level.key]
        if level.rarity is None:
            return known.bits
        share = frequency(level.rarity, str(left[level.rarity]))
        return known.bits if share is None else math.log2(known.m / share)

    def as_text(self) -> str:
        """The model as the text of its file."""
        fields = [
            {
                "key": c.key,
                "kind": c.field.kind.value,
                "called": c.field.noun,
                "levels": {
                    level.key: {
                        "m": _short(self.levels[c.key, level.key].m),
                        "u": _short(self.levels[c.key, level.key].u),
                    }
                    for level in c.levels
                },
            }
            for c in self.comparisons
        ]
        return json.dumps({"prior": _short(self.prior), "fields": fields}, indent=2) + "\n"


def from_text(text: str) -> Model:
    """The model of a file's text.

    Raises:
        ValueError: the file is not a model, or a level lacks its parameters.
    """
    try:
        read: dict[str, Any] = json.loads(text)
        fields = tuple(Field(f["key"], Kind(f["kind"]), f["called"]) for f in read["fields"])
        levels = {
            (f["key"], key): Parameters(float(level["m"]), float(level["u"]))
            for f in read["fields"]
            for key, level in f["levels"].items()
        }
        model = Model(fields, float(read["prior"]), levels)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"This is not a model of matching: {error}.") from error
    for comparison in model.comparisons:
        for level in comparison.levels:
            if (comparison.key, level.key) not in levels:
                raise ValueError(f"The model does not say what {comparison.key}/{level.key} says.")
    return model


def probability(weight: float) -> float:
    """The probability that a weight in bits stands for."""
    if weight >= 0:
        return 1 / (1 + 2 ** -min(weight, 1000.0))
    odds: float = 2 ** max(weight, -1000.0)
    return odds / (1 + odds)


def share(count: int, known: int, average: float) -> float:
    """The share of people who have a value that two records of a table have in common.

    `count` records of the `known` have it, the two among them, who may be one person and are
    counted once. `average` is how often two people have the same value (u of the level `same`), so
    `1 / average` is how many values there are as good as: as if each had been seen once more. So a
    value that nobody else has is rare in a small table too, though not rarer than can be known.
    """
    return max(count - 1, 1) / (known + 1 / average)


def first_guess(count: int) -> list[float]:
    """Shares of matches at each level where nothing is learnt: most are the same, few different."""
    if count == 2:
        return [0.9, 0.1]
    return [0.75, *([0.15 / (count - 2)] * (count - 2)), 0.1]


# How often two people have the same value, where a table is too small to show it.
_TYPICAL = {
    Kind.GIVEN_NAME: 5e-3,
    Kind.FAMILY_NAME: 2e-3,
    Kind.DATE: 1e-4,
    Kind.POSTCODE: 2e-3,
    Kind.NUMBER: 2e-2,
    Kind.TEXT: 2e-2,
    Kind.IDENTIFIER: 1e-5,
    Kind.EMAIL: 1e-5,
    Kind.PHONE: 1e-5,
    Kind.CODE: 0.4,
}


def typical(comparison: Comparison) -> list[float]:
    """Shares of pairs of two people at each level, where nothing is known of the table."""
    same = _TYPICAL[comparison.field.kind]
    between = [min(2 * same, 0.02)] * (len(comparison.levels) - 2)
    return [same, *between, 1 - same - sum(between)]


def first_model(fields: tuple[Field, ...], prior: float) -> Model:
    """The model to begin with, before anything is learnt of a table."""
    levels = {
        (one.key, level.key): Parameters(m, u)
        for one in comparisons(fields)
        for level, m, u in zip(one.levels, first_guess(len(one.levels)), typical(one), strict=True)
    }
    return Model(fields, prior, levels)


def shares(values: Sequence[float], least: float = LEAST_SHARE) -> list[float]:
    """The values as shares of one, none less than the least."""
    total = sum(values)
    floored = [max(value / total, least) for value in values]
    return [value / sum(floored) for value in floored]


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")

"""Learning over all likely pairs at once, and weighing them, in columns.

What a level says does not change how alike two values are, so the levels of each pair are found
once, by Splink, and learning goes on from those: expectation-maximisation in which every pair that
could be counts as a match by its probability. Random pairs hold some matches too, the more the
smaller the table and the more copies a person has; what matches there must have been among them is
taken off, or agreement would seem commoner among strangers than it is. In a small table every pair
is looked at, and both m and u are learnt from all of them, with what is typical as a start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from earlydoors.domain.matching.comparisons import Comparison
from earlydoors.domain.matching.fields import is_of_home
from earlydoors.domain.matching.model import (
    LEAST,
    Model,
    Parameters,
    first_guess,
    shares,
    typical,
)

type Whole = NDArray[np.int64]
type Real = NDArray[np.float64]

UNKNOWN = 255  # the place of a level where one side is unknown
_ROUNDS = 25
_KIN_ROUNDS = 3
_SETTLED = 1e-3  # no share changes more: learning ends
_GUESSED = 10.0  # matches that the first guess counts for at each comparison
_TYPICAL = 20.0  # pairs of two people that what is typical counts for
_DOUBT = 0.05  # of what random pairs showed at a level, at least so much is of two people


@dataclass(frozen=True)
class Seen:
    """Pairs in columns: their records, the place of each comparison's level, and rarity.

    `counts` has for each comparison how many records share the value of the pair's left record,
    `known` of how many.
    """

    left: Whole
    right: Whole
    places: dict[str, NDArray[np.uint8]]
    counts: dict[str, Whole]
    known: dict[str, int]

    def part(self, chosen: NDArray[np.bool_]) -> "Seen":
        """Some of the pairs."""
        return Seen(
            self.left[chosen],
            self.right[chosen],
            {key: places[chosen] for key, places in self.places.items()},
            {key: counts[chosen] for key, counts in self.counts.items()},
            self.known,
        )

    def and_also(self, others: "Seen") -> "Seen":
        """These and other pairs of the same records."""
        return Seen(
            np.concatenate([self.left, others.left]),
            np.concatenate([self.right, others.right]),
            {key: np.concatenate([at, others.places[key]]) for key, at in self.places.items()},
            {key: np.concatenate([at, others.counts[key]]) for key, at in self.counts.items()},
            self.known,
        )


def weigh(model: Model, seen: Seen) -> Real:
    """The weights of pairs in bits, as `Model.weigh` has them."""
    weight = _bits(model, seen, model.comparisons)
    weight += np.log2(model.prior / (1 - model.prior))
    return weight


def _bits(model: Model, seen: Seen, compared: Sequence[Comparison]) -> Real:
    weight = np.zeros(len(seen.left))
    for comparison in compared:
        places = seen.places[comparison.key]
        says = np.zeros(UNKNOWN + 1)
        for place, level in enumerate(comparison.levels):
            says[place] = model.levels[comparison.key, level.key].bits
        weight += says[places]
        for place, level in enumerate(comparison.levels):
            if level.rarity:
                here = places == place
                u = model.levels[comparison.key, level.key].u
                among = seen.known[comparison.key] + 1 / u
                share = np.maximum(seen.counts[comparison.key][here] - 1, 1) / among
                weight[here] += np.log2(u / share)
    return weight


class Kin:
    """The other reason why two records are alike: people of one home, who share what a home shares.

    Columns of a home go together, so whoever has the same surname and postcode has the same street
    too, and each of them counted as evidence by itself would make brothers one person. How many
    such pairs there are is learnt from the pairs, like how many matches there are.
    """

    def __init__(self, model: Model, seen: Seen, total: float) -> None:
        self._total = total
        self._share = model.prior
        self.follow(model, seen)

    def follow(self, model: Model, seen: Seen) -> None:
        """Take what the model says now."""
        homely = [one for one in model.comparisons if is_of_home(one.field)]
        told = len(homely) > 1 and len(homely) < len(model.comparisons)
        self._bits = _bits(model, seen, homely) if told else np.full(len(seen.left), -np.inf)

    def against(self, weight: Real) -> Real:
        """The weights with this reason against them; learns how frequent it is."""
        for _ in range(_KIN_ROUNDS):
            kin = np.exp2(np.clip(self._bits + np.log2(self._share), -200, 200))
            match = np.exp2(np.clip(weight, -200, 200))
            found = (kin / (1 + kin + match)).sum() / self._total
            self._share = float(min(max(found, 1e-12), 0.5))
        kin = np.exp2(np.clip(self._bits + np.log2(self._share), -200, 200))
        judged: Real = weight - np.log2(1 + kin)
        return judged


def judge(model: Model, seen: Seen, total: float) -> Real:
    """The weights of pairs, with people of one home as the other reason for being alike."""
    return Kin(model, seen, total).against(weigh(model, seen))


def learn(model: Model, seen: Seen, total: float) -> Model:
    """Learn from these pairs; `total` is how many there could be.

    If there are more than these, the model's u is what random pairs showed.
    """
    shown, whole = model, len(seen.left) >= total
    kin = Kin(model, seen, total)
    for _ in range(_ROUNDS):
        kin.follow(model, seen)
        chance = 1 / (1 + np.exp2(-np.clip(kin.against(weigh(model, seen)), -60, 60)))
        prior = float(min(max(chance.sum() / total, 0.1 / total), 0.5))
        levels = {}
        for comparison in model.comparisons:
            places = seen.places[comparison.key]
            m = _share(places, chance, first_guess(len(comparison.levels)), _GUESSED)
            if whole:
                u = _share(places, 1 - chance, typical(comparison), _TYPICAL)
            else:
                u = _without_matches(comparison, shown, m, prior)
            for level, m_share, u_share in zip(
                comparison.levels, shares(m), shares(u, LEAST), strict=True
            ):
                levels[comparison.key, level.key] = Parameters(m_share, u_share)
        change = max(abs(levels[key].m - model.levels[key].m) for key in levels)
        model = replace(model, prior=prior, levels=levels)
        if change < _SETTLED:
            break
    return model


def _share(
    places: NDArray[np.uint8], chance: Real, guess: list[float], guessed: float
) -> list[float]:
    """The share of each level among pairs that count by their chance, and among some guessed."""
    found = np.bincount(places, weights=chance, minlength=len(guess))[: len(guess)]
    shared: list[float] = ((found + guessed * np.array(guess)) / (found.sum() + guessed)).tolist()
    return shared


def _without_matches(
    comparison: Comparison, shown: Model, m: list[float], prior: float
) -> list[float]:
    """What random pairs showed, without the matches that must have been among them."""
    before = [shown.levels[comparison.key, level.key].u for level in comparison.levels]
    return [max(b - prior * share, b * _DOUBT) for b, share in zip(before, m, strict=True)]

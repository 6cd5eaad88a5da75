"""Weights of a model fitted to the odds of pairs: logistic regression on soft answers.

The weight of the level `same` has the rarity of the value in it, as the model has: it is fixed, and
only the rest is fitted. Order is kept: the same counts for most and never against, different for
least and never for a match.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from earlydoors.domain.matching.learning import UNKNOWN, Real, Seen, weigh
from earlydoors.domain.matching.model import Model, Parameters

_NEAR = 0.3  # how strongly a weight is held to where it began, in pairs
_ROUNDS = 200
_STEP = 2.0  # bits at most
_BIT = math.log(2)


def likelihood(seen: Seen, shares: Mapping[str, Real]) -> Real:
    """The log of how likely each pair's levels are, by the shares of some columns' levels."""
    total = np.zeros(len(seen.left))
    for key, share in shares.items():
        logs = np.zeros(UNKNOWN + 1)
        logs[: len(share)] = np.log(np.maximum(share, 1e-6))
        total += logs[seen.places[key]]
    return total


def among_strangers(seen: Seen, model: Model) -> Real:
    """The log of how likely each pair's levels are for two strangers, by the very values."""
    even = replace(
        model,
        prior=0.5,
        levels={key: Parameters(1.0, known.u) for key, known in model.levels.items()},
    )
    return -weigh(even, seen) * _BIT


def counted(seen: Seen, key: str, chance: Real, levels: int) -> Real:
    """The shares of a column's levels, each pair counting by its chance."""
    counts = np.bincount(seen.places[key], weights=chance, minlength=levels)[:levels] + 0.3
    return np.asarray(counts / counts.sum())


def fitted(seen: Seen, odds: Real, model: Model) -> Model:
    """The model with the weights, and the prior, that come nearest to the odds (natural logs)."""
    comparisons = {one.key: one for one in model.comparisons}
    places = [(key, n) for key, one in comparisons.items() for n in range(len(one.levels))]
    columns = [(seen.places[key] == n).astype(float) for key, n in places]
    design = np.stack([*columns, np.ones(len(odds))], axis=1)
    rarity = _rarity(seen, model)
    wanted = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
    begin = np.array([_begin(model, key, n) for key, n in places] + [-15.0])
    held = np.array([_NEAR] * len(places) + [0.0])
    bits = begin.copy()
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip((design @ bits + rarity) * _BIT, -40, 40)))
        slope = design.T @ (chance - wanted) * _BIT + held * (bits - begin)
        curve = chance * (1 - chance) * _BIT**2
        bend = (design * curve[:, None]).T @ design + np.diag(held + 1e-6)
        step = np.linalg.solve(bend, slope)
        most = float(np.abs(step).max())
        before = bits
        bits = _in_order(bits - step * min(1.0, _STEP / most), places, model)
        if float(np.abs(bits - before).max()) < 1e-3:
            break
    levels = {}
    for (key, n), value in zip(places, bits, strict=False):
        level = comparisons[key].levels[n]
        u = model.levels[key, level.key].u
        m = 2.0**value if level.rarity else u * 2.0**value
        levels[key, level.key] = Parameters(float(m), float(u))
    odds_of_match = 2.0 ** float(bits[-1])
    return Model(model.fields, odds_of_match / (1 + odds_of_match), levels)


def _rarity(seen: Seen, model: Model) -> Real:
    """What the rarity of the same values adds to each pair, in bits."""
    ones = {
        (one.key, level.key): Parameters(1.0, model.levels[one.key, level.key].u)
        if level.rarity
        else Parameters(1.0, 1.0)
        for one in model.comparisons
        for level in one.levels
    }
    return weigh(replace(model, prior=0.5, levels=ones), seen)


def _begin(model: Model, key: str, place: int) -> float:
    level = next(one for one in model.comparisons if one.key == key).levels[place]
    known = model.levels[key, level.key]
    return math.log2(known.m) if level.rarity else known.bits


def _in_order(bits: Real, places: list[tuple[str, int]], model: Model) -> Real:
    """The same most, and never against; different least; what lies between is held between."""
    made = bits.copy()
    for one in model.comparisons:
        spots = [n for n, (key, _) in enumerate(places) if key == one.key]
        same, last = spots[0], spots[-1]
        among = math.log2(model.levels[one.key, one.levels[0].key].u)
        made[same] = min(max(made[same], among), 0.0)  # m is at most 1, and no less than u
        usual = made[same] - among
        made[last] = min(made[last], 0.0, usual)
        for spot in spots[1:-1]:
            made[spot] = min(max(made[spot], made[last]), usual)
    return made

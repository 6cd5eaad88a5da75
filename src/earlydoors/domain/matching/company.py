"""What the other pairs say of a pair. Two ways, each only where the data bear it out.

*Groups*, for a table matched with itself: records of one person are a group, so a pair is judged
together with the pairs around it. Groups are put together step by step, always the two whose
records are the most alike on the average over all pairs between them, for as long as that average
speaks for a match. The weight of a pair becomes the average at which its two groups met. A copy
with slips in every column is so found through the better copies, and one chance likeness between
two people does not join them, since their other records disagree.

*Only one*, for two tables: where a record of the one hardly ever has two good partners in the
other, the other holds each person once, so the partners of a record compete and share one
probability.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

type Weights = Mapping[tuple[int, int], float]

LOWEST, HIGHEST = -12.0, 24.0  # bits: beyond, a pair says no more about its groups
_ONCE = 0.02  # of the matched records, those with a second good partner


def in_groups(weights: Weights, absent: float) -> dict[tuple[int, int], float]:
    """The weights of a table's pairs, judged in groups. Pairs left out are not matches.

    `absent` is the weight of a pair that is not among them.
    """
    groups = _Groups(weights, absent)
    groups.join()
    return groups.weights


class _Groups:
    """Average linkage over a sparse table of weights."""

    def __init__(self, weights: Weights, absent: float) -> None:
        self.weights: dict[tuple[int, int], float] = {}
        self._absent = absent
        self._members: dict[int, list[int]] = {}
        self._between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for (one, two), weight in weights.items():
            bounded = min(max(weight, LOWEST), HIGHEST)
            self._between[one][two] = self._between[two][one] = (bounded, 1)
            self._members[one], self._members[two] = [one], [two]

    def _average(self, one: int, two: int) -> float:
        total, known = self._between[one][two]
        pairs = len(self._members[one]) * len(self._members[two])
        return (total + self._absent * (pairs - known)) / pairs

    def join(self) -> None:
        """Join what is most alike until nothing speaks for a match."""
        waiting: list[tuple[float, int, int]] = [
            (-self._average(one, two), one, two)
            for one, others in self._between.items()
            for two in others
            if one < two and self._average(one, two) > 0
        ]
        heapq.heapify(waiting)
        while waiting:
            negative, one, two = heapq.heappop(waiting)
            if one not in self._members or two not in self._members:
                continue
            if two not in self._between[one] or -negative != self._average(one, two):
                continue
            self._meet(one, two, -negative)
            for other in self._between[one]:
                average = self._average(one, other)
                if average > 0:
                    heapq.heappush(waiting, (-average, min(one, other), max(one, other)))

    def _meet(self, one: int, two: int, weight: float) -> None:
        for a in self._members[one]:
            for b in self._members[two]:
                self.weights[min(a, b), max(a, b)] = weight
        self._members[one] += self._members.pop(two)
        for other, (total, known) in self._between.pop(two).items():
            del self._between[other][two]
            if other == one:
                continue
            before, count = self._between[one].get(other, (0.0, 0))
            both = (before + total, count + known)
            self._between[one][other] = self._between[other][one] = both


def only_one(weights: Weights) -> dict[tuple[int, int], float]:
    """The weights of two tables' pairs, with partners competing where the data bear it out."""
    lefts, rights = _seconds(weights, 0), _seconds(weights, 1)
    odds = {pair: 2 ** min(weight, 500.0) for pair, weight in weights.items()}
    rivals: dict[tuple[int, int], float] = defaultdict(float)
    for pair, chance in odds.items():
        for side, once in ((0, lefts), (1, rights)):
            if once:
                rivals[side, pair[side]] += chance
    judged = {}
    for pair, chance in odds.items():
        against = sum(max(rivals.get((side, pair[side]), chance) - chance, 0.0) for side in (0, 1))
        judged[pair] = weights[pair] - math.log2(1 + against)
    return judged


def _seconds(weights: Weights, side: int) -> bool:
    """Whether the records of a side hardly ever have a second good partner."""
    partners: dict[int, int] = defaultdict(int)
    for pair in good(weights):
        partners[pair[side]] += 1
    several = sum(count > 1 for count in partners.values())
    return several <= _ONCE * len(partners)


def good(weights: Weights) -> Iterable[tuple[int, int]]:
    """The pairs that are likelier a match than not."""
    return (pair for pair, weight in weights.items() if weight > 0)

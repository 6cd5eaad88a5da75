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
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.int64]
type Real = NDArray[np.float64]

LOWEST, HIGHEST = -12.0, 24.0  # bits: beyond, a pair says no more about its groups
_ONCE = 0.02  # of the matched records, those with a second good partner


@dataclass(frozen=True)
class Pairs:
    """Pairs of records in columns, and what each weighs in bits."""

    left: Whole
    right: Whole
    weight: Real

    @staticmethod
    def none() -> "Pairs":
        """No pairs."""
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))

    def part(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.left[chosen], self.right[chosen], self.weight[chosen])

    def and_also(self, others: "Pairs") -> "Pairs":
        """These and others."""
        return Pairs(
            np.concatenate([self.left, others.left]),
            np.concatenate([self.right, others.right]),
            np.concatenate([self.weight, others.weight]),
        )

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """The pairs one by one."""
        return zip(self.left.tolist(), self.right.tolist(), self.weight.tolist(), strict=True)


def in_groups(pairs: Pairs, absent: float) -> Pairs:
    """A table's pairs, judged in groups. Pairs left out are not matches.

    `absent` is the weight of a pair that is not among them. Two groups can only meet if some pair
    between them speaks for a match, so what hangs together by such pairs is judged by itself.
    """
    good = pairs.weight > 0
    component = _Components(pairs.left[good], pairs.right[good])
    inside = component(pairs.left) == component(pairs.right)
    pairs, whose = pairs.part(inside), component(pairs.left)[inside]
    bounded = np.clip(pairs.weight, LOWEST, HIGHEST)
    order = np.argsort(whose, kind="stable")
    starts = np.flatnonzero(np.diff(whose[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    single = order[starts[sizes == 1]]
    lefts, rights, weights = [pairs.left[single]], [pairs.right[single]], [bounded[single]]
    for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        chosen = order[start : start + size]
        ends = zip(pairs.left[chosen].tolist(), pairs.right[chosen].tolist(), strict=True)
        groups = _Groups(dict(zip(ends, bounded[chosen].tolist(), strict=True)), absent)
        groups.join()
        met = np.array(list(groups.weights), dtype=np.int64).reshape(-1, 2)
        lefts.append(met[:, 0])
        rights.append(met[:, 1])
        weights.append(np.array(list(groups.weights.values()), dtype=np.float64))
    return Pairs(np.concatenate(lefts), np.concatenate(rights), np.concatenate(weights))


class _Components:
    """Which records hang together: each is known by the least of those it hangs together with."""

    def __init__(self, left: Whole, right: Whole) -> None:
        self._records, places = np.unique(np.concatenate([left, right]), return_inverse=True)
        one, two = places[: len(left)], places[len(left) :]
        least = np.arange(len(self._records))
        while True:
            lower = np.minimum(least[one], least[two])
            changed = least.copy()
            np.minimum.at(changed, least[one], lower)
            np.minimum.at(changed, least[two], lower)
            while not np.array_equal(changed[changed], changed):
                changed = changed[changed]
            if np.array_equal(changed, least):
                break
            least = changed
        self._least = least

    def __call__(self, records: Whole) -> Whole:
        """The component of each; a record that hangs together with none is its own."""
        if not len(self._records):
            return -1 - records
        places = np.minimum(np.searchsorted(self._records, records), len(self._records) - 1)
        known = self._records[places] == records
        return np.where(known, self._least[places], -1 - records)


class _Groups:
    """Average linkage over a sparse table of weights."""

    def __init__(self, weights: Mapping[tuple[int, int], float], absent: float) -> None:
        self.weights: dict[tuple[int, int], float] = {}
        self._absent = absent
        self._members: dict[int, list[int]] = {}
        self._between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for (one, two), weight in weights.items():
            self._between[one][two] = self._between[two][one] = (weight, 1)
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


def only_one(pairs: Pairs) -> Pairs:
    """Two tables' pairs, with partners competing where the data bear it out."""
    odds = np.exp2(np.minimum(pairs.weight, 500.0))
    against = np.zeros(len(odds))
    for records in (pairs.left, pairs.right):
        if len(records) and _once(records[pairs.weight > 0]):
            ends = records - records.min()
            rivals = np.bincount(ends, weights=odds)
            against += np.maximum(rivals[ends] - odds, 0.0)
    return Pairs(pairs.left, pairs.right, pairs.weight - np.log2(1 + against))


def _once(records: Whole) -> bool:
    """Whether these records hardly ever have a second good partner."""
    _, partners = np.unique(records, return_counts=True)
    return bool((partners > 1).sum() <= _ONCE * len(partners))

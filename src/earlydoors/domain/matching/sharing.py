"""Who shares a key with whom, reckoned in columns of numbers.

Records are known by their places: those of the left table first, each table in the order of its
ids. Keys are sorted together with the places of those who have them, so that those who share one
stand side by side. Sorting whole numbers is what numpy does fastest, and it lets other threads work
meanwhile. Heavy: imported only where whole tables are matched.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.int64]
type Keys = NDArray[np.uint64]
type Hits = NDArray[np.uint64]

ALWAYS = 8  # as many sharing a key are always compared
_FINE = 8  # steps to a bit
_STEPS = 8  # binary digits in which the steps of a hit are written
_LONGEST = 64


@dataclass(frozen=True)
class Signs:
    """A sort of sign: who has which. One row for each sign that somebody has, by their places.

    `codes` are numbers from 0 up, less than `size`; `of` the places. Rows of one record stand
    together, in the order of `order`, which has `starts` and `counts` for each.
    """

    of: Whole
    codes: Keys
    size: int
    starts: Whole
    counts: Whole


def signs_in_columns(of: Whole, codes: Keys, size: int, records: int) -> Signs:
    """Signs of which the rows of one record stand together, in whatever order the records."""
    counts = np.bincount(of, minlength=records)
    starts = np.zeros(records, dtype=np.int64)
    begins = np.flatnonzero(np.diff(of, prepend=-1))
    starts[of[begins]] = begins
    return Signs(of, codes, size, starts, counts)


@dataclass(frozen=True)
class Crowd:
    """How many records there are, and how many of them are of the left table: all but the right
    ones if `across`."""

    records: int
    lefts: int
    across: bool

    @property
    def digits(self) -> int:
        """Binary digits in which a place is written."""
        return max(1, (self.records - 1).bit_length())


def hits_of_one(signs: Signs, crowd: Crowd, room: int, *, once: bool) -> Hits:
    """The pairs that share a sign, with how much that says."""
    return _hits(signs.of, signs.codes, signs.size, crowd, room, once=once)


def hits_of_two(one: Signs, two: Signs, crowd: Crowd, room: int, *, once: bool) -> Hits:
    """The pairs that share a sign of the one sort and a sign of the other."""
    many = two.counts[one.of]
    rows = np.repeat(np.arange(len(one.of)), many)
    inside = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    others = two.codes[two.starts[one.of[rows]] + inside]
    codes = one.codes[rows]
    if one is two:  # two different signs of the same sort, in whatever order
        apart = codes < others
        rows, codes, others = rows[apart], codes[apart], others[apart]
    size = one.size * two.size
    keys = codes * np.uint64(two.size) + others
    if size.bit_length() + crowd.digits > _LONGEST:
        kinds, keys = np.unique(keys, return_inverse=True)
        keys, size = keys.astype(np.uint64), len(kinds)
    return _hits(one.of[rows], keys, size, crowd, room, once=once)


def _hits(of: Whole, keys: Keys, size: int, crowd: Crowd, room: int, *, once: bool) -> Hits:
    """The pairs that share a key which few enough share, each as one number: see `summed`.

    `once`: nobody has two keys, so no pair is found twice.
    """
    digits = np.uint64(crowd.digits)
    both = (keys << digits) | of.astype(np.uint64)
    both.sort()
    places = (both & ((np.uint64(1) << digits) - np.uint64(1))).astype(np.int64)
    both >>= digits
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]])) if len(both) else of
    counts = np.diff(starts, append=len(both))
    if crowd.across:
        before = np.concatenate([[0], np.cumsum(places < crowd.lefts)])
        lefts = before[starts + counts] - before[starts]
        pairs = lefts * (counts - lefts)
    else:
        lefts = np.zeros(len(counts), dtype=np.int64)
        pairs = counts * (counts - 1) // 2
    kept = (pairs > 0) & (counts <= _most_shared(counts, pairs, room))
    starts, counts, lefts = starts[kept], counts[kept], lefts[kept]
    # Of each who has a kept key: where their partners stand, and how many there are.
    inside = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    if crowd.across:
        first = np.repeat(starts + lefts, counts)
        many = np.where(inside < first, np.repeat(counts - lefts, counts), 0)
    else:
        first = inside + 1
        many = np.repeat(starts + counts, counts) - first
    steps = np.rint(_FINE * np.log2(crowd.records / counts)).clip(0, 255).astype(np.uint64)
    left = (places[inside].astype(np.uint64) << digits + _STEPS) | np.repeat(steps, counts)
    total = int(many.sum())
    partners = np.repeat(first - (np.cumsum(many) - many), many) + np.arange(total)
    hits: Hits = np.repeat(left, many) | (places[partners].astype(np.uint64) << np.uint64(_STEPS))
    if once or not total:
        return hits
    hits.sort()
    pairs_of = hits >> np.uint64(_STEPS)
    most: Hits = hits[np.concatenate([pairs_of[1:] != pairs_of[:-1], [True]])]  # of each pair
    return most


def _most_shared(counts: Whole, pairs: Whole, room: int) -> int:
    """How many may share a key: rare keys come first, for as long as there is room for all pairs
    of those that as many share."""
    shared = pairs > 0
    so_far = np.cumsum(np.bincount(counts[shared], weights=pairs[shared]))
    there = np.flatnonzero(np.bincount(counts[shared]))
    fit = there[so_far[there] <= room]
    return max(ALWAYS, int(fit[-1]) if len(fit) else 0)


def summed(hits: Iterable[Hits], crowd: Crowd) -> tuple[Whole, Whole, Whole]:
    """Pairs that were hit, by their places, and how much all their keys say together."""
    found = np.concatenate([np.zeros(0, np.uint64), *hits])
    found.sort()
    steps = (found & np.uint64((1 << _STEPS) - 1)).astype(np.int64)
    found >>= np.uint64(_STEPS)
    starts = np.flatnonzero(np.concatenate([[True], found[1:] != found[:-1]])[: len(found)])
    sums = np.add.reduceat(steps, starts) if len(starts) else steps
    found = found[starts]
    digits = np.uint64(crowd.digits)
    left = (found >> digits).astype(np.int64)
    right = (found & ((np.uint64(1) << digits) - np.uint64(1))).astype(np.int64)
    return left, right, sums

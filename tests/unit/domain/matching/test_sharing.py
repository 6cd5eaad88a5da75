"""Who shares a key: the quick way finds what the plain way finds."""

from collections import Counter, defaultdict
from itertools import combinations, product
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.domain.matching.sharing import (
    ALWAYS,
    Crowd,
    Signs,
    hits_of_one,
    hits_of_two,
    signs_in_columns,
    summed,
)

type Listed = list[set[int]]

MANY = 14
SIGNS = st.lists(st.sets(st.integers(0, 5), max_size=3), min_size=MANY, max_size=MANY)


def in_columns(listed: Listed) -> Signs:
    of = np.repeat(np.arange(MANY), [len(one) for one in listed])
    codes = np.array([sign for one in listed for sign in sorted(one)], dtype=np.uint64)
    return signs_in_columns(of, codes, 6, MANY)


def plainly(keys: list[set[object]], crowd: Crowd, room: int) -> dict[tuple[int, int], int]:
    """The pairs that share a key, each with the most that any of its keys says."""
    have: dict[object, list[int]] = defaultdict(list)
    for place, mine in enumerate(keys):
        for key in mine:
            have[key].append(place)
    shared = {
        key: [p for p in combinations(who, 2) if apart(p, crowd)] for key, who in have.items()
    }
    most, so_far = ALWAYS, 0
    for many in sorted({len(have[key]) for key, pairs in shared.items() if pairs}):
        so_far += sum(len(pairs) for key, pairs in shared.items() if len(have[key]) == many)
        most = max(most, many) if so_far <= room else most
    found: dict[tuple[int, int], int] = {}
    for key, pairs in shared.items():
        if len(have[key]) <= most:
            says = round(8 * log2(MANY / len(have[key])))
            for pair in pairs:
                found[pair] = max(found.get(pair, 0), says)
    return found


def apart(pair: tuple[int, int], crowd: Crowd) -> bool:
    return not crowd.across or pair[0] < crowd.lefts <= pair[1]


@pytest.mark.parametrize("across", [True, False])
@given(one=SIGNS, two=SIGNS, room=st.integers(0, 200))
def test_the_quick_way_finds_what_the_plain_way_finds(
    across: bool, one: Listed, two: Listed, room: int
) -> None:
    """Given anyone's signs, then by one sign, by two, and by two of one sort the same pairs are
    found, and what all keys of a pair say is added up."""
    crowd = Crowd(MANY, 6 if across else MANY, across)
    first, second = in_columns(one), in_columns(two)
    hits = [
        hits_of_one(first, crowd, room, once=False),
        hits_of_two(first, second, crowd, room, once=False),
        hits_of_two(first, first, crowd, room, once=False),
    ]
    keys: list[list[set[object]]] = [
        [set(mine) for mine in one],
        [set(product(mine, yours)) for mine, yours in zip(one, two, strict=True)],
        [set(combinations(sorted(mine), 2)) for mine in one],
    ]
    expected: Counter[tuple[int, int]] = Counter()
    for sort in keys:
        expected.update(plainly(sort, crowd, room))
    left, right, bits = summed(hits, crowd)
    found = dict(zip(zip(left.tolist(), right.tolist(), strict=True), bits.tolist(), strict=True))
    assert found == dict(expected)
    assert len(found) == len(left)


def test_where_nobody_has_two_keys_each_pair_is_found_once() -> None:
    listed = [{n % 4} for n in range(MANY)]
    crowd = Crowd(MANY, MANY, across=False)
    once = hits_of_one(in_columns(listed), crowd, 100, once=True)
    assert sorted(once) == sorted(hits_of_one(in_columns(listed), crowd, 100, once=False))
    assert len(once) == len(set(once.tolist())) > 0


def test_nobody_has_a_sign() -> None:
    crowd = Crowd(MANY, MANY, across=False)
    none = in_columns([set() for _ in range(MANY)])
    left, right, bits = summed([hits_of_two(none, none, crowd, 100, once=False)], crowd)
    assert len(left) == len(right) == len(bits) == 0

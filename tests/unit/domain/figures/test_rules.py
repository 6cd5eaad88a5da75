"""Small numbers kept back: the truth table, and that nothing kept can be worked out."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from earlydoors.domain.figures.rules import Kept, Told, told, told_median, told_parts

LEAST = 5
S, K = Kept.SMALL, Kept.ANOTHER


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (1, S), (4, S), (5, 5), (6, 6), (1000, 1000)]
)
def test_a_number_by_itself(number: int, shown: Told) -> None:
    assert told(number, LEAST) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((), ()),
        ((0, 0, 0), (0, 0, 0)),
        ((5, 0, 12), (5, 0, 12)),
        # The total is small: no part is told, not even which are nought.
        ((0, 4, 0), (K, K, K)),
        ((1, 1, 1, 1), (K, K, K, K)),
        # One small part would be the total less the rest.
        ((20, 3, 8), (K, S, 8)),
        ((0, 3, 8, 20), (0, S, K, 20)),
        # The first that could be kept beside it leaves too little open: the next goes as well.
        ((5, 1, 20), (K, S, K)),
        # Two small parts that make two, or eight, would both be known.
        ((1, 1, 30), (S, S, K)),
        ((4, 4, 30), (S, S, K)),
        # Two that make five may be one and four, or four and one.
        ((1, 4, 30), (S, S, 30)),
        # Five that make twenty, all of them small, could only be four each.
        ((4, 4, 4, 4, 4), (K, K, K, K, K)),
        ((5, 3, 4, 4, 4), (K, K, K, K, K)),
        # Nothing can be kept beside it.
        ((5, 1), (K, K)),
        ((1, 5, 0), (K, K, K)),
    ],
)
def test_the_parts_of_a_total(parts: tuple[int, ...], shown: tuple[Told, ...]) -> None:
    assert told_parts(parts, LEAST) == shown


@pytest.mark.parametrize(
    ("days", "number", "shown"),
    [(None, 0, None), (3.0, 0, None), (3.0, 4, S), (3.4, 5, 3), (10.6, 50, 11)],
)
def test_the_middle_of_so_many(days: float | None, number: int, shown: Told | None) -> None:
    assert told_median(days, number, LEAST) == shown


def divided(total: int, among: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a total."""
    if among == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in divided(total - first, among - 1):
            yield (first, *rest)


@cache
def by_answer(total: int, among: int, least: int) -> dict[tuple[Told, ...], list[set[int]]]:
    """What each part may be, by what is told of it: for somebody who knows the rule by heart and
    tries out every table there could be."""
    found: dict[tuple[Told, ...], list[set[int]]] = {}
    for parts in divided(total, among):
        may_be = found.setdefault(told_parts(parts, least), [set() for _ in parts])
        for one, part in zip(may_be, parts, strict=True):
            one.add(part)
    return found


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(2, 4), st.integers(5, 7))
@example(total=20, among=5, least=5)
@example(total=6, among=4, least=5)
@example(total=8, among=2, least=5)
def test_nothing_kept_back_can_be_worked_out(total: int, among: int, least: int) -> None:
    if 0 < total < least:
        return  # the total itself is not told: see below
    for shown, may_be in by_answer(total, among, least).items():
        for one, could in zip(shown, may_be, strict=True):
            if isinstance(one, Kept):
                assert len(could) >= 2, f"{total} as {shown}: {could}"


@pytest.mark.parametrize("among", [2, 3, 4, 5])
def test_of_a_small_total_nothing_is_known_by_its_parts(among: int) -> None:
    shown = {told_parts(parts, LEAST) for n in range(1, LEAST) for parts in divided(n, among)}
    assert shown == {(K,) * among}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_what_is_told_is_true_and_by_subtraction_gives_no_small_number(parts: list[int]) -> None:
    shown = told_parts(parts, LEAST)
    hidden = [part for one, part in zip(shown, parts, strict=True) if isinstance(one, Kept)]
    for one, part in zip(shown, parts, strict=True):
        if not isinstance(one, Kept):
            assert one == part
            assert part == 0 or part >= LEAST
        if one is Kept.SMALL:
            assert 0 < part < LEAST
    assert len(hidden) != 1


def attacked(shown: Sequence[Told], total: int) -> list[set[int]]:
    """What the labels alone leave open, by trying everything."""
    ranges: list[Sequence[int]] = [
        range(1, LEAST) if one is S else range(total + 1) if one is K else [int(one)]
        for one in shown
    ]
    may_be: list[set[int]] = [set() for _ in shown]
    for tried in product(*ranges):
        if sum(tried) == total:
            for one, part in zip(may_be, tried, strict=True):
                one.add(part)
    return may_be


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_by_its_labels_every_small_number_could_be_any(parts: list[int]) -> None:
    shown, total = told_parts(parts, LEAST), sum(parts)
    if 0 < total < LEAST:
        return
    for one, could in zip(shown, attacked(shown, total), strict=True):
        if one is Kept.SMALL:
            assert set(range(1, LEAST)) <= could

"""Keeping back what tells too few apart: the truth table, and that it holds of any table."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.domain.studies.columns import KEPT_BACK as K
from earlydoors.domain.studies.rules import Row, faults, keep_back, whole_months

LEAST = 3


def table(*rows: str) -> list[Row]:
    """Rows of three columns, a letter for what stands in each."""
    return [dict(zip("abc", row, strict=True)) for row in rows]


def drawn(rows: Sequence[Row]) -> list[str]:
    return ["".join("-" if row[key] == K else row[key] for key in "abc") for row in rows]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ()),
        # Enough are alike.
        (("xyz", "xyz", "xyz"), ("xyz", "xyz", "xyz")),
        # The first column goes, and that is enough.
        (("xyz", "pyz", "qyz"), ("-yz", "-yz", "-yz")),
        # One that differs elsewhere tells nothing in the end; the others stay.
        (("xyz", "xyz", "xyz", "xyw"), ("xyz", "xyz", "xyz", "---")),
        # Those who lost the first column do not join those who kept it.
        (("xyz", "xyz", "xyz", "pyz"), ("xyz", "xyz", "xyz", "---")),
        # Two go on together as far as they have to.
        (("xyz", "pyz", "qwz", "rwz"), ("--z", "--z", "--z", "--z")),
        # What is not known is a value as any other.
        (("x z", "x z", "x z", "xyz"), ("x z", "x z", "x z", "---")),
        # A few by themselves.
        (("xyz", "xyz"), ("---", "---")),
    ],
)
def test_what_is_kept_back(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert drawn(keep_back(table(*before), "abc", LEAST)) == list(after)


def test_what_stands_beside_tells_apart_and_is_told() -> None:
    rows = table("xyz", "xyz", "xyw", "xyw")
    assert drawn(keep_back(rows, "ab", LEAST, beside="c")) == ["--z", "--z", "--w", "--w"]
    assert drawn(keep_back(rows, "ab", 2, beside="c")) == drawn(rows)


ROWS = st.lists(st.text("xy ", min_size=3, max_size=3), max_size=40)


@given(ROWS, st.integers(2, 6))
def test_of_any_table_whoever_is_told_of_has_company(texts: list[str], least: int) -> None:
    rows = table(*texts)
    kept = keep_back(rows, "abc", least)
    alike = Counter(drawn(kept))
    for before, after in zip(drawn(rows), drawn(kept), strict=True):
        assert after == "---" or alike[after] >= least
        assert all(now in ("-", was) for was, now in zip(before, after, strict=True))


@given(ROWS, st.integers(2, 6))
def test_of_any_table_no_more_is_kept_back_than_has_to_be(texts: list[str], least: int) -> None:
    rows = table(*texts)
    alike = Counter(drawn(rows))
    for before, after in zip(drawn(rows), drawn(keep_back(rows, "abc", least)), strict=True):
        assert after == before if alike[before] >= least else after[0] == "-"


@pytest.mark.parametrize(
    ("first", "last", "ends_on", "wrong"),
    [
        ("2024-01-31", "2026-11-01", "2027-11-23", []),
        ("2026-11-30", "2026-11-01", "2029-11-23", []),
        ("2026-11-01", "2026-10-31", "2027-01-01", ["last"]),
        ("2026-01-01", "2026-12-01", "2027-01-01", ["last"]),
        ("2026-01-01", "2026-06-01", "2026-11-23", ["ends_on"]),
        ("2026-01-01", "2026-06-01", "2029-11-24", ["ends_on"]),
        ("2027-01-01", "2026-12-01", "2026-01-01", ["last", "last", "ends_on"]),
    ],
)
def test_the_time_of_a_study(first: str, last: str, ends_on: str, wrong: list[str]) -> None:
    began, ended, ends = (date.fromisoformat(one) for one in (first, last, ends_on))
    assert [key for key, _ in faults(began, ended, ends, date(2026, 11, 23))] == wrong


def test_it_is_about_whole_months() -> None:
    assert whole_months(date(2024, 2, 29), date(2026, 12, 31)) == (
        date(2024, 2, 1),
        date(2027, 1, 1),
    )

"""Clocks count Monday to Friday, without the bank holidays of England and Wales."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.foundation.kernel.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("on", "open_"),
    [
        (date(2026, 3, 20), True),  # a Friday
        (date(2026, 3, 21), False),  # a Saturday
        (date(2026, 3, 22), False),  # a Sunday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 12, 25), False),  # Christmas Day
        (date(2026, 12, 28), False),  # for Boxing Day, which falls on a Saturday
        (date(2026, 3, 17), True),  # St Patrick's Day, a holiday in Northern Ireland alone
    ],
)
def test_the_days_offices_are_open(on: date, open_: bool) -> None:
    assert is_working_day(on) is open_


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 20), 0, date(2026, 3, 20)),
        (date(2026, 3, 20), 1, date(2026, 3, 23)),
        (date(2026, 3, 21), 1, date(2026, 3, 23)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas
    ],
)
def test_a_clock_ends_on_a_working_day(start: date, days: int, end: date) -> None:
    assert add_working_days(start, days) == end


def test_the_list_of_holidays_is_of_days() -> None:
    assert bank_holidays()
    assert all(type(on) is date for on in bank_holidays())


@given(start=DAYS, days=st.integers(1, 60))
def test_counting_back_gives_what_was_added(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert is_working_day(end)
    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days


@given(start=DAYS, first=st.integers(0, 90), second=st.integers(0, 90))
def test_two_stretches_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)
    assert 0 <= whole <= first + second

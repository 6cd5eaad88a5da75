"""Dates are read as people in England write them, and said back the same way."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.foundation.kernel.dates import (
    UnreadableDateError,
    age_on,
    clock,
    day,
    local_day,
    moment,
    read_date,
)

TODAY = date(2026, 3, 20)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "3/3/2026",
        "03/03/26",
        "3.3.2026",
        "3-3-26",
        "3 3 2026",
        "2026-03-03",
        "2026/3/3",
        "3 March 2026",
        "3 mar 26",
        "3rd March 2026",
        "March 3, 2026",
        "  3  MARCH,2026 ",
        "3\u20133\u20132026",
        "3 March",
        "march 3",
        "3/3",
    ],
)
def test_one_day_in_many_spellings(typed: str) -> None:
    assert read_date(typed, TODAY) == date(2026, 3, 3)


def test_today_and_the_days_beside_it_are_dates() -> None:
    assert read_date(" Today ", TODAY) == TODAY
    assert read_date("yesterday", date(2026, 3, 1)) == date(2026, 2, 28)
    assert read_date("Tomorrow", date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("5 January", date(2026, 12, 20), date(2027, 1, 5)),
        ("5 January", date(2026, 2, 1), date(2026, 1, 5)),
        ("20 December", date(2026, 1, 5), date(2025, 12, 20)),
        ("19 September", date(2026, 3, 20), date(2026, 9, 19)),
        ("20 September", date(2026, 3, 20), date(2025, 9, 20)),
        ("29 February", date(2026, 3, 20), date(2024, 2, 29)),
        ("29 February", date(2027, 12, 1), date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_that_can_be_meant(
    typed: str, today: date, meant: date
) -> None:
    assert read_date(typed, today) == meant


@pytest.mark.parametrize(
    ("typed", "year"),
    [("1/1/36", 2036), ("1/1/37", 1937), ("1/1/99", 1999), ("1/1/00", 2000)],
)
def test_two_digits_are_a_year_at_most_ten_ahead(typed: str, year: int) -> None:
    assert read_date(typed, TODAY).year == year


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a date, for example 3 March 2026 or 3/3/2026"),
        ("soon", "Enter a date, for example 3 March 2026 or 3/3/2026"),
        ("March", "Enter a date, for example 3 March 2026 or 3/3/2026"),
        ("3 March 2026 at 2", "Enter a date, for example 3 March 2026 or 3/3/2026"),
        ("March 3 2024 12", "Enter a date, for example 3 March 2026 or 3/3/2026"),
        ("3/13/2026", "Enter a real month, for example 3 March 2026 or 3/3/2026"),
        ("3/0/2026", "Enter a real month, for example 3 March 2026 or 3/3/2026"),
        ("3 ma 2026", "Enter a real month, for example 3 March 2026 or 3/3/2026"),
        ("3/3/2", "Enter the year in full, for example 3 March 2026 or 3/3/2026"),
        ("3/3/20266", "Enter the year in full, for example 3 March 2026 or 3/3/2026"),
        ("3/3/1899", "Enter a year between 1900 and 2126"),
        ("3/3/2127", "Enter a year between 1900 and 2126"),
        ("31/2", "February 2026 has no day 31. Enter a real date"),
        ("31/2/2026", "February 2026 has no day 31. Enter a real date"),
        ("29 February 2026", "February 2026 has no day 29. Enter a real date"),
        ("0/3/2026", "March 2026 has no day 0. Enter a real date"),
    ],
)
def test_what_is_not_a_date_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(UnreadableDateError) as refused:
        read_date(typed, TODAY)
    assert str(refused.value) == sentence


@given(on=DAYS, today=DAYS)
def test_what_is_said_can_be_read_back(on: date, today: date) -> None:
    within = on.year <= today.year + 100
    spellings = [day(on), on.isoformat(), f"{on.day}/{on.month}/{on.year}", on.strftime("%d.%m.%Y")]
    if within:
        assert {read_date(spelling, today) for spelling in spellings} == {on}


@given(on=DAYS, today=DAYS)
def test_a_day_without_a_year_is_never_far_ahead(on: date, today: date) -> None:
    read = read_date(f"{on.day}/{on.month}", today)
    assert (read.day, read.month) == (on.day, on.month)
    assert read - today <= timedelta(days=183)
    if (on.day, on.month) != (29, 2):
        assert today - read <= timedelta(days=183)


@given(typed=st.text() | st.from_regex(r"[0-9a-z]{1,9}[ /.-][0-9a-z]{1,9}([ /.-][0-9a-z]{0,9})?"))
def test_any_text_is_a_date_or_a_sentence(typed: str) -> None:
    with suppress(UnreadableDateError):
        assert isinstance(read_date(typed, TODAY), date)


@pytest.mark.parametrize("typed", ["1" * 5000, f"3/{'1' * 5000}/2026", f"3/3/{'1' * 5000}"])
def test_endless_digits_are_refused_like_any_other_text(typed: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 1, 5, 0, 5, tzinfo=UTC), "12:05am"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "12:00pm"),
        (datetime(2026, 7, 5, 13, 32, tzinfo=UTC), "2:32pm"),
    ],
)
def test_the_time_is_told_in_london(at: datetime, says: str) -> None:
    assert clock(at) == says


def test_late_on_a_summer_evening_it_is_already_tomorrow_in_london() -> None:
    late = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert local_day(late) == date(2026, 7, 6)
    assert moment(late) == "6 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2019, 3, 3), date(2026, 3, 2), 6),
        (date(2019, 3, 3), date(2026, 3, 3), 7),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
        (date(2026, 6, 1), date(2026, 3, 1), -1),
    ],
)
def test_age_is_in_whole_years_and_negative_before_birth(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age

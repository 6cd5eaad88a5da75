"""When something happened, as people remember it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.domain.chronology.rules import read_span
from earlydoors.foundation.kernel.dates import UnreadableDateError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "first", "last", "says"),
    [
        ("3 March 2021", date(2021, 3, 3), date(2021, 3, 3), "3 March 2021"),
        ("3/3/21", date(2021, 3, 3), date(2021, 3, 3), "3 March 2021"),
        ("March 2021", date(2021, 3, 1), date(2021, 3, 31), "March 2021"),
        ("feb 2020", date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        ("spring 2021", date(2021, 3, 1), date(2021, 5, 31), "Spring 2021"),
        ("Summer of 2019", date(2019, 6, 1), date(2019, 8, 31), "Summer 2019"),
        ("winter 2020", date(2020, 12, 1), date(2021, 2, 28), "Winter 2020"),
        ("early 2020", date(2020, 1, 1), date(2020, 4, 30), "Early 2020"),
        ("mid-2020", date(2020, 5, 1), date(2020, 8, 31), "Mid 2020"),
        ("Christmas 2020", date(2020, 12, 24), date(2020, 12, 26), "Christmas 2020"),
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021"),
        ("about 2015", date(2015, 1, 1), date(2015, 12, 31), "About 2015"),
        ("around march 2015", date(2015, 3, 1), date(2015, 3, 31), "About March 2015"),
        ("2015 to 2017", date(2015, 1, 1), date(2017, 12, 31), "2015 to 2017"),
        # The year that runs is over in part: that is enough.
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        # A day without a year is one that is over.
        ("3 December", date(2025, 12, 3), date(2025, 12, 3), "3 December 2025"),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21), "21 November 2026"),
    ],
)
def test_a_time_is_read_as_it_was_typed(typed: str, first: date, last: date, says: str) -> None:
    span = read_span(typed, TODAY)
    assert (span.first, span.last, span.says) == (first, last, says)
    assert span.exact == (first == last)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter when it was"),
        ("a blue moon", "Enter when it was"),
        ("spring", "Enter when it was"),
        ("spring 20", "Enter"),
        ("31/2/2021", "February 2021 has no day 31"),
        ("2027", "not later than today"),
        ("december 2026", "not later than today"),
        ("tomorrow", "not later than today"),
        ("1850", "Enter a year after 1899"),
        ("9999", "Enter a year after 1899"),
        ("2017 to 2015", "The last year must not be before the first"),
        ("x" * 10_000, "Enter when it was"),
        ("👶 2021", "Enter when it was"),
    ],
)
def test_what_is_no_time_that_is_over_says_what_to_write(typed: str, sentence: str) -> None:
    with pytest.raises(UnreadableDateError, match=sentence):
        read_span(typed, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_a_time_that_is_over_or_unreadable(typed: str) -> None:
    try:
        span = read_span(typed, TODAY)
    except UnreadableDateError:
        return
    assert span.first <= span.last
    assert span.first <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY))
def test_what_is_said_reads_back_as_the_same(on: date) -> None:
    for typed in (on.isoformat(), f"{on:%B %Y}", str(on.year), f"about {on.year}"):
        span = read_span(typed, TODAY)
        assert read_span(span.says, TODAY) == span

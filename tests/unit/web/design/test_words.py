"""Dates, numbers and texts as a reader meets them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.web.design import words

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 3, 3), "today"),
        (date(2026, 3, 4), "tomorrow"),
        (date(2026, 3, 2), "yesterday"),
        (date(2026, 3, 6), "in 3 days"),
        (date(2026, 3, 1), "2 days ago"),
        (date(2026, 3, 17), "in 2 weeks"),
        (date(2025, 12, 3), "2 months ago"),
        (date(2023, 3, 3), "3 years ago"),
        (None, ""),
    ],
)
def test_how_far_off_a_day_is(value: date | None, said: str) -> None:
    assert words.until(value, TODAY) == said


def test_a_short_day_has_its_weekday_and_no_year() -> None:
    assert words.day_short(date(2026, 3, 5)) == "Thu 5 March"


def test_a_moment_is_said_in_london() -> None:
    at = datetime(2026, 7, 1, 23, 32, tzinfo=UTC)
    assert words.moment(at) == "2 July 2026 at 12:32am"
    assert words.clock(at) == "12:32am"
    assert words.day(at) == "2 July 2026"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 actions"), (1, "1 action"), (1200, "1,200 actions")]
)
def test_a_number_takes_the_right_word(number: int, said: str) -> None:
    assert words.count(number, "action") == said


def test_an_irregular_plural_is_given() -> None:
    assert words.count(3, "person", "people") == "3 people"
    assert words.count_in_words(2, "child", "children") == "two children"


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert words.sentence("lead professional (TAC)") == "Lead professional (TAC)"
    assert words.sentence("") == ""


def test_lines_and_paragraphs_are_kept() -> None:
    made = words.nl2p("One\ntwo\r\n\r\nthree")
    assert made == '<p class="govuk-body">One<br>two</p><p class="govuk-body">three</p>'


@given(st.text())
def test_nothing_anyone_writes_becomes_markup(text: str) -> None:
    inside = words.nl2p(text).replace('<p class="govuk-body">', "").replace("</p>", "")
    assert "<" not in inside.replace("<br>", "")

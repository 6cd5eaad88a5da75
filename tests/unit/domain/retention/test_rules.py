"""When a record's time is over: a truth table of every rule, and what changes it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from earlydoors.domain.retention.rules import Due, Facts, due, is_over, what_of
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.information import RetentionRule
from earlydoors.foundation.profile.loader import folder_of, load, shipped_areas

BEGUN, ENDED, ASKED = date(2014, 1, 10), date(2015, 6, 30), date(2014, 2, 1)
BORN = date(2008, 2, 29)
PLAIN = Facts(begun_on=BEGUN, request_ended=ASKED)
HELPED = replace(PLAIN, helped=True, help_ended=ENDED, youngest_born=BORN)
SORTS = {
    "never_helped": PLAIN,
    "helped": HELPED,
    "stepped_up": replace(HELPED, stepped_up=True),
}
# Each sort, the event and day it is counted from, and the day its time is over by the five areas.
OVER = {
    "never_helped": Due("request_ended", ASKED, date(2017, 2, 1)),
    "helped": Due("help_ended", ENDED, date(2021, 6, 30)),
    "stepped_up": Due("youngest_born", BORN, date(2033, 2, 28)),
}


def rule(what: str) -> RetentionRule:
    return next(one for one in current().information.retention if one.what == what)


@pytest.mark.parametrize("area", shipped_areas())
@pytest.mark.parametrize("what", SORTS)
def test_every_area_counts_every_sort_so(area: str, what: str) -> None:
    [one] = [r for r in load(folder_of(area)).information.retention if r.what == what]
    assert due(SORTS[what], one) == OVER[what]


@pytest.mark.parametrize(
    ("what", "away"), list(product(SORTS, (-1, 0, 1))), ids=lambda value: str(value)
)
def test_it_is_over_on_the_day_and_not_before(what: str, away: int) -> None:
    found = due(SORTS[what], rule(what))
    assert is_over(found, OVER[what].due_on + timedelta(days=away)) is (away >= 0)


@pytest.mark.parametrize("what", SORTS)
def test_what_is_under_way_is_never_over(what: str) -> None:
    found = due(replace(SORTS[what], under_way="Help is under way"), rule(what))
    assert found is None
    assert not is_over(found, date(2999, 1, 1))


@pytest.mark.parametrize(
    ("what", "starts_anew"), [("never_helped", True), ("helped", True), ("stepped_up", False)]
)
def test_a_later_record_keeps_the_earlier_only_where_the_rule_counts_from_the_last_end(
    what: str, starts_anew: bool
) -> None:
    later = date(2024, 5, 5)
    facts = replace(SORTS[what], request_ended=later)
    expected = (
        Due("request_ended", later, later.replace(year=later.year + rule(what).years))
        if starts_anew
        else OVER[what]
    )
    assert due(facts, rule(what)) == expected


@pytest.mark.parametrize("what", SORTS)
def test_kept_longer_counts_from_then(what: str) -> None:
    until = OVER[what].due_on + timedelta(days=400)
    facts = replace(SORTS[what], kept_until=until)
    assert due(facts, rule(what)) == Due("kept_longer", until, until)
    early = replace(facts, kept_until=OVER[what].due_on - timedelta(days=1))
    assert due(early, rule(what)) == OVER[what]


@pytest.mark.parametrize("lacks", [{"youngest_born": None}, {"births_unknown": True}])
def test_without_a_birthday_it_is_counted_from_the_last_end(
    lacks: dict[str, Any],
) -> None:
    """By then every child was born, so nothing goes before the youngest is of that age."""
    facts = replace(SORTS["stepped_up"], **lacks)
    assert due(facts, rule("stepped_up")) == Due("help_ended", ENDED, date(2040, 6, 30))


def test_a_record_with_neither_help_nor_request_is_counted_from_its_beginning() -> None:
    assert due(Facts(BEGUN), rule("never_helped")) == Due("begun", BEGUN, date(2017, 1, 10))


@pytest.mark.parametrize(
    ("helped", "stepped_up", "what"),
    [
        (False, False, "never_helped"),
        (True, False, "helped"),
        (True, True, "stepped_up"),
        (False, True, "stepped_up"),
    ],
)
def test_which_rule_it_falls_under(helped: bool, stepped_up: bool, what: str) -> None:
    assert what_of(Facts(BEGUN, helped=helped, stepped_up=stepped_up)) == what

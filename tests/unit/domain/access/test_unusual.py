"""The rules of unusual looks, as truth tables."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from earlydoors.domain.access import unusual
from earlydoors.domain.access.unusual import Facts, place, reasons

DAY = date(2026, 3, 3)
MANY, TIMES, LATE, TOLD = unusual.MANY, unusual.TIMES_USUAL, unusual.LATE, unusual.TOLD


def noticed(**facts: Any) -> list[str]:
    return [reason.key for reason in reasons(Facts(**facts))]


@pytest.mark.parametrize(
    ("many", "usual", "unusual_"),
    [
        (0, None, False),
        (MANY - 1, None, False),
        (MANY - 1, 1, False),
        (MANY, None, True),
        (MANY, 0, True),
        (MANY, 1, True),
        (TIMES * 10, 10, True),
        (TIMES * 10 - 1, 10, False),
        (200, 100, False),
    ],
)
def test_many_families_in_a_day_by_ones_own_usual_and_a_floor(
    many: int, usual: int | None, unusual_: bool
) -> None:
    assert ("many" in noticed(many=many, many_on=DAY, usual=usual)) is unusual_


@pytest.mark.parametrize(
    ("fact", "number", "unusual_"),
    [
        ("late", LATE - 1, False),
        ("late", LATE, True),
        ("again", 0, False),
        ("again", 1, True),
        ("namesakes", 0, False),
        ("namesakes", 1, True),
        ("after", 0, False),
        ("after", 1, True),
        ("told", TOLD - 1, False),
        ("told", TOLD, True),
    ],
)
def test_each_rule_has_its_threshold(fact: str, number: int, unusual_: bool) -> None:
    assert bool(noticed(**{fact: number})) is unusual_


def test_one_look_after_being_told_is_enough() -> None:
    assert noticed(told=1) == []
    assert noticed(told=1, told_looked=1) == ["told"]


def test_nothing_is_noticed_of_ordinary_work() -> None:
    assert noticed(many=6, many_on=DAY, usual=5, families=20, looks=80, late=2, late_days=1) == []


def test_each_reason_says_what_was_noticed_and_why_it_may_be_innocent() -> None:
    everything = Facts(
        many=47, many_on=DAY, usual=6, late=4, late_days=2, again=1, again_days=9, namesakes=2,
        told=3, told_looked=1, after=1,
    )  # fmt: skip
    told = {one.key: one for one in reasons(everything)}
    assert list(told) == list(unusual.RULES)
    assert told["many"].says == "Looked at 47 families on 3 March 2026. Their usual day has 6."
    assert told["late"].says == "Looked 4 times at night or at a weekend, on 2 days."
    assert "1 family on up to 9 days" in told["again"].says
    assert "2 families with a surname like their own" in told["own_name"].says
    assert "Looked at 1 of them" in told["told"].says
    assert all(one.says.endswith(".") and one.innocent.endswith(".") for one in told.values())


def test_the_report_begins_with_the_first_rule_then_the_most_reasons_then_the_latest() -> None:
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    name = reasons(Facts(namesakes=1))
    night = reasons(Facts(late=LATE))
    both = reasons(Facts(namesakes=1, late=LATE))
    order = sorted([(night, late), (name, early), (both, early), (name, late)], key=_place)
    assert order == [(both, early), (name, late), (name, early), (night, late)]


def _place(one: tuple[Any, datetime]) -> tuple[int, int, float]:
    return place(*one)

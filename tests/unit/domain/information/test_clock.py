"""When a request about somebody's information has to be answered: truth tables by the calendar."""

from datetime import date

import pytest

from earlydoors.domain.information.rules import Asked, Reading, read
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.information import LegalClock, RightKind
from earlydoors.foundation.profile.loader import folder_of, load, shipped_areas

INFORMATION = current().information


def clock(kind: str = "access", step: str = "answer", on: date = date(2026, 7, 1)) -> LegalClock:
    found = INFORMATION.clock(kind, step, on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("received", "last", "why"),
    [
        (date(2026, 9, 3), date(2026, 10, 5), "3 October is a Saturday"),
        (date(2026, 9, 1), date(2026, 10, 1), "the same day of the next month"),
        (date(2026, 9, 6), date(2026, 10, 6), "that it came on a Sunday changes nothing"),
        (date(2026, 8, 31), date(2026, 9, 30), "September has no 31st"),
        (date(2027, 1, 31), date(2027, 3, 1), "28 February is a Sunday"),
        (date(2025, 1, 31), date(2025, 2, 28), "the last day of February"),
        (date(2028, 1, 31), date(2028, 2, 29), "a leap year"),
        (date(2028, 2, 29), date(2028, 3, 29), "from a leap day"),
        (date(2026, 11, 25), date(2026, 12, 29), "Christmas, and Boxing Day kept on the Monday"),
        (date(2026, 3, 3), date(2026, 4, 7), "Good Friday to Easter Monday"),
        (date(2026, 12, 15), date(2027, 1, 15), "over the end of the year"),
    ],
)
def test_a_month_ends_as_the_commissioner_counts(received: date, last: date, why: str) -> None:
    assert read(clock(), received) == Reading(last), why


@pytest.mark.parametrize(
    ("received", "last", "why"),
    [
        (date(2026, 9, 1), date(2026, 12, 1), "three months from the day it came"),
        (date(2027, 1, 31), date(2027, 4, 30), "counted from January, not from 28 February"),
        (date(2026, 11, 30), date(2027, 3, 1), "28 February 2027 is a Sunday"),
    ],
)
def test_two_months_longer_are_counted_from_the_beginning(
    received: date, last: date, why: str
) -> None:
    assert read(clock(), received, extended=True) == Reading(last), why


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ([Asked("identity", date(2026, 9, 2))], Reading(None, not_begun=True)),
        ([Asked("identity", date(2026, 9, 2), date(2026, 9, 14))], Reading(date(2026, 10, 14))),
        (
            [
                Asked("identity", date(2026, 9, 2), date(2026, 9, 4)),
                Asked("identity", date(2026, 9, 5), date(2026, 9, 10)),
            ],
            Reading(date(2026, 10, 12)),
        ),
        ([Asked("clarification", date(2026, 9, 8))], Reading(None, still_since=date(2026, 9, 8))),
        (
            [Asked("clarification", date(2026, 9, 8), date(2026, 9, 13))],
            Reading(date(2026, 10, 6)),
        ),
        ([Asked("clarification", date(2026, 9, 8), date(2026, 9, 8))], Reading(date(2026, 10, 1))),
        (
            [
                Asked("clarification", date(2026, 9, 8), date(2026, 9, 10)),
                Asked("clarification", date(2026, 9, 14), date(2026, 9, 17)),
            ],
            Reading(date(2026, 10, 6)),
        ),
        (
            [
                Asked("identity", date(2026, 9, 2), date(2026, 9, 14)),
                Asked("clarification", date(2026, 9, 2), date(2026, 9, 16)),
            ],
            Reading(date(2026, 10, 16)),
        ),
    ],
)
def test_proof_begins_the_clock_and_what_is_asked_back_stops_it(
    asked: list[Asked], wanted: Reading
) -> None:
    assert read(clock(), date(2026, 9, 1), asked) == wanted


def test_only_a_request_to_see_what_is_held_stands_still() -> None:
    awaited = [Asked("clarification", date(2026, 9, 8))]
    for kind in ("correction", "objection", "erasure", "restriction"):
        assert read(clock(kind), date(2026, 9, 1), awaited) == Reading(date(2026, 10, 1))


def test_before_the_act_no_clock_stood_still() -> None:
    before = clock(on=date(2026, 2, 4))
    awaited = [Asked("clarification", date(2026, 2, 10))]
    assert read(before, date(2026, 2, 4), awaited) == Reading(date(2026, 3, 4))
    assert clock(on=date(2026, 2, 5)).stands_still


@pytest.mark.parametrize(
    ("received", "last", "why"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), "thirty days from the day after"),
        (date(2026, 7, 2), date(2026, 8, 3), "1 August is a Saturday"),
        (date(2026, 11, 25), date(2026, 12, 29), "Christmas Day, and what follows it"),
        (date(2028, 2, 1), date(2028, 3, 2), "over a leap day"),
    ],
)
def test_a_complaint_is_acknowledged_within_thirty_days(
    received: date, last: date, why: str
) -> None:
    assert read(clock("complaint", "acknowledge"), received) == Reading(last), why


def test_no_law_asked_to_acknowledge_a_complaint_before_it_was_in_force() -> None:
    assert INFORMATION.clock("complaint", "acknowledge", date(2026, 6, 18)) is None
    assert INFORMATION.clock("complaint", "acknowledge", date(2026, 6, 19)) is not None
    assert INFORMATION.clock("access", "acknowledge", date(2026, 7, 1)) is None


@pytest.mark.parametrize("area", shipped_areas())
def test_the_law_is_the_same_in_every_area_that_ships(area: str) -> None:
    assert load(folder_of(area)).information.clocks == INFORMATION.clocks
    for kind in RightKind:
        assert load(folder_of(area)).information.clock(kind, "answer", date(2026, 7, 1))

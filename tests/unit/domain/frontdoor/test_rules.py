"""A request's clock in working days, and whom it is about, in words."""

from dataclasses import dataclass
from datetime import date

import pytest

from earlydoors.domain.frontdoor.rules import about, alike, clock

FRIDAY, MONDAY, WEDNESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 4)
SATURDAY = date(2026, 3, 7)
MAUNDY_THURSDAY, EASTER_TUESDAY = date(2026, 4, 2), date(2026, 4, 7)


@pytest.mark.parametrize(
    ("due_on", "today", "says", "late", "soon"),
    [
        (FRIDAY, FRIDAY, "due today", False, True),
        (FRIDAY, date(2026, 3, 5), "due tomorrow", False, True),
        (MONDAY, FRIDAY, "due in 1 working day", False, True),
        (MONDAY, WEDNESDAY, "due in 3 working days", False, False),
        (EASTER_TUESDAY, MAUNDY_THURSDAY, "due in 1 working day", False, True),
        (FRIDAY, SATURDAY, "was due on 6 March 2026", True, False),
        (FRIDAY, MONDAY, "1 working day late", True, False),
        (WEDNESDAY, MONDAY, "3 working days late", True, False),
    ],
)
def test_clock(due_on: date, today: date, says: str, late: bool, soon: bool) -> None:
    stands = clock(due_on, today)

    assert (stands.says, stands.late, stands.soon) == (says, late, soon)


def test_the_clock_ends_a_sentence() -> None:
    assert clock(FRIDAY, FRIDAY).stands == "is due today"
    assert clock(FRIDAY, MONDAY).stands == "is 1 working day late"
    assert clock(FRIDAY, SATURDAY).stands == "was due on 6 March 2026"


@dataclass
class Somebody:
    given_name: str
    family_name: str = "Armstrong"
    relation: str = "child"


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ([], "a family not named yet"),
        ([Somebody("Sophie")], "Sophie Armstrong"),
        ([Somebody("Sophie"), Somebody("Leo")], "Sophie and Leo Armstrong"),
        ([Somebody("A"), Somebody("B"), Somebody("C")], "A, B and C Armstrong"),
        ([Somebody("Zara", "Shah"), Somebody("Kai", "Whitlock")], "Zara Shah and Kai Whitlock"),
        ([Somebody("Baby", "")], "Baby"),
        ([Somebody("Kelly", relation="mother"), Somebody("Leo")], "Leo Armstrong"),
        ([Somebody("Kelly", relation="mother")], "Kelly Armstrong"),
    ],
)
def test_whom_it_is_about(people: list[Somebody], says: str) -> None:
    assert about(people) == says


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Jayden", "Cole"), ("JAYDEN", "cole"), True),
        (("Zoë", "O'Neil"), ("Zoe", "O’Neil"), True),
        (("Amy", "Robson"), ("Ava", "Robson"), False),
        (("Amy Jane", "Robson"), ("Amy", "Robson-Hall"), True),
        (("Amy", ""), ("Amy", ""), False),
    ],
)
def test_alike(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert alike(one, other) is same

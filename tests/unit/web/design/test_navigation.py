"""Which place of the navigation a page lies in."""

import pytest

from earlydoors.web.design.navigation import is_within
from earlydoors.web.design.parts import Chip, Row


@pytest.mark.parametrize(
    ("path", "place", "within"),
    [
        ("/", "/", True),
        ("/families/", "/", False),
        ("/families/1/plan/", "/families/", True),
        ("/familiesandmore/", "/families/", False),
        ("/requests/", "/families/", False),
    ],
)
def test_a_page_lies_in_its_place(path: str, place: str, within: bool) -> None:
    assert is_within(path, place) is within


@pytest.mark.parametrize(
    ("name", "initials"), [("Kelly Armstrong-Reid", "KA"), ("Noah", "N"), ("Ana María Ruiz", "AR")]
)
def test_a_person_is_known_by_first_and_last_letter(name: str, initials: str) -> None:
    assert Chip(name).initials == initials


def test_a_row_of_several_values_has_lines() -> None:
    assert Row("Agreed", ["School", "Health"]).lines == ["School", "Health"]
    assert Row("Agreed", "School").lines == ()

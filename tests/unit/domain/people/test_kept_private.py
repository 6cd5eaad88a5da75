"""Taking out every way to name a place that must not reach someone."""

import pytest

from earlydoors.domain.people.rules import KEPT, names_of, without

HOME = names_of("14 Rosemary Lane, Whitehaven")
NURSERY = names_of("Little Harbour Nursery, Whitehaven")


@pytest.mark.parametrize(
    "told",
    [
        "They live at 14 Rosemary Lane, Whitehaven.",
        "Seen at 14  rosemary\nlane.",
        "He must not find out about Rosemary Lane.",
        "ROSEMARY LANE",
    ],
)
def test_a_home_is_taken_out_however_it_is_written(told: str) -> None:
    left = without(told, HOME)
    assert KEPT in left
    assert "rosemary" not in left.lower()


@pytest.mark.parametrize(
    "told", ["Little Harbour Nursery", "picked up from Little Harbour.", "little harbour’s staff"]
)
def test_a_nursery_is_taken_out_by_its_short_name_too(told: str) -> None:
    assert "harbour" not in without(told, NURSERY).lower()


def test_a_straight_and_a_curly_apostrophe_are_the_same() -> None:
    school = names_of("St Bega's Primary School, Whitehaven")
    for told in ("St Bega’s", "St Bega's Primary", "St Begas"):
        assert without(told, school) == KEPT


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("Flat 2, 14 Rosemary Lane, Whitehaven", {"Flat 2", "14 Rosemary Lane", "Rosemary Lane"}),
        ("Flat 2b 9 Quay Street, Maryport", {"9 Quay Street", "Quay Street"}),
        ("Rose Cottage", {"Rose Cottage"}),
        ("12a High Street", {"12a High Street", "High Street"}),
    ],
)
def test_the_ways_to_name_a_place(place: str, names: set[str]) -> None:
    assert names <= names_of(place)


def test_what_names_no_place_is_left_alone() -> None:
    told = "Whitehaven is wet; 14 children came; the nursery rang. A lane of rosemary."
    assert without(told, HOME | NURSERY) == told


@pytest.mark.parametrize("place", ["", " ", ",", "1", "Nursery", "12"])
def test_next_to_nothing_names_next_to_nothing(place: str) -> None:
    assert names_of(place) <= {place.strip(), place.strip(",")}

"""When two places are the same one."""

import pytest

from earlydoors.domain.people.homes import Spot, same_place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("7 Bransty Steps, Whitehaven", "CA28 0ZZ"), ("7, bransty steps", "ca280zz"), True),
        (("7 Bransty Steps, Whitehaven", "CA28 0ZZ"), ("7 Bransty Steps", ""), True),
        (("7 Bransty Steps", "CA28 0ZZ"), ("7 Bransty Steps", "CA1 0ZZ"), False),
        (("7 Bransty Steps", "CA28 0ZZ"), ("17 Bransty Steps", "CA28 0ZZ"), False),
        (("Flat 3, 19 Locking Row, Weston", ""), ("Flat 3, 19 Locking Row", ""), True),
        (("Flat 3, 19 Locking Row, Weston", ""), ("Flat 4, 19 Locking Row, Weston", ""), False),
        (("Ground floor, 22 Bicester Rd", ""), ("Ground Floor, 22 Bicester Road", ""), True),
        (("12a High St, Blyth", ""), ("12A High Street, Blyth", ""), True),
        (("St Bega’s, Whitehaven", ""), ("St Bega's", ""), True),
        (("", ""), ("", ""), False),
        ((",,", "CA1 0ZZ"), ("", "CA1 0ZZ"), False),
    ],
)
def test_two_places_are_one_when_written_alike(
    one: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    assert same_place(Spot(*one), Spot(*other)) is same
    assert same_place(Spot(*other), Spot(*one)) is same

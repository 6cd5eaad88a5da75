"""What other pairs say of a pair."""

import pytest

from earlydoors.domain.matching import company


def test_a_bad_copy_is_found_through_the_good_ones() -> None:
    weights = {(1, 2): 20.0, (1, 3): 9.0, (2, 3): -3.0}
    judged = company.in_groups(weights, absent=-15)
    assert judged == {(1, 2): 20.0, (1, 3): 3.0, (2, 3): 3.0}


def test_one_chance_likeness_does_not_join_two_people() -> None:
    weights = {(1, 2): 20.0, (3, 4): 20.0, (2, 3): 4.0, (1, 3): -6.0, (1, 4): -9.0, (2, 4): -5.0}
    assert set(company.in_groups(weights, absent=-15)) == {(1, 2), (3, 4)}


def test_pairs_never_looked_at_speak_against() -> None:
    assert set(company.in_groups({(1, 2): 20.0, (2, 3): 4.0}, absent=-15)) == {(1, 2)}


def test_partners_compete_where_nobody_is_there_twice() -> None:
    weights = {(1, 11): 8.0, (2, 12): 8.0, (3, 13): 8.0, (1, 12): -1.0}
    judged = company.only_one(weights)
    assert judged[1, 12] < -8
    assert judged[2, 12] > 7


def test_partners_do_not_compete_where_people_are_there_twice() -> None:
    weights = {(1, 11): 8.0, (1, 12): 8.0, (2, 13): 8.0, (2, 14): 8.0}
    judged = company.only_one(weights)
    assert judged == pytest.approx(weights)

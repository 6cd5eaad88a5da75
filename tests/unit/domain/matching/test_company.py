"""What other pairs say of a pair."""

import numpy as np
import pytest

from earlydoors.domain.matching import company
from earlydoors.domain.matching.company import Pairs


def pairs(weights: dict[tuple[int, int], float]) -> Pairs:
    """Pairs in columns."""
    left, right = np.array(list(weights), dtype=np.int64).T
    return Pairs(left, right, np.array(list(weights.values())))


def told(judged: Pairs) -> dict[tuple[int, int], float]:
    """Columns as pairs."""
    return {(one, two): weight for one, two, weight in judged.rows()}


def test_a_bad_copy_is_found_through_the_good_ones() -> None:
    judged = company.in_groups(pairs({(1, 2): 20.0, (1, 3): 9.0, (2, 3): -3.0}), absent=-15)
    assert told(judged) == {(1, 2): 20.0, (1, 3): 3.0, (2, 3): 3.0}


def test_one_chance_likeness_does_not_join_two_people() -> None:
    weights = {(1, 2): 20.0, (3, 4): 20.0, (2, 3): 4.0, (1, 3): -6.0, (1, 4): -9.0, (2, 4): -5.0}
    assert set(told(company.in_groups(pairs(weights), absent=-15))) == {(1, 2), (3, 4)}


def test_pairs_never_looked_at_speak_against() -> None:
    judged = company.in_groups(pairs({(1, 2): 20.0, (2, 3): 4.0}), absent=-15)
    assert set(told(judged)) == {(1, 2)}


def test_what_hangs_together_is_judged_by_itself() -> None:
    """Given a chain whose ends are far apart and a pair elsewhere, then each keeps its own."""
    weights = {(n, n + 1): 10.0 for n in range(8, 0, -1)} | {(90, 80): 7.0, (60, 3): -2.0}
    judged = told(company.in_groups(pairs(weights), absent=-1))
    assert judged[90, 80] == 7.0
    assert judged[1, 4] > 0
    assert (60, 3) not in judged


def test_no_pair_is_no_group() -> None:
    assert told(company.in_groups(Pairs.none(), absent=-15)) == {}
    assert told(company.only_one(Pairs.none())) == {}


def test_partners_compete_where_nobody_is_there_twice() -> None:
    weights = {(1, 11): 8.0, (2, 12): 8.0, (3, 13): 8.0, (1, 12): -1.0}
    judged = told(company.only_one(pairs(weights)))
    assert judged[1, 12] < -8
    assert judged[2, 12] > 7


def test_partners_do_not_compete_where_people_are_there_twice() -> None:
    weights = {(1, 11): 8.0, (1, 12): 8.0, (2, 13): 8.0, (2, 14): 8.0}
    assert told(company.only_one(pairs(weights))) == pytest.approx(weights)

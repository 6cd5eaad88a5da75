"""Learning without labels, and how rare a value is."""

import numpy as np
import pytest

from earlydoors.domain.matching import learning
from earlydoors.domain.matching.fields import KNOWN
from earlydoors.domain.matching.model import Model, first_model, share

FIELDS = tuple(KNOWN[key] for key in ("given_name", "family_name", "birth_date", "street"))


def seen(*pairs: tuple[str, ...]) -> tuple[Model, learning.Seen]:
    """Pairs by the level of each field (`?` is unknown) and a model to begin with."""
    model = first_model(FIELDS, 0.01)
    places = {}
    for column, comparison in enumerate(model.comparisons):
        keys = [level.key for level in comparison.levels]
        at = [keys.index(p[column]) if p[column] != "?" else learning.UNKNOWN for p in pairs]
        places[comparison.key] = np.array(at, dtype=np.uint8)
    number = np.arange(len(pairs), dtype=np.int64)
    counts = {field.key: np.full(len(pairs), 2) for field in FIELDS}
    known = {field.key: 1000 for field in FIELDS}
    return model, learning.Seen(number, number + 1000, places, counts, known)


def test_people_of_one_home_are_not_one_person() -> None:
    """Given many pairs with one surname and street, and nothing else, then those are kin."""
    kin = [("different", "same", "different", "same")] * 300
    some = [("same", "same", "same", "same")] * 200
    unsure = [("?", "same", "?", "same")]
    model, pairs = seen(*kin, *some, *unsure)
    learnt = learning.learn(model, pairs, 100_000)
    judged = learning.judge(learnt, pairs, 100_000)
    assert (judged[:300] < -5).all()
    assert (judged[300:500] > 10).all()
    assert learning.weigh(learnt, pairs)[500] > 4
    assert judged[500] < 1


def test_what_is_the_same_among_matches_is_learnt() -> None:
    some = [("same", "same", "slip", "different")] * 400
    model, pairs = seen(*some)
    learnt = learning.learn(model, pairs, 1_000_000)
    assert learnt.prior == pytest.approx(4e-4, rel=0.01)
    assert learnt.levels["birth_date", "slip"].m > 0.9
    assert learnt.levels["street", "different"].m > 0.9


def test_random_pairs_hold_matches_that_are_taken_off() -> None:
    some = [("same", "same", "same", "same")] * 400
    model, pairs = seen(*some)
    before = model.levels["birth_date", "same"].u
    assert learning.learn(model, pairs, 10_000_000).levels["birth_date", "same"].u < before


def test_a_value_nobody_else_has_is_rare_in_a_small_table_too() -> None:
    assert share(2, 40, 1e-4) == pytest.approx(1 / 10_040)
    assert share(21, 40, 1e-4) == pytest.approx(20 / 10_040)
    assert share(5001, 100_000, 0.01) == pytest.approx(0.05, rel=0.01)

"""The sentences of printed families."""

import pytest

from earlydoors.simulation.pages import read
from earlydoors.simulation.press.pools import lines_of, themes


@pytest.mark.parametrize("theme", themes())
def test_whatever_one_theme_answers_has_an_answer_for_all(theme: str) -> None:
    pools = read("texts", "pools.yaml")
    keys = {key for told in pools["themes"].values() for key in told if key != "areas"}
    for key in keys | set(pools["anyone"]):
        assert lines_of(theme, key)

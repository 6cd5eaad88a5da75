"""How old someone is, in words."""

from datetime import date

import pytest

from earlydoors.domain.people.rules import age_in_words

TODAY = date(2025, 12, 24)


@pytest.mark.parametrize(
    ("born_on", "says"),
    [
        (date(2025, 12, 24), "born today"),
        (date(2025, 12, 23), "1 day"),
        (date(2025, 12, 14), "10 days"),
        (date(2025, 12, 10), "2 weeks"),
        (date(2025, 10, 24), "2 months"),
        (date(2022, 8, 2), "3"),
    ],
)
def test_the_younger_the_finer(born_on: date, says: str) -> None:
    assert age_in_words(born_on, None, TODAY) == says


def test_a_child_on_the_way_has_no_age_yet() -> None:
    assert age_in_words(None, TODAY, TODAY) == "not yet born"
    assert age_in_words(None, None, TODAY) == ""

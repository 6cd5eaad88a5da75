"""Which answer is offered first when two records are joined."""

from datetime import UTC, datetime
from typing import Any

import pytest

from earlydoors.domain.joining.rules import KEPT, OTHER, Version, differ, offer, offers

EARLY, LATE = datetime(2025, 1, 6, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Tarn", "TARN", False),
        ("Zoë", "Zoe", False),
        ("Tarn", "Beck", True),
        ("", "Beck", True),
        ("", None, False),
        ("not_known", "", False),
        ("not_known", "female", True),
        (["HEAR", "MOB"], ["MOB", "HEAR"], False),
        (["HEAR"], ["MOB"], True),
        (True, False, True),
        (None, False, True),
    ],
)
def test_what_counts_as_a_difference(one: Any, two: Any, expected: bool) -> None:
    assert differ(one, two) is expected


@pytest.mark.parametrize(
    ("kept", "other", "which", "why"),
    [
        (("Tarn", EARLY), ("", LATE), KEPT, "only this record says so"),
        (("", LATE), ("Tarn", EARLY), OTHER, "only this record says so"),
        (("not_known", LATE), ("female", EARLY), OTHER, "only this record says so"),
        (("Tarn", EARLY), ("Beck", LATE), OTHER, "written down later"),
        (("Tarn", LATE), ("Beck", EARLY), KEPT, "written down later"),
        (("Tarn", EARLY), ("Beck", EARLY), KEPT, "written down first"),
    ],
)
def test_what_is_offered_first(
    kept: tuple[str, datetime], other: tuple[str, datetime], which: str, why: str
) -> None:
    found = offer(Version(*kept), Version(*other))
    assert (found.which, found.why) == (which, why)


@pytest.mark.parametrize(("unborn_kept", "which"), [(True, OTHER), (False, KEPT)])
def test_the_name_given_at_the_birth_comes_before_the_name_before_it(
    unborn_kept: bool, which: str
) -> None:
    """Whichever record was written later."""
    found = offers(
        {"given_name": Version("Baby", LATE), "family_name": Version("Tarn", LATE)},
        {"given_name": Version("Noah", LATE), "family_name": Version("Tarn", LATE)},
        unborn_kept=unborn_kept,
        unborn_other=not unborn_kept,
    )
    assert set(found) == {"given_name"}
    assert found["given_name"].which == which
    assert found["given_name"].why == "the name given at the birth"

"""Each family's story, walked whole on its own area and on every other."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest

from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.partnership.operations import settle
from earlydoors.domain.records.queries import filled
from earlydoors.foundation.profile.current import current
from earlydoors.simulation.clockwork import Stage, day_nought
from earlydoors.simulation.players import gather

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
FAMILIES = ["armstrong_reid", "okafor", "jayden_cole", "robson", "shah_whitlock"]
TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def stage_of(family: str, days_ago: int = 600) -> Stage:
    """A stage for one family on the installation's area, with its cast joined."""
    at = datetime(2024, 1, 8, 9, tzinfo=UTC)
    settle(profile=current(), at=at)
    cast = gather(current(), on=at.date(), at=at)
    return Stage(family, cast, day_nought(TODAY, days_ago), TODAY)


def everywhere(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(area, name) for area in AREAS for name in names]


@pytest.mark.parametrize(("area", "name"), everywhere(FAMILIES))
def test_every_family_can_be_walked_whole_in_every_area(
    area: str, name: str, settings: Any
) -> None:
    settings.AREA = area
    family = import_module(f"earlydoors.simulation.families.{name}")
    stage = stage_of(name)
    family.until(stage, family.STEPS[-1][0])
    assert stage.done == [step for step, _ in family.STEPS]


def test_a_form_that_changed_counts_no_need_twice(settings: Any) -> None:
    settings.AREA = "northumberland"
    family = import_module("earlydoors.simulation.families.robson")
    stage = stage_of("robson")
    family.until(stage, "review")
    before = {need.pk for need in needs_of(stage.help)}
    assert before

    family.until(stage, "new_form")

    assert {need.pk for need in needs_of(stage.help)} == before


def test_an_assessment_begins_with_what_was_told_before() -> None:
    family = import_module("earlydoors.simulation.families.armstrong_reid")
    stage = stage_of("armstrong_reid")
    family.until(stage, "assessing")
    assert stage.assessment is not None
    begun = filled(stage.assessment.form_record, stage.on(5))
    assert any(page.carried for page in begun)

"""The Robson twins, in Northumberland: the full picture first, and a hub that waits for the school.

Amy and Ava were born on one day and are taken for each other; the record tells them apart. Walked
whole, from the first worry to the end of help, while the area's assessment form changes.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from earlydoors.domain.partnership.operations import settle
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.loader import folder_of, load
from earlydoors.foundation.profile.publishing import LEDGER, publish
from tests.functional import robson_twins_asks as asks
from tests.functional import robson_twins_hub as hub
from tests.functional import robson_twins_plans as plans
from tests.functional.conftest import Cast, Clock
from tests.functional.robson_twins_words import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AREA = "northumberland"


@pytest.fixture
def area(tmp_path: Path) -> str:
    """Northumberland before it had the second version of its assessment form."""
    folder = tmp_path / AREA
    shutil.copytree(folder_of(AREA), folder)
    (folder / "forms" / "assessment-2.yaml").unlink()
    (folder / LEDGER).unlink()
    publish(load(folder), folder)
    return str(folder)


@pytest.fixture
def story(person: Cast, clock: Clock, settings: Any) -> Story:
    def form_changes() -> None:
        """The area brings in the profile that ships, with the new form in it."""
        settings.AREA = AREA
        settle(profile=current(), at=clock.moment)

    return Story(clock=clock, person=person, form_changes=form_changes)


def test_the_robson_twins(story: Story) -> None:
    hub.the_school_asks(story)
    hub.it_goes_to_the_locality_hub(story)
    hub.one_twin_is_told_from_the_other(story)
    hub.four_agencies_are_asked(story)
    hub.the_full_picture_is_gathered(story)
    hub.without_the_school_it_is_put_off(story)
    hub.with_the_school_it_is_decided(story)
    asks.steph_agrees(story)
    asks.those_who_help_come_together(story)
    asks.the_school_begins_the_assessment(story)
    asks.each_agency_adds_what_is_its_own(story)
    asks.the_form_changes_in_the_middle(story)
    asks.the_first_assessment_is_finished(story)
    plans.the_first_meeting_is_called(story)
    plans.adult_services_see_margaret(story)
    plans.the_first_meeting_is_held(story)
    plans.the_plan_is_written(story)
    plans.the_plan_is_agreed(story)
    plans.the_first_numbers(story)
    plans.everybody_does_their_share(story)
    plans.the_review(story)
    asks.a_second_assessment_on_the_new_form(story)
    asks.both_forms_read_right_side_by_side(story)
    plans.every_need_keeps_its_answer(story)
    plans.help_ends(story)

"""The Shah-Whitlock household, in Buckinghamshire: no, later yes, and the family's own plan.

Walked whole, from the hub worker's request to six months after the end. The no is no bar, and
nothing that was told with it is asked again.
"""

import pytest

from tests.functional.conftest import Cast, Clock, LetsIn
from tests.functional.shah_whitlock_asks import (
    imran_says_no,
    nobody_else_finds_them,
    the_family_says_yes,
    the_front_door_offers_help,
    the_hub_worker_asks,
    the_school_reports_absence,
    the_second_request_finds_the_family,
)
from tests.functional.shah_whitlock_ends import (
    craig_goes_to_prison,
    farah_does_her_part,
    help_ends,
    it_has_lasted,
    the_review,
    the_second_review,
    where_things_are,
)
from tests.functional.shah_whitlock_plans import (
    farah_is_let_in,
    nothing_is_asked_again,
    the_assessment_is_made,
    the_family_brings_its_own_people,
    the_family_group_is_called,
    the_family_group_meets,
    the_familys_plan_is_the_plan,
    the_familys_plan_is_written,
)
from tests.functional.shah_whitlock_words import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def area() -> str:
    return "buckinghamshire"


def test_the_shah_whitlock_household(person: Cast, clock: Clock, lets_in: LetsIn) -> None:
    story = Story(clock=clock, person=person, lets_in=lets_in)
    the_hub_worker_asks(story)
    the_front_door_offers_help(story)
    imran_says_no(story)
    nobody_else_finds_them(story)
    the_school_reports_absence(story)
    the_second_request_finds_the_family(story)
    the_family_says_yes(story)
    nothing_is_asked_again(story)
    the_assessment_is_made(story)
    the_family_brings_its_own_people(story)
    the_family_group_is_called(story)
    farah_is_let_in(story)
    the_family_group_meets(story)
    the_familys_plan_is_written(story)
    the_familys_plan_is_the_plan(story)
    where_things_are(story)
    farah_does_her_part(story)
    the_review(story)
    craig_goes_to_prison(story)
    the_second_review(story)
    help_ends(story)
    it_has_lasted(story)

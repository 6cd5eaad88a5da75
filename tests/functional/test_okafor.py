"""The Okafor family, in North Somerset: help from before a birth, until it is not needed.

First one agency, then several together: each writes a part of the assessment of their own. The
child who was on the way is born on the record that was there for her.
"""

import pytest

from tests.functional.conftest import Cast, Clock
from tests.functional.okafor_asks import (
    both_parents_read_it,
    each_writes_their_own_part,
    more_help_is_offered,
    ngozi_agrees,
    nobody_else_finds_them,
    one_agency_is_enough_at_first,
    the_midwife_asks,
    the_rest_is_written,
)
from tests.functional.okafor_plans import (
    every_need_has_an_answer,
    one_agency_is_enough,
    the_assessor_calls_the_first_meeting,
    the_baby_is_born,
    the_family_agrees_to_the_plan,
    the_first_review,
    the_lead_is_agreed,
    the_midwife_hands_over,
    the_plan_is_written,
    universal_services_are_enough,
)
from tests.functional.okafor_words import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def area() -> str:
    return "north_somerset"


def test_the_okafor_family(person: Cast, clock: Clock) -> None:
    story = Story(clock=clock, person=person)
    the_midwife_asks(story)
    one_agency_is_enough_at_first(story)
    more_help_is_offered(story)
    ngozi_agrees(story)
    nobody_else_finds_them(story)
    each_writes_their_own_part(story)
    the_rest_is_written(story)
    both_parents_read_it(story)
    the_assessor_calls_the_first_meeting(story)
    the_lead_is_agreed(story)
    the_plan_is_written(story)
    the_family_agrees_to_the_plan(story)
    the_first_review(story)
    the_baby_is_born(story)
    the_midwife_hands_over(story)
    one_agency_is_enough(story)
    universal_services_are_enough(story)
    every_need_has_an_answer(story)

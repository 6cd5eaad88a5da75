"""Jayden Cole, in Northamptonshire: up to social care, down again, and asked about once more.

Every step is taken by the person who takes it, in a browser of their own. Day 0 is the day on which
police and school ask about Jayden.
"""

import pytest

from tests.functional.conftest import Cast, Clock
from tests.functional.jayden_cole_asks import (
    asked_about_again_he_is_recognised,
    nothing_is_asked_of_him_twice,
    one_family_and_both_are_told,
    police_and_school_ask_on_one_day,
    repeat_requests_are_counted,
    the_family_is_one,
    the_school_asks_and_is_advised,
    tracey_agrees,
)
from tests.functional.jayden_cole_plans import (
    both_say_what_they_think_of_it,
    early_help_closes,
    harm_stops_early_help,
    he_comes_back_with_his_plan,
    the_family_is_assessed,
    the_first_meeting,
    the_plan_is_agreed,
    the_plan_is_reviewed,
)
from tests.functional.jayden_cole_words import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def area() -> str:
    return "northamptonshire"


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """The story begins eight months before day 0, with a request that is answered with advice."""
    clock.goes_on(days=-244)
    return clock


def test_up_to_social_care_and_down_again(person: Cast, clock: Clock) -> None:
    story = Story(clock=clock, person=person)
    the_school_asks_and_is_advised(story)
    police_and_school_ask_on_one_day(story)
    one_family_and_both_are_told(story)
    repeat_requests_are_counted(story)
    the_family_is_one(story)
    tracey_agrees(story)
    the_family_is_assessed(story)
    both_say_what_they_think_of_it(story)
    the_first_meeting(story)
    the_plan_is_agreed(story)
    harm_stops_early_help(story)
    he_comes_back_with_his_plan(story)
    the_plan_is_reviewed(story)
    early_help_closes(story)
    asked_about_again_he_is_recognised(story)
    nothing_is_asked_of_him_twice(story)

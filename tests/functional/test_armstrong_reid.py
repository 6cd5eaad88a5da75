"""The Armstrong-Reid family, in Cumbria: separated parents, and a place to keep safe.

Walked whole, from the first worry to six months after the end. Kelly's address and the name of
Leo's nursery must never reach the children's father, who may see much of the rest.
"""

import pytest

from tests.functional.armstrong_reid_asks import (
    a_worry_is_talked_over,
    each_view_stays_their_own,
    kelly_agrees,
    nobody_else_finds_them,
    support_is_asked_for,
    the_assessment_is_made,
    the_front_door_decides,
    the_places_are_kept_from_daniel,
    the_request_is_written,
)
from tests.functional.armstrong_reid_plans import (
    daniel_sees_what_is_his_to_see,
    help_ends,
    it_has_lasted,
    kelly_says_where_things_are,
    nothing_gives_the_secrets_away,
    speech_therapy_begins,
    the_first_meeting_is_called,
    the_first_meeting_is_held,
    the_first_review,
    the_plan_is_agreed,
    the_plan_is_written,
    the_second_review,
    the_team_comes_together,
)
from tests.functional.armstrong_reid_words import Story
from tests.functional.conftest import Cast, Clock, LetsIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_armstrong_reid_family(person: Cast, clock: Clock, lets_in: LetsIn) -> None:
    story = Story(clock=clock, person=person, priya=person("priya.nair"), lets_in=lets_in)
    a_worry_is_talked_over(story)
    support_is_asked_for(story)
    the_request_is_written(story)
    the_front_door_decides(story)
    the_places_are_kept_from_daniel(story)
    kelly_agrees(story)
    nobody_else_finds_them(story)
    the_assessment_is_made(story)
    each_view_stays_their_own(story)
    the_team_comes_together(story)
    the_first_meeting_is_called(story)
    the_first_meeting_is_held(story)
    the_plan_is_written(story)
    the_plan_is_agreed(story)
    kelly_says_where_things_are(story)
    the_first_review(story)
    speech_therapy_begins(story)
    daniel_sees_what_is_his_to_see(story)
    the_second_review(story)
    help_ends(story)
    it_has_lasted(story)
    nothing_gives_the_secrets_away(story)

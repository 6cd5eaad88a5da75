"""A child not yet born belongs to the family, and is asked, invited and handed nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.families import Help
from tests.factories.partnership import signed_in
from tests.integration.web.plans.conftest import plan_of

from earlydoors.domain.episodes import team
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import take_in, write_down
from earlydoors.domain.plan.meetings import call
from earlydoors.foundation.kernel.dates import local_day


@pytest.fixture
def baby(helping: Help) -> Person:
    """Sophie's brother or sister, due in two months."""
    by, at, family = helping.lead, helping.at, helping.family
    due = local_day(at) + timedelta(days=60)
    baby = write_down(given_name="Baby", family_name="Tarn", due_on=due, by=by, at=at)
    take_in(family=family, person=baby, relation="child", on=local_day(at), by=by, at=at)
    return baby


def _addresses(help_: Help) -> list[str]:
    """The pages that offer the family's people by name, to hand a paper to or to invite."""
    meeting = call(
        episode=help_.episode, on=local_day(help_.at), starts=None, place="", purpose="review",
        invited=(), by=help_.lead, at=help_.at,
    )  # fmt: skip
    assert help_.assessment
    episode = help_.episode.pk
    outcome = plan_of(help_).outcomes.get()
    return [
        reverse("plans:plan", args=[episode]),
        reverse("assessments:read", args=[help_.assessment.pk]),
        reverse("families:add_own", args=[episode]),
        reverse("plans:call", args=[episode]),
        reverse("plans:record_meeting", args=[meeting.pk]),
        reverse("plans:action", args=[outcome.pk]),
    ]


def test_the_unborn_are_offered_no_paper_and_no_seat(helping: Help, baby: Person) -> None:
    # Even one whom somebody put in the team long ago.
    place = team.add_person(
        episode=helping.episode, person=baby, does="", by=helping.lead, at=helping.at
    )
    client = signed_in(helping.lead)
    for address in _addresses(helping):
        page = client.get(address).content.decode()
        for offered in (f"/copy/{baby.pk}/", f'value="person-{baby.pk}"', f'value="{place.pk}"'):
            assert offered not in page, address


def test_there_is_no_copy_for_the_unborn(helping: Help, baby: Person) -> None:
    client = signed_in(helping.lead)
    assert helping.assessment
    for route, of in (("plans:copy", plan_of(helping)), ("assessments:copy", helping.assessment)):
        assert client.get(reverse(route, args=[of.pk, baby.pk])).status_code == 404
        assert client.get(reverse(route, args=[of.pk, helping.parent.pk])).status_code == 200


def test_the_unborn_do_not_join_the_team(helping: Help, baby: Person) -> None:
    address = reverse("families:add_own", args=[helping.episode.pk])
    page = signed_in(helping.lead).get(address).content.decode()
    assert f'value="{baby.pk}"' not in page
    assert f'value="{helping.child.pk}"' in page

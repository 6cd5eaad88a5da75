"""Someone who was not invited came: whoever records the meeting writes them down."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help
from tests.factories.partnership import signed_in, worker
from tests.integration.web.plans.forms import a_meeting_record, text

from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.plan.meetings import call
from earlydoors.domain.plan.models import Attendance, Meeting
from earlydoors.foundation.kernel.dates import local_day


@pytest.fixture
def meeting(helping: Help) -> Meeting:
    """A meeting of today to which only the one who leads was invited."""
    return call(
        episode=helping.episode,
        on=local_day(timezone.now()),
        starts=None,
        place="School",
        purpose="review",
        invited=[one for one in team_of(helping.episode) if one.member_id],
        by=helping.lead,
        at=helping.at,
    )


def _address(meeting: Meeting) -> str:
    return reverse("plans:record_meeting", args=[meeting.pk])


def _records(help_: Help, meeting: Meeting, **more: Any) -> tuple[Client, Any]:
    client = signed_in(help_.lead)
    return client, client.post(_address(meeting), a_meeting_record(help_, meeting, **more))


def _seeing(help_: Help) -> Actor:
    """A worker who sees the record and is not of the team."""
    other = worker(agency_key=help_.lead.agency.key if help_.lead.agency else None)
    grant(family=help_.family, member=other.member, because="oversight", by=help_.lead, at=help_.at)
    return other


def test_those_who_may_have_come_are_offered(helping: Help, meeting: Meeting) -> None:
    other = _seeing(helping)

    page = signed_in(helping.lead).get(_address(meeting)).content.decode()

    for one in (helping.parent, helping.child):
        assert f'value="person-{one.pk}"' in page
    assert f'value="member-{other.member.pk}"' in page.partition("Who leads from here")[0]
    offered = page.partition("Who came without being invited?")[2].partition("Who else came")[0]
    assert f"member-{helping.lead.member.pk}" not in offered  # invited, and asked about above
    assert helping.outsider.name not in page


def test_they_stand_among_who_was_there(helping: Help, meeting: Meeting) -> None:
    other = _seeing(helping)
    client, answer = _records(
        helping,
        meeting,
        also=[f"person-{helping.parent.pk}", f"member-{other.member.pk}"],
        also_named="Mrs Ahmed, from upstairs\r\n\r\n mrs ahmed, from upstairs \r\nPC Lowe",
    )

    assert answer.status_code == 302
    came = meeting.attendance.filter(invited=False)
    assert {one.came for one in came} == {"yes"}
    assert sorted(map(str, came)) == sorted(
        ["Kelly Tarn", other.name, "Mrs Ahmed, from upstairs", "PC Lowe"]
    )
    page = text(client.get(reverse("plans:meeting", args=[meeting.pk])))
    assert "Kelly Tarn Came Not invited beforehand" in page
    assert f"{helping.lead.name} Came Not invited" not in page
    told = text(client.get(reverse("families:chronology", args=[helping.family.pk])))
    assert "Mrs Ahmed, from upstairs" in told


def test_having_been_there_opens_no_record(helping: Help, meeting: Meeting) -> None:
    _records(helping, meeting, also=[f"member-{helping.outsider.member.pk}"])
    assert not sees_everything(helping.outsider, helping.family.pk)
    # Someone the page does not offer is no answer to it.
    assert not Attendance.objects.filter(member=helping.outsider.member).exists()


def test_a_name_is_no_story(helping: Help, meeting: Meeting) -> None:
    _, answer = _records(helping, meeting, also_named="A long story. " * 30)

    assert "Write each name on a line of its own" in text(answer)
    meeting.refresh_from_db()
    assert meeting.state == "called"


@pytest.mark.parametrize("wrong", [{}, {"named": "Jo", "came": "no", "invited": False}])
def test_an_attendance_is_of_someone_who_came_or_was_invited(
    helping: Help, meeting: Meeting, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.make(by=helping.lead, at=helping.at, meeting=meeting, **wrong)

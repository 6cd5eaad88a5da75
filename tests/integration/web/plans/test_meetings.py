"""Meetings: called, invited to, held."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help
from tests.factories.partnership import signed_in, worker
from tests.integration.web.plans.forms import a_meeting_record, text, token, typed_day

from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.episodes.team import add_person, add_worker
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.operations import correct, keep_from, place_at
from earlydoors.domain.plan.meetings import call
from earlydoors.domain.plan.models import Meeting
from earlydoors.foundation.kernel.dates import local_day


def _call(help_: Help, days: int = 0, place: str = "School") -> Meeting:
    return call(
        episode=help_.episode,
        on=local_day(timezone.now()) + timedelta(days=days),
        starts=None,
        place=place,
        purpose="review",
        invited=team_of(help_.episode),
        by=help_.lead,
        at=help_.at,
    )


def test_everyone_of_the_team_is_ticked(helping: Help) -> None:
    page = signed_in(helping.lead).get(reverse("plans:call", args=[helping.episode.pk]))

    for place in team_of(helping.episode):
        assert f'value="{place.pk}" checked' in page.content.decode()


def test_who_needs_an_interpreter_is_in_sight_when_a_meeting_is_called(helping: Help) -> None:
    correct(
        person=helping.parent,
        needs_interpreter=True,
        first_language="Igbo",
        by=helping.lead,
        at=helping.later(),
    )
    page = signed_in(helping.lead).get(reverse("plans:call", args=[helping.episode.pk]))

    assert "Needs an interpreter: Igbo" in page.content.decode()


def test_a_meeting_is_called_once(helping: Help) -> None:
    client = signed_in(helping.lead)
    address = reverse("plans:call", args=[helping.episode.pk])
    parent = next(one for one in team_of(helping.episode) if one.person_id)
    sent = {
        "purpose": "review",
        "on": typed_day(10),
        "starts": "half past two",
        "place": "The family hub",
        "invited": [str(parent.pk)],
        "_once": token(client.get(address)),
    }

    wrong = client.post(address, sent)
    assert "Enter a time" in text(wrong)
    assert "The family hub" in wrong.content.decode()
    sent |= {"starts": "2.30pm", "_once": token(client.get(address))}
    first, second = client.post(address, sent), client.post(address, sent)

    made = Meeting.objects.get(state="called")
    assert first["Location"] == second["Location"] == reverse("plans:meeting", args=[made.pk])
    page = text(client.get(first["Location"]))
    assert "2:30pm" in page
    assert "Kelly Tarn" in page
    assert "Record the meeting" not in page  # it has not happened yet


def test_a_calendar_learns_the_place_and_nobodys_name(helping: Help) -> None:
    meeting = _call(helping, days=3, place="Hub, room 4; first floor")

    answer = signed_in(helping.lead).get(reverse("plans:calendar", args=[meeting.pk]))

    content = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer["Content-Disposition"]
    assert "SUMMARY:Team meeting\r\n" in content
    assert "LOCATION:Hub\\, room 4\\; first floor\r\n" in content
    assert f"DTSTART;VALUE=DATE:{meeting.on:%Y%m%d}\r\n" in content
    for name in ("Tarn", "Kelly", "Sophie", helping.lead.name):
        assert name not in content
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))


def test_an_invitation_leaves_out_a_place_that_is_kept_from_someone(helping: Help) -> None:
    nursery = Setting.objects.get(key="little_harbour_nursery")
    place = place_at(
        person=helping.child, kind="nursery", says=nursery.name, setting=nursery,
        family=helping.family, by=helping.lead, at=helping.at,
    )  # fmt: skip
    keep_from(
        place=place, person=helping.parent, why="Safety", family=helping.family,
        by=helping.lead, at=helping.at,
    )  # fmt: skip
    meeting = _call(helping, days=3, place=nursery.name.upper())
    invited = meeting.attendance.get(person=helping.parent)
    client = signed_in(helping.lead)

    page = text(client.get(reverse("plans:invitation", args=[invited.pk])))
    calling = text(client.get(reverse("plans:call", args=[helping.episode.pk])))

    assert nursery.name.lower() not in page.lower()
    assert "We will tell you the place" in page
    assert "The place is left out" in page
    assert "Something is kept private from them" in calling


def test_a_meeting_is_recorded_and_the_lead_changes(helping: Help) -> None:
    client = signed_in(helping.lead)
    other = worker(agency_key=helping.lead.agency.key if helping.lead.agency else None)
    add_worker(
        episode=helping.episode, worker=other.membership, does="", by=helping.lead, at=helping.at
    )
    meeting = _call(helping)
    address = reverse("plans:record_meeting", args=[meeting.pk])
    sent = a_meeting_record(helping, meeting, lead=f"member-{other.member.pk}")

    wanting = client.post(address, sent)
    assert "Write an answer: Why does the lead professional change" in text(wanting)
    sent |= {
        "lead_why": "She sees them weekly",
        "family_told": "At the meeting",
        "_once": token(client.get(address)),
    }
    first, second = client.post(address, sent), client.post(address, sent)

    assert first["Location"] == second["Location"]
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert helping.episode.lead_id == other.member.pk
    page = text(client.get(reverse("plans:meeting", args=[meeting.pk])))
    assert "Kelly Tarn Came" in page
    assert client.get(address).status_code == 409


def test_a_meeting_of_tomorrow_cannot_be_recorded(helping: Help) -> None:
    meeting = _call(helping, days=1)
    client = signed_in(helping.lead)

    page = client.post(
        reverse("plans:record_meeting", args=[meeting.pk]), a_meeting_record(helping, meeting)
    )

    assert "This meeting has not happened yet." in text(page)


def test_a_meeting_is_called_off_with_a_reason(helping: Help) -> None:
    client = signed_in(helping.lead)
    meeting = _call(helping, days=1)
    address = reverse("plans:call_off", args=[meeting.pk])

    assert "Why is it called off" in text(client.post(address, {"why": ""}))
    client.post(address, {"why": "Kelly has to work"})

    page = text(client.get(reverse("plans:meetings", args=[helping.episode.pk])))
    assert "Called off Kelly has to work" in page


@pytest.mark.parametrize("posted", [{}, {"came_x": "maybe", "lead": "member-1", "on": "31/2"}])
def test_nonsense_is_answered_with_the_form(helping: Help, posted: dict[str, str]) -> None:
    client = signed_in(helping.lead)
    meeting = _call(helping)

    for address in (
        reverse("plans:record_meeting", args=[meeting.pk]),
        reverse("plans:call", args=[helping.episode.pk]),
    ):
        page = client.post(address, posted)
        assert page.status_code == 200
        assert "There is a problem" in text(page)
    meeting.refresh_from_db()
    assert meeting.state == "called"


def test_who_was_there_stands_in_one_order(helping: Help) -> None:
    lead, episode = helping.lead, helping.episode
    add_person(episode=episode, person=helping.child, does="", by=lead, at=helping.at)
    for name in ("Zoe Moss", "Amy Moss"):
        other = worker(name=name, agency_key=lead.agency.key if lead.agency else None).membership
        add_worker(episode=episode, worker=other, does="", by=lead, at=helping.at)
    meeting = _call(helping)
    client = signed_in(lead)
    record = a_meeting_record(helping, meeting, also=[], also_named="Mr Ali")
    workers = sorted(["Amy Moss", "Zoe Moss", lead.name])
    whole = ", ".join(["Kelly Tarn", "Sophie Tarn", *workers])
    listed = reverse("plans:meetings", args=[episode.pk])
    assert f"Invited: {whole}" in text(client.get(listed))

    assert (
        client.post(reverse("plans:record_meeting", args=[meeting.pk]), record).status_code == 302
    )

    assert f"There: {whole}, Mr Ali" in text(client.get(listed))
    told = text(client.get(reverse("families:chronology", args=[helping.family.pk])))
    assert f"There: {whole}, Mr Ali" in told

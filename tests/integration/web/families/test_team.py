"""The team around a family: agreement is access."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.episodes.models import TeamPlace
from earlydoors.domain.episodes.operations import agree_lead
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import take_in, write_down
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db


def to(help_: Help, route: str, *more: object) -> str:
    return reverse(f"families:{route}", args=[help_.episode.pk, *more])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def other_agency(number: int) -> str:
    return current().agencies[number].key


def test_a_worker_joins_whose_agency_the_family_agreed_to_and_others_are_explained() -> None:
    agreed = worker(name="Ruth Iredale", agency_key=other_agency(1))
    refused = worker(name="Grace Steel", agency_key=other_agency(2))
    unasked = worker(name="Stuart Bell", agency_key=other_agency(3))
    help_ = episode_in("helping")
    consent_given(help_, agreed, refuse=(refused,))
    client = signed_in(help_.lead)
    page = unescape(shown(client, to(help_, "add_worker")))
    assert "Ruth Iredale" in page
    assert "Grace Steel" not in page
    assert "Stuart Bell" not in page
    assert refused.agency is not None
    assert unasked.agency is not None
    assert "The family said no" in page
    assert refused.agency.name in page
    assert unasked.agency.name in page.split("The family was not asked")[1]

    sent = {"worker": str(agreed.membership.pk), "does": "Health visiting"}
    assert client.post(to(help_, "add_worker"), sent).status_code == 302
    assert sees_everything(agreed, help_.family.pk)
    assert "Health visiting" in shown(client, to(help_, "team"))
    forged = client.post(to(help_, "add_worker"), {"worker": str(refused.membership.pk)})
    assert "Choose one of the answers listed" in forged.content.decode()
    assert not sees_everything(refused, help_.family.pk)


def test_leaving_the_team_closes_the_door() -> None:
    joined = worker(agency_key=other_agency(1))
    help_ = episode_in("helping")
    consent_given(help_, joined)
    client = signed_in(help_.lead)
    client.post(to(help_, "add_worker"), {"worker": str(joined.membership.pk)})
    place = TeamPlace.objects.get(member=joined.member)
    asked = shown(client, to(help_, "leave_team", place.pk))
    assert "no longer see the family" in asked
    assert client.post(to(help_, "leave_team", place.pk)).status_code == 302
    assert not sees_everything(joined, help_.family.pk)
    assert "Was in the team" in shown(client, to(help_, "team"))
    again = client.post(to(help_, "leave_team", place.pk))
    assert "already left the team" in again.content.decode()


def test_who_asked_and_led_at_first_sees_on_leaving_only_that_help_is_under_way() -> None:
    help_ = episode_in("helping")
    asked, next_lead = help_.lead, worker(name="Tom Weller", agency_key=other_agency(1))
    grant(family=help_.family, member=asked.member, because="asked", by=asked, at=help_.later())
    consent_given(help_, next_lead)
    client = signed_in(asked)
    client.post(to(help_, "add_worker"), {"worker": str(next_lead.membership.pk)})
    place = TeamPlace.objects.get(member=asked.member)
    agree_lead(
        episode=help_.episode,
        member=next_lead.member,
        why="The midwife leaves after the birth",
        family_told="At the meeting",
        by=asked,
        at=help_.later(),
    )
    client = signed_in(next_lead)
    assert "because they asked for help" in shown(client, to(help_, "leave_team", place.pk))
    assert client.post(to(help_, "leave_team", place.pk)).status_code == 302
    assert not sees_everything(asked, help_.family.pk)
    summary = shown(signed_in(asked), reverse("families:family", args=[help_.family.pk]))
    assert "Tom Weller" in summary
    assert signed_in(asked).get(to(help_, "team")).status_code in {403, 404}


def test_the_lead_cannot_just_leave() -> None:
    help_ = episode_in("helping")
    place = TeamPlace.objects.get(member=help_.lead.member)
    answer = signed_in(help_.lead).post(to(help_, "leave_team", place.pk))
    assert "Agree on a new lead first" in answer.content.decode()


def test_family_and_friends_join() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    sophie = {"person": str(help_.child.pk), "does": "Says what she thinks"}
    assert client.post(to(help_, "add_own"), sophie).status_code == 302
    nameless = client.post(to(help_, "add_own"), {"person": "new"}).content.decode()
    assert "Write the name of who joins" in nameless
    aunt = {"person": "new", "given_name": "Farah", "family_name": "Shah", "does": "Their aunt"}
    assert client.post(to(help_, "add_own"), aunt).status_code == 302
    assert not Person.objects.get(given_name="Farah").routes.exists()
    page = shown(client, to(help_, "team"))
    assert "Farah Shah" in page
    assert "Says what she thinks" in page


def test_twins_are_offered_in_one_order() -> None:
    help_ = episode_in("helping")
    family, by, at = help_.family, help_.lead, help_.at
    for name in ("Zara", "Ava"):
        twin = write_down(
            given_name=name, family_name="Tarn", born_on=help_.child.born_on, by=by, at=at
        )
        take_in(family=family, person=twin, relation="child", on=local_day(at), by=by, at=at)
    page = shown(signed_in(help_.lead), to(help_, "add_own"))
    assert page.index("Ava Tarn") < page.index("Sophie Tarn") < page.index("Zara Tarn")


def test_the_lead_is_agreed_and_changed_with_why_and_how_the_family_was_told() -> None:
    joined = worker(name="Ruth Iredale", agency_key=other_agency(1))
    help_ = episode_in("helping")
    consent_given(help_, joined)
    client = signed_in(help_.lead)
    client.post(to(help_, "add_worker"), {"worker": str(joined.membership.pk)})
    sent = {"member": str(joined.member.pk)}
    refused = client.post(to(help_, "lead"), sent).content.decode()
    assert "Write an answer: Why does it change" in refused
    assert "Write an answer: How was the family told" in refused
    sent |= {"why": "Kelly asked for her.", "family_told": "In the meeting."}
    assert client.post(to(help_, "lead"), sent).status_code == 302
    assert help_.episode.lead == joined.member
    page = shown(client, to(help_, "team"))
    assert "Who led before" in page
    assert "Kelly asked for her." in page


def test_only_someone_of_the_team_can_lead() -> None:
    help_ = episode_in("helping")
    sent = {"member": str(help_.outsider.member.pk), "why": "x", "family_told": "x"}
    answer = signed_in(help_.lead).post(to(help_, "lead"), sent)
    assert answer.status_code == 200
    assert help_.episode.lead == help_.lead.member


def test_a_place_of_another_team_leads_nowhere() -> None:
    mine, other = episode_in("helping"), episode_in("helping", name="Beck", child="Amy")
    place = TeamPlace.objects.get(member=other.lead.member)
    answer = signed_in(mine.lead).post(to(mine, "leave_team", place.pk))
    assert answer.status_code == 404


def test_a_closed_team_is_only_read() -> None:
    help_ = episode_in("closed")
    page = shown(signed_in(help_.lead), to(help_, "team"))
    assert "Add a worker" not in page
    assert " leaves</a>" not in page

"""A record is restricted to a few: who can, what it shuts and gives back, who is told instead."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker
from tests.factories.requests import sent_request

from earlydoors.domain.access import restricting
from earlydoors.domain.access.models import Grant, Notice, Restriction
from earlydoors.domain.access.queries import (
    families_of,
    named_for,
    notices_for,
    restriction_for,
    sees_everything,
    who_can_see,
)
from earlydoors.domain.consent.operations import withdraw
from earlydoors.domain.frontdoor import emergencies, involvement
from earlydoors.domain.frontdoor.queries import perhaps_known
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def typed(**said: Any) -> dict[str, Any]:
    return {"_once": str(uuid.uuid4()), **said}


def restricted(help_: Help, *named: Actor, **given: Any) -> Restriction:
    return restricting.restrict(
        **{
            "family": help_.family,
            "kind": "staff",
            "why": "Her aunt works at the front door.",
            "named": [one.member for one in named],
            "by": help_.coordinator,
            "at": NOW,
            **given,
        }
    )


def asked_for(help_: Help) -> Asked:
    child = help_.child
    return Asked(child.given_name, child.family_name, child.born_on)


def asks(who: Actor, asked: Asked) -> involvement.Learned:
    return involvement.look_up(asked=asked, by=who, at=timezone.now())


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_coordinator_restricts_a_record_to_a_few(help_: Help) -> None:
    # given a family whose mother is a colleague
    manager = worker("team_manager", name="Mara Lund")
    door = signed_in(help_.coordinator)
    page = reverse("restricted:restrict", args=[help_.family.pk])
    assert page in text(door, reverse("families:access", args=[help_.family.pk]))
    assert "Mara Lund" in text(door, page)

    # when the coordinator keeps it for the manager and the lead
    answer = door.post(
        page,
        typed(
            kind="staff",
            why="Her aunt works at the front door.",
            named=[str(manager.member.pk), str(help_.lead.member.pk)],
        ),
    )

    # then it is theirs alone, the coordinator's no more
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home:work")
    assert sees_everything(manager, help_.family.pk)
    assert sees_everything(help_.lead, help_.family.pk)
    assert not families_of(help_.coordinator).exists()
    assert door.get(reverse("families:family", args=[help_.family.pk])).status_code == 404
    assert help_.family.name not in text(door, reverse("families:search"))
    seen = {one.member_id for one in who_can_see(help_.family)}
    assert seen == {manager.member.pk, help_.lead.member.pk}

    # and the few read so on each of its pages
    shown = text(signed_in(help_.lead), reverse("families:family", args=[help_.family.pk]))
    assert "Restricted: Somebody who works here, or their family" in shown
    event = AuditEvent.objects.get(verb="family.restricted")
    assert event.details["named"] == sorted(str(pk) for pk in seen)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"why": " "}, "Say why the record is restricted."),
        ({"kind": "secret"}, "Choose what sort of record it is."),
        ({"named": []}, "Choose to whom the record stays open."),
        ({"until": NOW - timedelta(days=1)}, "The day it ends has passed already."),
    ],
)
def test_what_cannot_be_restricted(help_: Help, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UnableTo, match=says):
        restricted(help_, worker("team_manager"), **wrong)


def test_somebody_of_the_few_can_lift_it(help_: Help) -> None:
    with pytest.raises(UnableTo, match="at least one person who may lift it"):
        restricted(help_, help_.lead)
    manager = worker("team_manager")
    made = restricted(help_, manager, help_.lead)
    with pytest.raises(UnableTo, match="at least one person who may lift it"):
        restricting.take_off(restriction=made, member=manager.member, by=manager, at=NOW)
    with pytest.raises(UnableTo, match="restricted already"):
        restricted(help_, manager, by=manager)
    with pytest.raises(NotAllowed):
        restricting.lift(restriction=made, why="Enough", by=help_.lead, at=NOW)
    with pytest.raises(NotAllowed):
        restricting.lift(restriction=made, why="Enough", by=help_.coordinator, at=NOW)


def test_lifting_gives_back_what_still_has_its_reason(help_: Help) -> None:
    manager = worker("team_manager")
    made = restricted(help_, manager)
    assert not families_of(help_.lead).exists()
    assert families_of(manager).get() == help_.family

    client = signed_in(manager)
    answer = client.post(
        reverse("restricted:lift", args=[made.pk]), typed(why="She works elsewhere now.")
    )

    assert answer.status_code == 302
    assert families_of(help_.lead).get() == help_.family
    assert families_of(help_.coordinator).get() == help_.family
    assert not families_of(manager).exists()


def test_what_ended_meanwhile_is_not_given_back(help_: Help) -> None:
    manager = worker("team_manager")
    made = restricted(help_, manager)
    assert help_.agreement is not None
    withdraw(agreement=help_.agreement, why="They are done", by=manager, at=NOW)
    restricting.lift(restriction=made, why="Enough", by=manager, at=NOW)
    held = Grant.objects.filter(family=help_.family, member=help_.lead.member, ended_at=None)
    assert sees_everything(help_.lead, help_.family.pk) == held.filter(extent="full").exists()


def test_it_ends_by_itself(help_: Help) -> None:
    manager = worker("team_manager")
    made = restricted(help_, manager, until=NOW + timedelta(days=1))
    assert not families_of(help_.lead).exists()
    long_ago = NOW - timedelta(days=9)
    Restriction.objects.filter(pk=made.pk).update(began_at=long_ago, until=NOW)
    named_for(made)[0].family.grants.filter(because="named").update(began_at=long_ago, until=NOW)
    assert families_of(help_.lead).get() == help_.family
    assert not families_of(manager).exists()
    # and the record can be restricted again
    assert restricted(help_, manager, at=NOW + timedelta(minutes=1)).pk != made.pk


def test_whoever_asks_is_not_told_and_the_few_are(help_: Help) -> None:
    # given a teacher who is told of involvement
    teacher = worker(name="Tess Moor")
    assert asks(teacher, asked_for(help_)).involved
    manager = worker("team_manager")
    restricted(help_, manager, help_.lead)

    # when she asks after it was restricted
    learned = asks(teacher, asked_for(help_))

    # then she learns what she learns of a name that nobody has, and can do nothing with what
    # she was told before
    assert learned == asks(teacher, Asked("Nobody", "Atall", help_.child.born_on))
    with pytest.raises(Family.DoesNotExist):
        involvement.told_family(teacher, help_.family.pk, timezone.now())
    with pytest.raises(Family.DoesNotExist):
        emergencies.family_to_open(teacher, help_.family.pk, timezone.now())

    # and the few find a notice, and write down what they did
    (notice,) = notices_for(manager)
    assert notices_for(help_.lead).get() == notice
    client = signed_in(manager)
    assert "Tess Moor" in text(client, reverse("home:work"))
    page = reverse("restricted:notice", args=[notice.pk])
    assert "asked whether somebody in it is known" in text(client, page)
    client.post(page, typed(says="I rang her. She had met the aunt."))
    assert "I rang her." in text(client, page)
    assert "Tess Moor" not in text(client, reverse("home:work"))


def test_the_answer_costs_the_same_whether_there_is_such_a_record(help_: Help) -> None:
    teacher = worker()
    restricted(help_, worker("team_manager"))
    asked = asked_for(help_)
    client = signed_in(teacher)
    page = reverse("known:ask")
    born = {"born_on-day": "3", "born_on-month": "3", "born_on-year": "2018", "born_on": "3 3 2018"}

    def questions(given_name: str, family_name: str) -> tuple[list[str], str]:
        said = typed(given_name=given_name, family_name=family_name, **born)
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(page, said)
        assert answer.status_code == 200
        assert "Nobody like this was found" in answer.content.decode()
        kinds = [one["sql"].split()[0] for one in captured.captured_queries]
        told = answer.content.decode().split("Nobody like this was found")[1]
        return kinds, told.split("<form")[0]

    questions("Warm", "Up")
    nobody = questions("Wilhelmina", "Quaxley")
    kept = questions(asked.given_name, asked.family_name)
    assert kept == nobody
    told = Notice.objects.filter(about="asked").values_list("family", flat=True)
    assert sorted(map(str, told)) == sorted(["None", "None", str(help_.family.pk)])


def test_a_request_that_names_a_restricted_child_is_told_to_the_few(help_: Help) -> None:
    manager = worker("team_manager")
    restricted(help_, manager)
    child = help_.child
    assert child.born_on is not None
    again = sent_request(
        name=child.family_name, child=child.given_name, parent="Holly", born_on=child.born_on
    )
    assert child not in [one.person for one in perhaps_known(again, help_.coordinator)]
    assert child in [one.person for one in perhaps_known(again, manager)]
    assert notices_for(manager).get().about == "request"
    assert not notices_for(help_.coordinator).exists()


def test_whoever_watches_sees_to_whom_it_is_open_and_not_whose_it_is(help_: Help) -> None:
    manager = worker("team_manager", name="Mara Lund")
    made = restricted(help_, manager)
    guardian = worker("auditor")
    client = signed_in(guardian)
    assert "open to 1 person by name" in text(client, reverse("restricted:list"))
    page = text(client, reverse("restricted:one", args=[made.pk]))
    assert "Mara Lund" in page
    assert help_.family.name not in page
    assert "aunt" not in page
    assert client.get(reverse("restricted:lift", args=[made.pk])).status_code == 403


def test_whoever_watches_lets_somebody_in_for_hours(help_: Help) -> None:
    manager = worker("team_manager")
    made = restricted(help_, manager)
    guardian, teacher = worker("auditor"), worker()
    given: dict[str, Any] = {
        "restriction": made,
        "hours": 4,
        "why": "Nobody answers",
        "by": guardian,
        "at": NOW,
    }
    with pytest.raises(UnableTo, match="cannot let yourself in"):
        restricting.let_in(**{**given, "member": guardian.member})
    with pytest.raises(UnableTo, match="from the list"):
        restricting.let_in(**{**given, "member": teacher.member, "hours": 90})
    with pytest.raises(NotAllowed):
        restricting.let_in(**{**given, "member": teacher.member, "by": help_.coordinator})

    client = signed_in(guardian)
    client.post(
        reverse("restricted:one", args=[made.pk]),
        typed(who=str(teacher.member.pk), hours="for_4", why="Nobody answers"),
    )

    assert sees_everything(teacher, help_.family.pk)
    assert notices_for(manager).get().about == "let_in"
    Grant.objects.filter(member=teacher.member, because="named").update(
        began_at=NOW - timedelta(days=1), until=NOW
    )
    assert not families_of(teacher).exists()


def test_the_few_name_another_and_take_them_off_again(help_: Help) -> None:
    manager, doctor = worker("team_manager"), worker()
    made = restricted(help_, manager)
    page = reverse("restricted:one", args=[made.pk])
    client = signed_in(manager)
    client.post(page, typed(who=str(doctor.member.pk)))
    assert sees_everything(doctor, help_.family.pk)
    client.post(reverse("restricted:take_off", args=[made.pk, doctor.member.pk]), typed())
    assert not families_of(doctor).exists()
    with pytest.raises(Restriction.DoesNotExist):
        restriction_for(doctor, made.pk)

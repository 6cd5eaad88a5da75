"""Somebody knows a family outside their work: what it shuts, who is told, who ends it."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access import declaring
from earlydoors.domain.access.models import Declaration, Notice
from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import (
    declarations_for,
    families_of,
    knows_of,
    notices_for,
    sees_everything,
    who_can_see,
)
from earlydoors.domain.frontdoor import emergencies, involvement
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.people.models import Family
from earlydoors.domain.people.operations import begin_family, take_in
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOW: dict[str, Any] = {"kind": "neighbour", "says": "We share a fence."}


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def typed(**said: Any) -> dict[str, Any]:
    return {"_once": str(uuid.uuid4()), **said}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_leads_and_knows_the_family_is_shut_out_and_the_team_is_told(help_: Help) -> None:
    # given the lead, who finds out whose neighbour she is
    client = signed_in(help_.lead)
    page = reverse("declared:family", args=[help_.family.pk])
    assert page in text(client, reverse("families:access", args=[help_.family.pk]))

    # when she says so
    answer = client.post(page, typed(**HOW), follow=True)

    # then no way leads there, not even an emergency or the front door
    assert "it is shut to you now" in answer.content.decode()
    assert client.get(reverse("families:family", args=[help_.family.pk])).status_code == 404
    assert not families_of(help_.lead).exists()
    assert not knows_of(help_.lead, help_.family.pk)
    assert help_.lead.member.pk not in {one.member_id for one in who_can_see(help_.family)}
    child = help_.child
    asked = Asked(child.given_name, child.family_name, child.born_on)
    learned = involvement.look_up(asked=asked, by=help_.lead, at=timezone.now())
    assert (learned.open, learned.involved) == ((), ())
    with pytest.raises(Family.DoesNotExist):
        emergencies.family_to_open(help_.lead, help_.family.pk, timezone.now())

    # and whoever can arrange for somebody else is told
    told = notices_for(help_.coordinator).filter(about="declared").get()
    door = signed_in(help_.coordinator)
    assert help_.lead.name in text(door, reverse("home:work"))
    assert "Arrange for somebody else" in text(door, reverse("restricted:notice", args=[told.pk]))


def test_a_record_that_somebody_is_given_later_stays_shut_to_them(help_: Help) -> None:
    friend = worker()
    declaring.declare(
        family=help_.family, whom="A friend", kind="friend", says="Choir", by=friend, at=NOW
    )
    grant(family=help_.family, member=friend.member, because="team", by=help_.lead, at=NOW)
    assert not families_of(friend).exists()


def test_declaring_by_what_is_typed_teaches_nothing(help_: Help) -> None:
    # given somebody to whom nothing is open
    aunt = worker(name="Ann Tarn")
    client = signed_in(aunt)
    said = {"given_name": help_.child.given_name, "family_name": help_.child.family_name, **HOW}

    def declares(**other: str) -> str:
        words = typed(**{**said, "born_on": "3 3 2018", **other})
        answer = client.post(reverse("declared:yours"), words, follow=True)
        shown: str = answer.content.decode().split("<main")[1].split("Whom you know")[0]
        return shown

    # when she names the child, and somebody who is on no record
    kept = declares()
    nobody = declares(given_name="Wilhelmina", family_name="Quaxley")

    # then both answers are the same, and the child's family is shut to her
    assert kept == nobody
    meant, nothing = Declaration.objects.order_by("-person")
    assert {meant.person, nothing.person} == {help_.child, None}
    grant(family=help_.family, member=aunt.member, because="team", by=help_.lead, at=NOW)
    assert not families_of(aunt).exists()
    assert Notice.objects.filter(about="declared", family=help_.family).count() == 1

    # and so is every other family that the child comes into
    other = begin_family(name="Beck", by=help_.coordinator, at=NOW)
    grant(family=other, member=aunt.member, because="team", by=help_.coordinator, at=NOW)
    assert families_of(aunt).get() == other
    take_in(
        family=other, person=help_.child, relation="child", on=local_day(NOW), by=help_.coordinator,
        at=NOW,
    )  # fmt: skip
    assert not families_of(aunt).exists()


def test_somebody_else_decides_that_it_stands_no_more(help_: Help) -> None:
    # given a lead who declared, and managers of her agency and of another
    made = declaring.declare(family=help_.family, whom="x", by=help_.lead, at=NOW, **HOW)
    manager = worker("team_manager")
    elsewhere = worker("team_manager", current().agencies[-1].key)
    assert not declarations_for(elsewhere).exists()
    assert declarations_for(manager).get() == made
    assert not declarations_for(help_.lead).exists()
    with pytest.raises(NotAllowed):
        declaring.end_declaration(declaration=made, why="Fine", by=help_.lead, at=NOW)
    with pytest.raises(UnableTo, match="Say why"):
        declaring.end_declaration(declaration=made, why=" ", by=manager, at=NOW)

    # when her manager decides, who sees how she knows them and not who they are
    client = signed_in(manager)
    page = reverse("declared:end", args=[made.pk])
    shown = text(client, page)
    assert "We share a fence." in shown
    assert help_.family.name not in shown
    client.post(page, typed(why="She has moved away."))

    # and whoever watches over looks reads of it, and decides nothing
    watching = signed_in(worker("auditor"))
    again = declaring.declare(family=help_.family, whom="y", by=worker(), at=NOW, **HOW)
    page = reverse("declared:end", args=[again.pk])
    assert watching.get(page).status_code == 200
    assert watching.post(page, typed(why="Why not")).status_code == 403

    # then what she held is hers again
    made.refresh_from_db()
    assert made.ended_by == manager.member
    assert sees_everything(help_.lead, help_.family.pk)


def test_what_has_to_be_said(help_: Help) -> None:
    given: dict[str, Any] = {"family": help_.family, "by": help_.lead, "at": NOW}
    with pytest.raises(UnableTo, match="Say whom you know"):
        declaring.declare(whom=" ", **HOW, **given)
    with pytest.raises(UnableTo, match="Say how you know them"):
        declaring.declare(whom="x", kind="neighbour", says=" ", **given)
    with pytest.raises(NotAllowed):
        declaring.declare(whom="x", **HOW, **{**given, "by": worker("auditor")})

"""Is this child known? Who learns what on the pages, and asking to join."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in, known_family
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.consent.queries import sharing_of
from earlydoors.domain.frontdoor import involvement, operations
from earlydoors.domain.frontdoor.models import AskToJoin, Enquiry
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency
from earlydoors.domain.people.names import NewName
from earlydoors.domain.people.operations import correct, keep_from, place_at
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ASK = "/known/"


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def sophie(**other: str) -> dict[str, str]:
    return typed(**{"given_name": "Sofie", "family_name": "Tarne", "born_on": "3/3/2018", **other})


def asks(client: Client, **said: str) -> str:
    answer = client.post(ASK, said)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def outsider() -> Actor:
    return worker(name="Sam Outsider")


def test_who_sees_the_family_is_told_who_and_why() -> None:
    known = known_family()
    shown = asks(signed_in(known.by), **sophie())
    assert "Sophie Tarn" in shown
    assert "Same birthday" in shown
    assert reverse("families:person", args=[known.family.pk, known.child.pk]) in shown
    assert not Enquiry.objects.filter(family__isnull=False).exists()


def test_who_does_not_learns_that_there_is_involvement_and_no_more(outsider: Actor) -> None:
    known = known_family()
    correct(person=known.child, family_name="Beck", renamed=NewName(), by=known.by, at=NOW)
    place_at(person=known.child, kind="home", says="9 Lake Road", by=known.by, at=NOW)
    shown = asks(signed_in(outsider), **sophie(address="9 Lake Road"))
    assert "Somebody is involved already" in shown
    assert reverse("known:join", args=[known.family.pk]) in shown
    for secret in (
        "Sophie",
        "Beck",
        "Kelly",
        "same address",
        "the old surname",
        "birthday",
        "likely",
    ):
        assert secret not in shown, secret
    told = AuditEvent.objects.get(verb="family.involvement_told")
    assert (told.family_id, told.actor_name) == (known.family.pk, "Sam Outsider")
    access = signed_in(known.by).get(reverse("families:access", args=[known.family.pk]))
    assert "Sam Outsider" in access.content.decode()


@pytest.mark.parametrize(
    "half",
    [
        {"given_name": ""}, {"family_name": ""}, {"given_name": "S"}, {"born_on": ""},
        {"born_on": "", "age": "8"}, {"born_on": "3/3/2011"}, {"given_name": "Zebedee"},
    ],
)  # fmt: skip
def test_a_guess_tells_nothing(outsider: Actor, half: dict[str, str]) -> None:
    known_family()
    shown = asks(signed_in(outsider), **sophie(**half))
    assert "Nobody like this was found" in shown
    assert not Enquiry.objects.filter(family__isnull=False).exists()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, "Write a name of at least two letters"),
        ({"given_name": "Q"}, "Write a name of at least two letters"),
        ({"given_name": "x" * 10_000, "family_name": "Tarn"}, "200"),
        ({"given_name": "😀", "family_name": "Tarn"}, "There are no letters in this name"),
        ({"given_name": "Sophie", "born_on": "3/3/1866"}, "Enter a year between 1900"),
        ({"given_name": "Sophie", "born_on": "3/3/1901"}, "Nobody born in 1901 is still alive"),
        ({"given_name": "Sophie", "born_on": "3/3/2090"}, "neither a birth nor due"),
        ({"given_name": "Sophie", "age": "old"}, "Write an age such as 7"),
        ({"given_name": "Sophie", "age": "1500"}, "1500 is neither an age nor a year"),
        ({"number": "12"}, "An NHS number has 10 digits"),
        ({"given_name": "'; drop table x; --", "family_name": "<b>"}, "Nobody like this was found"),
        ({"given_name": "\u202eeihpos", "family_name": "Ab"}, "Nobody like this was found"),
    ],
)  # fmt: skip
def test_each_odd_thing_has_its_clear_answer(
    outsider: Actor, said: dict[str, str], answer: str
) -> None:
    shown = asks(signed_in(outsider), **typed(**said))
    assert answer in shown
    assert "<b>" not in shown


def test_asking_without_end_is_slowed(outsider: Actor) -> None:
    client = signed_in(outsider)
    for _ in range(involvement.MOST_AN_HOUR):
        Enquiry.make(by=outsider, at=timezone.now(), family=None)
    assert "You have asked 40 times within an hour" in asks(client, **sophie())
    later = timezone.now() + timedelta(hours=2)
    assert not involvement.look_up(asked=Asked("A", "B"), by=outsider, at=later).says_so


def test_a_member_of_a_family_cannot_ask() -> None:
    with pytest.raises(NotAllowed):
        involvement.look_up(asked=Asked("A", "B"), by=worker("family_member"), at=NOW)


def told(help_: Help, who: Actor) -> None:
    child = help_.child
    asked = Asked(child.given_name, child.family_name, child.born_on)
    assert involvement.look_up(asked=asked, by=who, at=timezone.now()).says_so


def test_asking_to_join_is_answered_with_words() -> None:
    help_ = episode_in("helping")
    outsider = help_.outsider
    client = signed_in(outsider)
    join = reverse("known:join", args=[help_.family.pk])
    assert client.get(join).status_code == 404
    told(help_, outsider)
    assert help_.lead.name in client.get(join).content.decode()
    client.post(join, typed(why="I teach her"))
    asked = AskToJoin.objects.get()
    assert involvement.asks_to_answer(help_.lead).get() == asked
    page = reverse("known:asked", args=[asked.pk])
    assert help_.family.name not in client.get(page).content.decode()
    lead = signed_in(help_.lead)
    assert "asks to join the team" in lead.get("/").content.decode()
    shown = lead.post(page, typed(answer="refuse", words="")).content.decode()
    assert AskToJoin.objects.get().state == "waiting"
    assert "What should they know?" in shown
    lead.post(page, typed(answer="refuse", words="Ring me: we talk on Monday."))
    assert "we talk on Monday" in client.get(page).content.decode()
    assert "was answered on" in client.get("/").content.decode()
    assert not sees_everything(outsider, help_.family.pk)
    verbs = {"ask_to_join.asked", "ask_to_join.refused"}
    assert AuditEvent.objects.filter(verb__in=verbs, family_id=help_.family.pk).count() == 2


def test_where_a_place_is_kept_from_someone_the_front_door_answers() -> None:
    help_ = episode_in("helping")
    outsider = help_.outsider
    child = help_.child
    typed_well = {"given_name": child.given_name, "family_name": child.family_name}
    said = typed(**typed_well, born_on=f"{child.born_on:%d/%m/%Y}")
    assert help_.lead.name in asks(signed_in(outsider), **said)
    school = place_at(person=child, kind="school", says="Rosley School", by=help_.lead, at=NOW)
    keep_from(
        place=school,
        person=help_.parent,
        why="Safety",
        family=help_.family,
        by=help_.lead,
        at=NOW,
    )
    shown = asks(signed_in(outsider), **said)
    assert "Somebody is involved already" in shown
    assert help_.lead.name not in shown
    assert current().words.front_door.one in shown


def asked_by(who: Actor, help_: Help) -> AskToJoin:
    told(help_, who)
    return involvement.ask_to_join(
        family=help_.family, why="I teach her", by=who, at=timezone.now()
    )


def test_whoever_is_welcome_joins_the_team_and_sees_the_record() -> None:
    help_ = episode_in("helping")
    friend = worker(agency_key=help_.lead.agency.key if help_.lead.agency else None)
    asked = asked_by(friend, help_)
    page = reverse("known:asked", args=[asked.pk])
    signed_in(help_.lead).post(page, typed(answer="welcome", does="Teacher"))
    assert AskToJoin.objects.get().state == "welcomed"
    assert sees_everything(friend, help_.family.pk)
    assert "In the team now" in signed_in(friend).get(page).content.decode()


def test_welcoming_someone_needs_the_familys_agreement() -> None:
    help_ = episode_in("helping")
    told_agencies = {one.agency_id for one in sharing_of(help_.family) if one.agency_id}
    stranger = Agency.objects.exclude(pk__in=told_agencies).first()
    assert stranger is not None
    asked = asked_by(worker(agency_key=stranger.key), help_)
    with pytest.raises(UnableTo, match="has not agreed"):
        involvement.welcome(ask=asked, does="Teacher", by=help_.lead, at=NOW)
    assert AskToJoin.objects.get().state == "waiting"


def test_the_search_finds_within_scope_however_badly_typed() -> None:
    known = known_family(name="Featherstone")
    known_family(name="Fetherston", child="Sofie")
    client = signed_in(known.by)
    for q in ("sofy fetherstone", "fetherstn", "Featherstone Sophie", "sofie 3 March 2018"):
        shown = client.post(reverse("families:search"), {"q": q}, follow=True).content.decode()
        assert "The Featherstone family" in shown or "Featherstone family" in shown, q
        assert "Fetherston family" not in shown
    shown = client.post(reverse("families:search"), {"q": "zzyzx"}, follow=True).content.decode()
    assert "Nobody by that name or date" in shown


def test_a_request_being_typed_says_that_a_child_may_be_known(
    django_assert_max_num_queries: Any,
) -> None:
    known = known_family()
    request = operations.begin(by=known.by, at=NOW)
    client = signed_in(known.by)
    address = reverse("frontdoor:add_person", args=[request.pk])
    child = typed(relation="child", given_name="Sofie", family_name="Tarn", born_on="3/3/2018")
    answer = client.post(address, child, follow=True)
    assert "Sofie Tarn may be known already" in answer.content.decode()
    one = request.people.get()
    assert one.born_on == date(2018, 3, 3)
    page = reverse("frontdoor:is_known", args=[request.pk, one.pk])
    with django_assert_max_num_queries(40):
        assert "Sophie Tarn" in client.get(page).content.decode()

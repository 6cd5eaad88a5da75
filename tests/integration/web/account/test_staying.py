"""How long somebody stays signed in, where, and how it ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories.partnership import PASSWORD
from tests.integration.web.account.ways import (
    SECOND,
    SIGN_IN,
    YOURS,
    code_of,
    enters,
    is_in,
    with_app,
)

from earlydoors.domain.partnership import operations
from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.account import staying
from earlydoors.web.models import SignedIn

pytestmark = pytest.mark.django_db

NEW = "seven quiet herons wait"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def ago(client: Client, **seconds: int) -> None:
    """Put what the sign-in knows of itself so many seconds back."""
    store = client.session
    for name, by in seconds.items():
        store[name] -= by
    store.save()


@pytest.mark.parametrize(
    ("back", "stays"),
    [
        ({"seen": 59 * 60}, True),
        ({"seen": 61 * 60}, False),
        ({"seen": 60, "began": 11 * 3600 + 3500}, True),
        ({"seen": 60, "began": 12 * 3600 + 60}, False),
    ],
)
def test_it_ends_when_idle_and_in_any_case(
    kelly: Actor, client: Client, back: dict[str, int], stays: bool
) -> None:
    enters(client, kelly)
    ago(client, **back)
    assert is_in(client) is stays


def test_being_there_keeps_it_going_and_is_written_once_a_minute(
    kelly, client: Client, settings: Any
) -> None:
    settings.SEEN_EVERY = 60
    enters(client, kelly)
    ago(client, seen=30)
    before = client.session["seen"]
    is_in(client)
    assert client.session["seen"] == before
    ago(client, seen=40)
    is_in(client)
    assert client.session["seen"] > before


def test_a_sign_in_without_a_beginning_is_none(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    store = client.session
    del store["began"]
    store.save()
    assert not is_in(client)


def test_words_written_when_it_ran_out_are_kept(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    page = client.get("/about/").content.decode()
    mark = page.split('name="_from" value="')[1].split('"')[0]
    ago(client, seen=2 * 3600)

    answer = client.post("/about/", {"_from": mark, "what": "Jayden is not sleeping."})

    assert answer["Location"] == f"{SIGN_IN}?next=/about/"
    assert enters(client, kelly)["Location"] == "/about/"


def test_signing_in_gives_the_visit_a_new_key(kelly: Actor, client: Client) -> None:
    """A key that somebody planted in another's browser is worth nothing after they signed in."""
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["earlydoors_cumbria"] = str(planted.session_key)

    enters(client, kelly)

    attacker = Client()
    attacker.cookies["earlydoors_cumbria"] = str(planted.session_key)
    assert is_in(client)
    assert not is_in(attacker)
    assert not Session.objects.filter(pk=planted.session_key).exists()


def test_the_second_step_gives_a_new_key_too(strict, kelly: Actor, client: Client) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    between = client.session.session_key
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)
    assert client.session.session_key != between
    assert not Session.objects.filter(pk=between).exists()


def test_being_asked_again_gives_a_new_key_and_loses_nothing(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    store = client.session
    store["in_the_middle_of"] = "words"
    store["proved"] -= 3600
    store.save()
    before = store.session_key

    client.post("/your-account/prove/", {"password": "not right at all"})
    assert client.session.session_key == before
    client.post("/your-account/prove/", {"password": PASSWORD})

    assert client.session.session_key != before
    assert client.session["in_the_middle_of"] == "words"
    assert client.session["proved"] > client.session["began"] - 3600
    assert not Session.objects.filter(pk=before).exists()
    assert "Here" in client.get(YOURS).content.decode()
    attacker = Client()
    attacker.cookies["earlydoors_cumbria"] = str(before)
    assert not is_in(attacker)


def test_one_sees_where_one_is_signed_in_and_ends_it_there(kelly: Actor, client: Client) -> None:
    at_school = Client(headers={"User-Agent": FIREFOX})
    enters(at_school, kelly)
    enters(client, kelly)
    page = client.get(YOURS).content.decode()
    assert "Firefox on Windows" in page

    there = SignedIn.objects.get(device="Firefox on Windows")
    client.post("/your-account/sign-ins/end/", {"sign_in": str(there.pk)})

    assert not is_in(at_school)
    assert is_in(client)


def test_one_ends_all_the_others_at_once(kelly: Actor, client: Client) -> None:
    others = [Client(), Client()]
    for other in others:
        enters(other, kelly)
    enters(client, kelly)
    client.post("/your-account/sign-ins/end/", {"sign_in": "others"})
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(client)


@pytest.mark.parametrize("said", ["", "others ", "1", "%s"])
def test_nobody_ends_anothers_sign_in(kelly, noah, client: Client, said: str) -> None:
    theirs = Client()
    enters(theirs, noah)
    enters(client, kelly)
    place = SignedIn.objects.get(member=str(noah.member.pk)).pk
    client.post("/your-account/sign-ins/end/", {"sign_in": said.replace("%s", str(place))})
    assert is_in(theirs)


def test_a_new_password_ends_every_other_sign_in(kelly: Actor, client: Client) -> None:
    other = Client()
    enters(other, kelly)
    enters(client, kelly)

    client.post("/your-account/password/", {"password": PASSWORD, "new": NEW})

    assert is_in(client)
    assert not is_in(other)
    assert "Here" in client.get(YOURS).content.decode()
    again = Client()
    enters(again, kelly, PASSWORD)
    assert not is_in(again)
    enters(again, kelly, NEW)
    assert is_in(again)


@pytest.mark.parametrize("weak", ["short", PASSWORD[:10], "kellyward2026!!!", "passwordpassword"])
def test_a_weak_password_is_not_taken(kelly: Actor, client: Client, weak: str) -> None:
    enters(client, kelly)
    said = {"password": PASSWORD, "new": weak}
    page = client.post("/your-account/password/", said).content.decode()
    assert 'href="#new"' in page
    assert weak not in page
    kelly.member.refresh_from_db()
    assert kelly.member.check_password(PASSWORD)


def test_a_new_password_wants_the_one_of_now(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    said = {"password": "not right at all", "new": NEW}
    page = client.post("/your-account/password/", said).content.decode()
    assert 'href="#password"' in page
    kelly.member.refresh_from_db()
    assert kelly.member.check_password(PASSWORD)


def test_who_leaves_loses_everything_with_the_next_request(kelly: Actor) -> None:
    places = [Client(), Client()]
    for place in places:
        enters(place, kelly)
    at = datetime.now(UTC)

    operations.leave(member=kelly.member, on=date(2026, 3, 2), at=at)

    assert [is_in(place) for place in places] == [False, False]
    assert not is_in(_tries(kelly))


def test_a_sign_in_from_before_leaving_stays_ended_after_coming_back(kelly: Actor) -> None:
    place = Client()
    enters(place, kelly)
    operations.leave(member=kelly.member, on=date(2026, 3, 2), at=datetime.now(UTC))
    kelly.member.is_active = True
    kelly.member.save(update_fields=["is_active"])
    assert not is_in(place)


def test_long_ended_sign_ins_are_forgotten(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    at = datetime.now(UTC)
    assert staying.forget(at) == 0
    SignedIn.objects.update(began_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert staying.forget(at) == 1


@pytest.mark.parametrize("places", [1, 5])
def test_the_page_asks_no_more_for_more_places(
    kelly: Actor, client: Client, places: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(places):
        enters(Client(), kelly)
    enters(client, kelly)
    with django_assert_max_num_queries(12):
        client.get(YOURS)


def _tries(who: Actor) -> Client:
    client = Client()
    enters(client, who)
    return client

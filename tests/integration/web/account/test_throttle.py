"""Guessing gets slower, and nobody is locked out by someone else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from tests.factories.partnership import PASSWORD
from tests.integration.web.account.ways import SIGN_IN, enters, is_in

from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.account import devices, throttle
from earlydoors.web.account.views import WRONG
from earlydoors.web.models import SignInAttempt

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def misses(count: int, name: str = "kelly", source: str = "192.0.2.1", at: datetime = AT) -> None:
    SignInAttempt.objects.bulk_create(
        SignInAttempt(account=name, address=source, at=at) for _ in range(count)
    )


def waits(name: str = "kelly", source: str = "192.0.2.1", at: datetime = AT) -> timedelta:
    got = throttle.attempt(name, source, at)
    if isinstance(got, timedelta):
        return got
    got.delete()
    return timedelta()


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (60, 900)],
)
def test_each_miss_makes_the_next_try_wait_longer(count: int, seconds: int) -> None:
    misses(count)
    assert waits() == timedelta(seconds=seconds)
    assert waits(at=AT + timedelta(seconds=seconds)) == timedelta()


def test_misses_are_forgotten_after_an_hour() -> None:
    misses(50)
    assert waits(at=AT + throttle.REMEMBERED) == timedelta()


def test_misses_from_one_place_do_not_slow_another() -> None:
    misses(50)
    assert waits(source="198.51.100.7") == timedelta()


def test_misses_with_one_name_do_not_slow_another() -> None:
    misses(50)
    assert waits(name="noah") == timedelta()


def test_a_name_is_the_same_however_it_is_written() -> None:
    misses(5)
    assert waits(name=" KELLY ") > timedelta()


def test_many_names_from_one_place_are_slowed() -> None:
    for number in range(throttle.ANY_NAME):
        misses(1, name=f"name {number}")
    assert waits(name="anyone") == throttle.ANY_NAME_WITHIN
    assert waits(name="anyone", at=AT + throttle.ANY_NAME_WITHIN) == timedelta()


def test_a_known_device_counts_for_itself() -> None:
    for number in range(throttle.ANY_NAME):
        misses(1, name=f"name {number}")
    misses(50)
    device = "device:5b1f1a0e-8f5c-4d0c-9a53-bd8f4a3f1f10"
    assert waits(source=device) == timedelta()
    misses(5, source=device)
    assert waits(source=device) == throttle.FIRST_WAIT


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("kelly", "unknown"),
    ],
)
def test_where_a_try_comes_from(address: str, source: str) -> None:
    assert throttle.source_of(address) == source


def test_tries_begun_at_once_count_each_other() -> None:
    """Each is written down before its password is looked at."""
    begun = [throttle.attempt("kelly", "192.0.2.1", AT) for _ in range(20)]
    let_through = [one for one in begun if isinstance(one, SignInAttempt)]
    assert len(let_through) == throttle.FREE


def test_guessing_is_slowed_even_with_the_right_password(kelly: Actor, client: Client) -> None:
    for _ in range(throttle.FREE):
        enters(client, kelly, "wrong")
    answer = enters(client, kelly).content.decode()
    assert "Wait a minute, then try again" in answer
    assert not is_in(client)


def test_the_guesser_at_the_next_desk_does_not_hold_up_the_owner(kelly, client: Client) -> None:
    enters(client, kelly)
    client.post("/sign-out/")
    guesser = Client()
    for _ in range(50):
        enters(guesser, kelly, "wrong")

    enters(client, kelly)

    assert is_in(client)


def test_the_owner_comes_in_from_a_new_place_while_someone_guesses(kelly: Actor) -> None:
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(50):
        enters(guesser, kelly, "wrong")
    owner = Client(REMOTE_ADDR="192.0.2.1")
    enters(owner, kelly)
    assert is_in(owner)


def test_a_forged_device_is_no_known_one(kelly: Actor, client: Client) -> None:
    for _ in range(throttle.FREE):
        enters(client, kelly, "wrong")
    client.cookies[devices.NAME] = "eyJkIjoiMSJ9:forged:mark"
    assert "too many tries" in enters(client, kelly).content.decode()


def test_a_device_known_for_one_is_not_known_for_another(kelly, noah, client: Client) -> None:
    enters(client, noah)
    client.post("/sign-out/")
    for _ in range(throttle.FREE):
        enters(Client(), kelly, "wrong")
    assert "too many tries" in enters(client, kelly).content.decode()


def test_success_forgets_the_misses(kelly: Actor, client: Client) -> None:
    for _ in range(throttle.FREE - 1):
        enters(client, kelly, "wrong")
    enters(client, kelly)
    assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize(
    ("https", "said", "source"),
    [
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "192.0.2.1"),
    ],
)
def test_only_the_proxys_own_word_says_where_a_visitor_is(
    kelly: Actor, settings, https: bool, said: str, source: str
) -> None:
    settings.HTTPS = https
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.post(SIGN_IN, {"username": "x", "password": "y"}, headers={"X-Forwarded-For": said})
    assert SignInAttempt.objects.get().address == source


def test_a_wrong_name_does_the_same_work_and_gets_the_same_words(
    kelly: Actor, noah: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hashing each: for a name that is there, one without a password, one that nobody has."""
    noah.member.set_unusable_password()
    noah.member.save()
    hashed: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    pages = {}
    for name in (kelly.member.username, noah.member.username, "nobody.at.all"):
        hashed.clear()
        answer = Client().post(SIGN_IN, {"username": name, "password": "not right at all"})
        pages[name] = (len(hashed), answer.status_code, WRONG in answer.content.decode())
    assert set(pages.values()) == {(1, 200, True)}


def test_what_is_typed_is_not_written_into_the_log(
    kelly: Actor, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(throttle.FREE + 1):
        client.post(SIGN_IN, {"username": "my secret by mistake", "password": PASSWORD})
    assert "Sign-in failed" in caplog.text
    assert "Sign-in slowed" in caplog.text
    assert "mistake" not in caplog.text
    assert PASSWORD not in caplog.text

"""The second step: who is asked for one, with what it is taken, and that it works once."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories.partnership import worker
from tests.integration.web.account.ways import (
    SECOND,
    SIGN_IN,
    YOURS,
    code_of,
    enters,
    field_of,
    is_in,
    kept_secret,
    uses,
    with_app,
    with_passkey,
)

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import SECOND_STEP
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.web.account import entering, factors

pytestmark = pytest.mark.django_db


def test_with_the_password_alone_nobody_is_in(strict, kelly: Actor, client: Client) -> None:
    with_app(kelly)

    answer = enters(client, kelly)

    assert answer["Location"] == SECOND
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_the_code_of_the_app_opens_and_leads_on(strict, kelly: Actor, client: Client) -> None:
    secret = with_app(kelly)
    enters(client, kelly, next="/about/")

    answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer["Location"] == "/about/"
    assert is_in(client)
    how = AuditEvent.objects.filter(verb="member.signed_in").latest("id").details["how"]
    assert how == ["a password", "a code of an app"]


def test_a_code_with_spaces_is_taken(strict, kelly: Actor, client: Client) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    code = code_of(secret)
    client.post(SECOND, {"code": f" {code[:3]} {code[3:]} "})
    assert is_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_code_lives_as_long_as_it_is_shown(strict, kelly, client: Client, steps: int) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    code_of(secret)  # waits where the next half minute is about to begin
    answer = client.post(SECOND, {"code": code_of(secret, steps)})
    assert "it has run out. Use the one that the app shows now" in answer.content.decode()
    assert not is_in(client)
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_works_once(strict, kelly: Actor, client: Client) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    code = code_of(secret)
    client.post(SECOND, {"code": code})

    other = Client()
    enters(other, kelly)
    answer = other.post(SECOND, {"code": code})

    assert "This code is not right" in answer.content.decode()
    assert not is_in(other)


def test_an_older_code_does_not_work_after_a_newer_one(strict, kelly, client) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    client.post(SECOND, {"code": code_of(secret)})
    other = Client()
    enters(other, kelly)
    other.post(SECOND, {"code": code_of(secret, -1)})
    assert not is_in(other)


def test_after_five_wrong_codes_the_password_is_asked_again(strict, kelly, client) -> None:
    with_app(kelly)
    enters(client, kelly)
    for _ in range(entering.MOST_CODES - 1):
        assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert client.post(SECOND, {"code": "000000"})["Location"] == SIGN_IN
    assert client.get(SECOND)["Location"] == SIGN_IN


def test_guessing_codes_gets_slower_however_often_the_password_is_typed(
    strict, kelly: Actor
) -> None:
    secret = with_app(kelly)
    for _ in range(2):
        client = Client()
        enters(client, kelly)
        for _ in range(entering.MOST_CODES):
            client.post(SECOND, {"code": "000000"})
    client = Client()
    enters(client, kelly)
    said = client.post(SECOND, {"code": code_of(secret)}).content.decode()
    assert "too many tries" in said
    assert not is_in(client)


def test_the_second_step_is_waited_for_ten_minutes(strict, kelly: Actor, client: Client) -> None:
    secret = with_app(kelly)
    enters(client, kelly)
    store = client.session
    store[entering.WAITING] |= {
        "since": store[entering.WAITING]["since"] - entering.WAITS_FOR.total_seconds() - 1
    }
    store.save()
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == SIGN_IN
    assert not is_in(client)


def test_another_members_code_does_not_fit(strict, kelly: Actor, noah: Actor, client) -> None:
    with_app(kelly)
    theirs = with_app(noah)
    enters(client, kelly)
    client.post(SECOND, {"code": code_of(theirs)})
    assert not is_in(client)


@pytest.mark.parametrize("kind", sorted(RoleKind))
def test_who_has_none_is_led_to_set_one_up_where_the_role_demands_it(
    strict, kind: RoleKind, client: Client
) -> None:
    someone = worker(kind)
    enters(client, someone)
    answer = client.get("/area/levels/")
    if kind in SECOND_STEP:
        assert answer["Location"] == "/your-account/second-step/"
    else:
        assert answer.status_code == 200


def test_only_someone_of_a_family_may_do_with_a_password() -> None:
    assert set(RoleKind) - SECOND_STEP == {RoleKind.FAMILY_MEMBER}


def test_setting_up_an_app_opens_the_rest_and_codes_come_next(strict, kelly, client) -> None:
    enters(client, kelly, next="/about/")
    page = client.get("/your-account/app/").content.decode()
    secret = page.split('ed-secret">')[1].split("<")[0].replace(" ", "")

    answer = client.post(
        "/your-account/app/", {"secret": field_of(page, "secret"), "code": code_of(secret)}
    )

    assert answer["Location"] == "/your-account/codes/"
    codes = client.post("/your-account/codes/").content.decode()
    assert codes.count("<code>") == 10
    assert 'href="/about/"' in codes
    assert client.get("/area/levels/").status_code == 200
    assert factors.own(kelly.member).codes_left == 10


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    page = client.get("/your-account/app/").content.decode()
    shown = page.split('ed-secret">')[1].split("<")[0]
    answer = client.post(
        "/your-account/app/", {"secret": field_of(page, "secret"), "code": "000000"}
    ).content.decode()
    assert shown in answer
    assert 'href="#code"' in answer
    assert not factors.has_second_step(kelly.member)


def test_a_secret_that_we_did_not_offer_this_member_is_not_kept(kelly, noah, client) -> None:
    theirs = factors.new_app(noah.member)
    enters(client, kelly)
    code = code_of(theirs.typed.replace(" ", ""))
    client.post("/your-account/app/", {"secret": theirs.signed, "code": code})
    client.post("/your-account/app/", {"secret": "forged:x:y", "code": code})
    assert not factors.has_second_step(kelly.member)


def test_the_secret_lies_encrypted_in_the_database(kelly: Actor, settings) -> None:
    secret = with_app(kelly)
    row = Authenticator.objects.get(user=kelly.member)
    assert secret not in str(row.data)
    assert kept_secret(kelly) == secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-installation-after-the-old-one"
    assert kept_secret(kelly) == secret


def test_with_a_lost_key_an_app_does_not_work_and_recovery_codes_do(
    strict, kelly: Actor, client: Client, settings: Any
) -> None:
    secret = with_app(kelly)
    first, *_ = factors.fresh_codes(kelly.member)
    settings.SECRET_KEY = "another-key-of-the-installation-and-the-old-one-is-lost"
    enters(client, kelly)
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 200
    client.post(SECOND, {"code": first})
    assert is_in(client)


def test_a_practice_installation_asks_nobody_and_says_so(kelly: Actor, client: Client) -> None:
    assert "nobody here has to take a second step" in client.get(SIGN_IN).content.decode()
    enters(client, kelly)
    assert client.get("/area/levels/").status_code == 200


def test_for_real_the_page_says_no_such_thing(strict, settings, client: Client) -> None:
    settings.PRACTICE = False
    assert "second step" not in client.get(SIGN_IN).content.decode()


# Passkeys


def test_a_passkey_is_the_second_step(strict, kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    other = Client()
    assert enters(other, kelly)["Location"] == SECOND
    uses(other, key)
    assert is_in(other)


def test_a_passkey_alone_is_both_steps(strict, kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    other = Client()
    assert uses(other, key)["Location"] == "/"
    assert is_in(other)
    assert other.session["_auth_user_id"] == str(kelly.member.pk)


def test_a_passkey_that_did_not_check_its_owner_opens_nothing(strict, kelly, client) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    other = Client()
    assert uses(other, key, verified=False)["Location"] == SIGN_IN
    assert not is_in(other)


def test_another_members_passkey_is_no_second_step(strict, kelly, noah, client) -> None:
    enters(client, noah)
    theirs = with_passkey(client)
    with_app(kelly)
    other = Client()
    enters(other, kelly)
    uses(other, theirs)
    assert not is_in(other)


def test_a_signature_works_once(strict, kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    other = Client()
    options = other.post("/sign-in/passkey/ask/", secure=True).json()
    signed = {"credential": key.signs(options)}
    other.post("/sign-in/passkey/", signed, secure=True)
    other.post("/sign-out/")

    assert other.post("/sign-in/passkey/", signed, secure=True)["Location"] == SIGN_IN
    assert not is_in(other)


@pytest.mark.parametrize(
    ("site", "origin"),
    [("elsewhere.example", "https://testserver"), ("testserver", "https://elsewhere.example")],
)
def test_a_signature_made_for_another_site_opens_nothing(
    strict, kelly, client, site: str, origin: str
) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    key.site, key.origin = site, origin
    other = Client()
    uses(other, key)
    assert not is_in(other)


@pytest.mark.parametrize("said", ["", "null", "[]", "{}", '{"id": 1}', "x" * 30_000])
def test_nonsense_in_place_of_a_passkey_is_no_error(said: str, client: Client) -> None:
    client.post("/sign-in/passkey/ask/", secure=True)
    answer = client.post("/sign-in/passkey/", {"credential": said}, secure=True)
    assert answer["Location"] == SIGN_IN


def test_a_leavers_passkey_opens_nothing(strict, kelly: Actor, client: Client) -> None:
    enters(client, kelly)
    key = with_passkey(client)
    kelly.member.is_active = False
    kelly.member.save()
    other = Client()
    uses(other, key)
    assert not is_in(other)


# Taking away


def test_the_last_second_step_stays_where_the_role_demands_one(strict, kelly, client) -> None:
    enters(client, kelly)
    with_passkey(client)
    key = factors.own(kelly.member).passkeys[0].key
    client.post("/your-account/take-away/", {"passkey": str(key)})
    assert factors.own(kelly.member).any
    with_app(kelly)
    client.post("/your-account/take-away/", {"passkey": str(key)})
    assert factors.own(kelly.member).passkeys == ()


def test_nobody_takes_away_anothers_passkey(kelly: Actor, noah: Actor, client: Client) -> None:
    theirs = Client()
    enters(theirs, noah)
    with_passkey(theirs)
    key = factors.own(noah.member).passkeys[0].key
    enters(client, kelly)
    client.post("/your-account/take-away/", {"passkey": str(key)})
    assert len(factors.own(noah.member).passkeys) == 1


def test_with_the_last_one_the_recovery_codes_go(kelly: Actor, client: Client) -> None:
    with_app(kelly)
    factors.fresh_codes(kelly.member)
    factors.take_away_app(kelly.member)
    assert not Authenticator.objects.filter(user=kelly.member).exists()


@pytest.mark.parametrize(
    "path", ["app/", "passkey/", "codes/", "passkey/options/", "take-away/", "sign-ins/end/"]
)
def test_changing_how_one_signs_in_asks_again_after_a_while(kelly, client, path: str) -> None:
    enters(client, kelly)
    store = client.session
    store["proved"] -= int(timedelta(minutes=16).total_seconds())
    store.save()

    answer = client.post(f"{YOURS}{path}")

    assert answer["Location"].startswith("/your-account/prove/")
    client.post("/your-account/prove/", {"password": "wrong"})
    assert client.post(f"{YOURS}{path}")["Location"].startswith("/your-account/prove/")
    client.post("/your-account/prove/", {"password": "early doors practice"})
    assert "prove" not in client.post(f"{YOURS}{path}").get("Location", "")

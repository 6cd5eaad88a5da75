"""Signing in with an account elsewhere, at a real provider."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from tests.factories.partnership import area, worker
from tests.factories.provider import SECRET, Directory, directory
from tests.integration.web.account.ways import (
    SECOND,
    SIGN_IN,
    YOURS,
    code_of,
    enters,
    is_in,
    with_app,
)

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.claims import Providers
from earlydoors.domain.partnership.models import Member, Membership
from earlydoors.domain.partnership.operations import leave
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db

GO = "/sign-in/with/council/"
ANN = {
    "name": "Ann Carter",
    "email": "ann.carter@council.example",
    "preferred_username": "Ann.Carter@council.example",
    "groups": ["everyone", "front door"],
    "took": {"amr": ["pwd", "mfa"]},
}
PEOPLE: dict[str, dict[str, Any]] = {
    "ann": ANN,
    "ben": {"name": "Ben Ash", "groups": ["early help"]},
    "cat": {"name": "Cat Hill", "groups": ["parking"]},
    "eve": {"name": "Eve", "groups": ["early help"], "amr": ["mfa"]},  # outside her token
    "fay": {"name": "Fay", "groups": ["early help"], "took": {"acr": "two-steps"}},
    "guy": {"name": "Guy", "groups": ["early help"], "took": {"amr": ["pwd"]}},
    "dee": {"name": "Dee", "groups": "early help", "email": "dee@council.example"},
}


@pytest.fixture(scope="module")
def running() -> Iterator[Directory]:
    with directory(PEOPLE) as council:
        yield council


@pytest.fixture
def council(running: Directory, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """The council's directory, and what its groups mean here."""
    area()
    monkeypatch.setenv("COUNCIL_SECRET", SECRET)
    agency = current().agencies[0].key
    roles = {str(role.kind): role.key for role in current().roles}
    settings.SIGN_IN_PROVIDERS = Providers.model_validate(
        {
            "providers": [
                {
                    "key": "council",
                    "name": "the council",
                    "issuer": running.address,
                    "client_id": "early-doors",
                    "secret_from": "COUNCIL_SECRET",
                    "second_step": "theirs",
                    "places": [
                        {
                            "when": {"groups": ["front door"]},
                            "role": roles["coordinator"],
                            "agency": agency,
                            "desks": ["front_door"],
                        },
                        {
                            "when": {"groups": ["early help"]},
                            "role": roles["practitioner"],
                            "agency": agency,
                        },
                    ],
                }
            ]
        },
        strict=False,
    )
    return running


def leaves_for(client: Client, **more: str) -> str:
    answer = client.post(GO, more)
    assert answer.status_code == 302
    return str(answer["Location"])


def comes_back(client: Client, council: Directory, who: str, **more: str) -> Any:
    return client.get(council.visit(leaves_for(client, **more), who))


def said(client: Client, path: str = SIGN_IN) -> str:
    return client.get(path).content.decode()


def with_other(address: str, **parts: str) -> str:
    """An address with parts of its query changed."""
    split = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(split.query).items()} | parts
    return urlunsplit(split._replace(query=urlencode(query)))


def test_the_first_time_makes_a_member_at_the_place_that_the_claims_give(council, client) -> None:
    answer = comes_back(client, council, "ann", next="/about/")

    assert answer["Location"] == "/about/"
    assert is_in(client)
    ann = Member.objects.get(username="ann.carter")
    held = ann.memberships.get()
    assert (ann.name, ann.email) == ("Ann Carter", "ann.carter@council.example")
    assert (held.kind, held.given_by) == ("coordinator", "council")
    assert [desk.key for desk in held.desks.all()] == ["front_door"]
    assert not ann.has_usable_password()
    joined = AuditEvent.objects.get(verb="member.joined", subject_id=str(ann.pk))
    assert joined.actor_name == "the council"


def test_the_second_time_it_is_the_same_member(council, client: Client) -> None:
    comes_back(client, council, "ann")
    client.post("/sign-out/")
    comes_back(client, council, "ann")
    assert is_in(client)
    assert Member.objects.filter(name="Ann Carter").count() == 1
    assert Membership.objects.filter(member__name="Ann Carter").count() == 1


def test_nothing_that_the_provider_says_is_kept_but_its_name_for_them(council, client) -> None:
    comes_back(client, council, "ann")
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid, kept.extra_data) == ("council", "ann", {})


def test_whom_no_rule_fits_is_told_and_is_no_member(council, client: Client) -> None:
    assert comes_back(client, council, "cat")["Location"] == SIGN_IN
    assert "nothing that gives you a place here" in said(client)
    assert not is_in(client)
    assert not Member.objects.filter(name="Cat Hill").exists()


def test_another_group_is_another_place_the_next_time(council, client: Client) -> None:
    comes_back(client, council, "ann")
    ann = SocialAccount.objects.get().user
    SocialAccount.objects.update(uid="ben")
    comes_back(client, council, "ben")
    assert is_in(client)
    held = list(ann.memberships.order_by("began_on", "kind"))
    assert {one.kind for one in held} == {"coordinator", "practitioner"}


def test_who_loses_the_group_loses_everything(council, client: Client) -> None:
    comes_back(client, council, "ann")
    SocialAccount.objects.update(uid="cat")
    comes_back(Client(), council, "cat")
    assert not is_in(client)


def test_who_has_left_does_not_come_back_by_the_provider(council, client: Client) -> None:
    comes_back(client, council, "ann")
    ann = SocialAccount.objects.get().user
    leave(member=ann, on=ann.joined_at.date(), at=ann.joined_at)
    assert not is_in(client)
    comes_back(client, council, "ann")
    assert "has ended" in said(client)
    assert not is_in(client)


def test_the_same_e_mail_address_is_not_the_same_person(council, client: Client) -> None:
    already = worker(name="Ann Carter")
    already.member.email = "Ann.Carter@council.example"
    already.member.save()

    comes_back(client, council, "ann")

    assert "Somebody here has your e-mail address already" in said(client)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_member_joins_the_two_and_comes_in_by_either(council, kelly: Actor, client) -> None:
    enters(client, kelly)
    away = client.post("/your-account/join/", {"provider": "council"})["Location"]
    assert client.get(council.visit(away, "ben"))["Location"] == YOURS
    assert "Joined" in said(client, YOURS)

    other = Client()
    comes_back(other, council, "ben")
    assert other.session["_auth_user_id"] == str(kelly.member.pk)
    assert kelly.member.memberships.count() == 1


def test_an_account_is_joined_to_one_member_only(council, kelly, noah, client) -> None:
    enters(client, kelly)
    client.get(
        council.visit(
            client.post("/your-account/join/", {"provider": "council"})["Location"], "ben"
        )
    )
    other = Client()
    enters(other, noah)
    away = other.post("/your-account/join/", {"provider": "council"})["Location"]
    other.get(council.visit(away, "ben"))
    assert "joined to somebody else" in said(other, YOURS)
    assert SocialAccount.objects.get().user == kelly.member


def test_joining_asks_again_who_it_is_after_a_while(council, kelly: Actor, client) -> None:
    enters(client, kelly)
    store = client.session
    store["proved"] -= 3600
    store.save()
    answer = client.post("/your-account/join/", {"provider": "council"})
    assert answer["Location"].startswith("/your-account/prove/")


def test_the_way_back_works_once(council, client: Client) -> None:
    back = council.visit(leaves_for(client), "ann")
    client.get(back)
    client.post("/sign-out/")
    client.get(back)
    assert not is_in(client)
    assert "could not be checked" in said(client)


def test_anothers_way_back_opens_nothing_here(council, client: Client) -> None:
    """A code that an attacker got for themselves does not sign a victim in as them."""
    attackers = council.visit(leaves_for(Client()), "ann")
    client.get(attackers)
    assert not is_in(client)
    leaves_for(client)
    client.get(attackers)
    assert not is_in(client)


def test_a_token_made_for_another_visit_opens_nothing(council, client: Client) -> None:
    away = leaves_for(client)
    client.get(council.visit(with_other(away, nonce="another"), "ann"))
    assert not is_in(client)
    assert "could not be checked" in said(client)


def test_a_code_without_its_proof_opens_nothing(council, client: Client) -> None:
    """The proof key of another visit: the provider itself refuses (PKCE)."""
    other = parse_qs(urlsplit(leaves_for(Client())).query)["code_challenge"][0]
    away = with_other(leaves_for(client), code_challenge=other)
    client.get(council.visit(away, "ann"))
    assert not is_in(client)


def test_who_stops_there_is_told_how_to_go_on(council, client: Client) -> None:
    away = leaves_for(client)
    client.get(council.refuses(away))
    assert "You stopped at the council" in said(client)


def test_a_provider_that_does_not_answer_is_said(council, settings, client: Client) -> None:
    one = settings.SIGN_IN_PROVIDERS.providers[0].model_copy(
        update={"issuer": "http://localhost:9"}
    )
    settings.SIGN_IN_PROVIDERS = Providers(providers=(one,))
    assert leaves_for(client) == SIGN_IN
    assert "did not answer" in said(client)


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_to_another_site_afterwards(council, client: Client, wanted: str) -> None:
    assert comes_back(client, council, "ann", next=wanted)["Location"] == "/"


SET_UP = "/your-account/second-step/"


def relies_on(settings: Any, **more: Any) -> None:
    one = settings.SIGN_IN_PROVIDERS.providers[0].model_copy(update=more)
    settings.SIGN_IN_PROVIDERS = Providers(providers=(one,))


def test_their_second_step_is_enough_where_their_token_says_it(strict, council, client) -> None:
    comes_back(client, council, "ann")
    assert client.get("/area/levels/").status_code == 200


@pytest.mark.parametrize("who", ["ben", "eve", "fay", "guy"])
def test_ours_is_asked_where_their_token_does_not_say_it(strict, council, client, who) -> None:
    comes_back(client, council, who)
    assert client.get("/area/levels/")["Location"] == SET_UP


def test_a_member_with_an_app_is_asked_for_its_code_then(strict, council, client) -> None:
    comes_back(client, council, "guy")
    guy = actor_for(SocialAccount.objects.get().user, datetime.now(UTC).date())
    assert guy is not None
    secret = with_app(guy)
    other = Client()
    assert comes_back(other, council, "guy")["Location"] == SECOND
    assert not is_in(other)
    other.post(SECOND, {"code": code_of(secret)})
    assert is_in(other)


def test_what_says_so_is_the_installations_to_name_and_to_ask_for(
    strict, council, settings: Any, client: Client
) -> None:
    relies_on(settings, says_so={"acr": ("two-steps",)}, asks={"acr_values": "two-steps"})
    away = leaves_for(client)
    assert parse_qs(urlsplit(away).query)["acr_values"] == ["two-steps"]
    client.get(council.visit(away, "fay"))
    assert client.get("/area/levels/").status_code == 200

    other = Client()
    comes_back(other, council, "ann")  # whose token says something else
    assert other.get("/area/levels/")["Location"] == SET_UP


def test_our_own_second_step_is_asked_where_theirs_is_not_relied_on(
    strict, council, settings, client: Client
) -> None:
    relies_on(settings, second_step="ours")
    comes_back(client, council, "ann")
    assert client.get("/area/levels/")["Location"] == SET_UP


def test_the_sign_in_page_may_lead_there_and_nowhere_else(council, client: Client) -> None:
    told = client.get(SIGN_IN)["Content-Security-Policy"]
    assert f"form-action 'self' {council.address};" in told
    assert "Sign in with the council" in said(client)
    assert council.address not in client.get("/about/")["Content-Security-Policy"]


def test_a_provider_that_is_not_named_is_no_page(client: Client) -> None:
    assert client.post(GO).status_code == 404
    assert client.get(f"{GO}back/?code=x&state=y").status_code == 404


def test_a_claim_that_is_one_text_fits_like_a_list(council, client: Client) -> None:
    comes_back(client, council, "dee")
    assert Member.objects.get(username="dee").memberships.get().kind == "practitioner"

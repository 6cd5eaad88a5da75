"""Links that work once: becoming a member of an agency, and getting back in."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from tests.factories import partnership as factory
from tests.factories.partnership import agency, signed_in, worker
from tests.integration.web.account.ways import (
    SECOND,
    code_of,
    enters,
    is_in,
    kept_secret,
    with_app,
)

from earlydoors.domain.partnership import inviting
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Invitation, Member
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, RoleKind
from earlydoors.web.account import factors, throttle

pytestmark = pytest.mark.django_db

PASSWORD = "seven quiet herons wait"


@pytest.fixture
def carer(db) -> Actor:
    """Who looks after the members of a school."""
    worker()
    return worker("administrator", agency(kind=AgencyKind.SCHOOL).key, name="Olive Grey")


def role(kind: RoleKind) -> str:
    return next(one.key for one in current().roles if one.kind == kind)


def invites(by: Actor, kind: RoleKind = RoleKind.PRACTITIONER, **more: str) -> Any:
    said = {"name": "Ann Carter", "role": role(kind), "email": "ann.carter@example.org", **more}
    return signed_in(by).post("/members/invite/", said)


def gives(by: Actor, who: Actor, lost: str = "both", recognised: str = "seen") -> Any:
    """A new way in for a member who lost something of theirs."""
    said = {"lost": lost, "recognised": recognised}
    return signed_in(by).post(f"/members/{who.member.pk}/way-in/", said)


def link_in(answer: Any) -> str:
    """The link on the page, or in the letter that the page says was sent."""
    page = answer.content.decode()
    sent = mail.outbox[-1].body if "on its way" in page else page
    found = re.search(r"/way-in/[\w-]+/", str(sent))
    assert found, page
    return found[0]


def uses(client: Client, link: str, username: str = "ann.carter", password: str = PASSWORD) -> Any:
    return client.post(link, {"username": username, "password": password})


def test_an_invitation_makes_a_member_of_the_agency_and_leads_in(carer, client) -> None:
    link = link_in(invites(carer))
    assert "Hello Ann Carter" in client.get(link).content.decode()

    uses(client, link)

    assert is_in(client)
    held = Member.objects.get(username="ann.carter").memberships.get()
    assert (held.agency, held.kind) == (carer.agency, RoleKind.PRACTITIONER)


def test_for_real_the_second_step_comes_next(strict, carer, client: Client) -> None:
    _, token = inviting.invite(
        name="Ann Carter",
        role_key=role(RoleKind.PRACTITIONER),
        profile=current(),
        by=carer,
        at=datetime.now(UTC),
    )
    uses(client, f"/way-in/{token}/")
    assert client.get("/area/levels/")["Location"] == "/your-account/second-step/"


def test_a_link_works_once(carer, client: Client) -> None:
    link = link_in(invites(carer))
    uses(client, link)
    other = Client()
    assert other.get(link).status_code == 404
    assert uses(other, link, "someone.else").status_code == 404
    assert not Member.objects.filter(username="someone.else").exists()


def test_a_link_opened_twice_and_sent_twice_makes_one_member(carer) -> None:
    link = link_in(invites(carer))
    token = link.split("/")[2]
    given: dict[str, Any] = {
        "token": token,
        "password": PASSWORD,
        "profile": current(),
        "on": datetime.now(UTC).date(),
        "at": datetime.now(UTC),
    }
    inviting.use(username="ann.carter", **given)
    with pytest.raises(UnableTo):
        inviting.use(username="ann.carter.2", **given)


def test_a_link_works_for_seven_days(carer, client: Client) -> None:
    link = link_in(invites(carer))
    Invitation.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get(link).status_code == 404
    made = Invitation.objects.get()
    assert made.expires_at - made.made_at < inviting.NEW_MEMBER_FOR


def test_a_withdrawn_invitation_opens_nothing(carer, client: Client) -> None:
    link = link_in(invites(carer))
    made = Invitation.objects.get()
    signed_in(carer).post(f"/members/invitations/{made.pk}/withdraw/")
    assert client.get(link).status_code == 404


def test_an_invitation_of_somebody_who_has_left_opens_nothing(carer, client: Client) -> None:
    link = link_in(invites(carer))
    carer.member.is_active = False
    carer.member.save()
    uses(client, link)
    assert not is_in(client)


def test_only_a_hash_of_the_link_is_kept(carer) -> None:
    token = link_in(invites(carer)).split("/")[2]
    row = Invitation.objects.values().get()
    assert token not in str(row)


@pytest.mark.parametrize("taken", ["Ann.Carter", " ann.carter "])
def test_a_sign_in_name_is_one_persons(carer, client: Client, taken: str) -> None:
    uses(Client(), link_in(invites(carer)))
    link = link_in(invites(carer))
    said = uses(client, link, taken).content.decode()
    assert "Somebody has this sign-in name already" in said
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("weak", ["short", "ann.carter.2026!!", "passwordpassword"])
def test_a_weak_password_is_not_taken_and_the_link_stays(carer, client, weak: str) -> None:
    link = link_in(invites(carer))
    page = uses(client, link, password=weak).content.decode()
    assert 'href="#password"' in page
    assert client.get(link).status_code == 200


def test_a_school_gives_no_role_of_the_front_door(carer) -> None:
    assert invites(carer, RoleKind.COORDINATOR).status_code in {200, 403}
    assert not Invitation.objects.exists()


def test_nobody_is_invited_into_a_family(carer) -> None:
    invites(carer, RoleKind.FAMILY_MEMBER)
    assert not Invitation.objects.exists()


def test_whoever_does_not_look_after_members_invites_nobody(kelly: Actor) -> None:
    assert invites(kelly).status_code == 403
    assert not Invitation.objects.exists()


def test_where_letters_are_delivered_the_link_is_sent_and_not_shown(carer, settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    page = invites(carer, email="ann.carter@example.org").content.decode()
    assert "/way-in/" not in page
    assert "/way-in/" in mail.outbox[0].body
    assert "Ann" not in f"{mail.outbox[0].subject}{mail.outbox[0].body}"


def test_an_address_cannot_bring_more_headers(carer, settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    invites(carer, email="ann@example.org\r\nBcc: everyone@example.org")
    assert not mail.outbox
    assert not Invitation.objects.exists()


# A new way in


def test_a_new_way_in_ends_password_second_step_and_sign_ins(strict, carer) -> None:
    lost = worker(agency_key=carer.agency.key)
    with_app(lost)
    elsewhere = Client()
    elsewhere.force_login(lost.member)
    link = link_in(gives(carer, lost))
    assert is_in(elsewhere)

    client = Client()
    client.post(link, {"password": PASSWORD})

    assert not is_in(elsewhere)
    assert not factors.own(lost.member).any
    assert client.get("/area/levels/")["Location"] == "/your-account/second-step/"
    again = Client()
    enters(again, lost)
    assert "_auth_user_id" not in again.session


def test_a_new_password_does_not_get_round_the_second_step(strict, carer, client) -> None:
    lost = worker(agency_key=carer.agency.key)
    secret = with_app(lost)
    link = link_in(gives(carer, lost, "password"))

    assert client.post(link, {"password": PASSWORD})["Location"] == SECOND

    assert not is_in(client)
    assert kept_secret(lost) == secret
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)
    again = Client()
    assert enters(again, lost, PASSWORD)["Location"] == SECOND


def test_a_new_second_step_does_not_get_round_the_password(strict, carer, client) -> None:
    lost = worker(agency_key=carer.agency.key)
    with_app(lost)
    codes = factors.fresh_codes(lost.member)
    elsewhere = Client()
    elsewhere.force_login(lost.member)
    link = link_in(gives(carer, lost, "second_step"))
    assert "Type your password" in client.get(link).content.decode()

    refused = client.post(link, {"password": PASSWORD}).content.decode()
    assert "The password is not right." in refused
    assert factors.own(lost.member).any
    assert is_in(elsewhere)
    client.post(link, {"password": factory.PASSWORD})

    assert not factors.own(lost.member).any
    assert not is_in(elsewhere)
    assert client.get("/area/levels/")["Location"] == "/your-account/second-step/"
    assert not factors.check_code(lost.member, codes[0], datetime.now(UTC))
    taken = AuditEvent.objects.get(verb="member.took_away")
    assert (taken.subject_id, taken.actor_id) == (str(lost.member.pk), str(lost.member.pk))
    assert Client().get(link).status_code == 404


def test_guessing_the_password_at_a_link_gets_slower(strict, carer, client: Client) -> None:
    lost = worker(agency_key=carer.agency.key)
    link = link_in(gives(carer, lost, "second_step"))
    for _ in range(throttle.FREE):
        client.post(link, {"password": "not right at all"})
    said = client.post(link, {"password": factory.PASSWORD}).content.decode()
    assert "too many tries" in said
    assert not is_in(client)


@pytest.mark.parametrize("missing", ["lost", "recognised"])
def test_whoever_gives_it_says_what_was_lost_and_how_they_knew(carer, missing: str) -> None:
    lost = worker(agency_key=carer.agency.key)
    answer = gives(carer, lost, **{missing: ""})
    assert f'href="#f-{missing}"' in answer.content.decode()
    assert not Invitation.objects.exists()

    gives(carer, lost, "password", "rung")
    noted = AuditEvent.objects.get(verb="member.given_way_in")
    assert noted.details == {"lost": "password", "recognised": "rung"}


def test_without_a_password_it_cannot_be_what_stays(carer) -> None:
    lost = worker(agency_key=carer.agency.key)
    lost.member.set_unusable_password()
    lost.member.save()
    page = gives(carer, lost, "second_step").content.decode()
    assert "has no password here" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"member": True}, {"lost": "both"}])
def test_the_database_knows_that_a_members_link_says_what_was_lost(carer, fields) -> None:
    member = carer.member if fields.pop("member", None) else None
    at = datetime.now(UTC)
    row = Invitation(made_by=carer.member, made_at=at, expires_at=at, member=member, **fields)
    if member is None and not fields:
        row.save()
        return
    with pytest.raises(IntegrityError):
        row.save()


def test_a_second_link_ends_the_first(carer, client: Client) -> None:
    lost = worker(agency_key=carer.agency.key)
    first = link_in(gives(carer, lost))
    second = link_in(gives(carer, lost))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_nobody_gets_into_a_role_they_could_not_give(carer) -> None:
    """A coordinator who also works at the school: the school's carer cannot take their account."""
    above = worker("coordinator", carer.agency.key)
    assert gives(carer, above).status_code == 403
    assert signed_in(carer).get(f"/members/{above.member.pk}/way-in/").status_code == 403
    assert signed_in(carer).post(f"/members/{above.member.pk}/end/").status_code == 403
    above.member.refresh_from_db()
    assert above.member.is_active


def test_members_of_another_agency_are_no_page(carer, kelly: Actor) -> None:
    assert kelly.agency != carer.agency
    for path in (f"/members/{kelly.member.pk}/way-in/", f"/members/{kelly.member.pk}/end/"):
        assert signed_in(carer).post(path).status_code == 404


def test_who_is_signed_out_everywhere_keeps_the_rest(carer, client: Client) -> None:
    busy = worker(agency_key=carer.agency.key)
    secret = with_app(busy)
    places = [Client(), Client()]
    for place in places:
        place.force_login(busy.member)
    by = signed_in(carer)

    answer = by.post(f"/members/{busy.member.pk}/sign-out/")

    assert answer["Location"] == "/members/"
    assert "signed out everywhere" in by.get("/members/").content.decode()
    assert [is_in(place) for place in places] == [False, False]
    assert is_in(by)
    noted = AuditEvent.objects.get(verb="member.signed_out_everywhere")
    assert (noted.subject_id, noted.actor_id) == (str(busy.member.pk), str(carer.member.pk))
    assert kept_secret(busy) == secret
    enters(client, busy)
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)


def test_nobody_is_signed_out_by_who_does_not_look_after_them(carer, kelly: Actor) -> None:
    above = worker("coordinator", carer.agency.key)
    beside = worker(agency_key=carer.agency.key)
    for who, by, answers in (
        (above, carer, 403),  # a role that the carer could not give
        (kelly, carer, 404),  # another agency
        (carer, carer, 409),  # oneself
        (beside, worker(agency_key=carer.agency.key), 403),
    ):
        place = Client()
        place.force_login(who.member)
        assert signed_in(by).post(f"/members/{who.member.pk}/sign-out/").status_code == answers
        assert is_in(place)
    assert not AuditEvent.objects.filter(verb="member.signed_out_everywhere").exists()


def test_who_has_left_is_out_at_once_and_their_link_opens_nothing(carer, client) -> None:
    leaver = worker(agency_key=carer.agency.key)
    client.force_login(leaver.member)
    by = signed_in(carer)
    link = link_in(gives(carer, leaver))
    by.post(f"/members/{leaver.member.pk}/end/")
    assert not is_in(client)
    assert client.get(link).status_code == 404

"""Signing in, and the words that wait for whoever was signed out while writing."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from earlydoors.domain.partnership.models import Agency, Member, Membership
from earlydoors.foundation.profile.schema import AgencyKind, RoleKind
from earlydoors.web.design import kept
from earlydoors.web.models import KeptWriting

pytestmark = pytest.mark.django_db

PASSWORD = "early doors practice"
SIGN_IN = "/sign-in/"
PAGE = "/about/"


def someone(username: str) -> Member:
    """A worker of a school, with a role."""
    member = Member(
        username=username, name=username.title(), joined_at=datetime(2026, 1, 5, tzinfo=UTC)
    )
    member.set_password(PASSWORD)
    member.save()
    agency, _ = Agency.objects.get_or_create(
        key="school", defaults={"name": "The school", "kind": AgencyKind.SCHOOL}
    )
    Membership.objects.create(
        member=member,
        agency=agency,
        role_key="practitioner",
        role_name="Practitioner",
        kind=RoleKind.PRACTITIONER,
        began_on=date(2026, 1, 5),
    )
    return member


def sign_in(client: Client, member: Member, **more: str):
    return client.post(SIGN_IN, {"username": member.username, "password": PASSWORD, **more})


def words_of(member: Member, text: str = "Jayden is not sleeping.") -> dict[str, str]:
    return {"_from": kept.mark(str(member.pk), PAGE), "what": text, "_once": "x"}


def test_a_member_signs_in_and_goes_on_where_they_were(client: Client) -> None:
    answer = sign_in(client, someone("kelly"), next=PAGE)
    assert answer.status_code == 302
    assert answer["Location"] == PAGE
    assert "Kelly" in client.get(PAGE).content.decode()


def test_nobody_is_led_to_another_site(client: Client) -> None:
    client.raise_request_exception = False
    answer = sign_in(client, someone("kelly"), next="https://elsewhere.example/")
    assert "elsewhere" not in answer.get("Location", "")


def test_a_wrong_password_is_said_at_the_field(client: Client) -> None:
    member = someone("kelly")
    answer = client.post(SIGN_IN, {"username": member.username, "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#username"' in page
    assert 'value="kelly"' in page


def test_words_sent_without_a_sign_in_wait_for_their_writer(client: Client) -> None:
    member = someone("kelly")

    answer = client.post(PAGE, words_of(member))
    assert answer["Location"] == f"{SIGN_IN}?next={PAGE}"
    back = sign_in(client, member)

    assert back["Location"] == PAGE
    assert KeptWriting.objects.get().values == {"what": ["Jayden is not sleeping."]}


def test_nobody_else_is_led_to_the_words(client: Client) -> None:
    writer, other = someone("kelly"), someone("noah")
    client.post(PAGE, words_of(writer))

    back = sign_in(client, other, next="/accessibility/")

    assert back["Location"] == "/accessibility/"


def test_words_with_a_forged_mark_are_not_kept(client: Client) -> None:
    client.post(PAGE, {**words_of(someone("kelly")), "_from": "forged"})
    assert not KeptWriting.objects.exists()


def test_a_form_that_saves_itself_is_told_to_sign_in_and_its_words_are_kept(
    client: Client,
) -> None:
    member = someone("kelly")
    answer = client.post(PAGE, words_of(member), headers={"X-Autosave": "1"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == f"{SIGN_IN}?next={PAGE}"
    assert KeptWriting.objects.filter(written_for=str(member.pk)).exists()


def test_a_stale_token_keeps_the_words_too() -> None:
    client = Client(enforce_csrf_checks=True)
    member = someone("kelly")
    client.force_login(member)

    answer = client.post(PAGE, words_of(member))

    assert answer["Location"] == PAGE
    assert KeptWriting.objects.filter(written_for=str(member.pk), path=PAGE).exists()


def test_someone_else_at_the_same_computer_is_told_and_sees_no_word() -> None:
    client = Client(enforce_csrf_checks=True)
    writer, other = someone("kelly"), someone("noah")
    client.force_login(other)

    answer = client.post(PAGE, words_of(writer))

    assert answer.status_code == 403
    assert "Jayden" not in answer.content.decode()
    assert KeptWriting.objects.get().written_for == str(writer.pk)


def test_everyone_of_a_practice_installation_can_be_signed_in_as(client: Client) -> None:
    member = someone("kelly")
    member.memberships.update(story="She helps Rowan's family.")
    page = client.get(reverse("account:practice")).content.decode()
    assert "Kelly" in page
    answer = client.post(reverse("account:practice"), {"member": str(member.pk)})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(member.pk)


def test_elsewhere_there_is_no_such_page(client: Client, settings) -> None:
    settings.PRACTICE = False
    assert client.get(reverse("account:practice")).status_code == 404


def test_someone_without_a_role_today_is_told_so_and_can_sign_out(client: Client) -> None:
    member = someone("kelly")
    member.memberships.update(ended_on=date(2026, 1, 6))
    client.force_login(member)

    assert client.get(PAGE).status_code == 403
    answer = client.post(reverse("account:sign-out"))
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache"'


def test_pages_carry_the_policy_and_are_not_kept_by_the_browser(client: Client) -> None:
    answer = client.get(SIGN_IN)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert not re.search(r"\sstyle=|<script>|onclick", answer.content.decode())

"""A refusal of access is kept: who, on which route and how, and nothing of what they asked for."""

import logging
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.config.urls import urlpatterns as product
from earlydoors.domain.access import restricting
from earlydoors.domain.partnership.models import Membership
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.web.design import kept as words
from earlydoors.web.design import refusals
from earlydoors.web.models import Submission

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
RAISED = {"403": NotAllowed("No."), "404": Http404("No."), "409": UnableTo("Not now.")}


def refusing(request, how):
    """Writes, and refuses before it is done: both are undone."""
    with transaction.atomic():
        member = str(request.user.pk)
        Submission.objects.create(token=uuid4(), member=member, path="/undone/", at=request.at)
        raise RAISED[how]


def missing(request):
    """Says itself that there is no such thing, as a page about something that went does."""
    return HttpResponse(status=404)


class Routes:
    """The product's addresses, with two of our own."""

    urlpatterns = [
        path("refusing/<how>/", refusing, name="refusing"),
        path("missing/", missing),
        *product,
    ]
    handler403 = "earlydoors.web.design.errors.not_allowed"
    handler404 = "earlydoors.web.design.errors.not_found"


@pytest.fixture(autouse=True)
def _as_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "tally", refusals.Tally())


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def kept() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="access.refused").order_by("id"))


def family_page(key: UUID) -> str:
    return reverse("families:family", args=[key])


@pytest.mark.parametrize(("how", "answer"), [("403", "not_allowed"), ("404", "not_found")])
def test_a_refusal_outlives_what_it_undid(settings, how: str, answer: str) -> None:
    settings.ROOT_URLCONF = Routes
    who = worker()
    assert signed_in(who).get(f"/refusing/{how}/").status_code == int(how)
    (event,) = kept()
    assert event.details == {"route": "refusing", "answer": answer}
    assert (event.actor_id, event.subject_id) == (str(who.member.pk), str(who.member.pk))
    assert event.family_id is None
    assert not Submission.objects.filter(path="/undone/").exists()


@pytest.mark.parametrize("address", ["/refusing/409/", "/missing/", "/no/such/address/", "/about/"])
def test_what_is_no_refusal_of_access_leaves_none(settings, address: str) -> None:
    settings.ROOT_URLCONF = Routes
    signed_in(worker()).get(address)
    assert not kept()


def test_strangers_are_led_to_the_sign_in_and_leave_none(help_: Help) -> None:
    assert Client().get(family_page(help_.family.pk)).status_code == 302
    assert not kept()


def test_a_restricted_record_is_refused_as_one_that_is_not_there(help_: Help) -> None:
    restricting.restrict(
        family=help_.family,
        kind="staff",
        why="Her aunt works at the front door.",
        named=[worker("team_manager").member, help_.lead.member],
        by=help_.coordinator,
        at=timezone.now(),
    )
    client = signed_in(help_.coordinator)
    nobody = uuid4()
    client.get(family_page(uuid4()))  # what a first request asks is asked
    told = []
    for key in (help_.family.pk, nobody):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(family_page(key))
        assert answer.status_code == 404
        questions = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked]
        page = re.sub(r'value="[^"]*"', "", answer.content.decode())  # tokens are made anew
        told.append((page, questions))
    assert told[0] == told[1]

    # and the evidence tells neither from the other
    first, second = kept()[1:]
    assert (first.details, first.family_id) == (second.details, second.family_id)
    assert str(help_.family.pk) not in f"{first.details}{first.subject_id}"


def test_a_flood_leaves_a_few_lines_that_add_up(help_: Help) -> None:
    client = signed_in(help_.outsider)
    for _ in range(45):
        client.get(family_page(help_.family.pk))
    untold = [one.details.get("untold") for one in kept()]
    assert untold == [None] * refusals.EACH + [9, 19]

    # and another member's are told beside it
    signed_in(worker()).get(family_page(help_.family.pk))
    assert len(kept()) == 13


def test_what_no_line_told_of_is_told_with_the_next_minute() -> None:
    tally = refusals.Tally()
    for number in range(45):
        tally.count("one", AT + timedelta(seconds=number))
    assert tally.count("one", AT + timedelta(seconds=60)) == 5
    assert tally.count("one", AT + timedelta(seconds=61)) == 0


def test_it_remembers_no_more_members_than_it_should() -> None:
    tally = refusals.Tally()
    for number in range(2000):
        tally.count(str(number), AT)
    assert len(tally._runs) == refusals._MEMBERS


def test_a_member_without_a_role_is_named_in_the_servers_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    who = worker()
    client = signed_in(who)
    Membership.objects.filter(member=who.member).delete()
    with caplog.at_level(logging.WARNING, "earlydoors.security"):
        assert client.get(reverse("home:work")).status_code == 403
    assert f"Refused without a role: {who.member.pk}" in caplog.text
    assert not kept()


def posting(client: Client, **sent: object) -> int:
    data = {"csrfmiddlewaretoken": "x" * 64, **sent}
    headers = {"Origin": str(data.pop("origin", "http://testserver"))}
    return client.post(reverse("families:search"), data, headers=headers).status_code


TRIES = [
    ({}, "form_without_its_mark"),
    ({"origin": "https://elsewhere.example.org"}, "form_from_elsewhere"),
    ({"_from": "made-up:1vN:of-nobody"}, "forged_signature"),
]


@pytest.mark.parametrize(("sent", "how"), TRIES)
def test_a_members_try_to_get_round_is_evidence(sent: dict[str, object], how: str) -> None:
    who = worker()
    client = Client(enforce_csrf_checks=True)
    client.force_login(who.member)
    assert posting(client, **sent) in {302, 403}
    (event,) = kept()
    assert event.details == {"route": "families:search", "answer": how}
    assert event.actor_id == str(who.member.pk)


@pytest.mark.parametrize(("sent", "how"), TRIES)
def test_a_strangers_try_is_in_the_servers_log_with_nothing_that_was_typed(
    sent: dict[str, object], how: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "earlydoors.security"):
        posting(Client(enforce_csrf_checks=True), **sent, q="Armstrong")
    told = [one.getMessage() for one in caplog.records if one.name == "earlydoors.security"]
    assert re.fullmatch(rf"Refused: {how} on (families:search|no page) from 127.0.0.1 ", told[-1])
    assert not [line for line in told if "Armstrong" in line or "made-up" in line]
    assert not kept()


def test_a_flood_of_strangers_tries_leaves_a_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "earlydoors.security"):
        for _ in range(45):
            assert Client().generic("TRACE", "/").status_code == 405
    told = [one.getMessage() for one in caplog.records if "method_of_no_page" in one.getMessage()]
    assert len(told) == refusals.EACH + 2
    assert "on no page from 127.0.0.1" in told[0]


def test_a_mark_that_has_only_grown_old_is_no_try(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = worker()
    mark = words.mark(str(who.member.pk), "/about/")
    monkeypatch.setattr(words, "_SIGNED_FOR", timedelta(seconds=-1))
    with caplog.at_level(logging.WARNING, "earlydoors.security"):
        posting(Client(enforce_csrf_checks=True), _from=mark)
    assert "forged_signature" not in caplog.text

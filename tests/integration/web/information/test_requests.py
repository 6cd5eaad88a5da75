"""A request about somebody's information: written down, found, proved, answered by the clock."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.as_web import as_the_web_login
from tests.factories.families import Help, episode_in
from tests.factories.information import WORDS, letter_about, request_about
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.information import operations, releasing
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.information.operations import Answer
from earlydoors.domain.information.queries import clocks_of, open_requests
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
LATER = datetime(2026, 10, 20, 10, tzinfo=UTC)


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def place(one: InformationRequest, name: str = "one") -> str:
    return reverse(f"information:{name}", args=[one.pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor", name="Grace Guard")


def test_whoever_gets_a_request_writes_it_down_and_does_not_see_it_again(
    help_: Help, guardian: Actor
) -> None:
    client = signed_in(help_.outsider)
    said = typed(
        kind="access", says=WORDS, on="today", came="said", asker_name="Kelly Tarn",
        asker="parent", reach="07700 900123", given="Sophie", family="Tarn", born="3/3/2018",
    )  # fmt: skip
    faulty = client.post(reverse("information:new"), {**said, "says": ""}).content.decode()
    assert "There is a problem" in faulty
    assert "Kelly Tarn" in faulty

    answer = client.post(reverse("information:new"), {**said, "_once": str(uuid.uuid4())})

    assert answer["Location"] == "/"
    made = InformationRequest.objects.get()
    assert (made.state, made.about_born) == ("received", date(2018, 3, 3))
    assert client.get(place(made)).status_code == 403
    listed = text(signed_in(guardian), reverse("information:list"))
    assert "Kelly Tarn: to see what is held, about Sophie Tarn" in listed
    assert "What Kelly Tarn asks about their information is due" in text(signed_in(guardian), "/")
    event = AuditEvent.objects.get(verb="information.received")
    assert "Kelly" not in str(event.details)


def test_it_is_answered_step_by_step(help_: Help, guardian: Actor) -> None:
    one = request_about(help_, by=help_.outsider)
    client = signed_in(guardian)
    assert "Find the record that it is about" in text(client, place(one))
    assert "3 March 2018" in text(client, place(one, "who"))

    client.post(place(one, "who"), typed(person=str(help_.child.pk)))
    faulty = client.post(place(one, "prove"), typed(identity="Passport", authority=""))
    assert "There is a problem" in faulty.content.decode()
    client.post(place(one, "prove"), typed(identity="Passport", authority="Birth certificate"))
    client.post(place(one, "take_up"))
    one.refresh_from_db()
    assert (one.state, one.person_id, one.identity_by) == (
        "working", help_.child.pk, guardian.member,
    )  # fmt: skip

    client.post(place(one, "ask_what"), typed(asks="Which years?", on="today"))
    assert "It stands still since" in text(client, place(one))
    client.post(place(one, "hear"), typed(on="today"))
    client.post(place(one, "extend"), typed(why="It is four years of notes.", on="today"))
    shown = text(client, place(one))
    assert "four years of notes" in shown
    client.post(
        place(one, "refuse"),
        typed(ground="exempt", exemption="Schedule 3", says="No.", on="today", how="Letter"),
    )
    one.refresh_from_db()
    assert (one.state, one.outcome_says, one.told_how) == ("refused", "No.\n\nSchedule 3", "Letter")
    verbs = AuditEvent.objects.filter(verb__startswith="information.").values_list(
        "verb", flat=True
    )
    for verb in ("found", "proved", "taken_up", "asked_what", "heard_what", "extended", "refused"):
        assert f"information.{verb}" in set(verbs)
    first = one.steps.order_by("created_at").first()
    assert first is not None
    assert first.what == "received"


def test_nobody_else_can_be_found_than_whom_the_request_names(help_: Help, guardian: Actor) -> None:
    other = episode_in("offered", name="Quill", child="Zara", parent="Mona")
    one = request_about(help_, by=guardian)
    with pytest.raises(UnableTo, match="Choose one of the people found"):
        operations.find(request=one, person_id=other.child.pk, by=guardian, at=NOW)
    shown = text(signed_in(guardian), place(one, "who"))
    assert "Zara" not in shown
    releasing.take_back(request=one, says="She rang", by=guardian, at=NOW)
    with pytest.raises(UnableTo, match="closed"):
        operations.look_for(request=one, by=guardian, at=NOW)


def test_the_guardian_sees_no_family_but_by_a_request(help_: Help, guardian: Actor) -> None:
    one = request_about(help_, by=guardian)
    with as_the_web_login(), acting_as(guardian):
        assert not Person.objects.exists()
        assert [one.pk] == [found.pk for found in open_requests(guardian)]
        assert operations.look_for(request=one, by=guardian, at=NOW)
        assert not Person.objects.exists()
    with as_the_web_login(), acting_as(help_.lead):
        assert not InformationRequest.objects.exists()
    with pytest.raises(NotAllowed):
        operations.look_for(request=one, by=help_.lead, at=NOW)


def test_nothing_is_answered_before_it_is_known_who_asks(help_: Help, guardian: Actor) -> None:
    one = request_about(help_, by=guardian)
    with pytest.raises(UnableTo, match="whose record"):
        operations.take_up(request=one, by=guardian, at=NOW)
    operations.find(request=one, person_id=help_.child.pk, by=guardian, at=NOW)
    with pytest.raises(UnableTo, match="check who asks"):
        operations.take_up(request=one, by=guardian, at=NOW)
    with pytest.raises(UnableTo, match="may ask for this person"):
        operations.prove(request=one, identity="Passport", authority="", by=guardian, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationRequest.objects.filter(pk=one.pk).update(state="working")


def test_the_first_time_must_not_be_over_when_it_is_made_longer(
    help_: Help, guardian: Actor
) -> None:
    one = request_about(help_, by=guardian, state="working", at=NOW)
    say: dict[str, Any] = {
        "request": one, "why": "Much", "profile": current(), "by": guardian, "at": LATER,
    }  # fmt: skip
    with pytest.raises(UnableTo, match="by 1 October 2026"):
        operations.extend(on=date(2026, 10, 2), **say)
    operations.extend(on=date(2026, 10, 1), **say)
    one.refresh_from_db()
    (clock,) = clocks_of(one, current())
    assert clock.stands.last_day == date(2026, 12, 1)
    with pytest.raises(UnableTo, match="once already"):
        operations.extend(on=date(2026, 10, 1), **say)


def test_a_complaint_has_to_be_acknowledged_first(help_: Help, guardian: Actor) -> None:
    letter = letter_about(help_, on=date(2026, 7, 2), kind="complaint", asker="self")
    one = operations.receive(letter=letter, by=guardian, at=NOW)
    assert [(c.step, c.stands.last_day) for c in clocks_of(one, current())] == [
        ("acknowledge", date(2026, 8, 3)),
        ("answer", date(2026, 10, 2)),
    ]
    assert "Overdue" in text(signed_in(guardian), reverse("information:list"))
    operations.acknowledge(request=one, on=date(2026, 7, 9), by=guardian, at=NOW)
    one.refresh_from_db()
    assert [c.step for c in clocks_of(one, current())] == ["answer"]
    with pytest.raises(UnableTo, match="no longer"):
        operations.extend(
            request=one, why="Much", on=date(2026, 7, 9), profile=current(), by=guardian, at=NOW
        )


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (Answer("done", "", date(2026, 9, 1), "Letter"), "what they were told"),
        (Answer("done", "Here it is", date(2026, 9, 1), ""), "and how"),
        (Answer("done", "Here it is", date(2026, 9, 2), "Letter"), "later than today"),
        (Answer("done", "Here it is", date(2026, 8, 31), "Letter"), "before the request came"),
    ],
)
def test_an_answer_says_what_was_told_when_and_how(
    help_: Help, guardian: Actor, given: Answer, fault: str
) -> None:
    one = request_about(help_, by=guardian, state="working", at=NOW, kind="objection")
    with pytest.raises(UnableTo, match=fault):
        releasing.end(request=one, move="answer", given=given, by=guardian, at=NOW)
    one.refresh_from_db()
    assert one.state == "working"


def test_the_list_asks_no_more_as_it_grows(help_: Help, guardian: Actor) -> None:
    client = signed_in(guardian)
    request_about(help_, by=guardian)
    with CaptureQueriesContext(connection) as few:
        text(client, reverse("information:list"))
    for _ in range(6):
        request_about(help_, by=guardian)
    with CaptureQueriesContext(connection) as many:
        text(client, reverse("information:list"))
    assert len(many) == len(few)

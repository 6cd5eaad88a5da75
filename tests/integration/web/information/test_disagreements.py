"""What somebody says is not right stands beside what is written, and those who had it are told."""

import uuid
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import Help, episode_in, shared_with_police
from tests.factories.information import disagreed, gathered_for, passage_with, request_about
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.chronology.events import write_event
from earlydoors.domain.chronology.rules import read_span
from earlydoors.domain.information import disputing, releasing
from earlydoors.domain.information.disputing import Said
from earlydoors.domain.information.models import Disagreement, InformationRequest
from earlydoors.domain.information.operations import Answer
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people import facts
from earlydoors.domain.people.relating import relate
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
HAPPENED = "He hit the wall with his fist."


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def help_() -> Help:
    help_ = episode_in("helping")
    write_event(
        family=help_.family,
        about="home",
        says=HAPPENED,
        when=read_span("spring 2021", local_day(help_.at)),
        people=[help_.child],
        by=help_.lead,
        at=help_.at,
    )
    facts.add_route(
        person=help_.child,
        kind="mobile",
        value="07700 900123",
        safe="care",
        how="Text",
        by=help_.lead,
        at=help_.at,
    )
    shared_with_police(help_)
    return help_


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor", name="Grace Guard")


@pytest.fixture
def one(help_: Help, guardian: Actor) -> InformationRequest:
    return request_about(help_, by=guardian, state="working", kind="correction")


def test_it_stands_at_the_fact_and_nothing_is_written_over(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    held = gathered_for(one, by=guardian)
    client, lead = signed_in(guardian), signed_in(help_.lead)
    happened = passage_with(held, HAPPENED)
    address = reverse("information:disagree", args=[happened.pk])
    said = {"says": "It was the door.", "decision": "stands", "why": "Two people saw it."}
    faulty = client.post(address, typed(**{**said, "says": ""})).content.decode()
    assert "There is a problem" in faulty
    assert "Two people saw it." in faulty

    client.post(address, typed(**said))
    disagreed(held, "07700 900123", by=guardian)
    disagreed(held, str(help_.child.given_name), by=guardian)

    made = Disagreement.objects.get(says="It was the door.")
    assert HAPPENED in made.written
    chronology = text(lead, reverse("families:chronology", args=[help_.family.pk]))
    assert HAPPENED in chronology
    assert "Kelly Tarn disagrees" in chronology
    assert "It was the door." in chronology
    person = text(lead, reverse("families:person", args=[help_.family.pk, help_.child.pk]))
    assert "07700 900123" in person
    assert person.count("It was never so.") >= 1
    stranger = signed_in(help_.outsider)
    assert stranger.get(reverse("families:chronology", args=[help_.family.pk])).status_code == 404


def test_those_with_whom_it_was_shared_are_told_before_it_is_answered(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    disagreed(gathered_for(one, by=guardian), HAPPENED, by=guardian)
    whom = {receiver.whom for receiver in one.receivers.all()}
    assert "Police, the safeguarding desk" in whom
    assert help_.lead.agency is not None
    assert help_.lead.agency.name in whom
    given = Answer("done", "It stands beside.", local_day(datetime.now(UTC)), "Letter")
    now = datetime.now(UTC)
    with pytest.raises(UnableTo, match="those who had received it"):
        releasing.end(request=one, move="answer", given=given, by=guardian, at=now)

    client = signed_in(guardian)
    assert "Not told yet" in text(client, reverse("information:one", args=[one.pk]))
    first, *rest = one.receivers.order_by("whom")
    address = reverse("information:receiver", args=[first.pk])
    faulty = client.post(address, typed(told="no", why="")).content.decode()
    assert "There is a problem" in faulty
    client.post(address, typed(told="yes", on="today", how="By letter"))
    for receiver in rest:
        disputing.settle(
            receiver=receiver, told_on=None, how="", not_told_why="It has closed.", by=guardian,
            at=now,
        )  # fmt: skip
    first.refresh_from_db()
    assert (first.told_how, first.settled_by) == ("By letter", guardian.member)
    releasing.end(request=one, move="answer", given=given, by=guardian, at=now)
    one.refresh_from_db()
    assert one.state == "answered"
    with pytest.raises(UnableTo, match="settled already"):
        disputing.settle(
            receiver=first, told_on=None, how="", not_told_why="x", by=guardian, at=now
        )


def test_it_stands_beside_the_assessment_the_plan_and_what_they_are_to_each_other(
    help_: Help, guardian: Actor
) -> None:
    relate(person=help_.parent, kind="mother", other=help_.child, by=help_.lead, at=help_.at)
    one = request_about(help_, by=guardian, state="working", kind="correction")
    held = gathered_for(one, by=guardian)
    said = {
        table: f"Not so: {table}."
        for table in (
            "people.relationship",
            "records.sectionanswers",
            "plan.outcome",
            "plan.action",
        )
    }
    assert help_.assessment is not None
    form = help_.assessment.form_record.sections
    for table, words in said.items():
        passages = held.passages.filter(table=table)
        if table == "records.sectionanswers":
            passages = passages.filter(row__in=[str(one.pk) for one in form.all()])
        disputing.disagree(
            passage=passages.earliest("position"), said=Said(words, "stands", "Two people saw it."),
            by=guardian, at=datetime.now(UTC),
        )  # fmt: skip

    lead = signed_in(help_.lead)
    keys = [help_.family.pk, help_.child.pk]
    person = text(lead, reverse("families:person", args=keys))
    assessment = text(lead, reverse("assessments:read", args=[help_.assessment.pk]))
    plan = text(lead, reverse("plans:plan", args=[help_.episode.pk]))

    assert said["people.relationship"] in person
    assert said["records.sectionanswers"] in assessment
    assert said["plan.outcome"] in plan
    assert said["plan.action"] in plan
    assert "Kelly Tarn disagrees" in assessment
    copy = text(lead, reverse("assessments:copy", args=[help_.assessment.pk, help_.parent.pk]))
    assert said["records.sectionanswers"] not in copy

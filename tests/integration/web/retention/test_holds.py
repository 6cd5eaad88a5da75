"""Holding a record by its reference or from a request, and lifting it; who learns of it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.as_web import as_the_web_login
from tests.factories.families import Help, episode_in
from tests.factories.information import request_about
from tests.factories.joining import twice
from tests.factories.partnership import signed_in, worker
from tests.factories.retention import WHY, held_by_court, wanted

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.restricting import restrict
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.retention import holding, queries
from earlydoors.domain.retention.models import Hold
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor")


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def typed(reference: str = "", **said: str) -> dict[str, str]:
    today = local_day(datetime.now(UTC))
    answers = {"reason": "court", "asked_by": "County Court", "says": WHY, "on": today.isoformat()}
    if reference:
        answers["reference"] = reference
    return {"_once": str(uuid.uuid4()), **answers, **said}


def test_a_record_is_held_by_its_reference(guardian: Actor, help_: Help) -> None:
    client = signed_in(guardian)
    sent = client.post(
        reverse("retention:hold_new"), typed(reference_of(help_.family.pk).lower()), follow=True
    )
    assert "The record is held." in sent.content.decode()
    hold = Hold.objects.get()
    assert hold.family == help_.family
    assert queries.holds_on(help_.family.pk) == [hold]
    page = client.get(reverse("retention:holds")).content.decode()
    assert reference_of(help_.family.pk) in page
    for named in (help_.family.name, help_.child.given_name):
        assert named not in page
    event = AuditEvent.objects.get(verb="hold.put")
    assert event.family_id == help_.family.pk
    assert WHY not in str(event.details)


def test_a_restricted_record_is_held_by_the_same_answer(guardian: Actor, help_: Help) -> None:
    """Whether it is restricted cannot be told from what the guardian is answered."""
    open_one = episode_in("helping", name="Birch", child="Ida", parent="Una")
    restrict(
        family=help_.family,
        kind="staff",
        why="She works at the council.",
        named=[help_.coordinator.member],
        by=help_.coordinator,
        at=help_.at,
    )
    answers = []
    for family in (help_.family, open_one.family):
        sent = signed_in(guardian).post(
            reverse("retention:hold_new"), typed(reference_of(family.pk)), follow=True
        )
        answers.append((sent.status_code, "The record is held." in sent.content.decode()))
    assert answers == [(200, True), (200, True)]


def test_a_reference_of_nobody_is_said_to_be_none(guardian: Actor, help_: Help) -> None:
    sent = signed_in(guardian).post(
        reverse("retention:hold_new"), typed(reference_of(uuid.uuid4()))
    )
    assert "No record has this reference" in sent.content.decode()
    assert not Hold.objects.exists()


@pytest.mark.parametrize("empty", ["says", "asked_by"])
def test_it_is_said_why_and_who_asked(guardian: Actor, help_: Help, empty: str) -> None:
    said = wanted()
    wrong = holding.Wanted(**{**vars(said), empty: "  "})
    with pytest.raises(UnableTo):
        holding.hold_family(family=help_.family, wanted=wrong, by=guardian, at=datetime.now(UTC))
    later = holding.Wanted(**{**vars(said), "from_on": said.from_on + timedelta(days=1)})
    with pytest.raises(UnableTo):
        holding.hold_family(family=help_.family, wanted=later, by=guardian, at=datetime.now(UTC))


def test_from_a_request_everything_of_the_person_is_held(guardian: Actor, help_: Help) -> None:
    one = request_about(help_, by=guardian, state="working")
    sent = signed_in(guardian).post(
        reverse("retention:hold_request", args=[one.pk]), typed(), follow=True
    )
    assert reference_of(help_.family.pk) in sent.content.decode()
    hold = Hold.objects.get()
    assert hold.person == help_.child
    assert queries.held_among([help_.family.pk]) == {help_.family.pk}


def test_before_a_record_is_found_there_is_nothing_to_hold(guardian: Actor, help_: Help) -> None:
    one = request_about(help_, by=guardian)
    with pytest.raises(UnableTo):
        holding.hold_for_request(request=one, wanted=wanted(), by=guardian, at=datetime.now(UTC))


def test_a_hold_is_lifted_once_with_a_reason(guardian: Actor, help_: Help) -> None:
    hold = held_by_court(help_.family, by=guardian)
    client = signed_in(guardian)
    there = reverse("retention:hold", args=[hold.pk])
    faulty = client.post(there, typed(why=""))
    assert faulty.status_code in {200, 422}
    hold.refresh_from_db()
    assert hold.lifted_at is None
    client.post(there, {"_once": str(uuid.uuid4()), "why": "The court wrote that it is over."})
    hold.refresh_from_db()
    assert hold.lifted_by == guardian.member
    assert queries.holds_on(help_.family.pk) == []
    with pytest.raises(UnableTo):
        holding.lift(hold=hold, why="Again.", by=guardian, at=datetime.now(UTC))
    assert AuditEvent.objects.filter(verb="hold.lifted", family_id=help_.family.pk).count() == 1


def test_nobody_else_puts_lifts_or_sees_a_hold(guardian: Actor, help_: Help) -> None:
    hold = held_by_court(help_.family, by=guardian)
    for who in (help_.lead, help_.coordinator):
        at = datetime.now(UTC)
        with pytest.raises(NotAllowed):
            holding.hold_family(family=help_.family, wanted=wanted(), by=who, at=at)
        with pytest.raises(NotAllowed):
            holding.lift(hold=hold, why="No.", by=who, at=at)
        with acting_as(who), as_the_web_login():
            assert not Hold.objects.exists()
    page = signed_in(help_.lead).get(reverse("families:family", args=[help_.family.pk]))
    assert "County Court" not in page.content.decode()
    with acting_as(guardian), as_the_web_login():
        assert Hold.objects.get() == hold


def test_the_reference_stands_where_those_who_work_with_them_find_it(help_: Help) -> None:
    there = reverse("families:access", args=[help_.family.pk])
    assert reference_of(help_.family.pk) in signed_in(help_.lead).get(there).content.decode()


@pytest.mark.parametrize("on", ["kept", "other"])
def test_a_hold_on_a_person_holds_by_each_joined_record(guardian: Actor, on: str) -> None:
    """Joined after the hold was put on, from either end."""
    two: Any = twice()
    hold = Hold.make(
        by=guardian,
        at=datetime.now(UTC),
        person=getattr(two, on),
        reason="police",
        says=WHY,
        asked_by="Police",
        from_on=local_day(datetime.now(UTC)),
    )
    families = {one.family_id for who in (two.kept, two.other) for one in who.families.all()}
    assert families
    two.joined()
    assert queries.held_among(families) == families
    for family in families:
        assert hold in queries.holds_on(family)


def test_the_database_refuses_a_hold_on_nothing_or_on_both(guardian: Actor, help_: Help) -> None:
    given: dict[str, Any] = {
        "by": guardian,
        "at": datetime.now(UTC),
        "reason": "court",
        "says": WHY,
        "asked_by": "Court",
        "from_on": local_day(datetime.now(UTC)),
    }
    both: dict[str, Any] = {"family": help_.family, "person": help_.child}
    for on in ({}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.make(**given, **on)

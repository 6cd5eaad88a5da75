"""What is held on somebody: gathered whole, looked through by a person, given without what was
taken out."""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.as_web import as_the_web_login
from tests.factories.families import MORNING, Help, episode_in
from tests.factories.information import (
    gathered_for,
    looked_at,
    passage_with,
    readable,
    request_about,
    weighed,
)
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.information import bundling, operations, releasing
from earlydoors.domain.information.models import Copy, InformationRequest, Passage
from earlydoors.domain.information.operations import Answer
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people import facts
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.models import Person
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db
SECRET = "</script><b>Mr Pike of number 9 told us</b>"


def now() -> datetime:
    return datetime.now(UTC)


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def place(one: InformationRequest, name: str) -> str:
    return reverse(f"information:{name}", args=[one.pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def gather_by_page(client: Client, one: InformationRequest) -> None:
    """The button is pressed until everything is gathered: a slow machine leaves some to later."""
    for _ in range(20):
        client.post(place(one, "gathered"), typed())
        if one.gatherings.filter(finished_at__isnull=False).exists():
            return
    raise AssertionError("it was never finished")


@pytest.fixture
def help_() -> Help:
    help_ = episode_in("helping")
    people.describe(family=help_.family, careful=SECRET, by=help_.lead, at=help_.at)
    facts.add_route(
        person=help_.child, kind="mobile", value="07700 900123", safe="care", how="Text only",
        by=help_.lead, at=help_.at,
    )  # fmt: skip
    return help_


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor", name="Grace Guard")


@pytest.fixture
def one(help_: Help, guardian: Actor) -> InformationRequest:
    return request_about(help_, by=guardian, state="working")


def make(one: InformationRequest, by: Actor) -> Copy | None:
    return releasing.make_copy(request=one, profile=current(), readable=readable, by=by, at=now())


def test_everything_is_gathered_and_given_step_by_step(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    client = signed_in(guardian)
    assert "Gather what is held" in text(client, place(one, "gathered"))
    gather_by_page(client, one)
    assert "Somebody has to look at" in text(client, place(one, "gathered"))
    held = one.gatherings.get()
    for words in (MORNING, "07700 900123", "Mr Pike", "Names Kelly Tarn"):
        everything = "\n".join(
            f"{p.text}\n{' '.join(p.prompts)}" for p in held.passages.order_by("position")
        )
        assert words in everything
    assert "Search name" not in everything
    careful = passage_with(held, "Mr Pike")
    assert "Says how to be careful: it may put somebody at risk" in careful.prompts

    address = reverse("information:passage", args=[careful.pk])
    faulty = client.post(address, typed(hides="all", reason="")).content.decode()
    assert "There is a problem" in faulty
    wrong = client.post(address, typed(hides="words", words="Mrs Pike", reason="another"))
    assert "does not stand in this passage" in wrong.content.decode()
    client.post(address, typed(hides="words", words="mr pike of number 9", reason="another"))
    looked_at(held, by=guardian)
    client.post(place(one, "make"))
    assert not Copy.objects.exists()
    weighed(one, by=guardian)
    client.post(place(one, "make"))

    made = Copy.objects.get()
    for out in (made.content, made.document):
        assert "Pike" not in out
        assert "number 9" not in out
        assert MORNING in out
    assert (made.taken_out, made.created_by) == (1, guardian.member)
    assert made.content_mark == hashlib.sha256(made.content.encode()).hexdigest()
    assert "<" not in made.content
    assert "&lt;/script&gt;" in made.document
    assert json.loads(made.content)["about"] == "Sophie Tarn"
    printed = text(client, reverse("information:document", args=[made.pk]))
    assert "taken out: it is about another person" in printed
    answer = client.get(reverse("information:file", args=[made.pk]))
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Content-Disposition"].startswith("attachment")
    paper = client.get(reverse("information:paper", args=[made.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert "Tarn" not in paper["Content-Disposition"]
    said = typed(to="Kelly Tarn", how="In person", on="today")
    client.post(reverse("information:copy", args=[made.pk]), said)
    made.refresh_from_db()
    assert (made.given_to, made.given_by) == ("Kelly Tarn", guardian.member)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"information.copied", "information.given", "information.copy_read"} <= verbs


def test_the_look_stands_on_the_familys_list(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    gathered_for(one, by=guardian)
    event = AuditEvent.objects.get(verb="family.looked", actor_id=str(guardian.member.pk))
    assert (event.family_id, event.details["because"]) == (help_.family.pk, ["rights"])
    shown = text(signed_in(help_.lead), reverse("families:looks", args=[help_.family.pk]))
    assert "Grace Guard" in shown
    assert "Answers somebody who asks about the information held on them" in shown


def test_what_is_about_somebody_else_of_the_family_is_not_gathered(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    facts.add_route(
        person=help_.parent, kind="mobile", value="07700 900999", safe="care", how="Evenings",
        by=help_.lead, at=help_.at,
    )  # fmt: skip
    other = episode_in("helping", name="Quill", child="Zara", parent="Mona")
    everything = "\n".join(p.text for p in gathered_for(one, by=guardian).passages.all())
    assert "07700 900123" in everything
    assert "07700 900999" not in everything
    assert other.family.name not in everything


def test_nobody_learns_by_it_that_a_place_is_kept_from_them(help_: Help, guardian: Actor) -> None:
    given: dict[str, Any] = {"by": help_.lead, "at": help_.at, "family": help_.family}
    hidden = people.place_at(person=help_.child, kind="other", says="Grandma’s house", **given)
    people.keep_from(place=hidden, person=help_.parent, why="She asked.", **given)
    at = now()
    mother = request_about(
        help_, by=guardian, asker="self", about_given="Kelly", about_born=help_.parent.born_on
    )
    operations.find(request=mother, person_id=help_.parent.pk, by=guardian, at=at)
    operations.prove(request=mother, identity="Passport", authority="", by=guardian, at=at)
    operations.take_up(request=mother, by=guardian, at=at)
    held = gathered_for(mother, by=guardian)
    assert not held.passages.filter(table__in=["people.keptfrom"]).exists()
    for passage in held.passages.all():
        if "Grandma’s house" in passage.text:
            assert "Has something that is kept from Kelly Tarn" in passage.prompts


def test_a_place_kept_from_whoever_may_ask_is_looked_at_wherever_it_is_named(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    given: dict[str, Any] = {"by": help_.lead, "at": help_.at, "family": help_.family}
    hidden = people.place_at(person=help_.child, kind="other", says="Grandma’s house", **given)
    people.keep_from(place=hidden, person=help_.parent, why="She asked.", **given)
    people.describe(
        family=help_.family, careful="Meet at Grandma’s house.", by=help_.lead, at=help_.at
    )
    held = gathered_for(one, by=guardian)
    named = [p for p in held.passages.all() if "Grandma’s house" in p.text]
    assert len(named) >= 2
    for passage in named:
        assert "Has something that is kept from Kelly Tarn" in passage.prompts


def test_earlier_versions_are_gathered_with_what_they_are_of(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    help_.family.refresh_from_db()
    people.describe(family=help_.family, careful="Ring first.", by=help_.lead, at=help_.at)
    held = gathered_for(one, by=guardian)
    before = passage_with(held, "Mr Pike")
    assert ": before " in before.heading
    assert "Ring first." in passage_with(held, "Ring first.").text


def test_what_was_taken_out_of_one_passage_is_looked_for_in_all(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    held = gathered_for(one, by=guardian)
    twin = passage_with(held, "07700 900123")
    assert not twin.prompts
    copied = Passage.objects.create(
        gathering=held, position=9999, table="people.contactroute", row="x", heading="Again",
        parts=[{"field": "value", "label": "Value", "says": "Ring 07700 900123 at night"}],
    )  # fmt: skip
    bundling.decide(
        passage=twin, hides="words", words=["07700 900123"], reason="another", by=guardian, at=now()
    )
    looked_at(held, by=guardian)
    weighed(one, by=guardian)
    assert make(one, guardian) is None
    copied.refresh_from_db()
    assert copied.prompts == ["Has words that were taken out elsewhere"]
    with pytest.raises(UnableTo, match="looked at first"):
        make(one, guardian)
    bundling.decide(passage=copied, hides="all", reason="another", by=guardian, at=now())
    made = make(one, guardian)
    assert made is not None
    assert "07700 900123" not in made.content + made.document


def test_no_copy_without_a_decision_about_harm(guardian: Actor, one: InformationRequest) -> None:
    with pytest.raises(UnableTo, match="Gather"):
        make(one, guardian)
    held = gathered_for(one, by=guardian)
    with pytest.raises(UnableTo, match="looked at first"):
        make(one, guardian)
    looked_at(held, by=guardian)
    with pytest.raises(UnableTo, match="seriously harm"):
        make(one, guardian)


def test_what_was_gathered_is_open_to_nobody_once_the_request_has_ended(
    help_: Help, guardian: Actor, one: InformationRequest
) -> None:
    held = gathered_for(one, by=guardian)
    passage = held.passages.first()
    assert passage is not None
    with as_the_web_login(), acting_as(guardian):
        assert Passage.objects.exists()
        assert not Person.objects.exists()
    with as_the_web_login(), acting_as(help_.lead):
        assert not Passage.objects.exists()
    given = Answer("done", "Here it is.", local_day(now()), "In person")
    with pytest.raises(UnableTo, match="make the copy"):
        releasing.end(request=one, move="answer", given=given, by=guardian, at=now())
    with as_the_web_login(), acting_as(guardian):
        releasing.end(request=one, move="refuse", given=given, by=guardian, at=now())
        assert not Passage.objects.exists()
    address = reverse("information:passage", args=[passage.pk])
    assert signed_in(guardian).get(address).status_code == 404
    with pytest.raises(UnableTo, match="ended"):
        bundling.decide(passage=passage, hides="nothing", by=guardian, at=now())
    assert bundling.gather_some(gathering=held, by=guardian, at=now()).done == held.done


def test_gathering_goes_on_after_it_was_stopped(guardian: Actor, one: InformationRequest) -> None:
    half = bundling.begin(request=one, by=guardian, at=now())
    half = bundling.gather_some(gathering=half, by=guardian, at=now())
    client = signed_in(guardian)
    assert f"{half.done} of {half.tables} tables" in text(client, place(one, "gathered"))
    with pytest.raises(UnableTo, match="gathered already"):
        bundling.begin(request=one, by=guardian, at=now())
    gather_by_page(client, one)
    half.refresh_from_db()
    assert half.finished_at is not None
    positions = list(half.passages.order_by("position").values_list("position", flat=True))
    assert positions == list(range(len(positions)))

"""Advice: asked, given, read, and a request begun from it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.frontdoor.models import Conversation, SupportRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.forms.schema import Kind, Purpose
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker() -> Actor:
    return worker(name="Priya Nair")


def asked(**more: str) -> dict[str, str]:
    """The page as posted: the page's own question and what the area's form requires."""
    fields = {"_once": str(uuid.uuid4()), "about": "A boy who stopped eating lunch", **more}
    for section in current().form_for(Purpose.CONVERSATION).sections:
        for question in section.questions:
            name = f"form.{section.key}.{question.key}"
            if question.kind in {Kind.LONG_TEXT, Kind.SHORT_TEXT}:
                fields[name] = f"About {question.key}"
            elif question.kind in {Kind.CHOICE, Kind.CHOICES} and question.options:
                fields[name] = question.options[0].key
    return fields


def ask(client: Client, **more: str) -> Conversation:
    answer = client.post(reverse("frontdoor:ask"), asked(**more))
    assert answer.status_code == 302, answer.content.decode()
    return Conversation.objects.latest("created_at")


def address(conversation: Conversation) -> str:
    return reverse("frontdoor:conversation", args=[conversation.pk])


def test_advice_is_asked_given_read_and_leads_to_a_request(asker: Actor) -> None:
    client = signed_in(asker)
    conversation = ask(client)
    assert "An adviser will answer here" in client.get(address(conversation)).content.decode()

    adviser = signed_in(worker("early_help_officer", name="Ada Banks"))
    assert "A boy who stopped" in adviser.get(reverse("frontdoor:advice")).content.decode()
    adviser.post(address(conversation), {"advice": "Talk with his mum.", "next_step": "request"})

    shown = client.get(address(conversation)).content.decode()
    assert "Talk with his mum." in shown
    assert "Ada Banks" in shown
    begun = client.post(reverse("frontdoor:new"), {"conversation": str(conversation.pk)})
    request = SupportRequest.objects.get()
    assert begun["Location"] == reverse("frontdoor:request", args=[request.pk])
    assert request.conversation == conversation
    assert "The request you began from it" in client.get(address(conversation)).content.decode()


def test_it_may_be_about_a_family_within_reach(asker: Actor) -> None:
    known, strangers = known_family(by=asker), known_family(name="Beck")
    client = signed_in(asker)
    page = reverse("frontdoor:ask")

    assert (
        "About the Tarn family" in client.get(f"{page}?family={known.family.pk}").content.decode()
    )
    assert ask(client, family=str(known.family.pk)).family == known.family
    assert client.get(f"{page}?family={strangers.family.pk}").status_code == 404


def test_nothing_said_is_a_fault_and_the_words_stay(asker: Actor) -> None:
    answer = signed_in(asker).post(reverse("frontdoor:ask"), asked(about=""))

    shown = answer.content.decode()
    assert "Write an answer: What is it about" in shown
    assert "About happening" in shown
    assert not Conversation.objects.exists()


def test_a_double_click_asks_once(asker: Actor) -> None:
    client, posted = signed_in(asker), asked()

    client.post(reverse("frontdoor:ask"), posted)
    client.post(reverse("frontdoor:ask"), posted)

    assert Conversation.objects.count() == 1


def test_others_do_not_find_it_and_the_asker_does_not_answer_it(asker: Actor) -> None:
    conversation = ask(signed_in(asker))
    advice = {"advice": "Do this.", "next_step": "carry_on"}

    assert signed_in(worker()).get(address(conversation)).status_code == 404
    assert signed_in(asker).post(address(conversation), advice).status_code == 403


def test_the_second_adviser_is_told_that_it_is_answered(asker: Actor) -> None:
    conversation = ask(signed_in(asker))
    first, second = (signed_in(worker("early_help_officer")) for _ in range(2))
    advice = {"advice": "Do this.", "next_step": "carry_on"}
    first.post(address(conversation), advice)

    again = second.post(address(conversation), {**advice, "advice": "Do that."})

    conversation.refresh_from_db()
    assert conversation.advice == "Do this."
    assert "Someone may have moved it on" in again.content.decode()

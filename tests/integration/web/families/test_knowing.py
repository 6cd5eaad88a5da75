"""What is known about someone beside their details, on their page."""

import re

import pytest
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import AT, signed_in
from tests.integration.web.families.test_people import page, stamp, to

from earlydoors.domain.people.facts import add_route
from earlydoors.domain.people.models import ContactRoute
from earlydoors.domain.people.operations import correct

pytestmark = pytest.mark.django_db


def test_codes_are_chosen_and_shown_in_words_with_who_said_so() -> None:
    known = known_family()
    client = signed_in(known.by)
    sent = {
        "ethnicity": "MWBC", "religion": "NONE", "said_by": "parent", "said_says": "Kelly",
        **stamp(known),
    }  # fmt: skip
    assert client.post(to(known, "known", "about"), sent).status_code == 302
    needs = {
        "disabilities": ["AUT", "HEAR"], "disability_says": "Quiet rooms", "sen_provision": "E",
        "sen_needs": ["ASD"], "said_by": "school", **stamp(known),
    }  # fmt: skip
    assert client.post(to(known, "known", "needs"), needs).status_code == 302
    shown = page(client, to(known, "person"))
    for words in (
        "White and Black Caribbean",
        "Autism, diagnosed; Hearing",
        "Education, health and care plan",
        "Their parent or carer: Kelly",
        "Their school, nursery or college",
    ):
        assert words in shown
    again = {**needs, "sen_provision": "N", **stamp(known)}
    assert client.post(to(known, "known", "needs"), again).status_code == 302
    shown = re.sub(r"\s+", " ", page(client, to(known, "person")))
    assert "was “Education, health and care plan” until" in shown
    known.child.refresh_from_db()
    assert known.child.sen_needs == []


def test_a_colleagues_version_is_shown_beside() -> None:
    known = known_family()
    old = stamp(known)
    correct(person=known.child, ethnicity="WBRI", by=known.by, at=AT.replace(hour=12))
    sent = {"ethnicity": "WIRI", **old}
    answer = signed_in(known.by).post(to(known, "known", "about"), sent)
    assert answer.status_code == 409
    assert "White British" in answer.content.decode()


def test_a_death_is_written_down_once_and_shown() -> None:
    known = known_family()
    client = signed_in(known.by)
    late = client.post(to(known, "known", "about"), {"died_on": "1/1/2090", **stamp(known)})
    assert "A death cannot be later than today." in late.content.decode()
    sent = {"died_on": "1 March 2026", **stamp(known)}
    assert client.post(to(known, "known", "about"), sent).status_code == 302
    assert "Died on 1 March 2026." in page(client, to(known, "person"))
    family = page(client, reverse("families:family", args=[known.family.pk]))
    assert "Died on 1 March 2026, child" in family


def test_a_group_that_is_none_is_no_page() -> None:
    known = known_family()
    assert signed_in(known.by).get(to(known, "known", "politics")).status_code == 404


def test_what_is_safe_is_shown_where_a_worker_reaches_for_the_phone() -> None:
    known = known_family()
    client = signed_in(known.by)
    way = {"kind": "mobile", "value": "07700 900123", "safe": "care"}
    refused = client.post(to(known, "add_route"), way).content.decode()
    assert "Say in which way it is safe." in refused
    sent = {**way, "how": "Text only; never leave a voicemail", "said_by": "themselves"}
    assert client.post(to(known, "add_route"), sent).status_code == 302
    for address in (
        to(known, "person"),
        reverse("families:family", args=[known.family.pk]),
    ):
        assert "Text only; never leave a voicemail" in page(client, address)
    route = ContactRoute.objects.get()
    ended = {**sent, "ended_on": "today"}
    assert client.post(to(known, "mend_route", route.pk), ended).status_code == 302
    assert "07700 900123" not in page(client, to(known, "person"))


def test_a_way_of_someone_else_leads_nowhere() -> None:
    known = known_family()
    route = add_route(
        person=known.parent, kind="email", value="k@example.org", safe="safe", by=known.by, at=AT
    )
    assert signed_in(known.by).get(to(known, "mend_route", route.pk)).status_code == 404

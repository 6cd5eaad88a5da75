"""Asking for support: begun, written, checked, sent, taken back."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import AT, signed_in, worker
from tests.factories.requests import sent_request

from earlydoors.domain.frontdoor.models import RequestPerson, SupportRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.simulation.answers import Texts, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker() -> Actor:
    return worker(name="Priya Nair")


@pytest.fixture
def browser(asker: Actor) -> Client:
    return signed_in(asker)


def begin(browser: Client, **fields: str) -> SupportRequest:
    answer = browser.post(reverse("frontdoor:new"), {"_once": str(uuid.uuid4()), **fields})
    assert answer.status_code == 302
    return SupportRequest.objects.latest("created_at")


def to(name: str, request: SupportRequest, *more: object) -> str:
    return reverse(f"frontdoor:{name}", args=[request.pk, *more])


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


SOPHIE = {"relation": "child", "given_name": "Sophie", "family_name": "Tarn", "born_on": "3/3/18"}


def test_a_request_is_written_page_by_page_checked_and_sent(browser: Client) -> None:
    assert "ring 999" in text(browser, reverse("frontdoor:new"))
    request = begin(browser)
    assert "Not started" in text(browser, to("request", request))

    browser.post(to("knows", request), {"harm": "no", "family_knows": "agrees"})
    browser.post(to("add_person", request), SOPHIE)
    assert "3 March 2018" in text(browser, to("people", request))
    assert "Before you can send it" in text(browser, to("check", request))
    request.refresh_from_db()
    fill(request.form_record, Texts(), by=worker(), at=AT)

    check = text(browser, to("check", request))
    assert "Sophie" in check
    assert "Before you can send it" not in check
    answer = browser.post(to("check", request))
    assert answer["Location"] == to("sent", request)
    assert "You will hear by" in text(browser, to("sent", request))
    request.refresh_from_db()
    assert request.state == "waiting"


def test_a_section_of_the_areas_form_is_saved_and_leads_to_the_next(browser: Client) -> None:
    request = begin(browser)
    first, second = request.form_record.form.sections[:2]
    posted = {q.key: "As it is" for q in first.questions if q.kind == "long_text"}

    answer = browser.post(to("section", request, first.key), posted)

    assert answer["Location"] == to("section", request, second.key)


@pytest.mark.parametrize("harm", ["yes", "unsure"])
def test_harm_says_at_once_to_phone_social_care(browser: Client, harm: str) -> None:
    request = begin(browser)

    answer = browser.post(to("knows", request), {"harm": harm, "family_knows": "not_told"})

    assert answer["Location"] == to("request", request)
    for page in ("request", "check"):
        assert "Do not wait for an answer to this request" in text(browser, to(page, request))


def test_someone_is_corrected_and_left_out(browser: Client) -> None:
    request = begin(browser)
    browser.post(to("add_person", request), SOPHIE)
    one = request.people.get()

    browser.post(to("person", request, one.pk), {**SOPHIE, "known_as": "Soph"})
    one.refresh_from_db()
    assert one.known_as == "Soph"

    browser.post(to("leave_out", request, one.pk))
    assert "Nobody is named yet" in text(browser, to("people", request))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("born_on", "31/2/2018", "has no day 31"),
        ("born_on", "3/3/2090", "For a child not yet born, use the due date"),
        ("given_name", "", "Write an answer: First name"),
        ("given_name", "x" * 201, "Use 200 characters or fewer"),
        ("relation", "cousin", "Choose one of the answers listed"),
    ],
)
def test_bad_input_is_said_at_its_field_and_the_words_stay(
    browser: Client, field: str, typed: str, said: str
) -> None:
    request = begin(browser)

    answer = browser.post(to("add_person", request), {**SOPHIE, "known_as": "Soph", field: typed})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert 'value="Soph"' in page
    assert "Error:" in page
    assert not RequestPerson.objects.exists()


def test_names_in_any_script_are_kept(browser: Client) -> None:
    request = begin(browser)

    browser.post(to("add_person", request), {**SOPHIE, "given_name": "Adaézé 花子"})

    assert "Adaézé 花子" in text(browser, to("people", request))


def test_a_request_about_a_family_brings_its_people(browser: Client, asker: Actor) -> None:
    known = known_family(by=asker)

    assert "Tarn" in text(browser, reverse("frontdoor:new") + f"?family={known.family.pk}")
    request = begin(browser, family=str(known.family.pk))

    assert {p.given_name for p in request.people.all()} == {"Sophie", "Kelly"}


def test_a_request_about_a_family_out_of_reach_is_not_found(browser: Client) -> None:
    strangers = known_family()

    address = reverse("frontdoor:new")
    assert browser.get(f"{address}?family={strangers.family.pk}").status_code == 404
    assert browser.post(address, {"family": str(strangers.family.pk)}).status_code == 404


def test_a_double_click_begins_one_request(browser: Client) -> None:
    token = {"_once": str(uuid.uuid4())}

    first = browser.post(reverse("frontdoor:new"), token)
    second = browser.post(reverse("frontdoor:new"), token)

    assert first["Location"] == second["Location"]
    assert SupportRequest.objects.count() == 1


def test_a_request_is_taken_back(browser: Client, asker: Actor) -> None:
    request = sent_request(by=asker)
    assert "Take this request back" in text(browser, to("request", request))

    browser.post(to("take_back", request))

    request.refresh_from_db()
    assert request.state == "taken_back"
    assert "Taken back" in text(browser, reverse("frontdoor:waiting"))


def test_what_was_sent_is_not_written_on(browser: Client, asker: Actor) -> None:
    request = sent_request(by=asker)

    answer = browser.post(to("knows", request), {"harm": "no", "family_knows": "agrees"})

    assert answer.status_code == 409
    assert "cannot be changed any more" in answer.content.decode()


@pytest.mark.parametrize("page", ["request", "people", "add_person", "knows", "check", "sent"])
def test_nobody_elses_draft_exists(page: str) -> None:
    request = begin(signed_in(worker()))

    for other in (worker(), worker("coordinator")):
        assert signed_in(other).get(to(page, request)).status_code == 404


def test_an_administrator_cannot_ask() -> None:
    answer = signed_in(worker("administrator")).get(reverse("frontdoor:new"))

    assert answer.status_code == 403
    assert "cannot ask for support for a family" in answer.content.decode()

"""A refusal of the domain becomes a page with its own sentence, kept words a form filled again."""

import re
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path
from tests.integration.web.account.test_signing_in import PASSWORD, someone

from earlydoors.config.urls import urlpatterns as product
from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.kernel.refusals import NotAllowed, OutOfDate, UnableTo
from earlydoors.web.design import kept, once
from earlydoors.web.design.pages import Hidden, render
from earlydoors.web.models import KeptWriting

pytestmark = pytest.mark.django_db
REFUSALS = {
    "unable": UnableTo("The plan is closed."),
    "not-allowed": NotAllowed("Only the lead may close a plan."),
    "out-of-date": OutOfDate("Jo Fenwick changed this a minute ago."),
}


@login_not_required
def refusing(request, kind):
    raise REFUSALS[kind]


@once.only
def writing(request):
    """A form of one field, saved when it says so."""
    if request.method == "POST" and request.POST["what"] != "faulty":
        return HttpResponseRedirect("/about/")
    words = kept.writing(request) or {}
    return HttpResponse(Hidden(request)() + " ".join(words.get("what", [])))


class Routes:
    """The product's addresses, with two of our own."""

    urlpatterns = [
        path("refusing/<kind>/", refusing),
        path("writing/", writing),
        *product,
    ]
    handler403 = "earlydoors.web.design.errors.not_allowed"
    handler404 = "earlydoors.web.design.errors.not_found"


@pytest.fixture(autouse=True)
def _routes(settings) -> None:
    settings.ROOT_URLCONF = Routes


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


@pytest.mark.parametrize(
    ("kind", "status"), [("unable", 409), ("not-allowed", 403), ("out-of-date", 409)]
)
def test_a_refusal_is_a_page_with_its_sentence_and_the_way_back(
    client: Client, kind: str, status: int
) -> None:
    answer = client.get(f"/refusing/{kind}/", headers={"Referer": "http://testserver/about/"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert REFUSALS[kind].sentence in page
    assert 'href="http://testserver/about/"' in page


def test_the_way_back_leads_to_no_other_site(client: Client) -> None:
    answer = client.get("/refusing/unable/", headers={"Referer": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.content.decode()


def test_a_form_that_saves_itself_is_answered_in_json(client: Client) -> None:
    answer = client.post("/refusing/out-of-date/", headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert answer.json() == {"message": REFUSALS["out-of-date"].sentence}


def test_a_page_that_is_not_there_says_so_in_words(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_kept_words_fill_the_form_until_they_are_saved(client: Client) -> None:
    member = someone("kelly")
    client.post("/writing/", {"_from": kept.mark(str(member.pk), "/writing/"), "what": "Warm"})
    client.login(username=member.username, password=PASSWORD)

    shown = client.get("/writing/").content.decode()
    assert "Warm" in shown
    client.post("/writing/", {**fields(shown), "what": "faulty"})
    assert KeptWriting.objects.exists(), "a form with faults is not saved yet"
    client.post("/writing/", {**fields(shown), "what": "Warm"})

    assert not KeptWriting.objects.exists()
    assert "Warm" not in client.get("/writing/").content.decode()


def test_another_member_sees_no_kept_word(client: Client) -> None:
    writer, other = someone("kelly"), someone("noah")
    client.post("/writing/", {"_from": kept.mark(str(writer.pk), "/writing/"), "what": "Warm"})
    client.force_login(other)
    assert "Warm" not in client.get("/writing/").content.decode()


def test_the_notice_stands_on_the_page_that_shows_the_words(client: Client, rf) -> None:
    member: Member = someone("kelly")
    client.post("/writing/", {"_from": kept.mark(str(member.pk), "/writing/"), "what": "Warm"})
    client.force_login(member)
    request: Any = client.get("/writing/").wsgi_request

    assert kept.NOTICE in render(request, "account/about.html").content.decode()


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT"])
def test_other_ways_of_asking_are_not_answered(client: Client, method: str) -> None:
    assert client.generic(method, "/refusing/unable/").status_code == 405

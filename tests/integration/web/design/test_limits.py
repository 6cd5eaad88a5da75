"""What takes too long is ended, says so on a page, and loses nothing that was typed."""

import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from tests.integration.web.account.test_signing_in import someone

from earlydoors.config import database, installation
from earlydoors.config.urls import urlpatterns as product
from earlydoors.web.design import kept, limits
from earlydoors.web.design.pages import Hidden
from earlydoors.web.models import KeptWriting

pytestmark = pytest.mark.django_db


def one_long_question(request):
    """Asks once, for longer than the database lets it."""
    if request.method == "POST":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '50ms'")
            cursor.execute("SELECT pg_sleep(20)")
    words = kept.writing(request) or {}
    return HttpResponse(Hidden(request)() + " ".join(words.get("what", [])))


def many_short_questions(request):
    """Asks without end."""
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        while time.monotonic() - began < 20:
            cursor.execute("SELECT pg_sleep(0.01)")
    return HttpResponse("It came to an end of its own.")


class Routes:
    """The product's addresses, with two of our own."""

    urlpatterns = [
        path("long/", one_long_question),
        path("many/", many_short_questions),
        *product,
    ]
    handler404 = "earlydoors.web.design.errors.not_found"
    handler500 = "earlydoors.web.design.errors.server_error"


@pytest.fixture(autouse=True)
def _routes(settings: Any) -> None:
    settings.ROOT_URLCONF = Routes


@pytest.fixture
def writer(client: Client) -> Client:
    member = someone("kelly")
    client.force_login(member)
    return client


def test_a_long_question_ends_with_a_page_and_the_words_are_kept(writer: Client) -> None:
    member = writer.get("/long/").wsgi_request.user
    sent = {"_from": kept.mark(str(member.pk), "/long/"), "what": "He was warm"}

    began = time.monotonic()
    answer = writer.post("/long/", sent)

    page = answer.content.decode()
    assert time.monotonic() - began < 10
    assert answer.status_code == 503
    assert "This took too long" in page
    assert 'href="/long/"' in page
    assert "What you wrote is kept for you" in page
    assert not [word for word in ("Traceback", "pg_sleep", "QueryCanceled") if word in page]
    assert "He was warm" in writer.get("/long/").content.decode()


def test_without_words_that_could_be_kept_none_are_promised(writer: Client) -> None:
    page = writer.post("/long/", {"what": "Warm"}).content.decode()
    assert "Go back in your browser" in page
    assert not KeptWriting.objects.exists()


def test_a_page_that_saves_itself_is_told_and_goes_on_trying(writer: Client) -> None:
    answer = writer.post("/long/", {"what": "Warm"}, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()) == (
        503,
        {"message": "Not saved yet: it took too long."},
    )


def test_a_request_that_asks_without_end_is_ended(
    writer: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REQUEST_SECONDS = 1
    began = time.monotonic()
    answer = writer.get("/many/")
    assert time.monotonic() - began < 10
    assert answer.status_code == 503
    assert "This took too long" in answer.content.decode()
    assert "Took too long: GET" in caplog.text
    # The next request has its own time
    assert writer.get("/long/").status_code == 200


def test_another_fault_of_the_database_is_no_matter_of_time() -> None:
    with pytest.raises(Exception, match="division by zero") as fault, transaction.atomic():
        connection.cursor().execute("SELECT 1/0")
    assert not limits.is_one(fault.value)


class TestConnections:
    """Who has limits: whoever answers requests, and nobody else."""

    ASKED = "SELECT current_setting('statement_timeout'), current_setting(%s)"

    @pytest.fixture(autouse=True)
    def environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in (installation.SERVES, installation.ANSWERS):
            monkeypatch.setenv(name, "")

    def limits(self, **wanted: bool) -> Any:
        settings = database.connection_parameters(installation.database(**wanted))
        with psycopg.connect(**settings) as asked:
            found = asked.execute(self.ASKED, ["idle_in_transaction_session_timeout"])
            return found.fetchone()

    def test_pages_have_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        installation.answer_from_now_on()
        assert self.limits() == ("30s", "1min")
        monkeypatch.setenv("EARLYDOORS_QUESTION_SECONDS", "7")
        monkeypatch.setenv("EARLYDOORS_REQUEST_SECONDS", "9")
        assert self.limits() == ("7s", "9s")

    def test_jobs_have_none(self) -> None:
        installation.serve_from_now_on()
        assert self.limits() == ("0", "0")

    def test_migrations_and_commands_have_none(self) -> None:
        assert self.limits() == ("0", "0")

    def test_what_the_address_says_stands(self, monkeypatch: pytest.MonkeyPatch) -> None:
        installation.answer_from_now_on()
        usual = installation._embedded_database
        monkeypatch.setattr(
            installation,
            "_embedded_database",
            lambda web: {**usual(web), "OPTIONS": {"options": "-c statement_timeout=3s"}},
        )
        assert self.limits() == ("3s", "1min")


def test_the_door_of_the_server_is_one_that_answers() -> None:
    asked = (
        "import earlydoors.config.wsgi\n"
        "from django.conf import settings\n"
        "print(settings.DATABASES['default']['OPTIONS']['options'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=120
    )
    assert "statement_timeout=30s" in said.stdout

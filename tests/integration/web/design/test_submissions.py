"""A form sent twice makes one record, even at the same instant."""

import threading
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.models import KeptWriting, Submission

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def sent(token: uuid.UUID, path: str = "/notes/") -> Any:
    request: Any = RequestFactory().post(path, {"_once": str(token)})
    request.user = AnonymousUser()
    request.at = AT
    return request


def note(path: str) -> HttpResponse:
    """A write of any kind, and where its writer is led."""
    made = KeptWriting.objects.create(written_for="w", path=path, values={}, kept_at=AT)
    return HttpResponseRedirect(f"/notes/{made.pk}/")


@pytest.mark.django_db
def test_the_second_sending_is_led_where_the_first_went() -> None:
    view = once.only(lambda request: note(request.path))
    token = uuid.uuid4()

    first = view(sent(token))
    second = view(sent(token))

    assert first["Location"] == second["Location"]
    assert KeptWriting.objects.count() == 1


@pytest.mark.django_db
def test_a_form_shown_again_with_its_faults_may_be_sent_again() -> None:
    answers = iter([HttpResponse("the form"), HttpResponseRedirect("/done/")])
    view = once.only(lambda request: next(answers))
    token = uuid.uuid4()

    assert view(sent(token)).status_code == 200
    assert view(sent(token))["Location"] == "/done/"


@pytest.mark.django_db
def test_a_refused_sending_may_be_sent_again() -> None:
    def refuse(request):
        note(request.path)
        raise UnableTo("Not now.")

    token = uuid.uuid4()
    with pytest.raises(UnableTo):
        once.only(refuse)(sent(token))

    assert not KeptWriting.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_token_of_another_page_is_refused() -> None:
    view = once.only(lambda request: note(request.path))
    token = uuid.uuid4()
    view(sent(token))
    with pytest.raises(UnableTo, match="already been sent"):
        view(sent(token, "/elsewhere/"))


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_instant_make_one_record() -> None:
    token = uuid.uuid4()
    inside = threading.Event()
    going_on = threading.Event()
    led: list[str] = []
    made: list[str] = []

    def slow(request):
        inside.set()
        going_on.wait(5)
        made.append("made")
        return HttpResponseRedirect("/done/")

    def send() -> None:
        try:
            led.append(once.only(slow)(sent(token))["Location"])
        finally:
            connection.close()

    first, second = threading.Thread(target=send), threading.Thread(target=send)
    first.start()
    assert inside.wait(5)
    second.start()
    second.join(0.3)
    assert second.is_alive(), "the second waits for the first"
    going_on.set()
    first.join(5)
    second.join(5)

    assert led == ["/done/", "/done/"]
    assert made == ["made"]

"""The letter that says there is an answer: it names nobody."""

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories.partnership import AT, worker
from tests.factories.requests import decision_for, sent_request

from earlydoors.domain.frontdoor import tasks
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.panels.operations import decide_request
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.schema import Decision

pytestmark = pytest.mark.django_db


def decided(address: str = "priya@example.org") -> SupportRequest:
    asker, coordinator = worker(), worker("coordinator")
    asker.member.email = address
    asker.member.save()
    request = sent_request(by=asker)
    answer = decision_for(Decision.ADVICE, by=coordinator)
    return decide_request(request=request, decided=answer, by=coordinator, at=AT)


def test_a_decision_leaves_one_letter_to_be_sent() -> None:
    request = decided()

    (job,) = ProcrastinateJob.objects.filter(task_name=tasks.answered.name)
    assert job.args == {"request_id": str(request.pk)}


def test_the_letter_names_neither_family_nor_answer() -> None:
    request = decided()

    assert tasks.answered(request_id=str(request.pk))

    (letter,) = mail.outbox
    assert letter.to == ["priya@example.org"]
    assert "The request you made on 2 March 2026 has an answer." in letter.body
    for secret in ("Sophie", "Kelly", "Tarn", request.told, request.rationale):
        assert secret not in f"{letter.subject} {letter.body}"


def test_someone_without_an_address_gets_none() -> None:
    request = decided(address="")

    assert not tasks.answered(request_id=str(request.pk))
    assert not mail.outbox


def test_a_decision_that_is_refused_leaves_no_letter() -> None:
    request = decided()
    coordinator = worker("coordinator")
    before = ProcrastinateJob.objects.count()

    with pytest.raises(UnableTo):
        decide_request(
            request=request,
            decided=decision_for(Decision.ADVICE, by=coordinator),
            by=coordinator,
            at=AT,
        )

    assert ProcrastinateJob.objects.count() == before

"""Whoever changes who sees a family's record is told before it is recorded, and after."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import signed_in, worker
from tests.integration.domain.test_agreements_that_end import day_goes_by, join
from tests.integration.web.agreement.forms import record_page, yes

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.agreement.whom import key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> Actor:
    return worker(agency_key="healthy_child", name="Nell Nurse", desks=())


@pytest.fixture
def help_(nurse: Actor) -> Help:
    """A nurse is in the team, as the family agreed."""
    help_ = episode_in("helping")
    consent_given(help_, nurse)
    join(help_, nurse)
    return help_


def sees(actor: Actor, help_: Help) -> bool:
    return families_of(actor).filter(pk=help_.family.pk).exists()


def says(help_: Help, whom: Actor, word: str, **more: Any) -> dict[str, Any]:
    day = local_day(datetime.now(UTC))
    told = {key_of(None, help_.lead.agency): "yes", key_of(None, whom.agency): word}
    return yes(help_, agreed_on=day.isoformat(), **told, **more)


def mark(page: str) -> str:
    return page.split('name="_seen_effects" value="')[1].split('"')[0]


def test_whoever_narrows_it_is_told_first_and_nothing_is_recorded_yet(
    help_: Help, nurse: Actor
) -> None:
    client, before = signed_in(help_.lead), Agreement.objects.count()
    answer = client.post(record_page(help_), says(help_, nurse, "no"))
    page = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (200, before)
    assert "One person could see the family’s record. From now they cannot:" in page
    assert "Nell Nurse" in page
    assert "Calmer mornings." in page
    assert sees(nurse, help_)


def test_once_it_was_seen_it_is_recorded_and_said_again(help_: Help, nurse: Actor) -> None:
    client = signed_in(help_.lead)
    first = client.post(record_page(help_), says(help_, nurse, "no")).content.decode()
    sent = says(help_, nurse, "no", _seen_effects=mark(first))
    page = client.post(record_page(help_), sent, follow=True).content.decode()
    assert "Could see the family’s record and now cannot: Nell Nurse." in page
    assert "From then on they cannot:" in page
    assert not sees(nurse, help_)


def test_what_was_seen_must_be_what_happens(help_: Help, nurse: Actor) -> None:
    client, before = signed_in(help_.lead), Agreement.objects.count()
    client.post(record_page(help_), says(help_, nurse, "no", _seen_effects="somebody else"))
    assert Agreement.objects.count() == before
    assert sees(nurse, help_)


def test_where_nobodys_access_changes_nobody_is_asked_twice(help_: Help, nurse: Actor) -> None:
    answer = signed_in(help_.lead).post(record_page(help_), says(help_, nurse, "yes"))
    assert answer.status_code == 302
    assert sees(nurse, help_)


def renewing(help_: Help, nurse: Actor) -> Client:
    """The agreement had an end, and that day is over."""
    client = signed_in(help_.lead)
    client.post(record_page(help_), says(help_, nurse, "yes"))
    day_goes_by(Agreement.objects.get(withdrawn_at=None))
    assert not sees(nurse, help_)
    return client


def test_whoever_renews_it_is_told_who_comes_back(help_: Help, nurse: Actor) -> None:
    client = renewing(help_, nurse)
    first = client.post(record_page(help_), says(help_, nurse, "yes")).content.decode()
    assert "can see it again:" in first
    assert not sees(nurse, help_)
    sent = says(help_, nurse, "yes", _seen_effects=mark(first))
    page = client.post(record_page(help_), sent, follow=True).content.decode()
    assert "Can see it again: " in page
    assert "Nell Nurse" in page
    assert sees(nurse, help_)


def test_what_a_withdrawal_did_stays_on_its_page(help_: Help, nurse: Actor) -> None:
    client = signed_in(help_.lead)
    agreement = Agreement.objects.get(withdrawn_at=None)
    before = client.get(reverse("agreement:withdraw", args=[agreement.pk])).content.decode()
    assert "From now they cannot:" in before
    assert "Nell Nurse" in before
    client.post(reverse("agreement:withdraw", args=[agreement.pk]), {"why": "“Enough.”"})
    after = client.get(reverse("agreement:form", args=[agreement.pk])).content.decode()
    assert "What it did when it was taken back" in after
    assert "Nell Nurse" in after.split("What it did when")[1]

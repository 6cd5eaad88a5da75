"""Who has not been here for long is asked after, once, and stands in the list until they come."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.queries import UNSEEN_AFTER
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.web.members.tasks import ask_after_unseen

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 5, 11, tzinfo=UTC)


def last_here(who: Actor, ago: timedelta) -> None:
    who.member.last_login = NOW - ago
    who.member.save(update_fields=["last_login"])


@pytest.fixture
def carer(settings: Any) -> Actor:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    found = worker("administrator", name="Olive Grey")
    last_here(found, timedelta(days=1))
    return found


@pytest.mark.parametrize(
    ("ago", "asked"),
    [
        (UNSEEN_AFTER - timedelta(hours=1), 0),
        (UNSEEN_AFTER + timedelta(hours=1), 1),
        (UNSEEN_AFTER + timedelta(hours=25), 0),
    ],
)
def test_each_is_asked_after_on_the_day_their_time_runs_out(
    carer: Actor, ago: timedelta, asked: int
) -> None:
    someone = worker(name="Sam Hurst")
    last_here(someone, ago)

    assert ask_after_unseen(int(NOW.timestamp())) == asked

    events = AuditEvent.objects.filter(verb="member.not_seen", subject_id=str(someone.member.pk))
    assert events.count() == asked
    assert len(mail.outbox) == asked
    assert all(one.to == [carer.member.email] for one in mail.outbox)
    assert all("Hurst" not in f"{one.subject}{one.body}" for one in mail.outbox)


def test_the_list_shows_them(carer: Actor) -> None:
    worker(name="Sam Hurst")
    page = signed_in(carer).get("/members/").content.decode()
    assert "1 member not here for six weeks" in page
    assert "Never here, joined" in page


@pytest.mark.parametrize("many", [2, 12])
def test_the_list_asks_no_more_for_more_members(
    carer: Actor, many: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(many):
        worker()
    client = signed_in(carer)
    with django_assert_max_num_queries(9):
        client.get("/members/")

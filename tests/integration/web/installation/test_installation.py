"""The page of this installation: what the doctor finds, who works where, and no family."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.as_web import as_the_web_login
from tests.factories.families import known_family
from tests.factories.partnership import signed_in, worker

from earlydoors.config import checkup, checkup_work
from earlydoors.domain.matching.models import Entry
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.operations import leave
from earlydoors.domain.partnership.queries import working
from earlydoors.foundation.audit import chain
from earlydoors.foundation.audit.models import AuditEvent, Verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(db) -> Actor:
    return worker("system_administrator")


def page(who: Actor) -> str:
    answer = signed_in(who).get("/installation/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_tells_all_that_the_doctor_looks_at(system) -> None:
    shown = page(system)
    for what in ("Early Doors", "Database", "Tables", "Virus scanner", "Mail", "Disk", "Wall"):
        assert f">{what}</dt>" in shown, what
    for what in ("Verified", "Daily work", "Jobs", "Register", "Web login"):
        assert f">{what}</dt>" in shown, what
    assert "cannot be looked at" not in shown


def test_what_a_page_cannot_see_it_does_not_call_well(system) -> None:
    known_family()
    Entry.objects.all().delete()
    assert not checkup._register().well, "the owner sees that the index lacks them"
    assert page(system).count(checkup.UNSEEN) == 3


def test_what_is_wrong_comes_first_with_what_to_do(system, settings) -> None:
    settings.CLAMD = ("127.0.0.1", 1)
    shown = page(system)
    assert "Start clamd; until then no file is taken." in shown
    assert shown.index("Start clamd") < shown.index("What is well")


@pytest.mark.parametrize(
    "kind", ["practitioner", "coordinator", "administrator", "auditor", "team_manager"]
)
def test_it_is_nobody_elses(kind: str) -> None:
    answer = signed_in(worker(kind)).get("/installation/")
    assert answer.status_code == 403
    assert "see how this installation runs" in answer.content.decode()


def test_the_look_is_evidence(system) -> None:
    page(system)
    last = AuditEvent.objects.order_by("id").last()
    assert last is not None
    assert (last.verb, last.actor_id) == ("installation.looked_over", str(system.member.pk))


def test_it_names_no_family_and_no_worker_but_who_looks_after_them(system) -> None:
    known = known_family()
    carer = worker("administrator", name="Olive Grey")
    shown = page(system)
    assert carer.member.name in shown
    for name in (known.child.given_name, known.parent.given_name, known.family.name):
        assert name not in shown
    assert known.by.member.name not in shown


def test_who_works_where_is_counted(system) -> None:
    now = datetime.now(UTC)
    one, gone, away = worker(), worker(), worker()
    for who in (system, one):
        who.member.last_login = now
        who.member.save()
    assert away.agency is not None
    leave(member=gone.member, on=now.date(), at=now)
    [found] = working(now.date(), now, now.date() - timedelta(days=30))
    assert (found.people, found.unseen, found.ended) == (3, 1, 1)
    assert found.looked_after_by == ()


def seen(what: str) -> Any:
    return {"daily": checkup_work.daily, "verified": checkup._verified}[what]()


def test_when_the_evidence_was_verified_and_up_to_where(system) -> None:
    assert seen("verified").seen == "the evidence never was"
    page(system)
    now = datetime.now(UTC)
    verdict = chain.verify()
    chain.keep(verdict, now)
    found = seen("verified")
    last = AuditEvent.objects.order_by("id").last()
    assert last is not None
    assert found.well
    assert f"{verdict.events} events, up to event {last.pk}" in found.seen


def test_evidence_verified_long_ago_or_broken_is_to_be_mended() -> None:
    now = datetime.now(UTC)
    chain.keep(chain.Verdict(5, up_to=5), now - timedelta(days=9))
    assert not seen("verified").well
    chain.keep(chain.Verdict(4, 5, "its content was changed", 4), now)
    found = seen("verified")
    assert not found.well
    assert "broken at event 5: its content was changed" in found.seen
    chain.keep(chain.Verdict(6, up_to=6), now + timedelta(seconds=1))
    assert seen("verified").well


def test_many_events_that_nobody_ever_verified_are_told(monkeypatch) -> None:
    monkeypatch.setattr(checkup, "FEW_EVENTS", 0)
    assert seen("verified").well, "there are none yet"
    known_family()
    assert not seen("verified").well


def test_pages_cannot_say_that_the_evidence_is_whole() -> None:
    with as_the_web_login(), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('public.audit_verification', 'INSERT, UPDATE')")
        assert cursor.fetchone() == (False,)
        assert not Verification.objects.exists()


def test_daily_work_that_stopped_is_to_be_mended(system) -> None:
    assert "never begun" in seen("daily").seen
    begun = int((datetime.now(UTC) - timedelta(hours=3)).timestamp())
    insert = (
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id)"
        " VALUES ('tidy', %s, '')"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, [begun])
        assert seen("daily").well
        cursor.execute("UPDATE procrastinate_periodic_defers SET defer_timestamp = %s", [1])
    assert not seen("daily").well

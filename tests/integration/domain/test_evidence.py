"""What was written stays: the chain of evidence, and earlier versions of rows."""

import hashlib
from base64 import b64encode

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.families import episode_in, known_family
from tests.factories.partnership import AT

from earlydoors.domain.people.operations import correct
from earlydoors.foundation.audit import chain
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of

pytestmark = pytest.mark.django_db


def _behind_its_back(sql: str, *values: int) -> None:
    """Change evidence as only an owner of the database could, past its own refusal."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER append_only")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER append_only")


def test_a_journeys_chain_verifies() -> None:
    episode_in("closed")
    verdict = verify()
    assert verdict.sound
    assert verdict.events == AuditEvent.objects.count() > 20


def test_the_database_refuses_to_change_evidence() -> None:
    known_family()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(verb="nothing.happened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_changed_content_is_found() -> None:
    known_family()
    touched = AuditEvent.objects.order_by("id")[2]
    _behind_its_back(
        "UPDATE audit_auditevent SET actor_name = 'Somebody else' WHERE id = %s", touched.pk
    )
    verdict = verify()
    assert verdict.broken_at == touched.pk
    assert "content" in verdict.why


def test_a_removed_event_is_found() -> None:
    known_family()
    first, second = AuditEvent.objects.order_by("id")[1:3]
    _behind_its_back("DELETE FROM audit_auditevent WHERE id = %s", first.pk)
    verdict = verify()
    assert verdict.broken_at == second.pk
    assert "removed" in verdict.why


def test_the_chain_goes_on_by_another_algorithm(monkeypatch: pytest.MonkeyPatch) -> None:
    def another(said: bytes) -> str:
        return "sha3-256:" + b64encode(hashlib.sha3_256(said).digest()).decode()

    known_family()
    before = AuditEvent.objects.count()
    monkeypatch.setitem(chain.HASHES, "sha3-256", another)
    monkeypatch.setattr(chain, "NOW", "sha3-256")
    known_family(child="Baby")

    later = AuditEvent.objects.order_by("id")[before:]
    assert all(one.hash.startswith("sha3-256:") for one in later)
    assert verify().sound
    # A version that does not know it says so, and takes nothing on trust
    monkeypatch.delitem(chain.HASHES, "sha3-256")
    assert (verify().broken_at, verify().events) == (later[0].pk, before)
    monkeypatch.setitem(chain.HASHES, "sha3-256", another)
    _behind_its_back("UPDATE audit_auditevent SET verb = 'x' WHERE id = %s", later[0].pk)
    assert verify().broken_at == later[0].pk


def test_earlier_versions_of_a_person_are_kept() -> None:
    known = known_family(child="Baby")
    correct(person=known.child, given_name="Adaeze", by=known.by, at=AT)
    correct(person=known.child, communication="Pictures help", by=known.by, at=AT)
    known.child.refresh_from_db()
    kept = versions_of(known.child)
    assert [one.row["given_name"] for one in kept] == ["Baby", "Adaeze"]
    assert known.child.given_name == "Adaeze"


def test_saving_the_same_again_keeps_no_version() -> None:
    known = known_family()
    correct(person=known.child, given_name=known.child.given_name, by=known.by, at=AT)
    known.child.save()
    assert versions_of(known.child) == []

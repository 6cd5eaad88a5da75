"""What shows an agreement: attaching the form that was signed by hand, a letter, a message."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.consent.models import Agreement, Evidence, EvidenceFile
from earlydoors.domain.consent.queries import agreement_for
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.attached import Attached
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import tidy

MOST = 20
"""Files that one agreement takes: more is a mistake, or a whole archive."""
_LONGEST = 200


def evidence_of(agreement: Agreement) -> QuerySet[Evidence]:
    """What shows an agreement and was not set aside, oldest first."""
    shown = agreement.evidence.filter(set_aside_at=None).select_related("created_by")
    return shown.order_by("created_at", "id")


def evidence_for(actor: Actor, evidence_id: UUID) -> Evidence:
    """One file's description, within full scope. Raises `Evidence.DoesNotExist`; also for one that
    was set aside."""
    found = Evidence.objects.filter(set_aside_at=None).get(pk=evidence_id)
    try:
        found.agreement = agreement_for(actor, found.agreement_id)
    except Agreement.DoesNotExist:
        raise Evidence.DoesNotExist from None
    return found


def attach(
    *, agreement: Agreement, says: str, name: str, file: Attached, by: Actor, at: datetime
) -> Evidence:
    """Keep a file with an agreement. `says` is what it is, in the worker's words.

    Raises `UnableTo` for a file that the agreement has already, and for more than `MOST`.
    """
    work_with(by, agreement.family, Right.RECORD_CONSENT)
    if evidence_of(agreement).count() >= MOST:
        raise UnableTo(f"An agreement takes {MOST} files. Set one aside first.")
    try:
        with transaction.atomic():
            made = Evidence.make(
                by=by,
                at=at,
                agreement=agreement,
                says=says,
                file_name=tidy(name.replace("\\", "/").rpartition("/")[2])[:_LONGEST],
                kind=file.kind,
                size=len(file.content),
                fingerprint=file.fingerprint,
            )
            EvidenceFile.objects.create(evidence=made, content=file.content)
            _note("consent.evidence_attached", made, by, at, fingerprint=file.fingerprint)
    except IntegrityError:
        raise UnableTo("This file is attached to the agreement already.") from None
    return made


@transaction.atomic
def open_evidence(*, evidence: Evidence, by: Actor, at: datetime) -> bytes:
    """What is in a file; that it was opened is recorded as a look."""
    look(family=evidence.agreement.family, part="evidence", by=by, at=at)
    return bytes(evidence.file.content)


@transaction.atomic
def set_aside(*, evidence: Evidence, why: str, by: Actor, at: datetime) -> Evidence:
    """No longer show a file that was attached by mistake. It is kept, with the reason."""
    work_with(by, evidence.agreement.family, Right.RECORD_CONSENT)
    held = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if held.set_aside_at is not None:
        raise UnableTo("This file was set aside already.")
    if not why.strip():
        raise UnableTo("Say why it is set aside.")
    held.change(by=by, at=at, set_aside_at=at, set_aside_by=by.member, set_aside_why=why.strip())
    _note("consent.evidence_set_aside", held, by, at)
    return held


@transaction.atomic
def refuse_harmful(*, agreement: Agreement, name: str, by: Actor, at: datetime) -> None:
    """Keep as evidence that a file was not taken, because it carries malware of that name."""
    work_with(by, agreement.family, Right.RECORD_CONSENT)
    _record("consent.evidence_refused", agreement, agreement, by, at, malware=name)


def _note(verb: str, evidence: Evidence, by: Actor, at: datetime, **details: Any) -> None:
    _record(verb, evidence, evidence.agreement, by, at, kind=evidence.kind, **details)


def _record(
    verb: str, subject: Any, agreement: Agreement, by: Actor, at: datetime, **details: Any
) -> None:
    record(verb, subject=subject, by=by, at=at, family_id=agreement.family_id, details=details)

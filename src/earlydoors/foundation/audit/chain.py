"""Writing the chain, and proving that nobody has touched it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models, transaction

from earlydoors.foundation.audit.models import AuditEvent, Verification
from earlydoors.foundation.prepared import prepared

FIRST = "0" * 64
# One lock for the whole chain: events are linked in the order their transactions commit.
_LOCK = 0x0EA51D00
SHA256 = "sha256"
# What makes a hash, by the name of its algorithm. A hash begins with that name and a colon, but for
# SHA-256's, which has none; 64 signs at most. The one of now makes new ones, all are verified.
HASHES: dict[str, Callable[[bytes], str]] = {SHA256: lambda said: hashlib.sha256(said).hexdigest()}
NOW = SHA256
_UNDONE = ContextVar("_UNDONE", default=False)


class Signature(Protocol):
    """Whoever acts, as the evidence names them."""

    @property
    def audit_id(self) -> str: ...
    @property
    def audit_name(self) -> str: ...
    @property
    def audit_agency(self) -> str: ...
    @property
    def audit_role(self) -> str: ...


@dataclass(frozen=True)
class CommandLine:
    """Whoever runs the installation, acting by its command line: no member, no agency."""

    audit_id: str = "command-line"
    audit_name: str = "The command line"
    audit_agency: str = ""
    audit_role: str = "Runs the installation"


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many events, the first that does not fit, if any, and the last
    that does."""

    events: int
    broken_at: int | None = None
    why: str = ""
    up_to: int | None = None

    @property
    def sound(self) -> bool:
        """Whether the chain is whole."""
        return self.broken_at is None


@dataclass(frozen=True)
class Event:
    """Something to be kept as evidence: what was done, to what, and for which family."""

    verb: str
    subject: models.Model
    family_id: UUID | None = None
    details: Mapping[str, Any] | None = None


def record(
    verb: str,
    *,
    subject: models.Model,
    by: Signature,
    at: datetime,
    family_id: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write one event at the end of the chain, within the caller's transaction.

    `details` must be JSON. Raises `RuntimeError` outside a transaction, because evidence and the
    thing it is evidence of must be kept or lost together.
    """
    return record_all([Event(verb, subject, family_id, details)], by=by, at=at)[0]


def record_all(events: Sequence[Event], *, by: Signature, at: datetime) -> list[AuditEvent]:
    """Write several events, in their order, with one look at the end of the chain.

    Raises as `record`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event needs the transaction of the write it is beside.")
    last = held_end()
    made = []
    for one in events:
        event = AuditEvent(
            at=at,
            verb=one.verb,
            actor_id=by.audit_id,
            actor_name=by.audit_name,
            actor_agency=by.audit_agency,
            actor_role=by.audit_role,
            family_id=one.family_id,
            subject=one.subject._meta.label_lower,
            subject_id=str(one.subject.pk),
            details=dict(one.details or {}),
            previous_hash=last,
        )
        last = event.hash = hash_of(event)
        made.append(event)
    # The database numbers the rows of one statement in the order in which they are given.
    return AuditEvent.objects.bulk_create(made, batch_size=500)


def held_end() -> str:
    """The hash that the next event links to. Nobody else can add one until the transaction ends."""
    if not _UNDONE.get():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return end()


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is undone at its end, whatever happens in it. No evidence of it stays, so
    it waits for nobody else's, and nobody waits for it."""
    with transaction.atomic():
        token = _UNDONE.set(True)
        try:
            yield
        finally:
            _UNDONE.reset(token)
            transaction.set_rollback(True)


def end() -> str:
    """The hash of the last event, for whoever holds the end of the chain."""
    return next(iter(_last()), FIRST)


@prepared
def _last() -> "models.QuerySet[AuditEvent, Any]":
    return AuditEvent.objects.order_by("-id").values_list("hash", flat=True)[:1]


@contextmanager
def kept_end() -> Iterator[None]:
    """Keep the end of the chain for those whom this process lets write evidence meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def hash_of(event: AuditEvent, algorithm: str = "") -> str:
    """A hash over everything the event says and the hash before it."""
    said = [
        event.previous_hash,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.verb,
        event.actor_id,
        event.actor_name,
        event.actor_agency,
        event.actor_role,
        str(event.family_id or ""),
        event.subject,
        event.subject_id,
        event.details,
    ]
    return HASHES[algorithm or NOW](
        json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    )


def _algorithm_of(kept: str) -> str:
    name, sign, _ = kept.partition(":")
    return name if sign else SHA256


@transaction.atomic
def verify() -> Verdict:
    """Walk the whole chain in order. Memory does not grow with its length."""
    previous, count, last = FIRST, 0, None
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2000):
        if event.previous_hash != previous:
            return Verdict(count, event.pk, "an event before it was removed or moved", last)
        if (algorithm := _algorithm_of(event.hash)) not in HASHES:
            return Verdict(count, event.pk, "its hash is of a kind that is not known here", last)
        if hash_of(event, algorithm) != event.hash:
            return Verdict(count, event.pk, "its content was changed", last)
        previous, count, last = event.hash, count + 1, event.pk
    return Verdict(count, up_to=last)


def keep(verdict: Verdict, at: datetime) -> Verification:
    """Write down what walking the chain found, for whoever runs the installation to read."""
    return Verification.objects.create(
        at=at,
        events=verdict.events,
        up_to=verdict.up_to,
        broken_at=verdict.broken_at,
        why=verdict.why,
    )

"""The evidence as JSON lines, for a system that watches over many (a SIEM).

Each line is one event with everything that its hash was made of, the hash, and the hash before it:
whoever keeps the lines can walk the chain again, and see a cut at its end.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from earlydoors.foundation.audit.models import AuditEvent

SCHEMA = "earlydoors.audit.1"
_AT_A_TIME = 2000


def lines(*, since: datetime | None = None, after: int = 0) -> Iterator[str]:
    """The events from a moment on, or after the one of a number, in the order of the chain.

    Memory does not grow with how many there are. Each line ends without a line break.
    """
    events = AuditEvent.objects.filter(pk__gt=after).order_by("pk")
    if since is not None:
        events = events.filter(at__gte=since)
    for event in events.iterator(chunk_size=_AT_A_TIME):
        yield json.dumps(as_said(event), ensure_ascii=False, separators=(",", ":"))


def as_said(event: AuditEvent) -> dict[str, Any]:
    """One event: times in UTC to the microsecond, as its hash was made."""
    return {
        "schema": SCHEMA,
        "number": event.pk,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": event.verb,
        "actor": {
            "id": event.actor_id,
            "name": event.actor_name,
            "agency": event.actor_agency,
            "role": event.actor_role,
        },
        "family_id": str(event.family_id or ""),
        "subject": event.subject,
        "subject_id": event.subject_id,
        "details": event.details,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }

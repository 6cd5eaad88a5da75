"""Those who matter to a family and are none of its people: friends, neighbours, professionals."""

from datetime import datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.kin_rules import days_wrong
from earlydoors.domain.people.models import Connection, Family
from earlydoors.domain.people.relating import WrongDay
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo


@transaction.atomic
def connect(*, family: Family, by: Actor, at: datetime, **fields: Any) -> Connection:
    """Write down someone who matters to a family. Takes the fields of `Connection`.

    Raises `WrongDay` for a day that cannot be.
    """
    _days(fields, at)
    row = Connection.make(by=by, at=at, family=family, **fields)
    _tell("family.connected", row, by, at, {"kind": row.kind})
    return row


@transaction.atomic
def mend_connection(
    *, connection: Connection, by: Actor, at: datetime, **fields: Any
) -> Connection:
    """Change what is known of them, or end it; the earlier version is kept. Raises as `connect`."""
    fresh = _fresh(connection)
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    _days({name: getattr(fresh, name) for name in ("began_on", "ended_on")} | fields, at)
    fresh.change(by=by, at=at, **fields)
    _tell("family.connection_mended", fresh, by, at, {"changed": changed})
    return fresh


@transaction.atomic
def take_off_connection(*, connection: Connection, why: str, by: Actor, at: datetime) -> Connection:
    """They never belonged there: they are not shown any more, and stay on record.

    Doing it twice changes nothing. Raises `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why they do not belong here.")
    fresh = _fresh(connection)
    if fresh.removed_on is None:
        fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
        _tell("family.connection_taken_off", fresh, by, at, {"why": why})
    return fresh


def _fresh(row: Connection) -> Connection:
    return Connection.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _days(fields: dict[str, Any], at: datetime) -> None:
    wrong = days_wrong("", fields.get("began_on"), fields.get("ended_on"), local_day(at))
    if wrong[1]:
        raise WrongDay(*wrong)


def _tell(verb: str, row: Connection, by: Actor, at: datetime, details: dict[str, Any]) -> None:
    record(verb, subject=row, by=by, at=at, family_id=row.family_id, details=details)

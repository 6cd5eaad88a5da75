"""Telling what happened: one call writes the line that pages show and the evidence beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.chain import record


@transaction.atomic
def tell(
    verb: str,
    says: str,
    *,
    family: Family,
    subject: models.Model,
    by: Actor,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Write a line of the chronology and its audit event. `verb` is like `consent.given`."""
    role = by.membership.role_name
    entry = Entry.objects.create(
        family=family,
        at=at,
        kind=verb,
        says=says,
        by=by.member,
        by_says=f"{by.name}, {by.agency.name if by.agency else role}",
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
    )
    record(verb, subject=subject, by=by, at=at, family_id=family.pk, details=details)
    return entry

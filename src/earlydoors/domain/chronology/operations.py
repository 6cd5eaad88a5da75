"""Telling what happened: one call writes the line that pages show and the evidence beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.operations import correct
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.wall.acting import crossing


@crossing("whole_person")
@transaction.atomic
def mend(
    *, person: Person, by: Actor, at: datetime, seen: datetime | None = None, **fields: Any
) -> Person:
    """Change what is known of a person, as `people.operations.correct` does and with its
    refusals; the birth of a child who was expected is told in their family's chronology."""
    unborn = Person.objects.select_for_update(of=("self",)).filter(
        pk=person.pk, born_on=None, due_on__isnull=False
    )
    expected = unborn.exists()
    correct(person=person, by=by, at=at, seen=seen, **fields)
    if expected and person.born_on is not None:
        says = f"{person.full_name} was born on {day(person.born_on)}."
        for membership in person.families.filter(left_on=None).select_related("family"):
            tell("person.born", says, family=membership.family, subject=person, by=by, at=at)
    return person


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

"""The numbers by which health and schools know someone: written down, mended, taken off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Identifier, Person
from earlydoors.domain.people.names import tell_families
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.identifiers import READERS
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing


class HeldByAnother(UnableTo):
    """Another record has this number. Who, is for the page to tell or not."""

    def __init__(self, holder: Person, says: str) -> None:
        super().__init__(f"Another record has this {says}.")
        self.holder = holder


@transaction.atomic
def identify(
    *, person: Person, kind: str, number: str, by: Actor, at: datetime, **fields: Any
) -> Identifier:
    """Write down someone's number of a kind, or mend it; the earlier version is kept.

    `fields` are `status`, `said_by` and `said_says`. Raises `UnreadableNumberError` with a
    sentence for a slip, and `HeldByAnother` when it is somebody else's.
    """
    value = READERS[kind](number)
    says = dict(Identifier.KINDS)[kind]
    theirs = {"value": value, **fields}
    standing = (
        Identifier.objects.select_for_update(of=("self",))
        .filter(person=person, kind=kind, removed_on=None)
        .first()
    )
    if standing and all(getattr(standing, name) == said for name, said in theirs.items()):
        return standing
    _free(person, kind, value, says)
    try:
        with transaction.atomic():
            if standing:
                kept = standing.change(by=by, at=at, **theirs)
            else:
                kept = Identifier.make(by=by, at=at, person=person, kind=kind, **theirs)
    except IntegrityError:
        # Somebody wrote it down for another person, or for this one, in the same moment.
        _free(person, kind, value, says)
        raise UnableTo(f"Somebody else has just written down the {says}. Look again.") from None
    tell_families("person.identified", person, kept, by, at, {"kind": kind})
    return kept


@crossing("whole_person")
def _free(person: Person, kind: str, value: str, says: str) -> None:
    held = Identifier.objects.filter(kind=kind, value=value, removed_on=None)
    other = held.exclude(person=person).select_related("person").first()
    if other is not None:
        raise HeldByAnother(other.person, says)


@transaction.atomic
def take_off_identifier(*, identifier: Identifier, why: str, by: Actor, at: datetime) -> Identifier:
    """A number is not theirs: it is not shown or searched any more, and stays on record.

    Doing it twice changes nothing. Raises `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why this number is not theirs.")
    fresh = Identifier.objects.select_for_update(of=("self",)).get(pk=identifier.pk)
    if fresh.removed_on is not None:
        return fresh
    fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
    tell_families("person.identifier_taken_off", fresh.person, fresh, by, at, {"why": why})
    return fresh


@crossing("whole_person")
@transaction.atomic
def met_another(
    *, person: Person, holder: Person, open_to: Iterable[UUID], by: Actor, at: datetime
) -> None:
    """Record that someone who typed a number was told that another record has it: they learned
    something of the holder's families, and of those in `open_to` also whose number it is."""
    told = set(open_to)
    families = holder.families.filter(left_on=None).values_list("family_id", flat=True)
    for family_id in dict.fromkeys(families):
        record(
            "person.met_by_number",
            subject=holder,
            by=by,
            at=at,
            family_id=family_id,
            details={"typed_for": str(person.pk), "named": family_id in told},
        )

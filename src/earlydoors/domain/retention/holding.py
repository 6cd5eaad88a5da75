"""Putting a hold on a record, so that nothing of it is disposed of, and lifting it.

A hold names a record by its reference alone: whoever puts it on sees nothing of the family. It
points at the family or the person, so one that is put on while the record is being disposed of
waits, and is refused by the database once the record is gone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.domain.retention.models import Hold, Review
from earlydoors.domain.retention.queries import ACROSS, held_records
from earlydoors.domain.retention.states import REVIEW
from earlydoors.foundation.audit.chain import Event, record, record_all
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing


@dataclass(frozen=True)
class Wanted:
    """Why a record is held, who asked for it, and from which day."""

    reason: str
    says: str
    asked_by: str
    from_on: date


@crossing(ACROSS)
@transaction.atomic
def hold_family(*, family: Family, wanted: Wanted, by: Actor, at: datetime) -> Hold:
    """Hold a family's record.

    Raises `NotAllowed`, and `UnableTo` without a reason or whoever asked, and for a day to come.
    """
    by.must(Right.INFORM)
    return _put(wanted, by, at, family=family)


@crossing(ACROSS)
@transaction.atomic
def hold_for_request(
    *, request: InformationRequest, wanted: Wanted, by: Actor, at: datetime
) -> Hold:
    """Hold everything that the person of a request is in. Raises as `hold_family`, and `UnableTo`
    before their record was found."""
    by.must(Right.INFORM)
    if request.person_id is None:
        raise UnableTo("First say whose record the request is about.")
    return _put(wanted, by, at, person_id=request.person_id, request=request)


def _put(wanted: Wanted, by: Actor, at: datetime, **on: object) -> Hold:
    if not wanted.says.strip() or not wanted.asked_by.strip():
        raise UnableTo("Say why the record is held, and who asked for it.")
    if wanted.from_on > local_day(at):
        raise UnableTo("The day cannot be later than today.")
    made = Hold.make(
        by=by,
        at=at,
        reason=wanted.reason,
        says=wanted.says.strip(),
        asked_by=wanted.asked_by.strip(),
        from_on=wanted.from_on,
        **on,
    )
    _evidence("hold.put", made, by, at)
    _stop(made, by, at)
    return made


def _stop(hold: Hold, by: Actor, at: datetime) -> None:
    """What was to be disposed of is not any more: it waits for a new proposal after the hold."""
    found = Review.objects.filter(family__in=held_records(hold), state__in=["proposed", "agreed"])
    for one in found.select_for_update():
        one.state, one.state_since = REVIEW.move("hold", one.state), at
        one.proposed_at = one.proposed_by = one.agreed_at = one.agreed_by = None
        one.proposed_why = ""
        one.save()
        record("retention.stopped", subject=one, family_id=one.family_id, by=by, at=at)


@crossing(ACROSS)
@transaction.atomic
def lift(*, hold: Hold, why: str, by: Actor, at: datetime) -> Hold:
    """Lift a hold. Raises `NotAllowed`, and `UnableTo` without a reason or a second time."""
    by.must(Right.INFORM)
    one = Hold.objects.select_for_update().get(pk=hold.pk)
    if one.lifted_at is not None:
        raise UnableTo("It was lifted already.")
    if not why.strip():
        raise UnableTo("Write why it is lifted.")
    one.change(by=by, at=at, lifted_at=at, lifted_by=by.member, lifted_why=why.strip())
    _evidence("hold.lifted", one, by, at)
    return one


def _evidence(verb: str, hold: Hold, by: Actor, at: datetime) -> None:
    """An event for each record that it is on; what is said in words stays in the hold."""
    told = {"reason": hold.reason}
    events = [Event(verb, hold, family, told) for family in held_records(hold)]
    record_all(events or [Event(verb, hold, None, told)], by=by, at=at)

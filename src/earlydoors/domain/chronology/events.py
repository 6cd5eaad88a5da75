"""Significant events that a worker writes down: told, mended, taken off when they never were."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from earlydoors.domain.chronology.models import Event, EventPerson
from earlydoors.domain.chronology.rules import Span
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.facts import UNSAID, Source
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo


@transaction.atomic
def write_event(
    *,
    family: Family,
    about: str,
    says: str,
    when: Span,
    by: Actor,
    at: datetime,
    people: Collection[Person] = (),
    source: Source = UNSAID,
) -> Event:
    """Write down something that happened. `people` are whom it concerns; none is the whole family.

    Raises `UnableTo` without words, for a time to come, or for people who were never of the family.
    """
    _sound(family, says, when, people, at)
    event = Event.make(
        by=by,
        at=at,
        family=family,
        about=about,
        says=says,
        when_says=when.says,
        first_on=when.first,
        last_on=when.last,
        said_by=source.by,
        said_says=source.says,
    )
    _concern(event, people, by, at)
    record("event.written_down", subject=event, by=by, at=at, family_id=family.pk)
    return event


@transaction.atomic
def mend_event(
    *,
    event: Event,
    about: str,
    says: str,
    when: Span,
    by: Actor,
    at: datetime,
    people: Collection[Person] = (),
    source: Source = UNSAID,
    seen: datetime | None = None,
) -> Event:
    """Change what is written of an event; the earlier version is kept.

    `seen` is the `changed_at` the page was opened with. Raises `OutOfDate` when somebody changed it
    since, and as `write_event`.
    """
    fresh = _freshen(event, seen)
    _sound(fresh.family, says, when, people, at)
    said = {
        "about": about,
        "says": says,
        "when_says": when.says,
        "first_on": when.first,
        "last_on": when.last,
        "said_by": source.by,
        "said_says": source.says,
    }
    changed = sorted(name for name, value in said.items() if getattr(fresh, name) != value)
    if _concern(fresh, people, by, at):
        changed.append("people")
    if changed:
        fresh.change(by=by, at=at, **said)
        record(
            "event.mended",
            subject=fresh,
            by=by,
            at=at,
            family_id=fresh.family_id,
            details={"changed": changed},
        )
    return fresh


@transaction.atomic
def take_off_event(*, event: Event, why: str, by: Actor, at: datetime) -> Event:
    """It never happened, or not to this family: it is not shown any more, and stays on record.

    Doing it twice changes nothing. Raises `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why this does not belong here.")
    fresh = _freshen(event, None)
    if fresh.removed_on is None:
        fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
        record(
            "event.taken_off",
            subject=fresh,
            by=by,
            at=at,
            family_id=fresh.family_id,
            details={"why": why},
        )
    return fresh


def _freshen(event: Event, seen: datetime | None) -> Event:
    """The event, locked and read again. Raises `OutOfDate` when it was changed after `seen`."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("family", "changed_by")
    fresh = rows.get(pk=event.pk)
    if seen is not None and fresh.changed_at != seen:
        raise OutOfDate(
            f"{fresh.changed_by.name} changed this on {day(local_day(fresh.changed_at))} at "
            f"{clock(fresh.changed_at)}, after you opened it. Nothing of theirs was overwritten "
            "and your words are still here: check them against theirs, then save again."
        )
    return fresh


def _sound(family: Family, says: str, when: Span, people: Collection[Person], at: datetime) -> None:
    if not says.strip():
        raise UnableTo("Write what happened.")
    if when.first > local_day(at):
        raise UnableTo("What is still to come is no event yet.")
    theirs = set(family.members.values_list("person_id", flat=True))
    if any(person.pk not in theirs for person in people):
        raise UnableTo("Choose people of this family.")


def _concern(event: Event, people: Collection[Person], by: Actor, at: datetime) -> bool:
    """Let an event concern these people and no others. Returns whether that is a change."""
    wanted = {person.pk: person for person in people}
    here = {one.person_id: one for one in event.concerns.filter(removed_on=None)}
    for person_id, one in here.items():
        if person_id not in wanted:
            one.change(by=by, at=at, removed_on=local_day(at))
    for person_id, person in wanted.items():
        if person_id not in here:
            EventPerson.make(by=by, at=at, event=event, person=person)
    return set(wanted) != set(here)

"""Who has parental responsibility for a child, beside what follows from a relationship."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.following import follow
from earlydoors.domain.people.kin_rules import days_wrong
from earlydoors.domain.people.models import Person, Relationship, Responsibility
from earlydoors.domain.people.relating import WrongDay, tell_shared
from earlydoors.domain.people.responsibility import BASES, CARE_ORDER, FOLLOWS, NONE, can_be_on
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo


@transaction.atomic
def make_responsible(
    *,
    child: Person,
    basis: str,
    by: Actor,
    at: datetime,
    holder: Person | None = None,
    authority: str = "",
    **fields: Any,
) -> Responsibility:
    """Write down that someone, or the local authority, has parental responsibility, or has not.

    Takes the fields of `Responsibility`. Raises `UnableTo` for what cannot be in law or is on
    record, `WrongDay` for a day that cannot be.
    """
    _sound(child, holder, authority, basis, fields, at)
    try:
        with transaction.atomic():
            row = Responsibility.make(
                by=by, at=at, child=child, holder=holder, authority=authority, basis=basis, **fields
            )
    except IntegrityError:
        raise UnableTo("Their parental responsibility is already written down.") from None
    _tell("person.made_responsible", row, by, at, {"basis": basis})
    return row


@transaction.atomic
def mend_responsibility(
    *, responsibility: Responsibility, by: Actor, at: datetime, **fields: Any
) -> Responsibility:
    """Change on what basis or since when, or end it; the earlier version is kept. Raises as
    `make_responsible`."""
    fresh = _fresh(responsibility)
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    known = {name: getattr(fresh, name) for name in ("basis", "began_on", "ended_on")} | fields
    basis = known.pop("basis")
    _sound(fresh.child, fresh.holder, fresh.authority, basis, known, at, but=fresh)
    fresh.change(by=by, at=at, **fields)
    _tell("person.responsibility_mended", fresh, by, at, {"changed": changed})
    return fresh


@transaction.atomic
def take_off_responsibility(
    *, responsibility: Responsibility, why: str, by: Actor, at: datetime
) -> Responsibility:
    """It was never so: it is not shown any more, and stays on record. Raises `UnableTo` without a
    reason."""
    if not why.strip():
        raise UnableTo("Say why it was never true.")
    fresh = _fresh(responsibility)
    if fresh.removed_on is not None:
        return fresh
    fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
    _tell("person.responsibility_taken_off", fresh, by, at, {"why": why})
    return fresh


def _fresh(row: Responsibility) -> Responsibility:
    rows = Responsibility.objects.select_for_update(of=("self",)).select_related("child", "holder")
    return rows.get(pk=row.pk)


def _sound(
    child: Person,
    holder: Person | None,
    authority: str,
    basis: str,
    fields: dict[str, Any],
    at: datetime,
    but: Responsibility | None = None,
) -> None:
    if basis not in dict(BASES):
        raise UnableTo("There is no such way to have parental responsibility.")
    if (basis == CARE_ORDER.key) != bool(authority) or bool(authority) == (holder is not None):
        raise UnableTo("A care order gives it to the local authority, and to nobody else.")
    field, sentence = days_wrong("", fields.get("began_on"), fields.get("ended_on"), local_day(at))
    if sentence:
        raise WrongDay(field, sentence)
    if holder is None:
        return
    if holder == child:
        raise UnableTo("Nobody has parental responsibility for themselves.")
    kinds = set(
        Relationship.objects.filter(person=holder, other=child, removed_on=None).values_list(
            "kind", flat=True
        )
    )
    if given := kinds & FOLLOWS.keys():
        says = FOLLOWS[min(given)].says
        raise UnableTo(
            f"{holder.full_name} has it already: {says}."
            if basis != NONE.key
            else f"{holder.full_name} {says}, and so has it."
        )
    if not can_be_on(basis, kinds):
        raise UnableTo(
            f"Write down first who {holder.full_name} is to {child.full_name}: nobody else can "
            "have it in this way."
        )
    standing = Responsibility.objects.filter(
        child=child, holder=holder, removed_on=None, ended_on=None
    )
    if but is not None:
        standing = standing.exclude(pk=but.pk)
    if not fields.get("ended_on") and standing.exists():
        raise UnableTo("Their parental responsibility is already written down.")


def _tell(verb: str, row: Responsibility, by: Actor, at: datetime, details: dict[str, Any]) -> None:
    people = (row.child, row.holder) if row.holder else (row.child,)
    tell_shared(verb, row, people, by, at, details)
    if row.holder is not None:
        follow(people=(row.holder,), by=by, at=at)

"""What people are to each other, written down, mended, and taken off when it was never true."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.derived import Ties
from earlydoors.domain.people.following import follow
from earlydoors.domain.people.kin_rules import days_wrong, doubtful, impossible
from earlydoors.domain.people.kinship import drawn, link_of
from earlydoors.domain.people.models import FamilyMember, Person, Relationship
from earlydoors.domain.people.relations import OF, PARENTS
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing


class Doubtful(UnableTo):
    """It can be, and looks like a slip: somebody has to say that it is right."""


class WrongDay(UnableTo):
    """A day cannot be. `field` is which."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def relate(
    *,
    person: Person,
    kind: str,
    other: Person,
    by: Actor,
    at: datetime,
    sure: bool = False,
    **fields: Any,
) -> Relationship:
    """Write down that `person` is the `kind` of `other`. Takes the fields of `Relationship`.

    Who they are in their families follows. Raises `UnableTo` for what cannot be, `WrongDay` for a
    day that cannot, and without `sure` `Doubtful` for what looks like a slip.
    """
    one, two = _locked(person, other)
    _sound(one, kind, two, fields, at, sure=sure)
    row = _kept(lambda: Relationship.make(by=by, at=at, person=one, kind=kind, other=two, **fields))
    _tell("person.related", row, by, at, {"kind": kind})
    follow(people=(one, two), by=by, at=at)
    return row


@transaction.atomic
def mend_relationship(
    *, relationship: Relationship, by: Actor, at: datetime, sure: bool = False, **fields: Any
) -> Relationship:
    """Change what is written down of two people, or end it; the earlier version is kept.

    Raises as `relate`.
    """
    fresh = _fresh(relationship)
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    one, two = _locked(fresh.person, fresh.other)
    known = {name: getattr(fresh, name) for name in ("kind", "state", "began_on", "ended_on")}
    known |= fields
    kind = known.pop("kind")
    _sound(one, kind, two, known, at, sure=sure or kind == fresh.kind, but=fresh)
    _kept(lambda: fresh.change(by=by, at=at, **fields))
    _tell("person.relationship_mended", fresh, by, at, {"changed": changed})
    follow(people=(one, two), by=by, at=at)
    return fresh


@transaction.atomic
def take_off_relationship(
    *, relationship: Relationship, why: str, by: Actor, at: datetime
) -> Relationship:
    """It was never true: it is not shown any more, and stays on record.

    Doing it twice changes nothing. Raises `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why it was never true.")
    fresh = _fresh(relationship)
    if fresh.removed_on is not None:
        return fresh
    fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
    _tell("person.relationship_taken_off", fresh, by, at, {"why": why})
    follow(people=(fresh.person, fresh.other), by=by, at=at)
    return fresh


def _fresh(row: Relationship) -> Relationship:
    rows = Relationship.objects.select_for_update(of=("self",)).select_related("person", "other")
    return rows.get(pk=row.pk)


def _locked(*people: Person) -> list[Person]:
    """Both, held in one order, so that two writers at once cannot make a ring of ancestors."""
    ids = {one.pk for one in people}
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    held = {one.pk: one for one in rows}
    return [held[one.pk] for one in people]


def _kept[T](write: Callable[[], T]) -> T:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        raise UnableTo("This is already written down.") from None


def _sound(
    one: Person,
    kind: str,
    two: Person,
    fields: dict[str, Any],
    at: datetime,
    *,
    sure: bool,
    but: Relationship | None = None,
) -> None:
    if kind not in OF:
        raise UnableTo("There is no such relationship.")
    if (kind == "partner") != bool(fields.get("state")):
        raise UnableTo("Say of partners, and of partners alone, how they stand to each other.")
    if kind == "other" and not fields.get("says", but.says if but else "").strip():
        raise UnableTo("Say in words who they are to each other.")
    field, sentence = days_wrong(
        kind, fields.get("began_on"), fields.get("ended_on"), local_day(at)
    )
    if sentence:
        raise WrongDay(field, sentence)
    rows = Relationship.objects.filter(removed_on=None)
    near = rows.filter(Q(person__in=(one, two)) | Q(other__in=(one, two)))
    if but is not None:
        near = near.exclude(pk=but.pk)
    links = [link_of(row) for row in near]
    pair = {one.pk, two.pk}
    if any({o.from_id, o.to_id} == pair and o.kind == kind and o.ended is None for o in links):
        raise UnableTo("This is already written down.")
    a, b = drawn(one), drawn(two)
    climbs = kind in PARENTS
    above = ancestors_of(one.pk, but=but.pk if but else None) if climbs else frozenset()
    if sentence := impossible(a, kind, b, Ties(links, local_day(at)), above):
        raise UnableTo(sentence)
    if not sure and (sentence := doubtful(a, kind, b)):
        raise Doubtful(sentence)


def ancestors_of(person_id: UUID, but: UUID | None = None) -> frozenset[UUID]:
    """Everyone someone descends from, in whatever family; one query for each generation."""
    found: set[UUID] = set()
    young = {person_id}
    while young:
        rows = Relationship.objects.filter(other__in=young, kind__in=PARENTS, removed_on=None)
        rows = rows.exclude(pk=but) if but else rows
        old = set(rows.values_list("person_id", flat=True))
        young = old - found
        found |= old
    return frozenset(found)


@crossing("whole_person")
def shared_families(*people: Person) -> list[UUID]:
    """The families that all of them are in today."""
    shared: set[UUID] | None = None
    rows = FamilyMember.objects.filter(person__in=people, left_on=None)
    theirs: dict[UUID, set[UUID]] = {one.pk: set() for one in people}
    for person_id, family_id in rows.values_list("person_id", "family_id"):
        theirs[person_id].add(family_id)
    for families in theirs.values():
        shared = families if shared is None else shared & families
    return sorted(shared or (), key=str)


def _tell(verb: str, row: Relationship, by: Actor, at: datetime, details: dict[str, Any]) -> None:
    tell_shared(verb, row, (row.person, row.other), by, at, details)


def tell_shared(
    verb: str,
    subject: models.Model,
    people: tuple[Person, ...],
    by: Actor,
    at: datetime,
    details: dict[str, Any],
) -> None:
    """Record evidence for each family that all of these people are in: for another family, who
    they are to each other may be nobody's business."""
    told: list[UUID | None] = [*shared_families(*people)]
    for family_id in told or [None]:
        record(verb, subject=subject, by=by, at=at, family_id=family_id, details=details)

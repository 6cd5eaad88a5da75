"""Writing down people, families and places."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Locality
from earlydoors.domain.people.models import Account, Family, FamilyMember, KeptFrom, Person, Place
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import folded

PERSON_FIELDS = frozenset({
    "given_name", "family_name", "known_as", "born_on", "due_on", "sex", "first_language",
    "needs_interpreter", "communication", "phone",
})  # fmt: skip


def _search_name(fields: dict[str, Any]) -> str:
    parts = (fields.get(k, "") for k in ("given_name", "known_as", "family_name"))
    return folded(" ".join(part for part in parts if part))


@transaction.atomic
def write_down(*, by: Actor, at: datetime, **fields: Any) -> Person:
    """Make a person. Takes the fields of `PERSON_FIELDS`."""
    _only_known(fields)
    person = Person.make(by=by, at=at, search_name=_search_name(fields), **fields)
    record("person.written_down", subject=person, by=by, at=at)
    return person


@transaction.atomic
def correct(*, person: Person, by: Actor, at: datetime, **fields: Any) -> Person:
    """Change what is known of a person; the earlier version is kept.

    A child born becomes the same record with a birth date: no second record is made.
    """
    _only_known(fields)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if not changed:
        return person
    known = {name: getattr(person, name) for name in PERSON_FIELDS} | fields
    person.change(by=by, at=at, search_name=_search_name(known), **fields)
    for membership in person.families.filter(left_on=None):
        record(
            "person.corrected",
            subject=person,
            by=by,
            at=at,
            family_id=membership.family_id,
            details={"changed": changed},
        )
    return person


def _only_known(fields: dict[str, Any]) -> None:
    strangers = set(fields) - PERSON_FIELDS
    if strangers:
        raise TypeError(f"A person has no {', '.join(sorted(strangers))}.")


@transaction.atomic
def begin_family(*, name: str, by: Actor, at: datetime, locality: Locality | None = None) -> Family:
    """Make a family without members."""
    family = Family.make(by=by, at=at, name=name, locality=locality)
    record("family.begun", subject=family, by=by, at=at, family_id=family.pk)
    return family


@transaction.atomic
def describe(*, family: Family, by: Actor, at: datetime, **fields: Any) -> Family:
    """Change a family's name, locality or what to be careful of."""
    family.change(by=by, at=at, **fields)
    record(
        "family.described",
        subject=family,
        by=by,
        at=at,
        family_id=family.pk,
        details={"changed": sorted(fields)},
    )
    return family


@transaction.atomic
def take_in(
    *,
    family: Family,
    person: Person,
    relation: str,
    on: date,
    by: Actor,
    at: datetime,
    relation_says: str = "",
    parental_responsibility: bool | None = None,
    lives_here: bool | None = None,
) -> FamilyMember:
    """Give a person a place in a family. Raises `UnableTo` when they have one already."""
    if family.members.filter(person=person, left_on=None).exists():
        raise UnableTo(f"{person.full_name} is already in this family.")
    place = FamilyMember.make(
        by=by,
        at=at,
        family=family,
        person=person,
        relation=relation,
        relation_says=relation_says,
        parental_responsibility=parental_responsibility,
        lives_here=lives_here,
        joined_on=on,
    )
    record("family.took_in", subject=place, by=by, at=at, family_id=family.pk)
    return place


@transaction.atomic
def place_at(
    *,
    person: Person,
    kind: str,
    says: str,
    by: Actor,
    at: datetime,
    family: Family | None = None,
    **fields: Any,
) -> Place:
    """Write down where a person lives or goes."""
    place = Place.make(by=by, at=at, person=person, kind=kind, says=says, **fields)
    record(
        "person.placed",
        subject=place,
        by=by,
        at=at,
        family_id=family.pk if family else None,
        details={"kind": kind},
    )
    return place


@transaction.atomic
def keep_from(
    *, place: Place, person: Person, why: str, family: Family, by: Actor, at: datetime
) -> KeptFrom:
    """Keep a place from a person: nothing shown or sent to them will name it."""
    kept, made = KeptFrom.objects.get_or_create(
        place=place,
        person=person,
        lifted_on=None,
        defaults={
            "why": why,
            "created_at": at,
            "created_by": by.member,
            "changed_at": at,
            "changed_by": by.member,
        },
    )
    if made:
        record("place.kept_from", subject=kept, by=by, at=at, family_id=family.pk)
    return kept


@transaction.atomic
def give_account(*, person: Person, account_of: Any, by: Actor, at: datetime) -> Account:
    """Let a person of a family sign in as themselves."""
    account = Account.objects.create(member=account_of, person=person)
    record("person.given_account", subject=person, by=by, at=at)
    return account

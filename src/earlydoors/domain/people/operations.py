"""Writing down people, families and places."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Locality
from earlydoors.domain.people.facts import (
    UNSAID,
    Source,
    add_route,
    must_be_sound,
    note_sources,
)
from earlydoors.domain.people.keeping import families_of, inherit, keep, rows_alike
from earlydoors.domain.people.models import Account, Family, FamilyMember, KeptFrom, Person, Place
from earlydoors.domain.people.names import NewName, keep_former
from earlydoors.domain.people.rules import kind_of_number
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.codes.languages import language, languages
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.wall.acting import crossing

PERSON_FIELDS = frozenset({
    "given_name", "family_name", "known_as", "born_on", "due_on", "sex", "first_language",
    "needs_interpreter", "communication", "gender", "ethnicity", "religion",
    "other_languages", "disabilities", "disability_says", "sen_provision", "sen_needs", "died_on",
})  # fmt: skip


def search_name_of(fields: dict[str, Any]) -> str:
    """What someone is found by: the names they go by now, folded."""
    parts = (fields.get(k, "") for k in ("given_name", "known_as", "family_name"))
    return folded(" ".join(part for part in parts if part))


def _born_by(born_on: date | None, at: datetime) -> None:
    if born_on is not None and born_on > local_day(at):
        raise UnableTo(
            "A birth date cannot be later than today. For a child not yet born, give the day the "
            "birth is due."
        )


@transaction.atomic
def write_down(
    *, by: Actor, at: datetime, source: Source = UNSAID, phone: str = "", **fields: Any
) -> Person:
    """Make a person. Takes the fields of `PERSON_FIELDS`; `source` is who said them. A `phone`
    becomes a way to reach them, of which nobody has asked yet whether it is safe.

    Raises `UnableTo` for a birth that is still to come, and as `must_be_sound`.
    """
    _only_known(fields)
    fields = _in_one_spelling(fields)
    _born_by(fields.get("born_on"), at)
    must_be_sound(fields, local_day(at))
    person = Person.make(by=by, at=at, search_name=search_name_of(fields), **fields)
    if source.by:
        said = [name for name, value in fields.items() if value not in ("", None, [])]
        note_sources(person=person, facts=said, source=source, by=by, at=at)
    record("person.written_down", subject=person, by=by, at=at)
    if phone.strip():
        told = {"said_by": source.by, "said_says": source.says}
        kind = kind_of_number(phone)
        add_route(person=person, kind=kind, value=phone, safe="ask", by=by, at=at, **told)
    return person


def _freshen(row: Person | Family, seen: datetime | None) -> None:
    """Lock the row and read it again. Raises `OutOfDate` when it was changed after `seen`."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("changed_by")
    fresh = rows.get(pk=row.pk)
    if seen is not None and fresh.changed_at != seen:
        raise OutOfDate(
            f"{fresh.changed_by.name} changed this on {day(local_day(fresh.changed_at))} at "
            f"{clock(fresh.changed_at)}, after you opened it. Nothing of theirs was overwritten "
            "and your words are still here: check them against theirs, then save again."
        )
    row.refresh_from_db()


@crossing("whole_person")
@transaction.atomic
def correct(
    *,
    person: Person,
    by: Actor,
    at: datetime,
    seen: datetime | None = None,
    renamed: NewName | None = None,
    source: Source = UNSAID,
    **fields: Any,
) -> Person:
    """Change what is known of a person; the earlier version is kept.

    A child born becomes the same record with a birth date: no second record is made, and what
    they were called before stays a name of theirs. With `renamed` a change of name is a new name,
    and the old one stays too; without, it is the correction of a slip. `source` is who said what
    is new. `seen` is the `changed_at` the page was opened with. Raises `OutOfDate` when somebody
    changed it since, and `UnableTo` for a birth that is still to come and as `must_be_sound`.
    """
    _only_known(fields)
    fields = _in_one_spelling(fields)
    _freshen(person, seen)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if not changed:
        return person
    _born_by(fields.get("born_on"), at)
    known = {name: getattr(person, name) for name in PERSON_FIELDS}
    keep_former(person=person, becomes=fields, renamed=renamed, by=by, at=at)
    known |= fields
    must_be_sound(known, local_day(at))
    note_sources(person=person, facts=changed, source=source, by=by, at=at)
    person.change(by=by, at=at, search_name=search_name_of(known), **fields)
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


def _in_one_spelling(fields: dict[str, Any]) -> dict[str, Any]:
    """The languages as the list spells them."""
    spelled = {"first_language": language, "other_languages": languages}
    return fields | {name: how(fields[name]) for name, how in spelled.items() if name in fields}


@transaction.atomic
def begin_family(*, name: str, by: Actor, at: datetime, locality: Locality | None = None) -> Family:
    """Make a family without members."""
    family = Family.make(by=by, at=at, name=name, locality=locality)
    record("family.begun", subject=family, by=by, at=at, family_id=family.pk)
    return family


@transaction.atomic
def describe(
    *, family: Family, by: Actor, at: datetime, seen: datetime | None = None, **fields: Any
) -> Family:
    """Change a family's name, locality or what to be careful of.

    `seen` is the `changed_at` the page was opened with; raises `OutOfDate` when somebody changed
    it since.
    """
    _freshen(family, seen)
    if all(getattr(family, name) == value for name, value in fields.items()):
        return family
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
    # Their home may be one that is kept from somebody here already.
    for home in Place.objects.filter(person=person).order_by("created_at", "id"):
        inherit(home, [family.pk], by, at)
    return place


@transaction.atomic
def restate(
    *,
    membership: FamilyMember,
    relation: str,
    relation_says: str,
    parental_responsibility: bool | None,
    lives_here: bool | None,
    by: Actor,
    at: datetime,
) -> FamilyMember:
    """Change who someone is in the family; the earlier version is kept."""
    said = {
        "relation": relation,
        "relation_says": relation_says,
        "parental_responsibility": parental_responsibility,
        "lives_here": lives_here,
    }
    changed = sorted(name for name, value in said.items() if getattr(membership, name) != value)
    if not changed:
        return membership
    membership.change(by=by, at=at, **said)
    record(
        "family.restated",
        subject=membership,
        by=by,
        at=at,
        family_id=membership.family_id,
        details={"changed": changed},
    )
    return membership


@transaction.atomic
def let_go(*, membership: FamilyMember, on: date, by: Actor, at: datetime) -> FamilyMember:
    """Someone leaves the family; what is known of them stays on record.

    Raises `UnableTo` for a day to come or before they joined, or when they have left already.
    """
    fresh = FamilyMember.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if fresh.left_on is not None:
        raise UnableTo("They have already left the family.")
    if on > local_day(at):
        raise UnableTo("The day they left cannot be later than today.")
    if on < fresh.joined_on:
        raise UnableTo(f"They joined on {day(fresh.joined_on)}; they cannot have left before that.")
    fresh.change(by=by, at=at, left_on=on)
    record("family.let_go", subject=fresh, by=by, at=at, family_id=fresh.family_id)
    return fresh


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
    """Write down where a person lives or goes. Takes the fields of `Place`.

    A home beside the main one is another home. The place is kept from whomever the same place is
    kept from for others of the family. Raises `UnableTo` for a day to come.
    """
    not_to_come(fields.get("began_on"), at)
    if kind == "home" and "main" not in fields:
        fields["main"] = not homes_of(person).filter(main=True).exists()
    place = Place.make(by=by, at=at, person=person, kind=kind, says=says, **fields)
    record(
        "person.placed",
        subject=place,
        by=by,
        at=at,
        family_id=family.pk if family else None,
        details={"kind": kind},
    )
    inherit(place, families_with(person, family), by, at)
    return place


def homes_of(person: Person) -> QuerySet[Place]:
    """Someone's homes of today."""
    return Place.objects.filter(person=person, kind="home", ended_on=None)


def families_with(person: Person, family: Family | None) -> list[UUID]:
    """The families someone is or was in, this one first."""
    first = [family.pk] if family else []
    return list(dict.fromkeys([*first, *families_of(person)]))


def not_to_come(on: date | None, at: datetime) -> None:
    """Raises `UnableTo` for a beginning that is still to come."""
    if on is not None and on > local_day(at):
        raise UnableTo("The day it began cannot be later than today.")


@crossing("whole_person")
@transaction.atomic
def keep_from(
    *, place: Place, person: Person, why: str, family: Family, by: Actor, at: datetime
) -> KeptFrom:
    """Keep a place from a person: nothing shown or sent to them will name it.

    It is kept for everyone of the family who lives or goes there. Raises `UnableTo` for their own
    place.
    """
    if place.person_id == person.pk:
        raise UnableTo("It is their own place.")
    for row in rows_alike(place, families_with(place.person, family)):
        keep(row, person, why, family.pk, by, at)
    return KeptFrom.objects.get(place=place, person=person, lifted_on=None)


@crossing("whole_person")
@transaction.atomic
def lift(*, kept: KeptFrom, why: str, family: Family, by: Actor, at: datetime) -> KeptFrom:
    """A place need not be kept from a person any more, whoever it was written down for. Lifting
    twice changes nothing.

    Raises `UnableTo` without a reason: it is a question of safety.
    """
    if not why.strip():
        raise UnableTo("Say why it is safe for them to know.")
    rows_of = KeptFrom.objects.select_for_update(of=("self",)).select_related("place__person")
    fresh = rows_of.get(pk=kept.pk)
    if fresh.lifted_on is not None:
        return fresh
    rows = rows_alike(fresh.place, families_with(fresh.place.person, family))
    standing = KeptFrom.objects.filter(place__in=rows, person=fresh.person, lifted_on=None)
    for one in standing.order_by("created_at", "id"):
        one.change(by=by, at=at, lifted_on=local_day(at))
        record(
            "place.kept_from_lifted",
            subject=one,
            by=by,
            at=at,
            family_id=family.pk,
            details={"why": why},
        )
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def end_place(*, place: Place, on: date, family: Family, by: Actor, at: datetime) -> Place:
    """A person does not live or go there any more; the place stays on record.

    Whom it is kept from, it stays kept from. Raises `UnableTo` for a day to come or before it
    began, or when it has ended already.
    """
    fresh = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if fresh.ended_on is not None:
        raise UnableTo("This place is already marked as left.")
    if on > local_day(at):
        raise UnableTo("The day they left cannot be later than today.")
    if fresh.began_on is not None and on < fresh.began_on:
        raise UnableTo(f"It began on {day(fresh.began_on)}; it cannot have ended before that.")
    fresh.change(by=by, at=at, ended_on=on)
    record("place.ended", subject=fresh, by=by, at=at, family_id=family.pk)
    return fresh


@transaction.atomic
def give_account(*, person: Person, account_of: Any, by: Actor, at: datetime) -> Account:
    """Let a person of a family sign in as themselves."""
    account = Account.objects.create(member=account_of, person=person)
    record("person.given_account", subject=person, by=by, at=at)
    return account

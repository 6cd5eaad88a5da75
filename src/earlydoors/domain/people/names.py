"""The names of a person: the one they go by now is on the person, every other is kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Name, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.wall.acting import crossing


@dataclass(frozen=True)
class NewName:
    """A change of name is a new name and no correction, since a day where that is known."""

    since: date | None = None


@transaction.atomic
def add_name(
    *,
    person: Person,
    by: Actor,
    at: datetime,
    given_name: str = "",
    family_name: str = "",
    **fields: Any,
) -> Name:
    """Write down another name of someone. Takes the fields of `Name`.

    Raises `UnableTo` for a name without letters, days that cannot be, or a name that is theirs.
    """
    given = {"given_name": given_name, "family_name": family_name}
    _sound(person, given | fields, at)
    name = Name.make(by=by, at=at, person=person, search_name=_search(given), **given, **fields)
    tell_families("person.named", person, name, by, at, {"kind": name.kind})
    return name


@transaction.atomic
def mend_name(*, name: Name, by: Actor, at: datetime, **fields: Any) -> Name:
    """Change a name's spelling, kind or days; the earlier version is kept. Raises as `add_name`."""
    fresh = Name.objects.select_for_update(of=("self",)).get(pk=name.pk)
    changed = sorted(key for key, value in fields.items() if getattr(fresh, key) != value)
    if not changed:
        return fresh
    known = {key: getattr(fresh, key) for key in ("given_name", "family_name")} | fields
    _sound(fresh.person, known, at, but=fresh)
    fresh.change(by=by, at=at, search_name=_search(known), **fields)
    tell_families("person.name_mended", fresh.person, fresh, by, at, {"changed": changed})
    return fresh


@transaction.atomic
def take_off_name(*, name: Name, why: str, by: Actor, at: datetime) -> Name:
    """A name was never theirs: it is not shown or searched any more, and stays on record.

    Doing it twice changes nothing. Raises `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why this name is not theirs.")
    fresh = Name.objects.select_for_update(of=("self",)).get(pk=name.pk)
    if fresh.removed_on is not None:
        return fresh
    fresh.change(by=by, at=at, removed_on=local_day(at), removed_why=why)
    tell_families("person.name_taken_off", fresh.person, fresh, by, at, {"why": why})
    return fresh


def keep_former(
    *,
    person: Person,
    becomes: Mapping[str, Any],
    renamed: NewName | None,
    by: Actor,
    at: datetime,
) -> None:
    """Before someone's names change, keep those that stay true of them.

    What an unborn child was called is always kept: letters and records of before the birth carry
    it. Otherwise the old name is kept when the change is a new name.
    """
    born_on = becomes.get("born_on") if person.is_unborn else None
    kind, ended_on = ("before_birth", born_on) if born_on else ("previous", None)
    if renamed is not None and not born_on:
        ended_on = renamed.since
    if not born_on and renamed is None:
        return
    if ended_on is not None and ended_on > local_day(at):
        raise UnableTo("A name cannot begin or end later than today.")
    if is_another_name(person, becomes, "given_name", "family_name"):
        _keep(person, kind, person.given_name, person.family_name, ended_on, by, at)
    if person.known_as and is_another_name(person, becomes, "known_as"):
        _keep(person, "known_as", person.known_as, "", ended_on, by, at)


def is_another_name(person: Person, becomes: Mapping[str, Any], *parts: str) -> bool:
    """Whether these parts of a name change by more than capitals, accents and marks."""
    return any(
        folded(getattr(person, part)) != folded(becomes.get(part, getattr(person, part)))
        for part in parts
    )


def _keep(
    person: Person,
    kind: str,
    given_name: str,
    family_name: str,
    ended_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    name: dict[str, Any] = {
        "kind": kind,
        "given_name": given_name,
        "family_name": family_name,
        "ended_on": ended_on,
    }
    name["search_name"] = _search(name)
    if person.names.filter(**name, removed_on=None).exists():
        return
    kept = Name.make(by=by, at=at, person=person, **name)
    tell_families("person.named", person, kept, by, at, {"kind": kind})


def _search(name: Mapping[str, Any]) -> str:
    return folded(f"{name['given_name']} {name['family_name']}")


def _sound(
    person: Person, name: Mapping[str, Any], at: datetime, *, but: Name | None = None
) -> None:
    if not _search(name):
        raise UnableTo("Write the given name, the family name, or both.")
    began_on, ended_on = name.get("began_on"), name.get("ended_on")
    if any(on and on > local_day(at) for on in (began_on, ended_on)):
        raise UnableTo("A name cannot begin or end later than today.")
    if began_on and ended_on and ended_on < began_on:
        raise UnableTo("The day the name ended is before the day it began.")
    theirs = person.names.filter(
        search_name=_search(name), kind=name.get("kind", ""), removed_on=None
    )
    if but is not None:
        theirs = theirs.exclude(pk=but.pk)
    if theirs.exists() and not (began_on or ended_on):
        raise UnableTo("This name is already written down for them.")


@crossing("whole_person")
def tell_families(
    verb: str,
    person: Person,
    subject: models.Model,
    by: Actor,
    at: datetime,
    details: Mapping[str, Any],
) -> None:
    """Record evidence of a change to someone, once for each family they are in."""
    families = person.families.filter(left_on=None).values_list("family_id", flat=True)
    told: list[UUID | None] = [*families]
    for family_id in told or [None]:
        record(verb, subject=subject, by=by, at=at, family_id=family_id, details=details)

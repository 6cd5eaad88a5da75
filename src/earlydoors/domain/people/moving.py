"""Moving house and changing school: the former place ends and the new one begins in one step."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.keeping import carry, inherit
from earlydoors.domain.people.kinship import alike
from earlydoors.domain.people.models import Family, Person, Place
from earlydoors.domain.people.operations import (
    end_place,
    families_with,
    homes_of,
    not_to_come,
    place_at,
)
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.refusals import UnableTo


@transaction.atomic
def mend_place(*, place: Place, family: Family, by: Actor, at: datetime, **fields: Any) -> Place:
    """Correct what is written down of a place; the earlier version is kept.

    What it is kept from is looked at again. Raises `UnableTo` for a day to come, or for a
    beginning after its end.
    """
    fresh = Place.objects.select_for_update(of=("self",)).select_related("person").get(pk=place.pk)
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    began_on = fields.get("began_on", fresh.began_on)
    not_to_come(began_on, at)
    if began_on and fresh.ended_on and began_on > fresh.ended_on:
        raise UnableTo(f"It ended on {day(fresh.ended_on)}; it cannot have begun after that.")
    fresh.change(by=by, at=at, **fields)
    if fields.get("main") and fresh.kind == "home" and fresh.ended_on is None:
        _only_main(fresh, by, at)
    record(
        "place.mended",
        subject=fresh,
        by=by,
        at=at,
        family_id=family.pk,
        details={"changed": changed},
    )
    inherit(fresh, families_with(fresh.person, family), by, at)
    return fresh


def _only_main(place: Place, by: Actor, at: datetime) -> None:
    for other in homes_of(place.person).filter(main=True).exclude(pk=place.pk):
        other.change(by=by, at=at, main=False)


@transaction.atomic
def move_on(
    *,
    place: Place,
    says: str,
    on: date,
    family: Family,
    by: Actor,
    at: datetime,
    **fields: Any,
) -> Place:
    """From a day on someone goes to another school, or lives elsewhere: the former place ends and
    the new one begins in one step. Takes the fields of `Place`.

    Whom the former was kept from, must not learn of the new one either. Raises `UnableTo` as
    `end_place`, and for the same place again.
    """
    former = end_place(place=place, on=on, family=family, by=by, at=at)
    kept_on: dict[str, Any] = {
        "kind": former.kind,
        "main": former.main,
        "pattern": former.pattern,
    } | fields
    new = place_at(
        person=former.person, says=says, began_on=on, family=family, by=by, at=at, **kept_on
    )
    if alike(former, new):
        raise UnableTo("That is the same place. Write down where they are now.")
    carry(former, new, families_with(former.person, family), by, at)
    return new


@transaction.atomic
def move_house(
    *,
    places: Sequence[Place],
    says: str,
    on: date,
    family: Family,
    by: Actor,
    at: datetime,
    **fields: Any,
) -> list[Place]:
    """Everyone who moves together, in one step: each leaves their home and lives at the new one.

    Raises as `move_on`.
    """
    return [
        move_on(place=one, says=says, on=on, family=family, by=by, at=at, **fields)
        for one in places
    ]


def together_with(place: Place, people: Iterable[Person]) -> list[Place]:
    """The homes of today of these people that are the same as this one, theirs included."""
    rows = Place.objects.filter(person__in=list(people), kind="home", ended_on=None)
    found = rows.select_related("person").order_by("created_at", "id")
    return [one for one in found if one == place or alike(one, place)]

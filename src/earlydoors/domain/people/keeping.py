"""A place that is kept from somebody is kept whoever of the family it was written down for.

The mark is of a place of one person. Were it left there, the same home written down for a brother
would go out unmarked. So it goes to every row of the same place within the family, at once and
whenever another is written; and to the place that someone moves on to.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.kinship import alike
from earlydoors.domain.people.models import FamilyMember, KeptFrom, Person, Place
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.wall.acting import crossing


@crossing("whole_person")
def families_of(person: Person) -> list[UUID]:
    """The families someone is or was in."""
    return list(
        FamilyMember.objects.filter(person=person).values_list("family_id", flat=True).distinct()
    )


@crossing("whole_person")
def rows_alike(place: Place, families: Iterable[UUID]) -> list[Place]:
    """Every row of the same place, of today and of before, among the people of these families.

    Not further: a mark on a neighbour's record would tell their workers of this family.
    """
    rows = Place.objects.filter(person__families__family__in=list(families)).distinct()
    found = [one for one in rows.order_by("created_at", "id") if alike(one, place)]
    return found if place in found else [place, *found]


@crossing("whole_person")
def keep(
    place: Place, person: Person, why: str, family_id: UUID | None, by: Actor, at: datetime
) -> KeptFrom | None:
    """Mark one row as kept from someone. None for a place of their own, or where it stands."""
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if place.person_id == person.pk or _stands(place, person):
        return None
    kept = KeptFrom.make(by=by, at=at, place=place, person=person, why=why)
    record("place.kept_from", subject=kept, by=by, at=at, family_id=family_id)
    return kept


def _stands(place: Place, person: Person) -> bool:
    return KeptFrom.objects.filter(place=place, person=person, lifted_on=None).exists()


@crossing("whole_person")
def inherit(place: Place, families: Iterable[UUID], by: Actor, at: datetime) -> list[KeptFrom]:
    """Mark a row as every other row of the same place is marked."""
    families = list(families)
    standing = (
        KeptFrom.objects.filter(lifted_on=None, place__person__families__family__in=families)
        .exclude(place=place)
        .select_related("place", "person")
        .order_by("created_at", "id")
        .distinct()
    )
    made = [
        keep(place, one.person, one.why, families[0], by, at)
        for one in standing
        if alike(one.place, place)
    ]
    return [one for one in made if one is not None]


@crossing("whole_person")
def carry(former: Place, new: Place, families: Iterable[UUID], by: Actor, at: datetime) -> None:
    """Whom the place they leave is kept from, must not learn of the next one either, until
    somebody says that it is safe."""
    families = list(families)
    standing = KeptFrom.objects.filter(place=former, lifted_on=None).select_related("person")
    for one in standing.order_by("created_at", "id"):
        for row in rows_alike(new, families):
            keep(row, one.person, one.why, families[0] if families else None, by, at)

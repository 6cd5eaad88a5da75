"""Finding people and what must be kept from them."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from earlydoors.domain.partnership.models import Membership
from earlydoors.domain.people.models import (
    Account,
    Connection,
    ContactRoute,
    Family,
    FamilyMember,
    Identifier,
    KeptFrom,
    Name,
    Person,
    Place,
)
from earlydoors.domain.people.rules import names_of
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.prepared import attach, prepared
from earlydoors.foundation.wall.acting import crossing

BY_BIRTH: Final = ("person__born_on", "person__due_on", "person__given_name", "person_id")
"""The order of a family's people, eldest first. Twins share a birthday: then the name decides, so
that nobody takes one for the other because they changed places on a page."""


def members_of(family: Family) -> list[FamilyMember]:
    """The family's people of today, children by age first, then adults."""
    members = _members(family.pk)
    for member in members:
        member.family = family
    people = [member.person for member in members]
    keys = [person.pk for person in people]
    places = _places(keys)
    attach(people, "places", places, "person")
    attach(people, "routes", _routes(keys), "person")
    kept = _kept([place.pk for place in places])
    # Fetched apart: a join would leave out the row of somebody who cannot be seen.
    prefetch_related_objects(kept, "person")
    attach(places, "kept_from", kept, "place")
    return sorted(
        members,
        key=lambda m: (
            m.relation not in {"child", "sibling"},
            str(m.person.born_on or m.person.due_on or "9999"),
            m.person.given_name,
            str(m.person_id),
        ),
    )


@prepared
def _members(family: Any) -> QuerySet[FamilyMember, Any]:
    return FamilyMember.objects.filter(family=family, left_on=None).select_related("person")


@prepared
def _places(people: Any) -> QuerySet[Place, Any]:
    return Place.objects.filter(person__among=people).select_related("setting")


@prepared
def _routes(people: Any) -> QuerySet[ContactRoute, Any]:
    return ContactRoute.objects.filter(person__among=people)


@prepared
def _kept(places: Any) -> QuerySet[KeptFrom, Any]:
    return KeptFrom.objects.filter(place__among=places)


def places_of(family: Family) -> list[Place]:
    """Where the family's people of today live and go, with from whom each place is kept."""
    return list(
        Place.objects.filter(
            person__families__family=family, person__families__left_on=None, ended_on=None
        )
        .select_related("person", "setting__agency")
        .prefetch_related("kept_from__person")
        .order_by("kind", "created_at", "id")
    )


def begins(word: str, field: str = "search_name") -> Q:
    """Rows in whose folded name some word begins so."""
    return Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})


def once_named(name: Q, person: str = "pk") -> Exists:
    """People who had or have another name like that; `person` is where the row has its person."""
    names = Name.objects.filter(name, person=OuterRef(person), removed_on=None)
    return Exists(names)


def names_beside(person: Person) -> list[Name]:
    """Someone's other names, the latest first. Reads what was fetched with them."""
    names = [one for one in person.names.all() if one.removed_on is None]
    return sorted(
        names, key=lambda n: (str(n.ended_on or "9999"), n.created_at, str(n.pk)), reverse=True
    )


def routes_to(person: Person) -> list[ContactRoute]:
    """The ways to reach someone, those never to use last. Reads what was fetched with them."""
    order = [safe for safe, _ in ContactRoute.SAFE]
    routes = [one for one in person.routes.all() if one.ended_on is None]
    return sorted(routes, key=lambda one: (order.index(one.safe), one.created_at, str(one.pk)))


def identifiers_of(person: Person) -> list[Identifier]:
    """The numbers someone is known by, the NHS number first."""
    order = [kind for kind, _ in Identifier.KINDS]
    found = person.identifiers.filter(removed_on=None)
    return sorted(found, key=lambda one: order.index(one.kind))


def numbered(numbers: Iterable[str], person: str = "pk") -> Exists:
    """People known by one of these numbers; `person` is where the row has its person."""
    held = Identifier.objects.filter(
        value__in=list(numbers), person=OuterRef(person), removed_on=None
    )
    return Exists(held)


def named_like(text: str) -> Q:
    """People each of whose typed words begins a word of a name of theirs, of today or earlier."""
    words = folded(text).split()[:6]
    query = Q(pk__in=[]) if not words else Q()
    for word in words:
        query &= begins(word) | Q(once_named(begins(word)))
    return query


@crossing("whole_person")
def secrets_from(person: Person) -> list[str]:
    """Every text that must never reach this person: places kept from them, their parts, and
    whoever works at one, because a name leads to the place."""
    kept = (
        KeptFrom.objects.filter(person=person, lifted_on=None)
        .select_related("place__setting__agency")
        .prefetch_related("place__setting__agency__settings")
    )
    secrets: set[str] = set()
    for one in kept:
        place = one.place
        secrets |= names_of(place.says) | {place.postcode, place.postcode.replace(" ", "")}
        if place.setting:
            secrets |= names_of(place.setting.name)
            # An agency of one place is as good as the place's own name.
            if len(place.setting.agency.settings.all()) == 1:
                secrets |= names_of(place.setting.agency.name)
    secrets = set(filter(None, secrets))
    known = _connected_there(person, secrets) if secrets else ()
    return sorted({*secrets, *workers_kept_from(person), *known})


def _connected_there(person: Person, secrets: set[str]) -> set[str]:
    """Professionals known by name at a place kept from this person, who have no sign-in."""
    there = {folded(secret) for secret in secrets}
    rows = Connection.objects.filter(
        family__members__person__places__kept_from__person=person,
        family__members__person__places__kept_from__lifted_on=None,
        removed_on=None,
    ).exclude(agency="")
    return {
        row.name
        for row in rows.distinct()
        if there & {folded(name) for name in names_of(row.agency)}
    }


@crossing("whole_person")
def workers_kept_from(person: Person) -> list[str]:
    """The names of those who work at a place kept from this person: a name leads to the place."""
    settings = KeptFrom.objects.filter(
        person=person, lifted_on=None, place__setting__isnull=False
    ).values("place__setting")
    names = Membership.objects.filter(setting__in=settings).values_list("member__name", flat=True)
    return sorted(set(names))


@crossing("whole_person")
def those_kept_from(family: Family) -> list[Person]:
    """The people of a family from whom a place is kept: each needs a copy of their own."""
    kept = KeptFrom.objects.filter(lifted_on=None, person__families__family=family)
    return list(
        Person.objects.filter(pk__in=kept.values("person")).order_by(
            "given_name", "family_name", "pk"
        )
    )


def person_of(member_id: UUID) -> Person | None:
    """The person of a family who signs in as this member."""
    account = Account.objects.filter(member_id=member_id).select_related("person").first()
    return account.person if account else None

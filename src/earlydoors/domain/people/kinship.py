"""Reading a family as it is drawn."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from earlydoors.domain.people.homes import Spot, same_place
from earlydoors.domain.people.kin import (
    KEPT_HOME,
    Kin,
    KinConnection,
    KinHome,
    KinLink,
    KinPerson,
    Lives,
)
from earlydoors.domain.people.models import (
    Connection,
    Family,
    FamilyMember,
    Person,
    Place,
    Relationship,
    Responsibility,
)
from earlydoors.domain.people.responsibility import Claim, Holds, who_holds
from earlydoors.foundation.prepared import prepared

__all__ = [
    "KEPT_HOME", "Kin", "KinConnection", "KinHome", "KinLink", "KinPerson", "Lives", "alike",
    "claim_of", "claims_of", "connections_of", "drawn", "holders_in", "home_places", "homes_of",
    "kin_among", "kin_of", "link_of", "links_among",
    "spot_of",
]  # fmt: skip


def kin_of(family: Family, reader: UUID | None = None) -> Kin:
    """The family as it is drawn, in a flat number of queries.

    For `reader`, a person of the family who gets the picture, a home that is kept from them says
    `KEPT_HOME` alone. What is typed in words (`says`, `brings`) is to be cleaned by whoever shows
    it to someone of the family.
    """
    members = list(
        family.members.select_related("person").order_by(
            "person__born_on", "person__due_on", "person__given_name", "person_id", "joined_on"
        )
    )
    # Somebody can leave and come back: their latest place in the family is who they are in it.
    latest = {one.person_id: one for one in sorted(members, key=lambda m: m.joined_on)}
    order = list(dict.fromkeys(one.person_id for one in members))
    ids = set(latest)
    return Kin(
        people=tuple(_person(latest[one]) for one in order),
        links=links_among(ids),
        homes=homes_of(home_places([i for i in order if latest[i].left_on is None]), reader),
        connections=connections_of(family),
    )


def links_among(people: Iterable[UUID]) -> tuple[KinLink, ...]:
    """What is written down that these people are to each other."""
    ids = list(people)
    return tuple(link_of(one) for one in _relations(ids))


@prepared
def _relations(people: Any) -> QuerySet[Relationship, Any]:
    return Relationship.objects.filter(
        person__among=people, other__among=people, removed_on=None
    ).order_by("created_at", "id")


def connections_of(family: Family) -> tuple[KinConnection, ...]:
    """Those who matter to a family and are none of its people."""
    rows = Connection.objects.filter(family=family, removed_on=None)
    return tuple(_connection(one) for one in rows.order_by("name", "id"))


def kin_among(members: Sequence[FamilyMember]) -> Kin:
    """Members that were fetched already, and what they are to each other: for what is said of
    relatives alone. One query."""
    people = tuple(_person(one) for one in members)
    return Kin(people, links_among(one.id for one in people), (), ())


def home_places(people: Iterable[UUID]) -> list[Place]:
    """The homes of today of these people, with from whom each is kept."""
    return list(
        Place.objects.filter(person__in=list(people), kind="home", ended_on=None)
        .prefetch_related("kept_from")
        .order_by("-main", "created_at", "id")
    )


def homes_of(places: Sequence[Place], reader: UUID | None = None) -> tuple[KinHome, ...]:
    """Homes with who lives at each. What is kept from somebody for one who lives there is kept for
    all who do."""
    together: list[list[Place]] = []
    for place in places:
        home = next((h for h in together if any(alike(place, one) for one in h)), None)
        if home is None:
            together.append([place])
        else:
            home.append(place)
    return tuple(_home(inside, reader) for inside in together)


def alike(one: Place, other: Place) -> bool:
    """Whether two rows are of the same place."""
    return same_place(spot_of(one), spot_of(other))


def spot_of(place: Place) -> Spot:
    """A place as it is written down."""
    return Spot(place.says, place.postcode, place.setting_id)


def link_of(row: Relationship) -> KinLink:
    """A relationship as it is drawn and worked out from."""
    return KinLink(
        id=row.pk,
        from_id=row.person_id,
        to_id=row.other_id,
        kind=row.kind,
        state=row.state,
        began=row.began_on,
        ended=row.ended_on,
        says=row.says,
    )


def drawn(person: Person, relation: str = "", *, left: bool = False) -> KinPerson:
    """Someone as they are drawn."""
    return KinPerson(
        id=person.pk,
        name=person.full_name,
        called=person.called,
        sex=person.sex,
        born=person.born_on,
        due=person.due_on,
        died=person.died_on,
        unborn=person.is_unborn,
        index=relation == "child",
        relation=relation,
        left=left,
    )


def _person(member: FamilyMember) -> KinPerson:
    return drawn(member.person, member.relation, left=member.left_on is not None)


def claim_of(row: Responsibility) -> Claim:
    """Parental responsibility as it is worked out from."""
    return Claim(row.holder_id, row.authority, row.basis, row.began_on, row.ended_on)


def claims_of(kin: Kin) -> dict[UUID, list[Responsibility]]:
    """What is written down of parental responsibility within a family, by the child."""
    ids = [one.id for one in kin.people]
    rows = Responsibility.objects.filter(child__in=ids, removed_on=None).filter(
        Q(holder=None) | Q(holder__in=ids)
    )
    found: dict[UUID, list[Responsibility]] = {}
    for row in rows.order_by("created_at", "id"):
        found.setdefault(row.child_id, []).append(row)
    return found


def holders_in(
    kin: Kin, claims: dict[UUID, list[Responsibility]], on: date
) -> dict[UUID, tuple[Holds, ...]]:
    """Who has parental responsibility for each of a family's people on a day."""
    dead = [one.id for one in kin.people if one.died is not None and one.died <= on]
    return {
        one.id: who_holds(
            one, kin.links, [claim_of(row) for row in claims.get(one.id, ())], on, dead=dead
        )
        for one in kin.people
    }


def _home(inside: Sequence[Place], reader: UUID | None) -> KinHome:
    kept = frozenset(
        one.person_id for place in inside for one in place.kept_from.all() if one.lifted_on is None
    )
    return KinHome(
        label=KEPT_HOME if reader in kept else inside[0].says,
        kept_from=kept,
        lives=tuple(Lives(p.person_id, p.main, p.pattern, p.began_on, p.pk) for p in inside),
    )


def _connection(row: Connection) -> KinConnection:
    return KinConnection(
        id=row.pk,
        kind=row.kind,
        kind_says=row.get_kind_display(),
        name=row.name,
        role=row.role,
        agency=row.agency,
        brings=row.brings,
        about_id=row.about_id,
        began=row.began_on,
        ended=row.ended_on,
    )

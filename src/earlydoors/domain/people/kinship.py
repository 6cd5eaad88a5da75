"""A family as it is drawn: its people, what they are to each other, and who lives with whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.domain.people.homes import Spot, same_place
from earlydoors.domain.people.models import Connection, Family, FamilyMember, Place, Relationship

KEPT_HOME = "Kept private"


@dataclass(frozen=True)
class KinPerson:
    """Someone of a family. `index` is who the help is about; `relation` their place in the family
    (a key of `RELATIONS`); `left` whether they are of the family no more."""

    id: UUID
    name: str
    called: str
    sex: str
    born: date | None
    due: date | None
    died: date | None
    unborn: bool
    index: bool
    relation: str
    left: bool = False


@dataclass(frozen=True)
class KinLink:
    """What one is to another: `from_id` is the `kind` (a key of `relations.KINDS`) of `to_id`.

    `state` is of partners alone (a key of `relations.STATES`). Both ends are in the family.
    """

    id: UUID
    from_id: UUID
    to_id: UUID
    kind: str
    state: str = ""
    began: date | None = None
    ended: date | None = None
    says: str = ""


@dataclass(frozen=True)
class Lives:
    """Someone at a home; `main` unless they live more elsewhere, `pattern` is when, in words."""

    person_id: UUID
    main: bool = True
    pattern: str = ""
    since: date | None = None


@dataclass(frozen=True)
class KinHome:
    """A home of today and who lives there. `label` is where it is, or that it is kept private."""

    label: str
    kept_from: frozenset[UUID]
    lives: tuple[Lives, ...]

    @property
    def member_ids(self) -> tuple[UUID, ...]:
        """Who lives there."""
        return tuple(one.person_id for one in self.lives)


@dataclass(frozen=True)
class KinConnection:
    """Someone who matters to the family and is none of its people."""

    id: UUID
    kind: str
    kind_says: str
    name: str
    role: str
    agency: str
    brings: str
    about_id: UUID | None
    began: date | None
    ended: date | None


@dataclass(frozen=True)
class Kin:
    """A family as it is drawn. Of every person, link and home only what is the family's own."""

    people: tuple[KinPerson, ...]
    links: tuple[KinLink, ...]
    homes: tuple[KinHome, ...]
    connections: tuple[KinConnection, ...]

    def person(self, person_id: UUID) -> KinPerson:
        """Someone by their id. Raises `KeyError` for someone who is not of the family."""
        found = next((one for one in self.people if one.id == person_id), None)
        if found is None:
            raise KeyError(person_id)
        return found


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
    rows = Relationship.objects.filter(person__in=ids, other__in=ids, removed_on=None).order_by(
        "created_at", "id"
    )
    others = Connection.objects.filter(family=family, removed_on=None).order_by("name", "id")
    return Kin(
        people=tuple(_person(latest[one]) for one in order),
        links=tuple(link_of(one) for one in rows),
        homes=homes_of(home_places([i for i in order if latest[i].left_on is None]), reader),
        connections=tuple(_connection(one) for one in others),
    )


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


def _person(member: FamilyMember) -> KinPerson:
    person = member.person
    return KinPerson(
        id=person.pk,
        name=person.full_name,
        called=person.called,
        sex=person.sex,
        born=person.born_on,
        due=person.due_on,
        died=person.died_on,
        unborn=person.is_unborn,
        index=member.relation == "child",
        relation=member.relation,
        left=member.left_on is not None,
    )


def _home(inside: Sequence[Place], reader: UUID | None) -> KinHome:
    kept = frozenset(
        one.person_id for place in inside for one in place.kept_from.all() if one.lifted_on is None
    )
    return KinHome(
        label=KEPT_HOME if reader in kept else inside[0].says,
        kept_from=kept,
        lives=tuple(Lives(p.person_id, p.main, p.pattern, p.began_on) for p in inside),
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

"""What happened, as pages read it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from earlydoors.domain.chronology.models import Entry, Event, EventPerson
from earlydoors.domain.people.models import (
    Family,
    FamilyMember,
    Name,
    Person,
    Place,
    Relationship,
    Responsibility,
)
from earlydoors.domain.people.relations import CARERS, word
from earlydoors.domain.people.responsibility import NONE
from earlydoors.foundation.kernel.dates import LONDON


def entries_of(
    family: Family,
    *,
    nouns: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """What happened to a family, latest first.

    `nouns` keeps the kinds that begin with one of them (`consent` for `consent.given`); the days
    are those of London, both included.
    """
    entries = Entry.objects.filter(family=family)
    if nouns:
        wanted = Q(pk__in=[])
        for noun in nouns:
            wanted |= Q(kind__startswith=f"{noun}.")
        entries = entries.filter(wanted)
    if since is not None:
        entries = entries.filter(at__gte=datetime.combine(since, time.min, LONDON))
    if until is not None:
        after = datetime.combine(until + timedelta(days=1), time.min, LONDON)
        entries = entries.filter(at__lt=after)
    return entries.order_by("-at", "-id")


def events_of(family: Family) -> list[Event]:
    """The significant events of a family, the earliest first, with whom each concerns."""
    concerns = EventPerson.objects.filter(removed_on=None).select_related("person")
    return list(
        family.events.filter(removed_on=None)
        .select_related("created_by")
        .prefetch_related(Prefetch("concerns", queryset=concerns))
        .order_by("first_on", "last_on", "created_at", "id")
    )


@dataclass(frozen=True)
class Fact:
    """Something that the record of a family's people says happened on a day.

    `kind` is like that of an entry; `people` are whom it is about.
    """

    kind: str
    on: date
    says: str
    people: frozenset[UUID]


BORN: Final = "person.born"
"""What tells of a birth on the day it was written down; the fact tells of it on its own day."""


def facts_of(family: Family) -> list[Fact]:
    """Births and deaths, names that changed, moves of home and school, couples, carers, parental
    responsibility, who came into the family's record and who left it: what has a day. Of those who
    have left, until they did."""
    members = list(family.members.select_related("person").order_by("joined_on", "created_at"))
    people = {one.person_id: one.person for one in members}
    # Somebody can leave and come back: what counts is whether they are here now.
    left: dict[UUID, date | None] = {one.person_id: one.left_on for one in members}
    names = Name.objects.filter(person__in=people, removed_on=None).select_related("person")
    related = Relationship.objects.filter(person__in=people, other__in=people, removed_on=None)
    responsible = Responsibility.objects.filter(child__in=people, removed_on=None)
    places = Place.objects.filter(person__in=people).select_related("person")
    found = [
        *(fact for person in people.values() for fact in _of_life(person)),
        *(fact for name in names.order_by("created_at", "id") for fact in _of_name(name)),
        *_of_places(places.order_by("created_at", "id")),
        *(fact for row in related.order_by("created_at", "id") for fact in _of_pair(row, people)),
        *(
            fact
            for row in responsible.exclude(basis=NONE.key).order_by("created_at", "id")
            for fact in _of_responsibility(row, people)
        ),
        *_of_members(members),
    ]
    return [
        fact
        for fact in found
        if not all((gone := left[one]) is not None and fact.on > gone for one in fact.people)
    ]


def _of_life(person: Person) -> Iterator[Fact]:
    if person.born_on is not None:
        yield _about(person, BORN, person.born_on, f"{person.full_name} was born.")
    if person.died_on is not None:
        yield _about(person, "person.died", person.died_on, f"{person.full_name} died.")


def _of_name(name: Name) -> Iterator[Fact]:
    now = name.person.full_name
    if name.kind in {"previous", "before_birth"} and name.ended_on is not None:
        says = f"{name.full_name} became {now}."
        yield _about(name.person, "person.renamed", name.ended_on, says)
    elif name.began_on is not None:
        says = f"{now} began to use the name {name.full_name}."
        yield _about(name.person, "person.renamed", name.began_on, says)


_BEGAN: Final = {
    "home": "moved to", "school": "started at", "nursery": "started at", "gp": "registered with",
    "other": "began at",
}  # fmt: skip


def _of_places(places: Iterable[Place]) -> Iterator[Fact]:
    """Moves; those who began or left at the same place on one day are told together."""
    together: dict[tuple[str, str, date, bool], list[Person]] = {}
    for place in places:
        for on, began in ((place.began_on, True), (place.ended_on, False)):
            if on is not None:
                key = (place.kind, place.says, on, began)
                together.setdefault(key, []).append(place.person)
    for (kind, says, on, began), people in together.items():
        who = _listed([person.full_name for person in people])
        verb = _BEGAN.get(kind, "began at") if began else "left"
        ids = frozenset(person.pk for person in people)
        yield Fact(f"place.{kind}", on, f"{who} {verb} {says}.", ids)


_BOUND: Final = {"married": "married", "civil": "became civil partners"}
_PARTED: Final = {"separated": "separated", "divorced": "divorced"}


def _of_pair(row: Relationship, people: Mapping[UUID, Person]) -> Iterator[Fact]:
    """How couples began and ended, and who cared for whom from when to when."""
    one, other = people[row.person_id], people[row.other_id]
    if row.kind == "partner":
        began = f"{one.full_name} and {other.full_name} {_BOUND.get(row.state, 'became partners')}."
        parted = _PARTED.get(row.state, "are partners no longer")
        ended = f"{one.full_name} and {other.full_name} {parted}."
    elif row.kind in CARERS:
        said = word(row.kind, sex=one.sex)
        began = f"{one.full_name} became {said} of {other.full_name}."
        ended = f"{one.full_name} is {said} of {other.full_name} no longer."
    else:
        return
    both = frozenset((one.pk, other.pk))
    for on, says in ((row.began_on, began), (row.ended_on, ended)):
        if on is not None:
            yield Fact("person.related", on, says, both)


def _of_responsibility(row: Responsibility, people: Mapping[UUID, Person]) -> Iterator[Fact]:
    """Who came to answer for a child after the birth, and who does not any more."""
    child = people[row.child_id]
    holder = people.get(row.holder_id) if row.holder_id else None
    who = holder.full_name if holder else row.authority
    if not who:
        return
    about = frozenset({child.pk, *([holder.pk] if holder else [])})
    if row.began_on is not None and row.began_on != child.born_on:
        basis = row.get_basis_display()
        says = f"{who} has parental responsibility for {child.full_name}: {basis[:1].lower()}"
        yield Fact("person.responsible", row.began_on, f"{says}{basis[1:]}.", about)
    if row.ended_on is not None:
        says = f"{who} has no parental responsibility for {child.full_name} any more."
        yield Fact("person.responsible", row.ended_on, says, about)


def _of_members(members: Sequence[FamilyMember]) -> Iterator[Fact]:
    """Who came into the record of the family, those of one day together, and who left it."""
    joined: dict[date, list[FamilyMember]] = {}
    for one in members:
        joined.setdefault(one.joined_on, []).append(one)
    for on, those in joined.items():
        who = _listed([one.person.full_name for one in those])
        ids = frozenset(one.person_id for one in those)
        yield Fact("person.joined", on, f"{who} came into the family’s record.", ids)
    for one in members:
        if one.left_on is not None:
            says = f"{one.person.full_name} left the family."
            yield _about(one.person, "person.left", one.left_on, says)


def _about(person: Person, kind: str, on: date, says: str) -> Fact:
    return Fact(kind, on, says, frozenset((person.pk,)))


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]

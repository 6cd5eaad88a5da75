"""The people of a family by where they live, as its page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.domain.people.derived import Ties, relatives
from earlydoors.domain.people.kin import Kin
from earlydoors.domain.people.kinship import alike, kin_among
from earlydoors.domain.people.models import Family, FamilyMember, Place
from earlydoors.domain.people.queries import routes_to
from earlydoors.foundation.kernel.text import folded
from earlydoors.web.design import parts
from earlydoors.web.design.addresses import reverse
from earlydoors.web.families.genogram import shape_of
from earlydoors.web.families.pages import Whereabouts, age_and_relation, listed, whereabouts


@dataclass(frozen=True)
class Face:
    """Someone of the family, small: who they are at a glance. `shape` is their symbol in a
    genogram, `about` whether the help is about them."""

    name: str
    called: str
    detail: str
    href: str
    facts: tuple[str, ...]
    places: tuple[Whereabouts, ...]
    must_not_learn: int
    shape: str = "diamond"
    about: bool = False
    dead: bool = False

    @property
    def initials(self) -> str:
        """One or two letters to know them by."""
        return parts.Chip(self.name).initials


@dataclass(frozen=True)
class Household:
    """The people of a family who live at one place; `home` is empty where none is written down.
    `also` are those who are there at times, with when."""

    home: str
    kept_from: tuple[str, ...]
    people: tuple[Face, ...]
    also: tuple[str, ...] = ()


def households(
    family: Family, members: Sequence[FamilyMember], today: date
) -> tuple[Household, ...]:
    """Everyone of the family by where they live, the children's home first.

    Whom a home is kept from is said once for all who live there. One query, whatever was fetched
    with the members.
    """
    secret = _kept_from(members)
    words = to_the_children(kin_among(members), today)
    homes: list[list[tuple[FamilyMember, Place | None]]] = []
    for member in members:
        home = _home(member)
        together = next((inside for inside in homes if _same(inside[0][1], home)), None)
        if together is None:
            homes.append([(member, home)])
        else:
            together.append((member, home))
    made = []
    for inside in homes:
        first = inside[0][1]
        people = tuple(
            _face(family, m, secret.get(m.person_id, 0), today, words.get(m.person_id, ""))
            for m, _ in inside
        )
        kept = dict.fromkeys(n for _, home in inside if home for n in whereabouts(home).kept_from)
        household = Household(
            home=whereabouts(first).says if first else "",
            kept_from=tuple(kept),
            people=people,
            also=_at_times(members, first),
        )
        made.append((_nearness([member for member, _ in inside]), household))
    return tuple(household for _, household in sorted(made, key=lambda one: one[0]))


def _same(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return one is other
    return alike(one, other)


def _homes(member: FamilyMember) -> list[Place]:
    homes = [p for p in member.person.places.all() if p.kind == "home" and p.ended_on is None]
    return sorted(homes, key=lambda p: (not p.main, p.created_at, str(p.pk)))


def _at_times(members: Iterable[FamilyMember], home: Place | None) -> tuple[str, ...]:
    """Who of the family is at this home at times, and lives more elsewhere."""
    return tuple(
        ", ".join(filter(None, (member.person.called, place.pattern)))
        for member in members
        for place in _homes(member)[1:]
        if home is not None and alike(place, home)
    )


def to_the_children(kin: Kin, today: date) -> dict[UUID, str]:
    """What each grown-up is to the children of the family, in one line: mother of Sophie and Leo.
    Only where it is written down, or follows."""
    if not kin.links:
        return {}
    ties = Ties(kin.links, today)
    said: dict[UUID, dict[str, list[str]]] = {}
    for child in kin.people:
        for one in relatives(kin, child.id, today, ties) if child.index else ():
            if not one.over and not one.back and not kin.person(one.person_id).index:
                said.setdefault(one.person_id, {}).setdefault(one.word, []).append(child.called)
    return {
        person: "; ".join(f"{word} of {listed(names)}" for word, names in words.items())
        for person, words in said.items()
    }


def _nearness(members: Sequence[FamilyMember]) -> tuple[bool, bool]:
    """Where the children live comes first, then a parent who lives elsewhere."""
    return (
        all(one.relation != "child" for one in members),
        all(not one.parental_responsibility for one in members),
    )


def _home(member: FamilyMember) -> Place | None:
    return next(iter(_homes(member)), None)


def _kept_from(members: Iterable[FamilyMember]) -> dict[object, int]:
    """How many of the family's places each person must not learn; a home counts once, however
    many of the family live there."""
    places: dict[object, set[str]] = {}
    for member in members:
        for place in member.person.places.all():
            for kept in place.kept_from.all():
                if kept.lifted_on is None:
                    places.setdefault(kept.person_id, set()).add(folded(place.says))
    return {person: len(found) for person, found in places.items()}


def _face(family: Family, member: FamilyMember, must_not_learn: int, today: date, kin: str) -> Face:
    person = member.person
    facts = []
    if member.parental_responsibility:
        facts.append("Has parental responsibility")
    elif member.parental_responsibility is False and member.relation != "child":
        facts.append("No parental responsibility")
    if member.lives_here is False:
        facts.append("Lives elsewhere")
    if person.needs_interpreter:
        facts.append(f"Needs an interpreter: {person.first_language or 'language not known'}")
    elif person.first_language and person.first_language.lower() != "english":
        facts.append(f"First language {person.first_language}")
    if person.communication:
        facts.append(person.communication)
    facts.extend(route.in_words for route in routes_to(person))
    return Face(
        name=person.full_name,
        called=person.called if person.known_as else "",
        detail=age_and_relation(member, today, kin),
        href=reverse("families:person", args=[family.pk, person.pk]),
        facts=tuple(facts),
        places=tuple(whereabouts(p, with_days=True) for p in _beside_home(member)),
        must_not_learn=must_not_learn,
        shape=shape_of(person.sex, unborn=person.is_unborn),
        about=member.relation == "child",
        dead=person.died_on is not None,
    )


def _beside_home(member: FamilyMember) -> list[Place]:
    """Where someone goes; a second home too, for a child who lives at two."""
    others = [p for p in member.person.places.all() if p.kind != "home" and p.ended_on is None]
    return [*_homes(member)[1:], *others]

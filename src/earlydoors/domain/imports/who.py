"""Whether the person of a row is someone on record. The one place where rows meet the register.

The same person, without anybody asked: a number that is one person's (NHS number, UPN, ULN), the
same date of birth, and a name that agrees, and no number that speaks against it. Anything less is
likeness, and a person decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from earlydoors.domain.access.queries import restricted_people
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.known import known
from earlydoors.domain.people.models import Identifier, Name, Person
from earlydoors.foundation.kernel.identifiers import READERS
from earlydoors.foundation.kernel.text import folded

type Values = Mapping[str, str]
RULE = (
    "A row is taken for someone on record without asking only when its NHS number, UPN or ULN, "
    "its date of birth and its name all agree with theirs. Anything less is for you to decide."
)
MOST_POSSIBLE = 5
_ADDRESS = ("address_1", "address_2", "address_3", "town")


@dataclass(frozen=True)
class Possible:
    """Someone on record whom the row may be about, and why, in words."""

    person_id: UUID
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Who:
    """Who a row is about: someone on record, perhaps one of some, or, with neither, someone new."""

    person_id: UUID | None = None
    possible: tuple[Possible, ...] = ()


@dataclass
class _Holders:
    """Who holds the numbers of a batch of rows, and what is known of them."""

    of: dict[tuple[str, str], UUID] = field(default_factory=dict)
    people: dict[UUID, Person] = field(default_factory=dict)
    held: dict[UUID, dict[str, str]] = field(default_factory=dict)
    names: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)


def who_is(values: Values) -> Who:
    """Who one row is about."""
    return who_are([values])[0]


def who_are(rows: Sequence[Values]) -> list[Who]:
    """Who each of these rows is about. A row that no number settles is asked of the register."""
    holders = _look_up(rows)
    # Nobody who brings in a file is asked about a person whose record is restricted.
    kept = restricted_people()
    return [_answer(values, holders, kept) for values in rows]


def _answer(values: Values, holders: _Holders, kept: Collection[UUID] = ()) -> Who:
    by_number = {
        holders.of[kind, values[kind]]: kind
        for kind in READERS
        if kind in values and (kind, values[kind]) in holders.of
    }
    if len(by_number) == 1:
        (person_id,) = by_number
        if _certainly(values, holders, person_id):
            return Who(person_id)
    alike = {
        one.person_id: (*one.reasons, *one.against)
        for one in known(_asked(values), MOST_POSSIBLE)
        if one.itself
    }
    says = dict(Identifier.KINDS)
    for person_id, kind in by_number.items():
        told = alike.pop(person_id, ())
        same = f"same {says[kind]}"
        alike = {person_id: (same, *(one for one in told if says[kind] not in one)), **alike}
    found = tuple(
        Possible(person_id, reasons)
        for person_id, reasons in alike.items()
        if person_id not in kept
    )
    return Who(possible=found[:MOST_POSSIBLE])


def _asked(values: Values) -> Asked:
    """The row as the register is asked about it."""
    born_on = values.get("born_on")
    return Asked(
        given_name=values.get("given_name", ""),
        family_name=values.get("family_name", ""),
        born_on=date.fromisoformat(born_on) if born_on else None,
        sex=values.get("sex", ""),
        address=", ".join(values[key] for key in _ADDRESS if values.get(key)),
        postcode=values.get("postcode", ""),
        number=values.get("nhs") or values.get("upn", ""),
    )


def _certainly(values: Values, holders: _Holders, person_id: UUID) -> bool:
    born_on = holders.people[person_id].born_on
    return (
        born_on is not None
        and born_on.isoformat() == values.get("born_on")
        and _name_agrees(values, holders.names[person_id])
        and all(
            holders.held[person_id].get(kind, values[kind]) == values[kind]
            for kind in READERS
            if kind in values
        )
    )


def _name_agrees(values: Values, names: Sequence[tuple[str, str]]) -> bool:
    """Whether a given name, or what they are called, and a word of a family name are theirs."""
    given = {
        word
        for key in ("given_name", "known_as")
        for word in folded(values.get(key, "")).split()[:1]
    }
    keys = ("family_name", "preferred_surname", "former_surname")
    family = {word for key in keys for word in folded(values.get(key, "")).split()}
    return any(not given.isdisjoint(said.split()[:1]) for said, _ in names) and any(
        not family.isdisjoint(said.split()) for _, said in names
    )


def _look_up(rows: Sequence[Values]) -> _Holders:
    """Who holds these numbers: four questions, however many rows."""
    found = _Holders()
    numbers = {row[kind] for row in rows for kind in READERS if kind in row}
    for kind, value, person_id in Identifier.objects.filter(
        value__in=numbers, removed_on=None
    ).values_list("kind", "value", "person_id"):
        found.of[kind, value] = person_id
    wanted = set(found.of.values())
    found.people = Person.objects.only("given_name", "family_name", "known_as", "born_on").in_bulk(
        list(wanted)
    )
    for person in found.people.values():
        family = folded(person.family_name)
        found.names[person.pk] = [
            (folded(given), family) for given in (person.given_name, person.known_as) if given
        ]
        found.held[person.pk] = {}
    for name in Name.objects.filter(person__in=wanted, removed_on=None):
        found.names[name.person_id].append((folded(name.given_name), folded(name.family_name)))
    for kind, value, person_id in Identifier.objects.filter(
        person__in=wanted, removed_on=None
    ).values_list("kind", "value", "person_id"):
        found.held[person_id][kind] = value
    return found

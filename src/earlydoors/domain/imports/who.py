"""Whether the person of a row is someone on record. The one place where rows meet the register.

The same person, without anybody asked: a number that is one person's (NHS number, UPN, ULN), the
same date of birth, and a name that agrees, and no number that speaks against it. Anything less is
likeness, and a person decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.db import connection

from earlydoors.domain.people.models import Identifier, Name, Person
from earlydoors.foundation.kernel.identifiers import READERS
from earlydoors.foundation.kernel.text import folded

type Values = Mapping[str, str]
RULE = (
    "A row is taken for someone on record without asking only when its NHS number, UPN or ULN, "
    "its date of birth and its name all agree with theirs. Anything less is for you to decide."
)
MOST_POSSIBLE = 5


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
class _Register:
    """What the register knows of the people that a batch of rows may be about."""

    people: dict[UUID, Person] = field(default_factory=dict)
    holders: dict[tuple[str, str], UUID] = field(default_factory=dict)
    held: dict[UUID, dict[str, str]] = field(default_factory=dict)
    names: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)
    alike: dict[int, set[UUID]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Said:
    """The names of a row, made comparable once for all whom it may be."""

    given: frozenset[str]
    family: frozenset[str]

    @classmethod
    def of(cls, values: Values) -> "_Said":
        given = (folded(values.get(key, "")).split()[:1] for key in ("given_name", "known_as"))
        keys = ("family_name", "preferred_surname", "former_surname")
        family = (folded(values.get(key, "")).split() for key in keys)
        return cls(frozenset(chain(*given)), frozenset(chain(*family)))

    def given_agrees(self, names: Iterable[tuple[str, str]]) -> bool:
        """Whether a given name, or what they are called, is one of theirs."""
        return any(word in self.given for given, _ in names for word in given.split()[:1])

    def family_agrees(self, names: Iterable[tuple[str, str]]) -> bool:
        """Whether a word of a family name is one of theirs."""
        return any(word in self.family for _, family in names for word in family.split())


def who_is(values: Values) -> Who:
    """Who one row is about."""
    return who_are([values])[0]


def who_are(rows: Sequence[Values]) -> list[Who]:
    """Who each of these rows is about, with the same few questions for any number of rows."""
    register = _look_up(rows)
    return [_answer(n, values, register) for n, values in enumerate(rows)]


def _answer(place: int, values: Values, register: _Register) -> Who:
    said = _Said.of(values)
    by_number = {
        register.holders[kind, values[kind]]: kind
        for kind in READERS
        if kind in values and (kind, values[kind]) in register.holders
    }
    if len(by_number) == 1:
        (person_id,) = by_number
        if _certainly(values, said, register, person_id):
            return Who(person_id)
    found = [
        Possible(
            person_id, _reasons(values, said, register, person_id, by_number.get(person_id, ""))
        )
        for person_id in [*by_number, *sorted(register.alike.get(place, set()) - set(by_number))]
    ]
    # The likest first: a number, then the name.
    found.sort(key=lambda one: ("the same name" not in one.reasons, len(one.reasons)))
    return Who(possible=tuple(found[:MOST_POSSIBLE]))


def _certainly(values: Values, said: _Said, register: _Register, person_id: UUID) -> bool:
    born_on = register.people[person_id].born_on
    return (
        born_on is not None
        and born_on.isoformat() == values.get("born_on")
        and said.given_agrees(register.names[person_id])
        and said.family_agrees(register.names[person_id])
        and not _against(values, register.held[person_id])
    )


def _against(values: Values, held: Mapping[str, str]) -> list[str]:
    return [
        kind for kind in READERS if kind in values and held.get(kind, values[kind]) != values[kind]
    ]


def _reasons(
    values: Values, said: _Said, register: _Register, person_id: UUID, number: str
) -> tuple[str, ...]:
    says = dict(Identifier.KINDS)
    names, held = register.names[person_id], register.held[person_id]
    born_on = register.people[person_id].born_on
    same_birth = born_on is not None and born_on.isoformat() == values.get("born_on")
    reasons = [f"the same {says[number]}"] if number else []
    reasons.append("the same date of birth" if same_birth else "another date of birth")
    given, family = said.given_agrees(names), said.family_agrees(names)
    if given and family:
        reasons.append("the same name")
    else:
        reasons.append("the same given name" if given else "another given name")
        reasons.append("the same family name" if family else "another family name")
    reasons += [f"another {says[kind]} on record" for kind in _against(values, held)]
    return tuple(reasons)


def _look_up(rows: Sequence[Values]) -> _Register:
    register = _Register()
    numbers = {row[kind] for row in rows for kind in READERS if kind in row}
    for kind, value, person_id in Identifier.objects.filter(
        value__in=numbers, removed_on=None
    ).values_list("kind", "value", "person_id"):
        register.holders[kind, value] = person_id
    register.alike = _alike(rows)
    wanted = set(register.holders.values()).union(*register.alike.values())
    register.people = Person.objects.only(
        "given_name", "family_name", "known_as", "born_on"
    ).in_bulk(list(wanted))
    for person in register.people.values():
        family = folded(person.family_name)
        register.names[person.pk] = [
            (folded(given), family) for given in (person.given_name, person.known_as) if given
        ]
        register.held[person.pk] = {}
    for name in Name.objects.filter(person__in=wanted, removed_on=None):
        register.names[name.person_id].append((folded(name.given_name), folded(name.family_name)))
    for kind, value, person_id in Identifier.objects.filter(
        person__in=wanted, removed_on=None
    ).values_list("kind", "value", "person_id"):
        register.held[person_id][kind] = value
    return register


# People born on the day of the row one of whose names, of today or earlier, begins with its given
# name, or has its family name and begins with the same letter.
_ALIKE = """
SELECT DISTINCT asked.place, p.id
FROM unnest(%s::int[], %s::date[], %s::text[], %s::text[]) AS asked(place, born_on, given, family)
JOIN people_person p ON p.born_on = asked.born_on
LEFT JOIN people_name n ON n.person_id = p.id AND n.removed_on IS NULL
CROSS JOIN LATERAL (VALUES (p.search_name), (n.search_name)) AS known(name)
WHERE known.name || ' ' LIKE asked.given || ' %%'
   OR (left(known.name, 1) = left(asked.given, 1) AND known.name LIKE '%% ' || asked.family)
"""


def _alike(rows: Sequence[Values]) -> dict[int, set[UUID]]:
    asked = [
        (n, row["born_on"], first, folded(row.get("family_name", "")))
        for n, row in enumerate(rows)
        if "born_on" in row
        for first in folded(row.get("given_name", "")).split()[:1]
    ]
    found: dict[int, set[UUID]] = {}
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [list(column) for column in zip(*asked, strict=True)])
        for place, person_id in cursor.fetchall():
            found.setdefault(place, set()).add(person_id)
    return found

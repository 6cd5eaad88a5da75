"""Gathers what is written down of people and tells it as the index keeps it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from earlydoors.domain.matching.asking import sex_of
from earlydoors.domain.matching.entries import NOW, Called, Lived, Told, told_of
from earlydoors.domain.people.models import Identifier, KeptFrom, Name, Person, Place

type Row = Mapping[str, Any]

_PERSON = ("pk", "given_name", "family_name", "known_as", "born_on", "due_on", "sex")


def gathered(people: Iterable[UUID]) -> dict[UUID, Told]:
    """What tells each of these people, in four queries however many they are.

    A home that is kept from anyone is left out whole: whoever could try addresses on the register
    would learn of it from what is found.
    """
    # As one array: thousands of ids one by one take longer to write than to look up.
    ids = RawSQL("SELECT unnest(%s::uuid[])", [list(people)])
    rows = {row["pk"]: row for row in Person.objects.filter(pk__in=ids).values(*_PERSON)}
    names = _by_person(
        Name.objects.filter(person__in=ids, removed_on=None).values(
            "person_id", "kind", "given_name", "family_name"
        )
    )
    kept = KeptFrom.objects.filter(place=OuterRef("pk"), lifted_on=None)
    homes = _by_person(
        Place.objects.filter(~Exists(kept), person__in=ids, kind="home").values(
            "person_id", "says", "postcode", "ended_on"
        )
    )
    numbers = _by_person(
        Identifier.objects.filter(person__in=ids, removed_on=None).values(
            "person_id", "kind", "value"
        )
    )
    return {
        pk: told_of(
            names=_names(row, names[pk]),
            births=_births(row["born_on"], row["due_on"]),
            sex=sex_of(row["sex"]),
            homes=sorted(
                (Lived(h["says"], h["postcode"], h["ended_on"] is None) for h in homes[pk]),
                key=lambda home: (not home.now, home.says, home.postcode),
            ),
            numbers=sorted((n["kind"], n["value"]) for n in numbers[pk]),
        )
        for pk, row in rows.items()
    }


def _by_person(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row)
    return found


def _names(row: Row, others: list[Row]) -> list[Called]:
    """The name of today, what they are called, then every other name they have or had."""
    names = [Called(row["given_name"], row["family_name"])]
    if row["known_as"]:
        names.append(Called(row["known_as"], "", "known_as"))
    ordered = sorted(others, key=lambda n: (n["kind"], n["given_name"], n["family_name"]))
    return names + [Called(n["given_name"], n["family_name"], n["kind"]) for n in ordered]


def _births(born_on: date | None, due_on: date | None) -> list[tuple[str, str]]:
    """The birth date; and the day it was due, by which requests before the birth knew them."""
    found = [(born_on, NOW), (due_on, "due")]
    return [(f"{day:%Y%m%d}", sort) for day, sort in found if day is not None]

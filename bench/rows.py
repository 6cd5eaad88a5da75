"""The rows of made-up people, written past the product's own operations, as a bulk load would."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID

from django.db import connection
from django.db.models import CharField, JSONField, Model, TextField

from bench.people import Names, Someone, block
from earlydoors.domain.people.models import (
    Family,
    FamilyMember,
    Identifier,
    Name,
    Person,
    Place,
)

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MAKER = UUID(int=1)

type Row = dict[str, object]
type Rows = Callable[[Someone], Iterator[Row]]


def id_of(kind: int, number: int) -> UUID:
    """The id of a made-up row: scattered as real ones are, and known again."""
    return UUID(bytes=blake2b(f"{kind} {number}".encode(), digest_size=16).digest(), version=4)


def family_of(who: Someone) -> UUID:
    """The family of a person."""
    return id_of(6, who.household)


def person_of(number: int) -> UUID:
    """The person of a number."""
    return id_of(1, number)


def _made(kind: int, number: int) -> Row:
    return {
        "id": id_of(kind, number),
        "created_at": AT,
        "created_by_id": MAKER,
        "changed_at": AT,
        "changed_by_id": MAKER,
    }


def _blanks(model: type[Model]) -> Row:
    """What a column has where nothing is said."""
    blanks: Row = {}
    for field in model._meta.concrete_fields:
        if field.null or not field.column:
            continue
        if isinstance(field, JSONField):
            blanks[field.column] = "[]"
        elif field.has_default() or isinstance(field, CharField | TextField):
            blanks[field.column] = field.get_default()
    return blanks


def _people(who: Someone) -> Iterator[Row]:
    yield {
        **_made(1, who.number),
        "given_name": who.given_name.title(),
        "family_name": who.family_name.title(),
        "search_name": f"{who.given_name} {who.family_name}".replace("-", " "),
        "born_on": who.born_on,
        "sex": who.sex,
    }


def _places(who: Someone) -> Iterator[Row]:
    homes = ((who.address, who.postcode, None), (who.old_address, who.old_postcode, AT.date()))
    for place, (says, postcode, ended_on) in enumerate(homes):
        if says:
            yield {
                **_made(2 + place, who.number),
                "person_id": person_of(who.number),
                "kind": "home",
                "says": says,
                "postcode": postcode,
                "ended_on": ended_on,
            }


def _names(who: Someone) -> Iterator[Row]:
    if who.old_family_name:
        yield {
            **_made(4, who.number),
            "person_id": person_of(who.number),
            "kind": "previous",
            "family_name": who.old_family_name.title(),
            "search_name": who.old_family_name,
        }


def _numbers(who: Someone) -> Iterator[Row]:
    if who.nhs:
        yield {
            **_made(5, who.number),
            "person_id": person_of(who.number),
            "kind": "nhs",
            "value": who.nhs,
        }


def _families(who: Someone) -> Iterator[Row]:
    if who.household == who.number:
        yield {**_made(6, who.household), "name": who.family_name.title()}


def _members(who: Someone) -> Iterator[Row]:
    yield {
        **_made(7, who.number),
        "family_id": family_of(who),
        "person_id": person_of(who.number),
        "relation": "child" if who.born_on.year > AT.year - 18 else "other",
        "joined_on": AT.date(),
    }


_TABLES: dict[type[Model], Rows] = {
    Person: _people,
    Place: _places,
    Name: _names,
    Identifier: _numbers,
    Family: _families,
    FamilyMember: _members,
}


def write(names: Names, blocks: range) -> None:
    """Write down the people of these blocks."""
    blanks = {model: _blanks(model) for model in _TABLES}
    for number in blocks:
        waiting: dict[type[Model], list[Row]] = {model: [] for model in _TABLES}
        for who in block(names, number):
            for model, rows in _TABLES.items():
                waiting[model].extend({**blanks[model], **row} for row in rows(who))
        for model, made in waiting.items():
            if not made:
                continue
            copied = f"COPY {model._meta.db_table} ({', '.join(made[0])}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(copied) as copy:
                for row in made:
                    copy.write_row(list(row.values()))
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(m._meta.db_table for m in _TABLES)}")

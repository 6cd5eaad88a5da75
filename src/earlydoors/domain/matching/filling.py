"""Fills the index after people came in by the thousand, and counts how frequent names are.

People are taken a slab at a time, each slab in a transaction of its own: what was done stays done
when it is interrupted, and memory does not grow with the register. A slab's keys go in sorted, so
that each page of the index is written once.
"""

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.joining.queries import joined_away
from earlydoors.domain.matching.entries import COUNTED, FORM, as_text, place_of
from earlydoors.domain.matching.gathering import gathered
from earlydoors.domain.matching.keys import kept_keys
from earlydoors.domain.matching.models import Entry, Key
from earlydoors.domain.people.models import Person

SLAB = 50_000  # people a transaction
_AT_ONCE = 2_000  # people read into memory at once

_FRESH = (
    "CREATE TEMP TABLE IF NOT EXISTS fresh (person_id uuid PRIMARY KEY, told text, keys int[])"
    " ON COMMIT DROP"
)
_LOCK = """
WITH new AS (
    INSERT INTO matching_entry (person_id, form, told, keys)
    SELECT wanted, 0, '{}', '{}' FROM unnest(%s::uuid[]) AS wanted ORDER BY wanted
    ON CONFLICT (person_id) DO NOTHING
)
SELECT 1 FROM matching_entry WHERE person_id = ANY(%s::uuid[]) ORDER BY person_id FOR UPDATE
"""
_TAKE_OUT = """
DELETE FROM matching_key k
USING fresh f JOIN matching_entry e USING (person_id), unnest(e.keys) AS old(key)
WHERE k.key = old.key AND k.entry = e.number AND NOT old.key = ANY(f.keys)
"""
_PUT_IN = """
INSERT INTO matching_key (key, entry)
SELECT new.key, e.number
FROM fresh f JOIN matching_entry e USING (person_id), unnest(f.keys) AS new(key)
ORDER BY 1, 2
ON CONFLICT DO NOTHING
"""
_SAY = """
UPDATE matching_entry e SET form = %s, told = f.told, keys = f.keys
FROM fresh f WHERE e.person_id = f.person_id
"""
_COUNT = """
INSERT INTO matching_frequency (field, value, people)
SELECT %(field)s, name, count(*)
FROM (
    SELECT told::jsonb #>> ARRAY['name', '0', '0', %(place)s] AS name FROM matching_entry
) AS named
WHERE name IS NOT NULL GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT %(field)s, '', count(*) FROM matching_entry
"""


@dataclass(frozen=True)
class Filled:
    """How far it is: people done of those there were to do."""

    done: int
    of: int


def missing() -> QuerySet[Person]:
    """People who are not in the index, or in a form that is no longer read."""
    entries = Entry.objects.filter(person=OuterRef("pk"), form=FORM)
    return Person.objects.filter(~Exists(entries)).exclude(joined_away())


def fill(
    *, slab: int = SLAB, at_once: int = _AT_ONCE, share: int = 0, shares: int = 1
) -> Generator[Filled]:
    """Put everybody who is missing into the index, telling how far it is after each step.

    May be broken off and begun again at any time: a slab that was not finished is done anew.
    Several processes may do a `share` each of as many `shares`.
    """
    theirs = missing().filter(_in(share, shares))
    total, done = theirs.count(), 0
    last: UUID | None = None
    while True:
        after = Q() if last is None else Q(pk__gt=last)
        ids = list(theirs.filter(after).order_by("pk").values_list("pk", flat=True)[:slab])
        if not ids:
            break
        with transaction.atomic():
            _begin_slab(ids)
            for start in range(0, len(ids), at_once):
                part = ids[start : start + at_once]
                _tell(part)
                yield Filled(done + start + len(part), total)
            _end_slab()
        done, last = done + len(ids), ids[-1]


def _in(share: int, shares: int) -> Q:
    """People of a share: ids are drawn by chance, so parts of their range hold as many."""
    bounds = [
        UUID(int=(number << 128) // shares) for number in (share, share + 1) if number < shares
    ]
    after = Q(pk__gte=bounds[0])
    return after & Q(pk__lt=bounds[1]) if len(bounds) > 1 else after


def _begin_slab(ids: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ids, ids])
        cursor.execute(_FRESH)


def _tell(ids: list[UUID]) -> None:
    people = gathered(ids)
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY fresh (person_id, told, keys) FROM STDIN") as copy,
    ):
        for person_id, told in people.items():
            copy.write_row((person_id, as_text(told), kept_keys(told)))


def _end_slab() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fresh")
        cursor.execute(_TAKE_OUT)
        cursor.execute(_PUT_IN)
        cursor.execute(_SAY, [FORM])
        cursor.execute("DROP TABLE fresh")


def untrue(sample: int) -> list[UUID]:
    """Of so many entries chosen by chance, the people who stand in the index otherwise than what
    is written down of them, or under other keys."""
    chosen = Entry.objects.filter(form=FORM).order_by("?").values_list("pk", flat=True)[:sample]
    entries = {one.person_id: one for one in Entry.objects.filter(pk__in=list(chosen))}
    people = gathered(list(entries))
    under: dict[int, list[int]] = defaultdict(list)
    keys = {key for entry in entries.values() for key in entry.keys}
    numbers = [entry.number for entry in entries.values()]
    for key, number in Key.objects.filter(key__in=keys, entry__in=numbers).values_list(
        "key", "entry"
    ):
        under[number].append(key)
    return [
        person_id
        for person_id, entry in entries.items()
        if entry.told != as_text(people[person_id])
        or not entry.keys == kept_keys(people[person_id]) == sorted(under[entry.number])
    ]


def settle() -> None:
    """After many came in: let the database see that what was written is there for all, so that a
    key is answered from the index alone."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) matching_key, matching_entry")


def count_names() -> None:
    """Count how many people have each name of today, for what a rare one says.

    Counted again each night: how frequent a name is changes slowly.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM matching_frequency")
        for field in COUNTED:
            place = str(place_of("name", field))
            cursor.execute(_COUNT, {"field": field, "place": place})

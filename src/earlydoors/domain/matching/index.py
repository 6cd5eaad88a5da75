"""The register's index in PostgreSQL: kept true person by person, and asked by keys.

Each key a person is under is a row of (key, entry), and the primary key holds both, so a key's
people lie side by side in one index. A key is read until `MOST_SHARING` people were seen: one that
more share is passed over. What a search costs is bounded by that, whatever the size of the
register, and nothing has to be counted when somebody is written down.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from earlydoors.domain.matching.entries import COUNTED, FORM, Told, as_text, from_text
from earlydoors.domain.matching.gathering import gathered
from earlydoors.domain.matching.keys import kept_keys
from earlydoors.domain.matching.model import share
from earlydoors.domain.matching.models import Entry, Key

MOST_SHARING = 200  # people: a key that more share says too little
MOST_WEIGHED = 30  # people: so many candidates are weighed, those first who share the rarest keys
_LEAST_SHARED = 0.3  # of what the likest shares: who shares less is not weighed
_RARITY = math.log(MOST_SHARING * 2)

# How frequent the values are comes with the people, so that one question is enough.
_COUNTS = """
UNION ALL
SELECT f.people, NULL, f.field || ' ' || f.value
FROM matching_frequency f
WHERE f.field = ANY(%(fields)s) AND f.value = ANY(%(values)s)
"""
_ASK = f"""
WITH asked AS MATERIALIZED (
    SELECT ARRAY(
        SELECT k.entry FROM matching_key k WHERE k.key = wanted.key LIMIT %(most)s + 1
    ) AS entries
    FROM unnest(%(keys)s::int[]) AS wanted(key)
), found AS MATERIALIZED (
    SELECT entry, sum(%(rarity)s - ln(cardinality(entries))) AS shared
    FROM asked, unnest(entries) AS entry
    WHERE cardinality(entries) BETWEEN 1 AND %(most)s
    GROUP BY entry
    ORDER BY shared DESC, entry
    LIMIT %(weighed)s
)
SELECT e.number, e.person_id, e.told
FROM found JOIN matching_entry e ON e.number = found.entry
WHERE found.shared >= %(least)s * (SELECT max(shared) FROM found)
{_COUNTS}
"""  # noqa: S608 - one fixed text in another
_ENTRIES = f"""
SELECT e.number, e.person_id, e.told FROM matching_entry e WHERE e.person_id = ANY(%(people)s)
{_COUNTS}
"""  # noqa: S608 - one fixed text in another


class Shares:
    """How frequent values are among the people of the register, as counted last."""

    def __init__(self, counted: Mapping[str, int]) -> None:
        self._counted = counted

    @property
    def people(self) -> int:
        """How many people there were; 0 before anything was counted."""
        return self._counted.get(f"{COUNTED[0]} ", 0)

    def of(self, field: str, value: str, average: float) -> float | None:
        """The share of people with this value, as whole tables reckon it (`model.share`): whoever
        is asked about has it too. None if nothing was counted yet."""
        people = self._counted.get(f"{field} ", 0)
        if not people:
            return None
        return share(self._counted.get(f"{field} {value}", 1) + 1, people, average)


@dataclass(frozen=True)
class Candidate:
    """Someone who shares keys with what was asked, and what tells them."""

    number: int
    person_id: UUID
    told: Told


def ask(told: Told, keys: Sequence[int]) -> tuple[list[Candidate], Shares]:
    """People who share keys, those who share the most and the rarest; and how frequent the values
    of what is asked are. One question to the database."""
    return _read(
        _ASK,
        told,
        keys=list(keys),
        most=MOST_SHARING,
        weighed=MOST_WEIGHED,
        least=_LEAST_SHARED,
        rarity=_RARITY,
    )


def entries_of(told: Told, people: Collection[UUID]) -> tuple[list[Candidate], Shares]:
    """The same for given people, without keys."""
    return _read(_ENTRIES, told, people=list(people))


def _read(question: str, told: Told, **asked: Any) -> tuple[list[Candidate], Shares]:
    names = {str(one.has[field]) for one in told.get("name", ()) for field in COUNTED}
    asked |= {"fields": list(COUNTED), "values": ["", *sorted(names)]}
    found: list[Candidate] = []
    counted: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        for number, person_id, text in cursor.fetchall():
            if person_id is None:
                counted[text] = number
            else:
                found.append(Candidate(number, person_id, from_text(text)))
    return found, Shares(counted)


@transaction.atomic
def refresh(person_id: UUID) -> None:
    """Make a person's entry anew from what is written down of them."""
    Entry.objects.bulk_create(
        [Entry(person_id=person_id, form=0, told="{}", keys=[])], ignore_conflicts=True
    )
    # Two who write of one person at the same time take turns here, so the second reads both.
    entry = Entry.objects.select_for_update().get(person_id=person_id)
    told = gathered([person_id])[person_id]
    text, keys = as_text(told), kept_keys(told)
    if (entry.form, entry.told, entry.keys) == (FORM, text, keys):
        return
    _put(entry, keys)
    entry.form, entry.told, entry.keys = FORM, text, keys
    entry.save(update_fields=["form", "told", "keys"])


@transaction.atomic
def forget(person_id: UUID) -> None:
    """Take a person out of the index, as when another record has become theirs."""
    entry = Entry.objects.select_for_update().filter(person_id=person_id).first()
    if entry is not None:
        _put(entry, [])
        entry.delete()


def _put(entry: Entry, keys: Sequence[int]) -> None:
    """Bring the rows of the keys from what they were to what they are to be."""
    gone = sorted({*entry.keys} - {*keys})
    if gone:
        Key.objects.filter(entry=entry.number, key__in=gone).delete()
    new = sorted({*keys} - {*entry.keys})
    if new:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO matching_key (key, entry) SELECT unnest(%s::int[]), %s"
                " ON CONFLICT DO NOTHING",
                [new, entry.number],
            )

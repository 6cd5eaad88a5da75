"""The register's index in PostgreSQL: kept true person by person, and asked by keys.

Each key a person is under is a row of (key, entry), and the primary key holds both, so a key's
people lie side by side in one index. A key is read until `MOST_SHARING` people were seen: one that
more share is passed over. What a search costs is bounded by that, whatever the size of the
register, and nothing has to be counted when somebody is written down.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from earlydoors.domain.matching.entries import COUNTED, FORM, Told, as_text, from_text
from earlydoors.domain.matching.gathering import gathered
from earlydoors.domain.matching.keys import kept_keys
from earlydoors.domain.matching.models import Entry, Frequency, Key
from earlydoors.domain.people.models import Person

MOST_SHARING = 200  # people: a key that more share says too little
MOST_WEIGHED = 100  # people: so many candidates are weighed, those first who share the rarest keys
_RARITY = math.log(MOST_SHARING * 2)

_CANDIDATES = """
WITH asked AS MATERIALIZED (
    SELECT ARRAY(
        SELECT k.entry FROM matching_key k WHERE k.key = wanted.key LIMIT %(most)s + 1
    ) AS entries
    FROM unnest(%(keys)s::int[]) AS wanted(key)
), found AS (
    SELECT entry, sum(%(rarity)s - ln(cardinality(entries))) AS shared
    FROM asked, unnest(entries) AS entry
    WHERE cardinality(entries) BETWEEN 1 AND %(most)s
    GROUP BY entry
    ORDER BY shared DESC, entry
    LIMIT %(weighed)s
)
SELECT e.number, e.person_id, e.told FROM found JOIN matching_entry e ON e.number = found.entry
"""


def candidates(keys: Sequence[int]) -> Iterator[tuple[int, UUID, Told]]:
    """People who share keys, those who share the most and the rarest: one query."""
    asked: dict[str, Any] = {
        "keys": list(keys),
        "most": MOST_SHARING,
        "weighed": MOST_WEIGHED,
        "rarity": _RARITY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        for number, person_id, told in cursor.fetchall():
            yield number, person_id, from_text(told)


@transaction.atomic
def refresh(person_id: UUID) -> None:
    """Make a person's entry anew from what is written down of them."""
    Entry.objects.bulk_create(
        [Entry(person_id=person_id, form=0, told="{}", keys=[])], ignore_conflicts=True
    )
    # Two who write of one person at the same time take turns here, so the second reads both.
    entry = Entry.objects.select_for_update().get(person_id=person_id)
    told = gathered(Person.objects.filter(pk=person_id))[person_id]
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


class Shares:
    """How frequent values are: read once for the values of a record that is asked about."""

    def __init__(self, told: Told) -> None:
        values = {
            (field, str(one.has[field]))
            for one in told.get("name", ())
            for field in COUNTED
            if one.has[field]
        }
        found = Frequency.objects.filter(
            field__in=COUNTED, value__in=["", *(value for _, value in values)]
        ).values_list("field", "value", "people")
        counted = {(field, value): people for field, value, people in found}
        self.people = counted.get((COUNTED[0], ""), 0)
        self._shares = {
            one: counted.get(one, 1) / people
            for one in values
            if (people := counted.get((one[0], "")))
        }

    def __call__(self, field: str, value: str) -> float | None:
        """The share of people with this value; None if nothing was counted yet."""
        return self._shares.get((field, value))

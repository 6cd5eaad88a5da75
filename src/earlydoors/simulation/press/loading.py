"""Sending printed families to the database by COPY, with their evidence chained."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from earlydoors.foundation.audit.chain import end
from earlydoors.simulation.press.capture import AUDIT, HISTORY, columns_of, tables
from earlydoors.simulation.press.printing import Printed

_CHUNK: Final = 1 << 20  # characters sent at a time


@dataclass(frozen=True)
class Ends:
    """Where the database stands: the next number of each table that counts its rows, and the hash
    that the next piece of evidence links to."""

    numbers: Mapping[str, int]
    hash: str


@dataclass(frozen=True)
class Sheets:
    """Lines as COPY wants them, by table, whoever is pointed at first."""

    lines: Mapping[str, Sequence[str]]

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(map(len, self.lines.values()))


class Loader:
    """Numbers what is printed, chains its evidence, and writes it."""

    def __init__(self) -> None:
        self.models: dict[str, type[models.Model]] = {
            **tables(partnership=True),
            **tables(),
            HISTORY: apps.get_model("history", "RowVersion"),
        }
        self.serial = [
            table
            for table, model in self.models.items()
            if isinstance(model._meta.pk, models.AutoField)
        ]

    def ends(self) -> Ends:
        """Where the database stands."""
        numbers = {}
        with connection.cursor() as cursor:
            for table in self.serial:
                cursor.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')  # noqa: S608 - from the models
                numbers[table] = int(cursor.fetchone()[0])
        return Ends(numbers, end())

    def number(self, batch: Sequence[Printed], ends: Ends) -> tuple[Sheets, Ends]:
        """Number the rows of a batch from where the last one ended; where this one ends."""
        lines: dict[str, list[str]] = {}
        for printed in batch:
            for table, some in printed.lines.items():
                lines.setdefault(table, []).extend(some)
        numbers = dict(ends.numbers)
        # Whoever is pointed at goes first, for a server that checks row by row.
        ordered: dict[str, list[str]] = {}
        for table in self.models:
            if table not in lines:
                continue
            ordered[table] = lines[table]
            if table in numbers:
                first = numbers[table]
                ordered[table] = [f"{first + n}\t{line}" for n, line in enumerate(lines[table])]
                numbers[table] += len(lines[table])
        last = ends.hash
        chained: list[str] = []
        for event in (event for printed in batch for event in printed.events):
            row, signed = event
            own = hashlib.sha256(f'["{last}",{signed}'.encode()).hexdigest()
            chained.append(f"{numbers[AUDIT] + len(chained)}\t{row}\t{last}\t{own}")
            last = own
        if chained:
            ordered[AUDIT] = chained
            numbers[AUDIT] += len(chained)
        return Sheets(ordered), Ends(numbers, last)

    def write(self, sheets: Sheets) -> None:
        """Write numbered lines within the caller's transaction."""
        for table, lines in sheets.lines.items():
            copy_lines(table, columns_of(self.models[table]), lines)

    def count_on(self, ends: Ends) -> None:
        """Let the tables that count their rows go on after these."""
        with connection.cursor() as cursor:
            for table in self.serial:
                if ends.numbers[table] > 1:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                        [table, ends.numbers[table] - 1],
                    )

    def load(self, batch: Sequence[Printed]) -> None:
        """Write a batch after what there is, within the caller's transaction."""
        sheets, ends = self.number(batch, self.ends())
        self.write(sheets)
        self.count_on(ends)


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Send lines in the text form of COPY."""
    listed = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy,
    ):
        part: list[str] = []
        size = 0
        for line in lines:
            part.append(line)
            size += len(line)
            if size > _CHUNK:
                copy.write("\n".join(part) + "\n")
                part, size = [], 0
        if part:
            copy.write("\n".join(part) + "\n")


@contextmanager
def in_bulk() -> Iterator[bool]:
    """Leave the checking of foreign keys to `check_keys`, where this role may; says whether.

    Every other constraint is checked row by row all the same. Each plate was written by operations
    under every constraint, so a missing key would be an error of the press.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        may = bool(cursor.fetchone()[0])
        if may:
            cursor.execute("SET session_replication_role = replica")
    try:
        yield may
    finally:
        if may:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = DEFAULT")


def check_keys() -> list[str]:
    """The foreign keys that lead nowhere, as sentences: one question for each key there is."""
    faults = []
    with connection.cursor() as cursor:
        for table, column, target in _keys():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t."{column}" IS NOT NULL AND NOT EXISTS '  # noqa: S608
                f'(SELECT 1 FROM "{target}" o WHERE o.id = t."{column}")'
            )
            count = cursor.fetchone()[0]
            if count:
                faults.append(f"{count} rows of {table} have a {column} that is not in {target}.")
    return faults


def _keys() -> Iterator[tuple[str, str, str]]:
    every: Mapping[str, Any] = {**tables(partnership=True), **tables()}
    for table, model in every.items():
        for one in model._meta.concrete_fields:
            if isinstance(one, models.ForeignKey):
                yield table, one.column, one.related_model._meta.db_table

"""Sending printed families to the database by COPY, batch by batch, with their evidence chained."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from earlydoors.foundation.audit.chain import held_end
from earlydoors.simulation.press.capture import AUDIT, HISTORY, columns_of, tables
from earlydoors.simulation.press.printing import Printed

_CHUNK: Final = 1 << 20  # characters sent at a time


class Loader:
    """Writes batches, and knows where each table's numbers and the chain of evidence stand."""

    def __init__(self) -> None:
        self.models: dict[str, type[models.Model]] = {
            **tables(partnership=True),
            **tables(),
            HISTORY: apps.get_model("history", "RowVersion"),
        }
        self.serial = {
            table
            for table, model in self.models.items()
            if isinstance(model._meta.pk, models.AutoField)
        }
        self.rows = 0

    def load(self, batch: Sequence[Printed]) -> None:
        """Write a batch within the caller's transaction."""
        lines: dict[str, list[str]] = {}
        for printed in batch:
            for table, some in printed.lines.items():
                lines.setdefault(table, []).extend(some)
        # Whoever is pointed at goes first, for a server that checks row by row.
        for table in self.models:
            if table in lines and table != AUDIT:
                self._copy(table, lines[table])
        self._evidence([event for printed in batch for event in printed.events])

    def _copy(self, table: str, lines: list[str]) -> None:
        if table in self.serial:
            first = _next(table, len(lines))
            lines = [f"{first + n}\t{line}" for n, line in enumerate(lines)]
        copy_lines(table, columns_of(self.models[table]), lines)
        self.rows += len(lines)

    def _evidence(self, events: Sequence[tuple[str, str]]) -> None:
        """Chain the evidence to what there is, in one sequence."""
        if not events:
            return
        previous = held_end()
        first = _next(AUDIT, len(events))
        lines = []
        for number, (row, signed) in enumerate(events, first):
            own = hashlib.sha256(f'["{previous}",{signed}'.encode()).hexdigest()
            lines.append(f"{number}\t{row}\t{previous}\t{own}")
            previous = own
        copy_lines(AUDIT, columns_of(self.models[AUDIT]), lines)
        self.rows += len(lines)


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


def _next(table: str, count: int) -> int:
    """The first of so many numbers of a table, taken from its sequence in one go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 - from the models
        first = int(cursor.fetchone()[0]) + 1
        cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
    return first


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

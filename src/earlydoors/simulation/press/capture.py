"""Reading back every row that a play wrote, with its earlier versions and its evidence."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models

from earlydoors.domain.partnership.models import Locality

type Row = dict[str, Any]

AUDIT, HISTORY, CHRONOLOGY = "audit_auditevent", "history_rowversion", "chronology_entry"
# Not of a family: who works where, profiles, and what Django and the job queue keep for themselves.
_NONE: frozenset[str] = frozenset()
_APART = {
    "profile", "practice", "history", "auth", "contenttypes", "sessions", "messages",
    "procrastinate", "matching",
}  # fmt: skip


@dataclass
class Written:
    """A row as it came to be: each version with the moment from which it was so."""

    table: str
    versions: list[tuple[datetime, Row]] = field(default_factory=list)


def tables(*, partnership: bool = False) -> dict[str, type[models.Model]]:
    """The tables that a story may write, each with its model, those of links too."""
    found = {}
    for config in apps.get_app_configs():
        if config.label in _APART or (config.label == "partnership") != partnership:
            continue
        for model in config.get_models(include_auto_created=True):
            found[model._meta.db_table] = model
    return found


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a model's table."""
    return [str(column.column) for column in model._meta.concrete_fields]


def begun() -> int:
    """The number of the transaction or savepoint under way: what it writes from here on has this
    number or a later one. Leaves a row behind, which is undone with the rest."""
    probe = Locality.objects.create(key=f"press_{uuid4().hex}", name="Begun", current=False)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT xmin::text FROM {Locality._meta.db_table} WHERE id = %s",  # noqa: S608
            [probe.pk],
        )
        return int(cursor.fetchone()[0])


def written_since(first: int, known: dict[str, type[models.Model]]) -> Iterator[Written]:
    """Every row written since, table by table, in the order of writing as far as it is kept."""
    earlier = _earlier(first, known)
    touched = _touched(first, known)
    for table, model in known.items():
        if table == AUDIT or table not in touched:
            continue
        columns = columns_of(model)
        serial = isinstance(model._meta.pk, models.AutoField)
        order = "ORDER BY id" if serial else ""
        for row in _rows(table, columns, first, order, _documents(model)):
            versions = earlier.get((table, str(row["id"])), [])
            if "changed_at" in row:
                moments = [(one["changed_at"], one) for one in [*versions, row]]
            elif "at" in row:
                moments = [(row["at"], row)]
            else:
                moments = [(NEVER, row)]
            yield Written(table, moments)


def _touched(first: int, known: dict[str, type[models.Model]]) -> frozenset[str]:
    """The tables that were written to since, by one question: most were not."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS "  # noqa: S608 - from the models
        f'(SELECT 1 FROM "{table}" WHERE xmin::text::bigint >= {first:d})'
        for table in known
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return frozenset(row[0] for row in cursor.fetchall())


# Of a row without a moment of its own: it is there as soon as what it links to is.
NEVER = datetime.min.replace(tzinfo=UTC)


def events_since(first: int) -> list[Row]:
    """The evidence written since, in order."""
    model = apps.get_model("audit", "AuditEvent")
    return list(_rows(AUDIT, columns_of(model), first, "ORDER BY id", _documents(model)))


def _rows(
    table: str, columns: list[str], first: int, order: str, documents: frozenset[str] = _NONE
) -> Iterator[Row]:
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        # Names of tables and columns come from the models.
        cursor.execute(
            f'SELECT {listed} FROM "{table}" WHERE xmin::text::bigint >= %s {order}',  # noqa: S608
            [first],
        )
        for found in cursor.fetchall():
            row = dict(zip(columns, found, strict=True))
            for column in documents:
                row[column] = json.loads(row[column])
            yield row


def _documents(model: type[models.Model]) -> frozenset[str]:
    """The columns of JSON, which a bare cursor gives as text."""
    fields = model._meta.concrete_fields
    return frozenset(str(one.column) for one in fields if isinstance(one, models.JSONField))


def _earlier(first: int, known: dict[str, type[models.Model]]) -> dict[tuple[str, str], list[Row]]:
    """The earlier versions of rows, as the database kept them, oldest first."""
    found: dict[tuple[str, str], list[Row]] = {}
    columns = ["table_name", "row_id", "row"]
    for one in _rows(HISTORY, columns, first, "ORDER BY id", frozenset({"row"})):
        table = one["table_name"]
        if table in known:
            found.setdefault((table, one["row_id"]), []).append(_read(known[table], one["row"]))
    return found


def _read(model: type[models.Model], row: Any) -> Row:
    """A kept version in Python's own types."""
    fields = {one.column: one for one in model._meta.concrete_fields}
    return {column: _typed(fields[column], row[column]) for column in columns_of(model)}


def _typed(column: "models.Field[Any, Any]", value: Any) -> Any:
    if value is None or isinstance(column, models.JSONField):
        return value
    if isinstance(column, models.ForeignKey):
        column = column.target_field
    readers: tuple[tuple[Any, Any], ...] = (
        (models.UUIDField, UUID),
        (models.DateTimeField, datetime.fromisoformat),
        (models.DateField, date.fromisoformat),
        (models.TimeField, time.fromisoformat),
    )
    return next((read(value) for kind, read in readers if isinstance(column, kind)), value)

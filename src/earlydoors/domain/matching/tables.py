"""Whole tables in DuckDB: prepared by their distinct values, and weighed pairs in columns.

Heavy: imported only where whole tables are matched.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from earlydoors.domain.matching.candidates import signs_of
from earlydoors.domain.matching.fields import Field, columns_of
from earlydoors.domain.matching.learning import UNKNOWN, Seen
from earlydoors.domain.matching.preparing import extra_columns, prepared_values
from earlydoors.domain.matching.splinking import COUNTED, PEOPLE

SIGNS = "signs"
_SLAB = 50_000  # values prepared at once


def prepare(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    written: str,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Make `people`, `signs` and how many have each value.

    `written` has `unique_id`, `side` and the fields as they were written.
    """
    people, marks, joins = ["w.unique_id", "w.side"], ["w.unique_id", "w.side"], ""
    merged: dict[str, list[str]] = {}
    for field in fields:
        key = field.key
        _prepare_values(connection, field, written)
        tell(f"  {field.noun}")
        joins += f" left join of_{key} on w.{key} = of_{key}.written"
        people += [f"of_{key}.{column}" for column in [*columns_of(field), *extra_columns(field)]]
        for sign in signs_of(field):
            merged.setdefault(sign.column, []).append(f"of_{key}.{key}__{sign.sort}")
    for column, parts in merged.items():
        lists = " || ".join(f"coalesce({part}, [])" for part in parts)
        marks.append(f"{f'list_distinct({lists})' if len(parts) > 1 else lists} as {column}")
    for name, columns in ((PEOPLE, people), (SIGNS, marks)):
        connection.execute(
            f"create or replace table {name} as select {', '.join(columns)} from {written} w{joins}"  # noqa: S608
        )
    for field in fields:
        key = field.key
        connection.execute(
            f"create or replace table {COUNTED}{key} as select {key}, count(*) as n"  # noqa: S608
            f" from {PEOPLE} where {key} is not null group by {key}"
        )
        connection.execute(f"drop table of_{key}")


def _prepare_values(connection: duckdb.DuckDBPyConnection, field: Field, written: str) -> None:
    """Make `of_` the field: what is prepared of each value, a slab of values at a time."""
    key = field.key
    connection.execute(
        f"create or replace table as_written as"  # noqa: S608
        f" select distinct {key} as written from {written} where {key} is not null"
    )
    connection.register("slab", prepared_values(field, []))
    connection.execute(f"create or replace table of_{key} as from slab")
    with connection.cursor() as reading, _no_looking_for_rings():
        reading.execute("select written from as_written")
        while rows := reading.fetchmany(_SLAB):
            connection.register("slab", prepared_values(field, [row[0] for row in rows]))
            connection.execute(f"insert into of_{key} from slab")
    connection.unregister("slab")
    connection.execute("drop table as_written")


@contextmanager
def _no_looking_for_rings() -> Iterator[None]:
    """Millions of values are made and none points at another, so Python need not look for objects
    that do: that took a third of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def seen(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], scored: str) -> Seen:
    """The pairs of a scored table in columns, with how many share the values of the left one."""
    keys = [field.key for field in fields]
    columns, joins = ["s.l", "s.r"], f" join {PEOPLE} p on p.unique_id = s.l"
    for key in keys:
        columns += [f"coalesce(s.{key}, {UNKNOWN}) as {key}", f"coalesce(n_{key}.n, 1) as n_{key}"]
        joins += f" left join {COUNTED}{key} n_{key} on n_{key}.{key} = p.{key}"
    listed = ", ".join(columns)
    found = connection.sql(f"select {listed} from {scored} s{joins}").fetchnumpy()  # noqa: S608
    known = [
        connection.sql(f"select coalesce(sum(n), 0)::bigint from {COUNTED}{key}").fetchall()[0][0]  # noqa: S608
        for key in keys
    ]
    return Seen(
        found["l"].astype("int64"),
        found["r"].astype("int64"),
        {key: found[key].astype("uint8") for key in keys},
        {key: found[f"n_{key}"].astype("int64") for key in keys},
        dict(zip(keys, known, strict=True)),
    )

"""Whole tables in DuckDB: prepared by their distinct values, and the pairs worth a look.

Heavy: imported only where whole tables are matched.
"""

import math
from collections.abc import Callable, Sequence

import duckdb
import pyarrow as pa

from earlydoors.domain.matching.candidates import Family, families, signs, signs_of
from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.conditions import Value
from earlydoors.domain.matching.fields import Field, columns_of, is_list, prepared
from earlydoors.domain.matching.learning import UNKNOWN, Seen
from earlydoors.domain.matching.splinking import PEOPLE

SIGNS = "signs"
PAIRS = "pairs"
BETWEEN = "between_pairs"
_PARTNERS = 60  # a record with more good partners than that leads to nobody else
_ROOM = 12  # pairs a record may bring on the average by one sort of key, in a table up to
_ROOMY = 20_000  # so many records; in larger ones fewer, by the root of how much larger
_EVERYONE = 600_000  # pairs that can simply all be compared
_ALWAYS = 8  # as many sharing a key are always compared


def prepare(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], written: str) -> None:
    """Make `people` and `signs` from a table of `unique_id`, `side` and the fields as written."""
    people, marks, joins = ["w.unique_id", "w.side"], ["w.unique_id", "w.side"], ""
    merged: dict[str, list[str]] = {}
    for field in fields:
        key = field.key
        values = [
            row[0]
            for row in connection.sql(
                f"select distinct {key} from {written} where {key} is not null"  # noqa: S608
            ).fetchall()
        ]
        connection.register(f"of_{key}", _prepared(field, values))
        joins += f" left join of_{key} on w.{key} = of_{key}.written"
        people += [f"of_{key}.{column}" for column in columns_of(field)]
        for sign in signs_of(field):
            merged.setdefault(sign.column, []).append(f"of_{key}.{key}__{sign.sort}")
    for column, parts in merged.items():
        lists = " || ".join(f"coalesce({part}, [])" for part in parts)
        marks.append(f"list_distinct({lists}) as {column}")
    for name, columns in ((PEOPLE, people), (SIGNS, marks)):
        connection.execute(
            f"create or replace table {name} as select {', '.join(columns)} from {written} w{joins}"  # noqa: S608
        )


def _prepared(field: Field, values: Sequence[str]) -> pa.Table:
    columns: dict[str, list[Value]] = {column: [] for column in columns_of(field)}
    marks: dict[str, list[list[str]]] = {sign.sort: [] for sign in signs_of(field)}
    for value in values:
        made = prepared(field, value)
        for column, into in columns.items():
            into.append(made[column])
        normal = made[field.key]
        found = signs(field, normal) if isinstance(normal, str) else {}
        for sort, lists in marks.items():
            lists.append(found.get(sort, []))
    text, texts = pa.string(), pa.list_(pa.string())
    arrays = {"written": pa.array(values, text)}
    for column, into in columns.items():
        arrays[column] = pa.array(into, texts if is_list(column) else text)
    for sort, lists in marks.items():
        arrays[f"{field.key}__{sort}"] = pa.array(lists, texts)
    return pa.table(arrays)


def seen(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], scored: str) -> Seen:
    """The pairs of a scored table in columns, with how many share the values of the left one."""
    keys = [field.key for field in fields]
    columns, joins = ["s.l", "s.r"], f" join {PEOPLE} p on p.unique_id = s.l"
    for key in keys:
        columns += [f"coalesce(s.{key}, {UNKNOWN}) as {key}", f"coalesce(n_{key}.n, 1) as n_{key}"]
        joins += (
            f" left join (select {key}, count(*) as n from {PEOPLE} where {key} is not null"  # noqa: S608
            f" group by {key}) n_{key} on n_{key}.{key} = p.{key}"
        )
    listed = ", ".join(columns)
    found = connection.sql(f"select {listed} from {scored} s{joins}").fetchnumpy()  # noqa: S608
    known = connection.sql(
        f"select {', '.join(f'count({key})' for key in keys)} from {PEOPLE}"  # noqa: S608
    ).fetchall()[0]
    return Seen(
        found["l"].astype("int64"),
        found["r"].astype("int64"),
        {key: found[key].astype("uint8") for key in keys},
        {key: found[f"n_{key}"].astype("int64") for key in keys},
        dict(zip(keys, known, strict=True)),
    )


def find_candidates(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    *,
    across: bool,
    tell: Callable[[str], None] = lambda _: None,
) -> int:
    """Fill `pairs` with the pairs that share a key of any sort. Returns how many there are.

    Of each sort, the keys that fewest share come first, until there are so many pairs that each
    record has a dozen on the average (fewer in large tables): a rare key says most. `across`: pairs
    of two tables only.
    """
    records = connection.sql(f"select count(*) from {SIGNS}").fetchall()[0][0]  # noqa: S608
    if _everyone(connection, across=across):
        return _count(connection)
    connection.execute("create or replace table found (l integer, r integer)")
    room = max(int(_ROOM * records / max(1.0, math.sqrt(records / _ROOMY))), records)
    for family in families(fields):
        _find_by(connection, family, across=across, room=room)
        tell(family.name)
    connection.execute(
        f"create or replace table {PAIRS} as"  # noqa: S608
        " select distinct '0' as match_key, l as join_key_l, r as join_key_r from found"
    )
    connection.execute("drop table found")
    return _count(connection)


def find_between(connection: duckdb.DuckDBPyConnection, good: Pairs) -> int:
    """Fill `between` with the pairs that share a good partner and were not looked at yet.

    A copy with slips everywhere may share no key with another such copy, but both with a better
    one. A record with very many good partners brings none.
    """
    connection.register("good_pairs", pa.table({"l": good.left, "r": good.right}))
    connection.execute(
        f"""
        create or replace table {BETWEEN} as
        with ends as (select l as a, r as b from good_pairs union all select r, l from good_pairs),
        few as (select a from ends group by a having count(*) <= {_PARTNERS}),
        reached as (
          select distinct x.b as join_key_l, y.b as join_key_r
          from ends x semi join few on few.a = x.a join ends y on x.a = y.a and x.b < y.b
        )
        select '0' as match_key,
          join_key_l::integer as join_key_l, join_key_r::integer as join_key_r
        from reached anti join {PAIRS} using (join_key_l, join_key_r)
        """  # noqa: S608
    )
    connection.unregister("good_pairs")
    return _count(connection, BETWEEN)


def _everyone(connection: duckdb.DuckDBPyConnection, *, across: bool) -> bool:
    """In tables small enough, everyone is compared with everyone. Returns whether they are."""
    apart = "a.side < b.side" if across else "a.unique_id < b.unique_id"
    sizes = [n for (n,) in connection.sql(f"select count(*) from {SIGNS} group by side").fetchall()]  # noqa: S608
    if (math.prod(sizes) if across else sizes[0] * (sizes[0] - 1) // 2) > _EVERYONE:
        return False
    connection.execute(
        f"create or replace table {PAIRS} as select '0' as match_key, a.unique_id as join_key_l,"  # noqa: S608
        f" b.unique_id as join_key_r from {SIGNS} a join {SIGNS} b on {apart}"
    )
    return True


def _count(connection: duckdb.DuckDBPyConnection, table: str = PAIRS) -> int:
    count: int = connection.sql(f"select count(*) from {table}").fetchall()[0][0]  # noqa: S608
    return count


def _find_by(
    connection: duckdb.DuckDBPyConnection, family: Family, *, across: bool, room: int
) -> None:
    one, two = family.one.column, family.two.column if family.two else None
    if two is None:
        keys = f"select unique_id, side, a as k from {SIGNS} s, unnest(s.{one}) as x(a)"  # noqa: S608
    else:
        keys = (
            f"select unique_id, side, hash(a, b) as k from {SIGNS} s,"  # noqa: S608
            f" unnest(s.{one}) as x(a), unnest(s.{two}) as y(b)"
        )
        if one == two:  # two different signs of the same sort, in whatever order
            keys += " where a < b"
    connection.execute(f"create or replace temp table keys as {keys}")
    many = (
        "count(*) filter (side = 0) * count(*) filter (side = 1)"
        if across
        else "count(*) * (count(*) - 1) // 2"
    )
    sides = "a.side < b.side" if across else "a.unique_id < b.unique_id"
    connection.execute(
        f"""
        insert into found
        with shared as (select k, count(*) as n, {many} as pairs from keys group by k),
        ranked as (
          select k, n, sum(pairs) over (order by pairs, k) as so_far from shared where pairs > 0
        ),
        kept as (select k from ranked where so_far <= {room} or n <= {_ALWAYS})
        select distinct a.unique_id, b.unique_id
        from keys a join kept using (k) join keys b on a.k = b.k and {sides}
        """  # noqa: S608
    )

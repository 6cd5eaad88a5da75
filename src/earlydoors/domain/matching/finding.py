"""The pairs worth a look, found in DuckDB and ranked by how much they seem to share.

Heavy: imported only where whole tables are matched.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from earlydoors.domain.matching.candidates import Family, families
from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.tables import SIGNS

FOUND = "found"
FREQUENT = "frequent"
PAIRS = "pairs"
_SLABS = (6, 12, 24, 40)  # pairs a record, on the average, after each slab
_ROOM = 30  # pairs a record may bring on the average by one sort of key, in a table up to
_ROOMY = 20_000  # so many records; in larger ones fewer
_FEWER = 0.7  # ten times the records, a fifth of the room
_EVERYONE = 600_000  # pairs that can simply all be compared
_ALWAYS = 8  # as many sharing a key are always compared
_FREQUENT = 0.2  # a sign that more have is no part of a key
_PARTNERS = 60  # a record with more good partners than that leads to nobody else
_FINE = 8  # steps to a bit
_SEED = 7


@dataclass(frozen=True)
class Slab:
    """Pairs that seem to share about as much: from so many steps to so many."""

    low: int
    high: int
    count: int


def everyone(connection: duckdb.DuckDBPyConnection, *, across: bool) -> int:
    """Fill `pairs` with everyone and everyone else, if the tables are small enough.

    Returns how many pairs there are, 0 if they are too many. `across`: of two tables only.
    """
    apart = "a.side < b.side" if across else "a.unique_id < b.unique_id"
    total = _all_pairs(_sizes(connection), across=across)
    if total > _EVERYONE:
        return 0
    connection.execute(
        f"create or replace table {PAIRS} as select '0' as match_key, a.unique_id as join_key_l,"  # noqa: S608
        f" b.unique_id as join_key_r from {SIGNS} a join {SIGNS} b on {apart}"
    )
    return total


def rank_candidates(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    *,
    across: bool,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Slab]:
    """Fill `found` with the pairs that share a key of any sort, and part them in slabs.

    Of each sort, the keys that fewest share come first, until there is no more room: a rare key
    says most. A pair is ranked by how rare the keys are that it shares, all sorts together, so the
    first slab holds what is likeliest. `across`: pairs of two tables only.
    """
    sizes = _sizes(connection)
    records = 2 * math.sqrt(math.prod(sizes)) if across else sizes[0]
    room = max(int(_ROOM * records / max(1.0, records / _ROOMY) ** _FEWER), int(records))
    connection.execute("create or replace table hits (l integer, r integer, bits utinyint)")
    sorts = list(families(fields))
    _find_frequent(connection, sorts, sum(sizes))
    for place, family in enumerate(sorts, 1):
        _find_by(connection, family, sum(sizes), across=across, room=room)
        tell(f"  keys of sort {place} of {len(sorts)}")
    connection.execute(
        f"create or replace table {FOUND} as"  # noqa: S608
        " select l, r, sum(bits)::integer as bits from hits group by l, r"
    )
    connection.execute("drop table hits; drop table keys; drop table shared")
    counted = connection.sql(
        f"select bits, count(*) from {FOUND} group by bits order by bits desc"  # noqa: S608
    ).fetchall()
    return _slabs(counted, [int(many * records) for many in _SLABS])


def _slabs(counted: list[tuple[int, int]], until: list[int]) -> list[Slab]:
    """Slabs of so many pairs in all, from pairs counted by their bits, the most bits first."""
    made: list[Slab] = []
    high = inside = so_far = 0
    for place, (bits, count) in enumerate(counted):
        high, inside, so_far = high or bits, inside + count, so_far + count
        more = counted[place + 1][1] if place + 1 < len(counted) else 0
        if not more or so_far + more > until[len(made)]:
            made.append(Slab(bits, high, inside))
            high = inside = 0
            if len(made) == len(until):
                break
    return made


def take(connection: duckdb.DuckDBPyConnection, slab: Slab, sample: int = 0) -> int:
    """Fill `pairs` with a slab, or with a sample of so many. Returns how many there are."""
    some = f"using sample reservoir({sample} rows) repeatable ({_SEED})" if sample else ""
    connection.execute(
        f"create or replace table {PAIRS} as select '0' as match_key, l as join_key_l,"  # noqa: S608
        f" r as join_key_r from (from {FOUND} where bits between {slab.low} and {slab.high}) {some}"
    )
    return min(sample, slab.count) if sample else slab.count


def find_between(connection: duckdb.DuckDBPyConnection, good: Pairs, looked_at: Slab) -> int:
    """Fill `pairs` with those that share a good partner and were not looked at yet.

    A copy with slips everywhere may share no key with another such copy, but both with a better
    one. A record with very many good partners brings none. `looked_at` is the last slab of which
    that is true. Returns how many there are.
    """
    connection.register("good_pairs", pa.table({"l": good.left, "r": good.right}))
    connection.execute(
        f"""
        create or replace table {PAIRS} as
        with ends as (select l as a, r as b from good_pairs union all select r, l from good_pairs),
        few as (select a from ends group by a having count(*) <= {_PARTNERS}),
        reached as (
          select distinct x.b::integer as l, y.b::integer as r
          from ends x semi join few on few.a = x.a join ends y on x.a = y.a and x.b < y.b
        )
        select '0' as match_key, l as join_key_l, r as join_key_r
        from reached anti join (from {FOUND} where bits >= {looked_at.low}) using (l, r)
        """  # noqa: S608
    )
    connection.unregister("good_pairs")
    count: int = connection.sql(f"select count(*) from {PAIRS}").fetchall()[0][0]  # noqa: S608
    return count


def _sizes(connection: duckdb.DuckDBPyConnection) -> list[int]:
    sizes = f"select count(*) from {SIGNS} group by side order by side"  # noqa: S608
    return [count for (count,) in connection.sql(sizes).fetchall()]


def _all_pairs(sizes: list[int], *, across: bool) -> int:
    return math.prod(sizes) if across else sizes[0] * (sizes[0] - 1) // 2


def _find_by(
    connection: duckdb.DuckDBPyConnection, family: Family, records: int, *, across: bool, room: int
) -> None:
    one, two = family.one, family.two
    if two is None:
        keys = f"select unique_id, side, a as k from {SIGNS} s, unnest(s.{one.column}) as x(a)"  # noqa: S608
    else:
        keys = (
            f"select unique_id, side, (a::ubigint << 32) | b as k from {SIGNS} s,"  # noqa: S608
            f" unnest(s.{one.column}) as x(a), unnest(s.{two.column}) as y(b)"
            f" where a not in (select sign from {FREQUENT})"
            f" and b not in (select sign from {FREQUENT})"
        )
        if one == two:  # two different signs of the same sort, in whatever order
            keys += " and a < b"
    connection.execute(f"create or replace table keys as {keys}")
    many = (
        "count(*) filter (side = 0) * count(*) filter (side = 1)"
        if across
        else "count(*) * (count(*) - 1) // 2"
    )
    connection.execute(
        f"create or replace table shared as select k, count(*) as n, {many} as pairs"  # noqa: S608
        " from keys group by k having pairs > 0"
    )
    sides = "a.side < b.side" if across else "a.unique_id < b.unique_id"
    # Two records may share several keys of a sort, but where each has one of either sign only one.
    once = one.single and (two is None or two.single)
    bits = "kept.bits" if once else "max(kept.bits)"
    grouped = "" if once else "group by a.unique_id, b.unique_id"
    connection.execute(
        f"""
        insert into hits
        with kept as (
          select k, ({_FINE} * log2({records} / n))::utinyint as bits from shared
          where n <= {_most_shared(connection, room)}
        )
        select a.unique_id, b.unique_id, {bits}
        from keys a join kept using (k) join keys b on a.k = b.k and {sides} {grouped}
        """  # noqa: S608
    )


def _most_shared(connection: duckdb.DuckDBPyConnection, room: int) -> int:
    """How many may share a key: rare keys come first, for as long as there is room for all pairs
    of those that as many share."""
    most, so_far = _ALWAYS, 0
    for n, pairs in connection.sql(
        "select n, sum(pairs)::bigint from shared group by n order by n"
    ).fetchall():
        so_far += pairs
        if so_far > room:
            break
        most = max(most, n)
    return most


def _find_frequent(
    connection: duckdb.DuckDBPyConnection, sorts: list[Family], records: int
) -> None:
    """Fill `frequent` with the signs that so many have that they tell nobody apart."""
    connection.execute(f"create or replace table {FREQUENT} (sign uinteger)")
    joined = {sign for family in sorts if family.two for sign in (family.one, family.two)}
    for sign in joined:
        connection.execute(
            f"insert into {FREQUENT} select a from {SIGNS} s, unnest(s.{sign.column}) as x(a)"  # noqa: S608
            f" group by a having count(*) > {_FREQUENT * records}"
        )

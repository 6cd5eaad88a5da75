"""The pairs worth a look, found in DuckDB and ranked by how much they seem to share.

Heavy: imported only where whole tables are matched.
"""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from earlydoors.domain.matching.candidates import Family, families, signs_of
from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.sharing import (
    Crowd,
    Hits,
    Signs,
    hits_of_one,
    hits_of_two,
    signs_in_columns,
    summed,
)
from earlydoors.domain.matching.tables import SIGNS

FOUND = "found"
PAIRS = "pairs"
_SLABS = (6, 12, 24, 40)  # pairs a record, on the average, after each slab
_ROOM = 30  # pairs a record may bring on the average by one sort of key, in a table up to
_ROOMY = 20_000  # so many records; in larger ones fewer
_FEWER = 0.7  # ten times the records, a fifth of the room
_EVERYONE = 600_000  # pairs that can simply all be compared
_AT_ONCE = 2  # sorts of key reckoned at once: each takes memory
_FREQUENT = 0.2  # a sign that more have is no part of a key
_PARTNERS = 60  # a record with more good partners than that leads to nobody else
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
    crowd = Crowd(sum(sizes), sizes[0], across)
    ids, signs = _signs(connection, fields, crowd)
    sorts = list(families(fields))

    def by_sort(family: Family) -> Hits:
        one = signs[family.one.column]
        if family.two is None:
            return hits_of_one(one, crowd, room, once=family.once)
        return hits_of_two(one, signs[family.two.column], crowd, room, once=family.once)

    hits = []
    with ThreadPoolExecutor(_AT_ONCE) as several:  # numpy lets others work while it sorts
        for place, found in enumerate(several.map(by_sort, sorts), 1):
            hits.append(found)
            tell(f"  keys of sort {place} of {len(sorts)}")
    left, right, bits = summed(hits, crowd)
    connection.register("summed", pa.table({"l": ids[left], "r": ids[right], "bits": bits}))
    connection.execute(
        f"create or replace table {FOUND} as"  # noqa: S608
        " select l::integer as l, r::integer as r, bits::integer as bits from summed"
    )
    connection.unregister("summed")
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


def _signs(
    connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], crowd: Crowd
) -> tuple[NDArray[np.int64], dict[str, Signs]]:
    """The ids of the records in their places, and each sort of sign of them in columns."""
    table = connection.sql(f"from {SIGNS}").to_arrow_table().combine_chunks()
    ids = table["unique_id"].to_numpy().astype(np.int64)
    order = np.lexsort((ids, table["side"].to_numpy()))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    all_signs = dict.fromkeys(sign for field in fields for sign in signs_of(field))
    signs, joining = {}, {}
    for sign in all_signs:
        lists = table[sign.column].combine_chunks()
        of = np.repeat(places, np.diff(lists.offsets.to_numpy()))
        numbers = lists.flatten().to_numpy().astype(np.uint64)
        if sign.joins:
            joining[sign.column] = (of, numbers, *np.unique(numbers, return_counts=True))
        else:
            signs[sign.column] = signs_in_columns(of, numbers, 1 << 32, crowd.records)
    frequent = [kinds[n > _FREQUENT * crowd.records] for _, _, kinds, n in joining.values()]
    telling_nobody_apart = np.concatenate([np.zeros(0, np.uint64), *frequent])
    for column, (of, numbers, kinds, _) in joining.items():
        kept = ~np.isin(numbers, telling_nobody_apart)
        # Numbered from 0, so that a key of two is not long.
        codes = np.searchsorted(kinds, numbers[kept]).astype(np.uint64)
        signs[column] = signs_in_columns(of[kept], codes, max(len(kinds), 1), crowd.records)
    return ids[order], signs

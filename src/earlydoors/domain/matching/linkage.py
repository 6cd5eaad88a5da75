"""Whole tables matched: candidates, training, weighing, and what the other pairs say.

Heavy: imported only where whole tables are matched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb

from earlydoors.domain.matching import company, splinking, tables
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.model import Model

_ROUNDS = 3  # of learning over all candidates, after the first training
_LEARN_FROM = 400_000  # candidates at most
_KEEP = -12.0  # bits: pairs below are two people, whatever is learnt yet
_LIKELY = (
    "create or replace table likely as"
    " select '0' as match_key, l as join_key_l, r as join_key_r from scored"
)


@dataclass(frozen=True)
class Linked:
    """What came out: the model that was learnt, and each pair's weight by row numbers."""

    model: Model
    candidates: int
    weights: dict[tuple[int, int], float]


def link(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    written: str,
    *,
    model: Model | None = None,
    alone: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Linked:
    """Match the rows of a table (`unique_id`, `side`, fields as they were written).

    One side: everyone with everyone. Two sides: each of the one with each of the other. Learns
    its parameters unless a model is given. `alone`: each pair by itself, whatever others say.
    """
    tell("Reading what was written")
    tables.prepare(connection, fields, written)
    sizes = [n for _, n in connection.sql(_SIZES).fetchall()]
    across = len(sizes) > 1
    total = float(sizes[0] * sizes[1]) if across else sizes[0] * (sizes[0] - 1) / 2
    tell("Finding candidates")
    count = tables.find_candidates(connection, fields, across=across)
    learning = model is None
    if model is None:
        tell("Learning from pairs that agree on one thing")
        model = splinking.train(connection, fields, across=across)
    tell(f"Weighing {count:,} candidates")
    splinking.score(connection, model, tables.PAIRS, "scored", least=_KEEP)
    if learning:
        connection.execute(_LIKELY)
        kept = connection.sql("select count(*) from likely").fetchall()[0][0]
        tell(f"Learning from the {kept:,} that are not plainly two people")
        model = _learnt_on(connection, model, kept, total)
        splinking.score(connection, model, "likely", "scored", least=_KEEP)
    weights = {(left, right): w for left, right, w in _all(connection, "scored")}
    if not alone:
        weights = company.only_one(weights) if across else company.in_groups(weights, _KEEP)
    return Linked(model, count, weights)


_SIZES = f"select side, count(*) from {splinking.PEOPLE} group by side order by side"  # noqa: S608


def _all(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    return connection.sql(f"select l, r, weight from {table}").fetchall()  # noqa: S608


def _learnt_on(
    connection: duckdb.DuckDBPyConnection, model: Model, count: int, total: float
) -> Model:
    share = min(1.0, _LEARN_FROM / max(count, 1))
    connection.execute(
        "create or replace table lesson as select * from likely"
        " where hash(join_key_l, join_key_r) % 1000000 < ?",
        [int(share * 1_000_000)],
    )
    for _ in range(_ROUNDS):
        splinking.score(connection, model, "lesson", "learnt", with_levels=True)
        model = splinking.relearn(connection, model, "learnt", total * share)
    return model

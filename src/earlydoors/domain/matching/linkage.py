"""Whole tables matched: candidates, training, weighing, and what the other pairs say.

Heavy: imported only where whole tables are matched.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np

from earlydoors.domain.matching import company, learning, splinking, tables
from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.model import Model, first_model

_LEARN_FROM = 400_000  # pairs at most
_KEEP = -12.0  # bits: pairs below are two people, whatever is learnt yet
_SEED = 7


@dataclass(frozen=True)
class Linked:
    """What came out: the model that was learnt, how many pairs were looked at, and what stayed."""

    model: Model
    candidates: int
    pairs: Pairs


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
    if not total:
        return Linked(model or first_model(fields, 0.5), 0, Pairs.none())
    tell("Finding candidates")
    count = tables.find_candidates(connection, fields, across=across)
    whole, learning_too = count >= total, model is None
    if model is None:
        prior = _first_prior(sizes)
        if whole:
            model = first_model(fields, prior)
        else:
            tell("Learning from pairs that agree on one thing")
            model = splinking.train(connection, fields, prior, across=across)
    tell(f"Weighing {count:,} candidates")
    least = None if whole else _KEEP
    splinking.score(connection, model, tables.PAIRS, "scored", least=least)
    seen = tables.seen(connection, fields, "scored")
    if learning_too:
        tell(f"Learning from {len(seen.left):,} of them")
        model = learning.learn(model, seen, total) if whole else _learnt_on(model, seen, total)
    pairs = _weighed(model, seen, total, alone=alone)
    if not (alone or across or whole):
        tell("Weighing who else belongs to the same groups")
        more = tables.find_between(connection, pairs.part(pairs.weight > 0))
        if more:
            splinking.score(connection, model, tables.BETWEEN, "between", least=_KEEP)
            pairs = pairs.and_also(
                _weighed(model, tables.seen(connection, fields, "between"), total)
            )
            count += more
    if not alone:
        pairs = company.only_one(pairs) if across else company.in_groups(pairs, _KEEP)
    return Linked(model, count, pairs)


_SIZES = f"select side, count(*) from {splinking.PEOPLE} group by side order by side"  # noqa: S608


def _weighed(model: Model, seen: learning.Seen, total: float, *, alone: bool = False) -> Pairs:
    weight = learning.weigh(model, seen) if alone else learning.judge(model, seen, total)
    return Pairs(seen.left, seen.right, weight)


def _first_prior(sizes: list[int]) -> float:
    """As if each record had one match: of the smaller table in the other, or in its own."""
    return min(0.5, 1 / max(sizes) if len(sizes) > 1 else 1 / max(sizes[0] - 1, 1))


def _learnt_on(model: Model, seen: learning.Seen, total: float) -> Model:
    share = min(1.0, _LEARN_FROM / max(len(seen.left), 1))
    chosen = np.random.default_rng(_SEED).random(len(seen.left)) < share
    return learning.learn(model, seen.part(chosen), max(total * share, 1.0))

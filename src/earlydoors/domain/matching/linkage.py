"""Whole tables matched: candidates, training, weighing, and what the other pairs say.

Heavy: imported only where whole tables are matched.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np

from earlydoors.domain.matching import company, finding, learning, sieving, splinking, tables
from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.finding import PAIRS, Slab
from earlydoors.domain.matching.learning import Seen
from earlydoors.domain.matching.model import Model, first_model
from earlydoors.domain.matching.splinking import Engine

_LEARN_FROM = 400_000  # pairs at most
_KEEP = -12.0  # bits: pairs below are two people, whatever is learnt yet
_TRY = 100_000  # of a slab of more pairs a sample is weighed first
_PAYS = 0.001  # of the likely pairs, the share that a slab has to bring to be worth weighing
_SEED = 7
_SIZES = f"select side, count(*) from {splinking.PEOPLE} group by side order by side"  # noqa: S608

type Tell = Callable[[str], None]


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
    engine: Engine | None = None,
    tell: Tell = lambda _: None,
) -> Linked:
    """Match the rows of a table (`unique_id`, `side`, fields as they were written).

    One side: everyone with everyone. Two sides: each of the one with each of the other. Learns
    its parameters unless a model is given. `alone`: each pair by itself, whatever others say.
    `engine`: where Splink weighs, if not in DuckDB.
    """
    tell("Reading what was written")
    tables.prepare(connection, fields, written, tell)
    sizes = [n for _, n in connection.sql(_SIZES).fetchall()]
    across = len(sizes) > 1
    total = float(sizes[0] * sizes[1]) if across else sizes[0] * (sizes[0] - 1) / 2
    where = engine or splinking.OnDuckDB(connection)
    linking = _Linking(connection, where, fields, across, total, alone, tell)
    start = first_model(fields, _first_prior(sizes))
    if not total:
        return Linked(model or start, 0, Pairs.none())
    if finding.everyone(connection, across=across):
        return linking.everyone(model or start, learns=model is None)
    return linking.candidates(model, start.prior)


@dataclass(frozen=True)
class _Linking:
    """One run: the tables, and how they are to be matched."""

    connection: duckdb.DuckDBPyConnection
    engine: Engine
    fields: tuple[Field, ...]
    across: bool
    total: float
    alone: bool
    tell: Tell

    def everyone(self, model: Model, *, learns: bool) -> Linked:
        """Small tables: all pairs are weighed, and learnt from."""
        self.tell(f"Weighing all {self.total:,.0f} pairs")
        seen = self._scored(model)
        if learns:
            model = learning.learn(model, seen, self.total)
        return Linked(model, int(self.total), self._judged(self._weighed(model, seen)))

    def candidates(self, given: Model | None, prior: float) -> Linked:
        """Large tables: the likeliest candidates are weighed, slab by slab, while that pays."""
        self.tell("Finding candidates")
        slabs = finding.rank_candidates(
            self.connection, self.fields, across=self.across, tell=self.tell
        )
        if given:
            model = given
        else:
            self.tell("Learning from pairs that agree on one thing")
            model = splinking.train(self.connection, self.fields, prior, across=self.across)
        if not slabs:
            return Linked(model, 0, Pairs.none())
        sieving.prepare_sieve(self.connection, self.fields)
        seen, count, last = self._slab_by_slab(model, slabs, learns=given is None)
        if not given:
            self.tell(f"Learning from {len(seen.left):,} pairs")
            model = self._learnt(model, seen)
        pairs = self._weighed(model, seen)
        if not (self.alone or self.across):
            self.tell("Weighing who else belongs to the same groups")
            more = finding.find_between(self.connection, pairs.part(pairs.weight > 0), last)
            if more:
                between = self._scored(model, _KEEP)
                pairs, count = pairs.and_also(self._weighed(model, between)), count + more
        return Linked(model, count, self._judged(pairs))

    def _slab_by_slab(
        self, model: Model, slabs: list[Slab], *, learns: bool
    ) -> tuple[Seen, int, Slab]:
        """The pairs that were weighed and how many were looked at, with the last slab of them."""
        seen, count, last = self._look(model, slabs[0]), slabs[0].count, slabs[0]
        now = self._learnt(model, seen) if learns else model
        found = _likely(now, seen)
        for slab in slabs[1:]:
            if slab.count > _TRY:
                tried = finding.take(self.connection, slab, _TRY)
                hoped = _likely(now, self._scored(model, _KEEP)) * slab.count / tried
                if hoped < _PAYS * found:
                    break
            fresh = self._look(model, slab)
            seen, count, last = seen.and_also(fresh), count + slab.count, slab
            brought = _likely(now, fresh)
            found += brought
            if brought < _PAYS * found:
                break
        return seen, count, last

    def _look(self, model: Model, slab: Slab) -> Seen:
        self.tell(f"Weighing {slab.count:,} candidates")
        finding.take(self.connection, slab)
        return self._scored(model, _KEEP)

    def _scored(self, model: Model, least: float | None = None) -> Seen:
        pairs = PAIRS
        if least is not None:
            pairs = "sieved"
            sieving.sieve(self.connection, model, PAIRS, pairs, least)
        splinking.score(self.connection, model, pairs, "scored", least=least, engine=self.engine)
        return tables.seen(self.connection, self.fields, "scored")

    def _learnt(self, model: Model, seen: Seen) -> Model:
        """Learnt from these pairs, or from a sample of them if they are very many."""
        share = min(1.0, _LEARN_FROM / max(len(seen.left), 1))
        chosen = np.random.default_rng(_SEED).random(len(seen.left)) < share
        return learning.learn(model, seen.part(chosen), max(self.total * share, 1.0))

    def _weighed(self, model: Model, seen: Seen) -> Pairs:
        if self.alone:
            return Pairs(seen.left, seen.right, learning.weigh(model, seen))
        return Pairs(seen.left, seen.right, learning.judge(model, seen, self.total))

    def _judged(self, pairs: Pairs) -> Pairs:
        """What the other pairs say of each."""
        if self.alone:
            return pairs
        return company.only_one(pairs) if self.across else company.in_groups(pairs, _KEEP)


def _likely(model: Model, seen: Seen) -> int:
    """How many of the pairs are likelier one person than two."""
    return int((learning.weigh(model, seen) > 0).sum())


def _first_prior(sizes: list[int]) -> float:
    """As if each record had one match: of the smaller table in the other, or in its own."""
    return min(0.5, 1 / max(sizes) if len(sizes) > 1 else 1 / max(sizes[0] - 1, 1))

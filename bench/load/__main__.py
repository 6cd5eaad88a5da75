"""Whole pages under load: `python -m bench.load --families 1000 --people 10000 --folder x`.

Fills the folder by `earlydoors simulate` unless that was done, serves it as `earlydoors serve`
does, and measures reading and writing with one client and with eight, and a mixture that arrives at
a rate. Client, server and database share the machine; the work of each is told apart. Beside the
pages stand their floors, measured in the same run. Writes JSON, from which `python -m bench.charts`
draws. What is written stays in the folder.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.load import cast as casting
from bench.load import floors, running, server, walks
from bench.load.cast import Cast
from bench.load.walks import Person, Step
from bench.machine import machine

FLOOR = "an empty page"
# Of a hundred requests of a working day, the author's estimate.
MIXTURE = {
    "my work": 20,
    "families I see": 10,
    "the family's page": 30,
    "is this child known": 10,
    "requests waiting": 10,
    "save a section": 20,
}


async def _steps(cast: Cast, port: int, clients: int) -> dict[str, list[Step]]:
    """Every page and write, for each client its own."""
    leads = [await walks.signed_in(one, port) for one in cast.leads[:clients]]
    door = [await walks.signed_in(one, port) for one in cast.door[:clients]]
    doors = [door[n % len(door)].again() for n in range(clients)]

    def reading(people: list[Person], path: str) -> list[Step]:
        return [walks.page(who.again(), path) for who in people]

    made: dict[str, list[Step]] = {
        FLOOR: reading(leads, "/bench/empty"),
        "my work": reading(leads, "/"),
        "my work at the front door": reading(doors, "/"),
        "families I see": reading(leads, "/families/"),
        "requests waiting": reading(doors, "/requests/"),
        "the family's page": [walks.family(who.again()) for who in leads],
        "an agreement as PDF": [walks.paper(who.again()) for who in leads],
        "is this child known": [await walks.search(who.again(), cast) for who in leads],
    }
    writes: dict[str, Callable[[Person], Awaitable[Step]]] = {
        "save a section": walks.autosave,
        "send a request": walks.submit,
        "record a review": walks.review,
    }
    for name, begin in writes.items():
        made[name] = [await begin(who.again()) for who in leads]
    return made


async def _measured(cast: Cast, here: server.Running, options: argparse.Namespace) -> Any:
    steps = await _steps(cast, here.port, options.clients)
    pages: dict[str, dict[str, Any]] = {}
    for name, several in steps.items():
        if options.page and name not in options.page:
            continue
        _say(name)
        if name == "send a request":
            # What is sent is gone: one client's are counted, those of the others timed.
            told = await running.counted(several[0], walks.SENT_FOR_MEASURING - 1, warming=1)
            timed = await running.closed(several[1:], options.seconds, here, warming=0)
            pages[name] = {"counted": told, "several": timed}
            _say(json.dumps(pages[name]))
            continue
        pages[name] = {
            "counted": await running.counted(several[0], 5),
            "one": await running.closed(several[:1], options.seconds, here),
            "several": await running.closed(several, options.seconds, here),
        }
        _say(json.dumps(pages[name]))
    memory = here.memory()
    if options.page:
        return {"pages": pages, "memory": memory}
    _say("the mixture")
    mixed = {name: (share, steps[name]) for name, share in MIXTURE.items()}
    arriving = await running.opened(mixed, options.rate, options.seconds * 2)
    return {"pages": pages, "arriving": arriving, "memory": memory}


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True, help="the data folder")
    parser.add_argument("--area", default="cumbria")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, help="in each worker; without it, as it is served")
    parser.add_argument("--page", action="append", help="this page alone; may be said again")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    parser.add_argument("--rate", type=float, default=20.0, help="of the mixture, a second")
    parser.add_argument("--first", action="store_true", help="go before other work (Linux, root)")
    parser.add_argument("--out", type=Path, help="the file of figures; without it, the screen")
    options = parser.parse_args()
    folder = options.folder.resolve()
    sizes = {name: getattr(options, name) for name in ("area", "families", "people", "seed")}
    filled = server.fill(folder, **sizes)
    casting.set_up(folder, options.area)
    cast = casting.gather(options.clients)
    served = ["--workers", str(options.workers)]
    if options.threads:
        served += ["--threads", str(options.threads)]
    with server.serving(folder, served, area=options.area, first=options.first) as here:
        load = [round(os.getloadavg()[0], 1)]
        idle = here.memory()
        found = asyncio.run(_measured(cast, here, options))
        by_hand = floors.measured(cast)
        load.append(round(os.getloadavg()[0], 1))
    result = {
        "machine": machine(),
        "load": load,
        "people": cast.people,
        "families": cast.families,
        "filled_seconds": filled,
        "starting_seconds": round(here.starting_seconds, 1),
        "workers": options.workers,
        "clients": options.clients,
        "rate": options.rate,
        "memory_idle": idle,
        "by_hand_ms": by_hand,
        **found,
    }
    text = json.dumps(result, indent=2) + "\n"
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()

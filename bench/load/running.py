"""Load in a closed loop, where each client waits for its answer, and in an open one.

In an open loop requests are due at moments drawn beforehand, and each is counted from the moment at
which it was due: a server that stalls cannot make itself look better by holding its clients up.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Sequence

from bench.load.client import Answer
from bench.load.counting import DATABASE, QUERIES, WORK
from bench.load.server import Running
from bench.load.walks import Step

type Figures = dict[str, float]

_WARMING = 3  # asks of each client that are not counted
_LEAST = 8  # asks that are, however long they take


async def closed(
    steps: Sequence[Step], seconds: float, server: Running, *, warming: int = _WARMING
) -> Figures:
    """Each client does its step again and again."""
    for step in steps:
        for _ in range(warming):
            _check(await step(False))
    took: list[float] = []
    began, before = time.perf_counter(), server.work()
    until = began + seconds

    async def client(step: Step) -> None:
        while (at := time.perf_counter()) < until or len(took) < _LEAST:
            try:
                _check(await step(False))
            except StopAsyncIteration:
                return
            took.append(time.perf_counter() - at)

    await asyncio.gather(*map(client, steps))
    lasted, work = time.perf_counter() - began, server.work().since(before)
    many = len(took)
    return {
        **_spread(took),
        "requests": many,
        "per_second": round(many / lasted, 1),
        "web_work_ms": round(work.web * 1000 / many, 1),
        "database_work_ms": round(work.database * 1000 / many, 1),
        "client_work_ms": round(work.client * 1000 / many, 2),
    }


async def opened(
    shares: dict[str, tuple[int, Sequence[Step]]], rate: float, seconds: float
) -> dict[str, Figures]:
    """A mixture that arrives at a rate, by chance as people do; by page, and all of it."""
    draw = random.Random(7)  # noqa: S311 - when requests are due, nothing secret
    free: dict[str, asyncio.Queue[Step]] = {}
    for name, (_, steps) in shares.items():
        free[name] = asyncio.Queue()
        for step in steps:
            free[name].put_nowait(step)
    names = [name for name, (share, _) in shares.items() for _ in range(share)]
    took: dict[str, list[float]] = {name: [] for name in shares}

    async def one(name: str, due: float) -> None:
        step = await free[name].get()
        try:
            _check(await step(False))
        finally:
            free[name].put_nowait(step)
        took[name].append(time.perf_counter() - due)

    began = due = time.perf_counter()
    under_way = []
    while due < began + seconds:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        under_way.append(asyncio.create_task(one(draw.choice(names), due)))
        due += draw.expovariate(rate)
    await asyncio.gather(*under_way)
    every = [one for several in took.values() for one in several]
    return {name: _spread(some) for name, some in {"everything": every, **took}.items() if some}


async def counted(step: Step, times: int = 12, warming: int = _WARMING) -> Figures:
    """What a page asks of the database, and its own work, at the median of a few."""
    answers = []
    for n in range(times + warming):
        answer = _check(await step(True))
        if n >= warming:
            answers.append(answer)
    told = {
        "queries": QUERIES,
        "database_ms": DATABASE,
        "page_work_ms": WORK,
    }
    found = {
        key: round(statistics.median(a.told(name) for a in answers), 1)
        for key, name in told.items()
    }
    return {**found, "kilobytes": round(statistics.median(len(a.body) for a in answers) / 1000, 1)}


def _check(answer: Answer) -> Answer:
    assert answer.status < 400, f"{answer.status}: {answer.text[:300]}"
    return answer


def _spread(took: Sequence[float]) -> Figures:
    cuts = statistics.quantiles([one * 1000 for one in took], n=100, method="inclusive")
    return {
        "median_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }

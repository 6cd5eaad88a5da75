"""The worker: does the jobs that pages leave to later (mail, reminders, rebuilds)."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
from procrastinate.exceptions import ConnectorException

from earlydoors.config.embedded import Report

PAUSE = 3.0  # seconds before trying again when the database went away
GRACE = 20.0  # seconds for a job under way to finish when the worker is asked to stop

log = logging.getLogger(__name__)


async def work(*, concurrency: int = 1, until_idle: bool = False, report: Report) -> None:
    """Do jobs as they come, until cancelled; come back by itself when the database does.

    Args:
        concurrency: how many jobs at a time.
        until_idle: end when no job is left instead of waiting for more.
        report: told when the database went away.
    """
    while True:
        try:
            await _work_once(concurrency, until_idle=until_idle)
        except (ConnectorException, psycopg.OperationalError, ExceptionGroup) as error:
            log.warning("The worker lost the database: %s", error)
            report("The worker lost the database and tries again")
            await asyncio.sleep(PAUSE)
        else:
            return


async def _work_once(concurrency: int, *, until_idle: bool) -> None:
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined] # Django's own
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=concurrency,
                wait=not until_idle,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
            )


def work_beside(report: Report) -> Callable[[], None]:
    """Work in a thread of this process. Returns what stops it, letting a job under way finish."""
    started = threading.Event()
    loop = asyncio.new_event_loop()
    task: asyncio.Task[None] | None = None

    async def begin() -> None:
        nonlocal task
        task = asyncio.current_task()
        started.set()
        await work(report=report)

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(begin())
        loop.close()

    thread = threading.Thread(target=run, name="jobs", daemon=True)
    thread.start()
    started.wait(5)

    def stop() -> None:
        if task is not None and thread.is_alive():
            with suppress(RuntimeError):  # it ended in the meantime
                loop.call_soon_threadsafe(task.cancel)
            thread.join(GRACE)

    return stop

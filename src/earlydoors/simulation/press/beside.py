"""Processes that work beside this one, each with a connection of its own to the database."""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import sched_getaffinity
from typing import Any, Final

from django.db import connection, connections

_MOST: Final = 4  # more would wait for the database
_TO_END = 10  # seconds given to a process to end by itself

type Work = Callable[[int, Connection], None]


class EndedEarlyError(RuntimeError):
    """A process beside this one has ended before its work was done."""


class Hand:
    """One process beside this one, and what is said to it and by it."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self._process, self._pipe = process, pipe

    def tell(self, what: Any) -> None:
        """Say something to it."""
        self._pipe.send(what)

    def hear(self) -> Any:
        """What it says next. Raises `EndedEarlyError` when it cannot say any more."""
        try:
            return self._pipe.recv()
        except EOFError as error:
            self._process.join(_TO_END)
            raise EndedEarlyError(
                f"A process of the simulation has ended early, with {self._process.exitcode}."
            ) from error

    def end(self) -> None:
        """See it end; one that does not is stopped, and what it was writing is taken back."""
        self._pipe.close()
        self._process.join(_TO_END)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()


def how_many() -> int:
    """How many processes are worth while here; none within a transaction, which no other sees."""
    return 0 if connection.in_atomic_block else min(len(sched_getaffinity(0)), _MOST)


@contextmanager
def hands(count: int, work: Work) -> Iterator[list[Hand]]:
    """So many processes that do the work, each with its number and its end of a pipe.

    They are copies of this process as it is, so nothing has to be sent to them first. They leave
    Ctrl-C to this one, and end when it does.
    """
    context = get_context("fork")
    pipes = [context.Pipe() for _ in range(count)]
    connections.close_all()  # a connection is one process's
    started = []
    for number, (_, theirs) in enumerate(pipes):
        others = [end for both in pipes for end in both if end is not theirs]
        process = context.Process(target=_begin, args=(number, theirs, others, work), daemon=True)
        process.start()
        started.append(process)
    for _, theirs in pipes:
        theirs.close()
    made = [Hand(process, ours) for process, (ours, _) in zip(started, pipes, strict=True)]
    try:
        yield made
    finally:
        for one in made:
            one.end()


def _begin(number: int, pipe: Connection, others: list[Connection], work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in others:
        one.close()
    leave_to_the_other()
    try:
        work(number, pipe)
    except (EOFError, BrokenPipeError):
        pass  # whoever began this has ended, so it is taken up again another time
    finally:
        connections.close_all()


def leave_to_the_other() -> None:
    """In a copy of another process: leave to that one what it has open and what it threw away.

    What waits there to be collected may be a library's, with threads that a copy does not have:
    collected here, it brings the process down. And closing what could be seen of connections before
    copying is not enough: Django keeps them apart by event loop, and no loop runs in a copy.
    """
    gc.freeze()
    for one in connections.all(initialized_only=True):
        del connections[one.alias]

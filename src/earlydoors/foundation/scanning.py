"""Looking for malware in what is sent, by the ClamAV daemon of an installation that has one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

from aioclamd import BufferTooLongError, ClamdAsyncClient, ClamdError
from django.conf import settings

from earlydoors.foundation.kernel.refusals import UnableTo

AT_MOST: Final = 60  # seconds for one file


class MalwareError(UnableTo):
    """A file carries something that harms computers; `name` is what ClamAV calls it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This file was not taken: it carries something harmful ({name}). Nothing of it is "
            "kept. Tell whoever looks after the computer it came from."
        )
        self.name = name


def look_through(content: IO[bytes]) -> None:
    """Have a file looked through from its start, and leave it there. Where no daemon is named
    (`EARLYDOORS_CLAMD`), nothing is asked.

    Raises `MalwareError`, and `UnableTo` when the daemon does not answer or does not take the
    file: what could not be looked through is not taken.
    """
    if settings.CLAMD is None:
        return
    content.seek(0)
    try:
        found, name = _answer(content)
    except BufferTooLongError:
        raise UnableTo(
            "This file is larger than what can be checked for viruses. Divide it."
        ) from None
    except (ClamdError, OSError):
        raise UnableTo(
            "Files cannot be checked for viruses at the moment, so none is taken. Try again later."
        ) from None
    finally:
        content.seek(0)
    if found != "OK":
        raise MalwareError(name or "no name given")


def is_answered() -> bool:
    """Whether the daemon that is named answers."""
    try:
        return bool(_within_a_loop(_daemon().ping()) == "PONG")
    except (ClamdError, OSError):
        return False


def _daemon() -> ClamdAsyncClient:
    host, port = settings.CLAMD or ("", 0)
    return ClamdAsyncClient(host, port, timeout=AT_MOST)


def _answer(content: IO[bytes]) -> tuple[str, str | None]:
    """What the daemon says: "OK" or otherwise, and the name of what it found."""
    told = _within_a_loop(_daemon().instream(content)) or {}
    return next(iter(told.values()), ("no answer", None))


def _within_a_loop(asked: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: whoever asks may stand in a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()

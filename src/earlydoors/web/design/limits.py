"""A request has an end: so long after it began it asks the database nothing more.

A single question is ended by the database itself, on connections that answer pages
(`config.installation.database`). Between the two, a page that asks without end ends as well. What
was begun is undone, and the page says so (`errors.took_too_long`).
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.db import connection
from psycopg import errors

from earlydoors.web.design.request import Request

GRACE: Final = 10
"""Seconds after the end in which words that were sent are kept and the answer is made."""
_BY_THE_DATABASE: Final = (
    errors.QueryCanceled,
    errors.LockNotAvailable,
    errors.IdleInTransactionSessionTimeout,
)
log = logging.getLogger("earlydoors.limits")


class TookTooLongError(Exception):
    """A request asked the database after its end."""


@contextmanager
def until_the_end() -> Iterator[None]:
    """In the block, no question is asked of the database once the time of a request is over."""
    end = time.monotonic() + settings.REQUEST_SECONDS
    told = False

    def in_time(execute: Callable[..., Any], *asked: Any) -> Any:
        nonlocal end, told
        if time.monotonic() > end:
            if not told:
                end, told = time.monotonic() + GRACE, True
            raise TookTooLongError
        return execute(*asked)

    with connection.execute_wrapper(in_time):
        yield


def is_one(exception: BaseException | None) -> bool:
    """Whether an exception says that a question or a request took too long."""
    while exception is not None:
        if isinstance(exception, (TookTooLongError, *_BY_THE_DATABASE)):
            return True
        exception = exception.__cause__
    return False


def tell(request: Request) -> None:
    """Say in the server's log which page it was; not of whom."""
    route = request.resolver_match.view_name if request.resolver_match else "no route"
    log.warning("Took too long: %s %s", request.method, route)

"""Every request of a test is answered as the web login answers it: behind the second wall.

A test's transaction belongs to the owner of the tables, who makes the world of the test. The
request inside it takes the rights of the web login, and gives them back with its answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

from earlydoors.config.installation import EMBEDDED_WEB

ACROSS = 2  # questions: telling the database by what way the wall is crossed, and that it is over

_stays: ContextVar[bool] = ContextVar("_stays", default=False)

type View = Callable[[HttpRequest], HttpResponse]


def as_web(get_response: View) -> View:
    """the middleware; stands before all that asks the database."""

    def answer(request: HttpRequest) -> HttpResponse:
        with as_the_web_login():
            return get_response(request)

    return answer


@contextmanager
def as_the_web_login() -> Iterator[None]:
    """Until the end of the block, what is asked of the database is asked as the web login."""
    _become(EMBEDDED_WEB)
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.connection is not None:
            _become("")


@contextmanager
def staying_the_web_login() -> Iterator[None]:
    """For a block in which nothing is done but to ask pages: the rights of the web login are taken
    once, and not for each."""
    with as_the_web_login():
        before = _stays.set(True)
        try:
            yield
        finally:
            _stays.reset(before)


def _become(login: str) -> None:
    if _stays.get():
        return
    # Past Django's own cursor, so that a test that counts questions does not count these.
    connection.ensure_connection()
    connection.connection.execute(f"SET ROLE {login}" if login else "RESET ROLE")

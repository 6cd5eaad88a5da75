"""What a page asks of the database, told in the head of its answer to a client that asks."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED = "X-Bench-Count"
QUERIES, DATABASE, WORK = "X-Bench-Queries", "X-Bench-Database", "X-Bench-Work"


class _Count:
    """Queries, and the milliseconds for which the page waited for their answers."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """The middleware; stands first."""

    def answer(request: HttpRequest) -> HttpResponse:
        if ASKED not in request.headers:
            return get_response(request)
        count = _Count()
        began = time.thread_time()
        with connection.execute_wrapper(count):
            response = get_response(request)
        response[QUERIES] = str(count.queries)
        response[DATABASE] = f"{count.seconds * 1000:.3f}"
        response[WORK] = f"{(time.thread_time() - began) * 1000:.3f}"
        return response

    return answer

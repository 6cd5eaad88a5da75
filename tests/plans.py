"""How the server would answer a question of a page, planned once for all values as pages' are.

A test's tables are small: all rows are read, and put in order afterwards. So both are made dear.
What is still done then has no index that the question could use.
"""

import re
from itertools import count

from django.db import connection, transaction
from django.db.models import QuerySet

from tests.as_web import as_the_web_login

_DEAR = "enable_seqscan", "enable_bitmapscan", "enable_sort"


def plan_of(question: QuerySet) -> str:  # type: ignore[type-arg]
    """The plan behind the wall, of whoever acts; a line for each step."""
    sql, _ = question.query.sql_with_params()
    numbers = count(1)
    asked = re.sub("%s", lambda _: f"${next(numbers)}", sql)
    with transaction.atomic(), as_the_web_login():
        raw = connection.connection
        for way in _DEAR:
            raw.execute(f"SET LOCAL {way} = off")
        rows = raw.execute(f"EXPLAIN (GENERIC_PLAN) {asked}", prepare=False).fetchall()
        for way in _DEAR:
            raw.execute(f"SET LOCAL {way} = on")
    return "\n".join(line for (line,) in rows)

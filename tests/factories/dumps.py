"""Everything that a database holds, row for row, as text."""

from django.db import connection


def dump() -> dict[str, list[str]]:
    """Every row of every table as text, by table; tables without rows too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            # Every name comes from the database itself.
            cursor.execute(f'SELECT t::text FROM public."{name}" t')  # noqa: S608
            found[name] = sorted(row for (row,) in cursor.fetchall())
    return found

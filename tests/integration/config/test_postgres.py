"""The database is a PostgreSQL that Early Doors knows, whoever runs it."""

import pytest
from django.db import connection, connections

from earlydoors.config import database


@pytest.mark.django_db
def test_is_new_enough_and_up_to_date() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        assert cursor.fetchone()[0] // 10_000 >= database.OLDEST_VERSION
    assert database.unapplied_migrations() == []


@pytest.mark.django_db
def test_a_dropped_connection_is_replaced() -> None:
    """What a request finds after a restart of the database."""
    other = connections.create_connection("default")
    other.ensure_connection()
    first = other.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [first])
    other.close_if_unusable_or_obsolete()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != first
    other.close()

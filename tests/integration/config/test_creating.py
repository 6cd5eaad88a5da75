"""A new database has the tables that every migration in turn would have left."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from tests.schema import TEMPLATE

from earlydoors.config import creating, database

_NEW = "made_at_once"
# Whatever PostgreSQL knows of a schema, as text that says nothing of how it came to be.
_KNOWN = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """
        SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'""",
    "kinds": """
        SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid""",
    "policies": "SELECT tablename, policyname, cmd, qual, with_check, roles FROM pg_policies",
    "privileges": """
        SELECT relname, relkind, relrowsecurity, coalesce(
            relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)
        )::text
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')""",
    "migrations": "SELECT app, name FROM django_migrations",
    "permissions": """
        SELECT t.app_label, t.model, p.codename, p.name
        FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id""",
}
# A schema that was dumped and read back has its casts and brackets elsewhere.
_CASTS = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")


@pytest.fixture
def new(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of an empty database, in which the usual connection is."""
    usual = connection.settings_dict["NAME"]
    full = f"{usual}_{_NEW}"
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{full}" TEMPLATE template0')
        connection.settings_dict["NAME"] = full
        try:
            yield full
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = usual
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{full}" WITH (FORCE)')


def known(of: str) -> dict[str, list[str]]:
    connections.close_all()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = of
    found = {}
    try:
        with connection.cursor() as cursor:
            for part, question in _KNOWN.items():
                cursor.execute(question)
                found[part] = sorted(_CASTS.sub("", str(row)) for row in cursor.fetchall())
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before
    return found


def test_at_once_is_what_step_by_step_would_be(new: str) -> None:
    assert creating.create_tables()
    assert database.unapplied_migrations() == []
    call_command("migrate", verbosity=0, interactive=False)
    at_once, in_turn = known(new), known(TEMPLATE)
    for part, found in at_once.items():
        assert found, part
        assert found == in_turn[part], part


def test_what_has_a_table_is_left_to_its_migrations(new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (word text)")
    assert not creating.create_tables()
    assert connection.introspection.table_names() == ["somebodys"]


def test_stopped_half_way_migrations_go_on_from_there(
    new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(creating, "_say", stop)
    with pytest.raises(KeyboardInterrupt):
        creating.create_tables()
    assert not creating.create_tables()
    assert database.unapplied_migrations()
    assert "people_person" not in connection.introspection.table_names()

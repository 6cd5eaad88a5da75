"""Putting the wall up: functions, policies, and what the web login may do with each table.

Run by the owner of the tables after every migration. What stands already is left alone, so that
it costs one question.
"""

import hashlib

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from earlydoors.foundation.wall.policies import folder, functions, ours, policies, views, wall

_LOCK = 0x0EA51D01  # one at a time puts the wall up
_MARK = "SELECT obj_description(to_regprocedure('public.wall_me()'), 'pg_proc')"
_STANDING = "SELECT tablename, policyname FROM pg_policies WHERE policyname LIKE 'wall\\_%'"
_GIVEN = (
    "SELECT has_table_privilege(rolname, 'public.people_person', 'SELECT')"
    " FROM pg_roles WHERE rolname = %s"
)
# What the policies ask, how names are found, what is counted for whoever reads figures, and what a
# study takes away.
_FILES = ("wall.sql", "finding.sql", "figures.sql", "studies.sql")
_VIEWS = ("wall_open_any", "wall_open_all", "wall_known_any", "wall_known_all")
# What finds, gives of the evidence or counts is called by nobody else than pages, and each asks
# again who asks. What they count from is called by nobody but them.
_ASKED = (
    "wall_looks(uuid, timestamptz)",
    "wall_looks_by(text, timestamptz, timestamptz)",
    "wall_looking(timestamptz, timestamptz, timestamptz, integer, integer, text)",
    "wall_named(text[])",
    "wall_born(date, boolean)",
    "wall_figures(date, date, text, interval)",
    "wall_waits(date, date, text)",
    "wall_study_rows(uuid, text)",
    "wall_forget_study(uuid)",
)
_FOR_NOBODY = (
    "wall_is_owner()",
    "wall_beginning(text)",
    "wall_countable(date, date, interval)",
    "wall_waited(date, date)",
    "wall_reads_figures()",
    "wall_untold_places()",
    "wall_study(uuid)",
    "wall_pseudonym(bytea, text, uuid)",
    "wall_study_families(date, date)",
    "wall_study_people(date, date)",
    "wall_study_episodes(date, date)",
    "wall_study_help(bytea, date, date, text)",
)
# What policies asked before, and ask no more.
_GONE = ("wall_sees(uuid, boolean)", "wall_knows(uuid, boolean)")
_LOOK_ONLY = {"django_migrations", "django_content_type"}
# What the owner of the tables writes, and pages only tell.
_TOLD_BY_OWNER = {"history.rowversion", "audit.verification"}
_LEAST_FOR_MAINTAIN = 17  # PostgreSQL: whoever may, may VACUUM and ANALYZE


def put_up(using: str = "default") -> bool:
    """Put the wall up as declared, unless it stands. Returns whether anything was done.

    Nothing is done while migrations wait: what is half made is not served.
    """
    connection = connections[using]
    mark = _mark(connection)
    if stands(using, mark) or _migrations_wait(connection):
        return False
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        make_way(using)  # a view cannot be replaced by one with other columns
        for statement in (
            *_functions(),
            *_for_nobody(),
            *_policies(),
            *(f"DROP FUNCTION IF EXISTS public.{one}" for one in _GONE),
            *_privileges(connection, settings.WEB_LOGIN),
        ):
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION public.wall_me() IS '{mark}'")
    return True


def stands(using: str = "default", mark: str = "") -> bool:
    """Whether the wall stands, just as it is declared, on every table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        if cursor.fetchone()[0] != (mark or _mark(connection)):
            return False
        if settings.WEB_LOGIN:
            cursor.execute(_GIVEN, [settings.WEB_LOGIN])
            if cursor.fetchone() != (True,):
                return False
        cursor.execute(_STANDING)
        standing = set(cursor.fetchall())
    wanted = {
        (table, statement.split()[2])
        for table, statements in policies()
        for statement in statements
    }
    return standing == wanted


def make_way(using: str = "default") -> None:
    """Take the policies off, and the views that they ask, for a migration or for others: a column
    that they ask for cannot be changed under them.

    The tables stay closed to the web login until the wall stands again.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_STANDING)
        for table, name in cursor.fetchall():
            cursor.execute(f"DROP POLICY {name} ON public.{table}")
        for view in reversed(["wall_granted", *_VIEWS, *views()]):
            cursor.execute(f"DROP VIEW IF EXISTS public.{view}")


def _mark(connection: BaseDatabaseWrapper) -> str:
    """What tells one declaration from another, whoever the web login is."""
    said = [*_functions(), *_for_nobody(), *_policies(), *_privileges(connection, "web")]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _migrations_wait(connection: BaseDatabaseWrapper) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _functions() -> list[str]:
    files = [(folder() / name).read_text(encoding="utf-8") for name in _FILES]
    return [*files, *functions(), *views().values()]


def _for_nobody() -> list[str]:
    return [f"REVOKE ALL ON FUNCTION public.{one} FROM PUBLIC" for one in _ASKED + _FOR_NOBODY]


def _policies() -> list[str]:
    statements = []
    for table, made in policies():
        statements.append(f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY")
        statements += [f"DROP POLICY IF EXISTS {s.split()[2]} ON public.{table}" for s in made]
        statements += made
    return statements


def _privileges(connection: BaseDatabaseWrapper, web: str) -> list[str]:
    """What the web login may do: look and add, change what is not evidence, delete no record."""
    if not web:
        return []
    to = connection.ops.quote_name(web)
    labels = {m._meta.db_table: m._meta.label_lower for m in ours()}
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)} | _LOOK_ONLY
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {to}",
    ]
    statements += [f"GRANT SELECT ON public.{view} TO {to}" for view in (*_VIEWS, *views())]
    statements += [f"GRANT EXECUTE ON FUNCTION public.{one} TO {to}" for one in _ASKED]
    for table in sorted(tables):
        rights = _rights(table, labels.get(table), _server(connection))
        statements.append(f"GRANT {rights} ON public.{connection.ops.quote_name(table)} TO {to}")
    return statements


def _rights(table: str, label: str | None, server: int) -> str:
    """What the web login may do with a table. Tables that are not ours keep no family's record."""
    if table in _LOOK_ONLY or label in _TOLD_BY_OWNER:
        return "SELECT"
    if label is None:
        return "SELECT, INSERT, UPDATE, DELETE"
    if label == "audit.auditevent":
        return "INSERT, SELECT (id, hash)"
    rights = ["SELECT", "INSERT"]
    if label not in wall().once:
        rights.append("UPDATE")
    if label in wall().deletes:
        rights.append("DELETE")
    # After many came in, the index is looked through: see `matching.filling.settle`.
    if label.startswith("matching.") and server >= _LEAST_FOR_MAINTAIN:
        rights.append("MAINTAIN")
    return ", ".join(rights)


def _server(connection: BaseDatabaseWrapper) -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000

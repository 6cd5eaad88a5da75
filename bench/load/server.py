"""The product as `earlydoors serve` runs it, on a folder that a simulation filled."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_STARTS_WITHIN = 180.0  # seconds
_FIRST = "-15"  # how far before others a process group is put, where that is asked for


@dataclass(frozen=True)
class Work:
    """Seconds of processor used so far: by the web server, by the database, by this client."""

    web: float
    database: float
    client: float

    def since(self, before: "Work") -> "Work":
        """What was used in between."""
        return Work(
            self.web - before.web, self.database - before.database, self.client - before.client
        )


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    process: psutil.Process
    postmaster: psutil.Process
    starting_seconds: float

    def web(self) -> list[psutil.Process]:
        """The web server's processes."""
        return [self.process, *self.process.children(recursive=True)]

    def database(self) -> list[psutil.Process]:
        """The database's processes."""
        return [self.postmaster, *self.postmaster.children(recursive=True)]

    def work(self) -> Work:
        """The processors' time so far."""
        return Work(_seconds(self.web()), _seconds(self.database()), time.process_time())

    def memory(self) -> dict[str, float]:
        """Megabytes held, what processes share counted once."""
        return {"web_mb": _megabytes(self.web()), "database_mb": _megabytes(self.database())}


def put_first(*processes: int) -> None:
    """Put the groups of these processes before whatever else this machine does."""
    for one in processes:
        with suppress(OSError):
            Path(f"/proc/{one}/autogroup").write_text(_FIRST)


def _seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for one in processes:
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def _megabytes(processes: list[psutil.Process]) -> float:
    total = 0
    for one in processes:
        with suppress(psutil.Error):
            total += one.memory_full_info().pss
    return round(total / 1e6)


def fill(folder: Path, *, area: str, families: int, people: int, seed: int) -> float:
    """Fill a folder by a simulation, unless that was done. Returns the seconds it took."""
    done = folder / "filled"
    if done.exists():
        return float(done.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    sizes = ["--families", str(families), "--people", str(people), "--seed", str(seed)]
    _run(folder, area, ["simulate", "--area", area, "--years", "3", *sizes]).wait()
    took = time.monotonic() - began
    done.write_text(f"{took:.0f}")
    return took


def _run(folder: Path, area: str, arguments: list[str]) -> "subprocess.Popen[bytes]":
    here = {
        "EARLYDOORS_DATA": str(folder),
        "EARLYDOORS_AREA": area,
        "EARLYDOORS_FAMILIES_AN_HOUR": "1000000",  # a program plays everybody
        "DJANGO_SETTINGS_MODULE": "bench.load.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-m", "earlydoors.config.cli", *arguments]
    return subprocess.Popen(  # noqa: S603 - our own command
        command, env={**os.environ, **here}, stdout=sys.stderr, start_new_session=True
    )


@contextmanager
def serving(folder: Path, options: list[str], *, area: str, first: bool) -> Iterator[Running]:
    """The server on a free port, with options of `earlydoors serve`, until the block ends; before
    all other work if `first`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    began = time.monotonic()
    started = _run(folder, area, ["serve", "--port", str(port), *options])
    try:
        if first:
            put_first(os.getpid(), started.pid, postmaster)
        _wait(port, started)
        took = time.monotonic() - began
        yield Running(port, psutil.Process(started.pid), psutil.Process(postmaster), took)
    finally:
        started.terminate()
        started.wait(60)


def _wait(port: int, started: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and started.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=30):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server did not start.")

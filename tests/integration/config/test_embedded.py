"""The embedded server, through everything that happens to servers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from earlydoors.config import memory
from earlydoors.config.embedded import USER, Server
from earlydoors.config.faults import CannotRun
from earlydoors.config.postmaster import works_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A durable server of its own, stopped afterwards whatever happened."""
    # pytest's folders are closed to others, and under root the server is another user.
    made = Server(tmp_path / "postgres")
    yield made
    made.stop()


def connect(server: Server) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(server.sockets), port=5432, user=USER, dbname="postgres", autocommit=True
    )


def count(server: Server) -> int:
    with connect(server) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def process_of(server: Server) -> psutil.Process:
    found = server._postmaster()
    assert found is not None
    return found


def write_until_killed(server: Server, *, after: int) -> int:
    """Write rows one by one, kill the server on the way; the number of rows acknowledged."""
    acknowledged = 0
    with suppress(psycopg.OperationalError), connect(server) as connection:
        while acknowledged < 100_000:
            connection.execute("INSERT INTO kept VALUES (%s)", [acknowledged])
            acknowledged += 1
            if acknowledged == after:
                process_of(server).kill()
    assert after <= acknowledged < 100_000, "the server was not killed"
    return acknowledged


def test_starts_twice_and_is_one_server(server: Server) -> None:
    server.start()
    first = process_of(server)
    server.start()
    second = Server(server.cluster)
    second.start()
    assert process_of(second) == first
    assert not second.let_go()
    assert server.is_alive()
    assert server.let_go()
    assert not server.is_alive()


def test_keeps_what_was_written_over_a_stop(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
    server.let_go()
    server.start()
    assert count(server) == 1


def test_flushes_to_disk(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            row = connection.execute(f"SHOW {setting}").fetchone()
            assert row == ("on",), setting


def test_listens_on_no_network_and_to_no_other_user(server: Server) -> None:
    server.start()
    listening = [
        found
        for found in process_of(server).net_connections(kind="inet")
        if found.status == psutil.CONN_LISTEN
    ]
    assert listening == []
    assert server.cluster.stat().st_mode & 0o077 == 0


def test_a_killed_server_comes_back_with_all_it_acknowledged(server: Server) -> None:
    """Rows are written one by one; the server is killed in the middle; none is missing."""
    server.start()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    acknowledged = write_until_killed(server, after=200)
    server.start()
    # One more may have been written than was answered.
    assert acknowledged <= count(server) <= acknowledged + 1


def test_a_killed_backend_leaves_the_others_able_to_go_on(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    server.start()
    assert count(server) == 1


def test_a_process_that_is_killed_does_not_count_as_a_user(server: Server) -> None:
    """Its lock goes with it, so the last one left still stops the server."""
    server.start()
    program = (
        "import sys, time; from pathlib import Path; from earlydoors.config.embedded import Server;"
        "s = Server(Path(sys.argv[1])); s.start(); print('up', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(server.cluster)], stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"up\n"
    other.kill()
    other.wait()
    other.stdout.close()
    assert server.is_alive()
    assert server.let_go()
    assert not server.is_alive()


def test_outlives_the_process_that_started_it_if_another_uses_it(tmp_path: Path) -> None:
    cluster = tmp_path / "postgres"
    program = (
        "import sys; from pathlib import Path; from earlydoors.config.embedded import Server;"
        "s = Server(Path(sys.argv[1])); s.start(); print('up', flush=True); sys.stdin.read();"
        "s.let_go()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(cluster)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == b"up\n"
    here = Server(cluster)
    here.start()
    starter.communicate()
    assert here.is_alive()
    assert here.let_go()


def test_a_pid_file_whose_number_went_to_another_program(server: Server) -> None:
    server.start()
    process_of(server).kill()
    server._process.wait()  # type: ignore[union-attr] # it was started above
    deadline = time.monotonic() + 20
    while any(works_in(server.cluster, found) for found in psutil.process_iter()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    pid_file = server.cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.start()
    assert server.is_alive()


@pytest.mark.parametrize("name", ["d" * 110, "a, b", "it's $HOME `x`"])
def test_a_folder_with_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    server = Server(tmp_path / name / "postgres", durable=False)
    try:
        server.start()
        server.make_database("early")
        server.make_database("early")
        assert server.is_alive()
    finally:
        server.stop()


def test_data_of_another_version_is_left_alone(server: Server) -> None:
    server.start()
    server.let_go()
    (server.cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotRun, match=r"written by PostgreSQL 9, and this is PostgreSQL 1\d"):
        server.start()


def test_a_server_that_cannot_start_says_why(server: Server) -> None:
    server.start()
    server.let_go()
    with (server.cluster / "postgresql.auto.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'lots'\n")
    with pytest.raises(CannotRun, match=r"The database did not start: .*Its log is"):
        server.start()


def test_a_folder_in_the_way_is_left_alone(server: Server) -> None:
    server.cluster.mkdir()
    (server.cluster / "letters").write_text("mine")
    with pytest.raises(CannotRun, match="Move what is there out of the way"):
        server.start()
    assert (server.cluster / "letters").read_text() == "mine"
    assert [found.name for found in server.cluster.parent.glob("postgres-new-*")] == []


def test_it_keeps_at_hand_what_the_memory_allows(server: Server) -> None:
    server.start()

    with connect(server) as connection:
        row = connection.execute(
            "SELECT setting::int / 128 FROM pg_settings WHERE name = 'shared_buffers'"
        ).fetchone()
    assert row == (memory.for_the_database(),)

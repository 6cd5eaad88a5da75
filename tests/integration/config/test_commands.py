"""The command as a shell sees it: what it prints, how it ends and what it leaves running."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from earlydoors.config import postmaster
from earlydoors.config.cli import root
from earlydoors.foundation.profile.loader import SHIPPED

# One installation is made ready and used by all of them, so one worker runs them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]

COMMAND = (sys.executable, "-m", "earlydoors.config.cli")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of an installation of its own, with an embedded database made ready."""
    data = tmp_path_factory.mktemp("installation")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EARLYDOORS_", "DATABASE_", "DJANGO_", "PORT"))
    }
    environment |= {"EARLYDOORS_DATA": str(data), "EARLYDOORS_AREA": "cumbria"}
    made = earlydoors(environment, "migrate", "--verbosity", "0")
    assert made.returncode == root.FINE, made.stderr
    yield environment
    left = postmaster.running(data / "postgres")
    if left is not None:
        left.send_signal(signal.SIGINT)
    assert left is None, "the last command left its database running"


def earlydoors(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def answer(port: int) -> int:
    """The status of a page that asks the database."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=20) as page:
            return int(page.status)
    except urllib.error.HTTPError as error:
        return error.code


def wait_until_served(port: int, process: "subprocess.Popen[bytes]", seconds: float = 60) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            status = answer(port)
            if status < 500:
                return status
        time.sleep(0.1)
    pytest.fail(f"nobody answered on port {port}")


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """A server that answers; stopped afterwards as a service manager stops it."""
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    try:
        wait_until_served(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def test_a_database_that_is_not_there(installation: dict[str, str]) -> None:
    elsewhere = installation | {"DATABASE_URL": "postgresql://anna:hunter2@127.0.0.1:1/early"}
    ended = earlydoors(elsewhere, "migrate")
    assert ended.returncode == root.CANNOT_RUN
    assert ended.stderr.startswith(
        'earlydoors: The database "early" at 127.0.0.1:1 cannot be reached:'
    )
    assert "hunter2" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_behind(installation: dict[str, str]) -> None:
    ended = earlydoors(installation | {"EARLYDOORS_AREA": "north_somerset"}, "serve", "--port", "0")
    assert ended.returncode == root.CANNOT_RUN
    assert "run `earlydoors migrate`" in ended.stderr


def test_the_evidence_of_a_fresh_installation_is_whole(installation: dict[str, str]) -> None:
    ended = earlydoors(installation, "audit", "verify")
    assert (ended.returncode, ended.stdout) == (root.FINE, "The chain is whole: 0 events.\n")


def test_the_doctor_says_how_to_mend(installation: dict[str, str]) -> None:
    Path(installation["EARLYDOORS_DATA"], "secret").chmod(0o644)
    ended = earlydoors(installation, "doctor")
    Path(installation["EARLYDOORS_DATA"], "secret").chmod(0o600)
    assert ended.returncode == root.FAULTY
    assert f"chmod 600 {installation['EARLYDOORS_DATA']}/secret" in ended.stdout
    assert "ok     Database     PostgreSQL 18" in ended.stdout


def test_the_worker_ends_when_no_job_is_left(installation: dict[str, str]) -> None:
    ended = earlydoors(installation, "worker", "--until-idle")
    assert ended.returncode == root.FINE, ended.stderr


def test_a_faulty_profile_refuses_to_start_and_leaves_the_running_one_alone(
    installation: dict[str, str], tmp_path: Path
) -> None:
    faulty = tmp_path / "cumbria"
    shutil.copytree(SHIPPED / "cumbria", faulty)
    with (faulty / "levels.yaml").open("a") as levels:
        levels.write("\nlevles: []\n")
    with serving(installation) as (port, _process):
        ended = earlydoors(installation | {"EARLYDOORS_AREA": str(faulty)}, "serve", "--port", "0")
        assert ended.returncode == root.CANNOT_RUN
        assert "cumbria/levels.yaml" in ended.stderr
        assert "levles" in ended.stderr
        assert answer(port) == 200


def test_a_taken_port(installation: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = earlydoors(installation, "serve", "--port", str(port))
    assert ended.returncode == root.CANNOT_RUN
    assert f"Port {port} is taken by another program." in ended.stderr


def test_pages_do_not_travel_in_the_open(installation: dict[str, str]) -> None:
    for case, says in (
        ({"EARLYDOORS_HOSTS": "early.example.org"}, "EARLYDOORS_HTTPS=1"),
        ({"EARLYDOORS_HTTPS": "1"}, "--certificate"),
    ):
        host = "127.0.0.1" if "EARLYDOORS_HOSTS" in case else "0.0.0.0"  # noqa: S104 - refused
        ended = earlydoors(installation | case, "serve", "--host", host, "--port", "0")
        assert ended.returncode == root.CANNOT_RUN
        assert says in ended.stderr


def test_a_proxy_elsewhere_is_spoken_to_by_tls(
    installation: dict[str, str], tmp_path: Path
) -> None:
    certificate, key = a_certificate(tmp_path)
    port = free_port()
    listening = ("--host", "0.0.0.0", "--port", str(port), "--workers", "1")  # noqa: S104
    with subprocess.Popen(
        [*COMMAND, "serve", *listening, "--certificate", str(certificate), "--key", str(key)],
        env=installation | {"EARLYDOORS_HTTPS": "1"},
        stdin=subprocess.DEVNULL,
    ) as process:
        try:
            assert wait_until_spoken_to(port, certificate, process) == "TLSv1.3"
        finally:
            process.terminate()


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine that it has given itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(Encoding.PEM))
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(kept)
    return folder / "certificate.pem", folder / "key.pem"


def wait_until_spoken_to(port: int, trusted: Path, process: "subprocess.Popen[bytes]") -> str:
    """The version of TLS in which a server answers."""
    trusting = ssl.create_default_context(cafile=str(trusted))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=20) as plain,
            trusting.wrap_socket(plain, server_hostname="localhost") as spoken,
        ):
            spoken.sendall(
                b"GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            assert spoken.recv(9) == b"HTTP/1.1 "
            return spoken.version() or ""
        time.sleep(0.1)
    pytest.fail(f"nobody answered on port {port}")


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
# Headers, and what follows them, of which a proxy could think that it is the body and the server
# that it is another request; or the other way round.
IN_DOUBT = [
    (b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\nContent-Length: 6", b"0\r\n\r\nX"),
    (b"Content-Length: 0\r\nContent-Length: 44", b""),
    (b"Content-Length: 0, 44", b""),
    (b"Content-Length: +0", b""),
    (b"Content-Length: 0x0", b""),
    (b"Content-Length: -1", b""),
    (b"Content-Length : 44", b""),
    (b"Transfer-Encoding: xchunked", b"0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", b"0\r\n\r\n"),
    (b"Transfer-Encoding:\r\n chunked", b"0\r\n\r\n"),
    (b"X: a\r\n Content-Length: 44", b""),
    (b"X: a\rContent-Length: 44", b""),
    (b"X\x00: a", b""),
    (b"Transfer-Encoding: chunked", b"zz\r\n\r\n"),
    (b"Transfer-Encoding: chunked", b"fffffffffffffffff\r\n\r\n"),
    (b"Transfer-Encoding: chunked", b"0\n\n"),
    (b"Transfer-Encoding: chunked", b"0;a=\n\r\n\r\n"),
]


def answers_to(port: int, sent: bytes) -> tuple[list[bytes], bool]:
    """The statuses of what comes back, and whether the server hung up."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        line.sendall(sent)
        try:
            while part := line.recv(65536):
                got += part
        except TimeoutError:
            return re.findall(rb"HTTP/1\.1 (\d+)", got), False
    return re.findall(rb"HTTP/1\.1 (\d+)", got), True


def test_where_a_message_ends_is_not_in_doubt(
    installation: dict[str, str], subtests: pytest.Subtests
) -> None:
    begin = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
    with serving(installation) as (port, _process):
        plain = answers_to(port, begin + b"Content-Length: 0\r\n\r\n" + HIDDEN)
        assert plain == ([b"302", b"404"], False), "two requests on one line are two"
        for headers, body in IN_DOUBT:
            with subtests.test(headers=headers, body=body):
                statuses, ended = answers_to(port, begin + headers + b"\r\n\r\n" + body + HIDDEN)
                assert statuses in ([b"400"], [b"302"])
                assert ended


def test_the_database_is_killed_and_the_server_goes_on(installation: dict[str, str]) -> None:
    with serving(installation) as (port, process):
        found = postmaster.running(Path(installation["EARLYDOORS_DATA"], "postgres"))
        assert found is not None
        found.kill()
        found.wait(20)
        assert wait_until_served(port, process, 20) == 200


def test_the_server_is_killed_and_frees_its_port(installation: dict[str, str]) -> None:
    database = Path(installation["EARLYDOORS_DATA"], "postgres")
    with serving(installation) as (port, process):
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait(10)
        # The database stays for whoever starts next; the workers do not.
        workers = [child for child in children if not postmaster.works_in(database, child)]
        assert workers
        _gone, left = psutil.wait_procs(workers, timeout=20)
        assert left == []
    with serving(installation) as (port, _process):
        assert answer(port) == 200


def test_two_processes_share_the_database(installation: dict[str, str]) -> None:
    with serving(installation) as (port, _process):
        assert earlydoors(installation, "audit", "verify").returncode == root.FINE
        assert answer(port) == 200

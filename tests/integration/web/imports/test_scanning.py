"""What is sent is looked through for malware, where an installation has a daemon for that."""

import hashlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.partnership import signed_in, worker
from tests.factories.rolls import as_csv, roll
from tests.integration.web.imports.test_people import send

from earlydoors.domain.imports.models import Import
from earlydoors.foundation import scanning
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
# The harmless file that every scanner agrees to call harmful (eicar.org), in two halves so that no
# scanner takes these tests away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def client() -> Client:
    return signed_in(worker("coordinator"))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A real clamd that knows one piece of malware, and takes no file above a megabyte."""
    folder: Path = tmp_path_factory.mktemp("clamd")
    known = folder / "known"
    known.mkdir()
    mark = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (known / "one.hdb").write_text(f"{mark}:{len(EICAR)}:Eicar-Test\n")
    port = free_port()
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {port}\nDatabaseDirectory {known}\n"
        "StreamMaxLength 1M\n"
    )
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin") or "clamd"
    running = subprocess.Popen(
        [program, "--config-file", folder / "clamd.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, running)
        yield "127.0.0.1", port
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert running.poll() is None, "clamd has ended"
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("clamd does not answer")


@pytest.mark.clamav
def test_a_file_with_malware_is_not_taken(
    client: Client, daemon: tuple[str, int], settings: Any
) -> None:
    settings.CLAMD = daemon
    assert scanning.is_answered()

    answer = send(client, EICAR, "roll.csv", source_says="Roll")

    assert answer.status_code == 200
    assert "it carries something harmful (Eicar-Test" in answer.content.decode()
    assert not Import.objects.exists()
    kept = AuditEvent.objects.get(verb="import.refused")
    assert kept.details["malware"].startswith("Eicar-Test")


@pytest.mark.clamav
def test_a_file_without_is_read_as_ever(
    client: Client, daemon: tuple[str, int], settings: Any
) -> None:
    settings.CLAMD = daemon
    answer = send(client, as_csv(roll()), "roll.csv", source_says="Roll")
    assert answer.status_code == 302
    assert Import.objects.get().rows.count() == len(roll()) - 1


@pytest.mark.clamav
def test_what_is_too_large_to_be_looked_through_is_not_taken(
    client: Client, daemon: tuple[str, int], settings: Any
) -> None:
    settings.CLAMD = daemon
    answer = send(client, b"a,b\n" * 500_000, "roll.csv", source_says="Roll")
    assert "checked for viruses" in answer.content.decode()
    assert not Import.objects.exists()


def test_nothing_is_taken_while_the_daemon_does_not_answer(client: Client, settings: Any) -> None:
    settings.CLAMD = ("127.0.0.1", free_port())
    assert not scanning.is_answered()
    answer = send(client, as_csv(roll()), "roll.csv", source_says="Roll")
    assert answer.status_code == 200
    assert "cannot be checked for viruses at the moment" in answer.content.decode()
    assert "Roll" in answer.content.decode()
    assert not Import.objects.exists()

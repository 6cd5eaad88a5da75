"""The same seed gives the same content: in another database, by several processes or by one, and
after it was killed."""

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from tests.schema import TEMPLATE

from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.practice.models import PracticeMark
from earlydoors.simulation.press import batches, running
from earlydoors.simulation.press.beside import leave_to_the_other
from earlydoors.simulation.press.capture import HISTORY, tables
from earlydoors.simulation.press.drawing import Wanted
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.playing import play
from earlydoors.simulation.press.running import Simulation

FAMILIES = 60
PEOPLE = 330
SOME = frozenset({"advice", "refused", "talk"})
type Databases = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def database_of_its_own(django_db_setup: None, django_db_blocker: Any) -> Iterator[Databases]:
    """Makes databases beside the tests' own, in which what is written stays until the end."""
    usual = connection.settings_dict["NAME"]
    made: list[str] = []

    @contextmanager
    def within(name: str) -> Iterator[None]:
        full = f"{usual}_{name}"
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{full}" TEMPLATE "{TEMPLATE}"')
        made.append(full)
        connection.settings_dict["NAME"] = full
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = usual

    with django_db_blocker.unblock():
        yield within
        with connection._nodb_cursor() as cursor:
            for name in made:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connections.close_all()


@pytest.fixture(autouse=True)
def played_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches, so that several processes have several each; the stories are played once."""
    kept: dict[str, dict[str, Plate]] = {}

    def once(only: frozenset[str]) -> dict[str, Plate]:
        if "plates" not in kept:
            kept["plates"] = play(SOME | {"on_record"})
        return kept["plates"]

    monkeypatch.setattr(running, "play", once)
    monkeypatch.setattr(running, "_MANY", 10)
    monkeypatch.setattr(batches, "STORIES", 7)
    monkeypatch.setattr(batches, "BARE", 9)


def simulate(labels: Path, seed: int = 7) -> None:
    wanted = Wanted(seed, FAMILIES, 3, date(2026, 11, 20), PEOPLE)
    Simulation(wanted, labels, lambda _sentence: None, SOME).run()


def simulate_in_a_copy(labels: Path) -> None:
    leave_to_the_other()
    simulate(labels)


def digest() -> dict[str, str]:
    """A fingerprint of everything that a simulation writes, table by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in [*tables(partnership=True), *tables(), HISTORY]:
            rows = f'FROM "{table}" t'
            cursor.execute(f"SELECT coalesce(string_agg(t::text, '' ORDER BY t::text), '') {rows}")
            found[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return found


def families_done() -> int:
    progress = PracticeMark.objects.values_list("progress", flat=True).first() or {}
    return int(progress["done"]["families"]) if progress else 0


def kill_on_the_way(labels: Path) -> None:
    """Begin in a process of its own, and kill that once some families are kept."""
    connections.close_all()
    process = get_context("fork").Process(target=simulate_in_a_copy, args=(labels,))
    process.start()
    while families_done() < 14:
        assert process.exitcode is None, "It was done before it could be killed."
        time.sleep(0.005)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def wait_until_alone() -> None:
    """Those who printed beside it end by themselves, and what they were writing is taken back."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Somebody still writes.")


def test_the_same_seed_gives_the_same_content(
    database_of_its_own: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, taken_up = tmp_path / "whole.csv", tmp_path / "taken_up.csv"
    monkeypatch.setattr(running, "how_many", lambda: 3)
    with database_of_its_own("whole"):
        simulate(whole)
        first = digest()
        assert verify().sound

    with database_of_its_own("killed"):
        kill_on_the_way(taken_up)
        wait_until_alone()
        assert 14 <= families_done() < FAMILIES
        monkeypatch.setattr(running, "how_many", lambda: 1)
        simulate(taken_up)
        second = digest()
        assert verify().sound

    with database_of_its_own("other"):
        simulate(tmp_path / "other.csv", seed=8)
        other = digest()

    assert first == second
    assert whole.read_text() == taken_up.read_text()
    assert first["people_person"] != other["people_person"]

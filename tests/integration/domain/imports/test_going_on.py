"""A file is taken up exactly where it was, whatever stopped it, and nothing is done twice."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories.partnership import AT, worker
from tests.factories.rolls import LIMITS, as_csv, loaded, looked_through, number, roll, sent

from earlydoors.domain.imports import loading, operations
from earlydoors.domain.imports.checking import check_some
from earlydoors.domain.imports.loading import load_some
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Identifier, Person
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.kernel.refusals import UnableTo

WHY = "To practise"
ROWS = 60


def children(rows: int = ROWS) -> bytes:
    """A roll of that many children."""
    return as_csv(
        roll([(n, "Ann", f"Fell {chr(65 + n % 26)}", "3/3/2018", "F", "WBRI", "") for n in
              range(1, rows + 1)])
    )  # fmt: skip


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


@pytest.mark.django_db
def test_stopped_and_gone_on(coordinator: Actor) -> None:
    file = looked_through(children(), by=coordinator)
    operations.load(file=file, by=coordinator, at=AT, adds_new=True, why=WHY)
    assert load_some(import_id=file.pk, by=coordinator, at=AT, rows=25)
    operations.stop(file=file, by=coordinator, at=AT)
    assert not load_some(import_id=file.pk, by=coordinator, at=AT, rows=25)
    assert Person.objects.count() == 25

    operations.load(file=file, by=coordinator, at=AT)
    while load_some(import_id=file.pk, by=coordinator, at=AT, rows=25):
        pass

    file.refresh_from_db()
    assert (file.state, file.adds_why) == ("loaded", WHY)
    assert Person.objects.count() == Identifier.objects.count() == ROWS


class Cut(Exception):
    """The power went."""


@pytest.mark.django_db
def test_a_lot_that_is_cut_off_leaves_nothing(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = looked_through(children(), by=coordinator)
    operations.load(file=file, by=coordinator, at=AT, adds_new=True, why=WHY)
    load_some(import_id=file.pk, by=coordinator, at=AT, rows=25)

    def cut(*_: Any, **__: Any) -> None:
        raise Cut

    with monkeypatch.context() as broken:
        broken.setattr(loading, "record_all", cut)
        with pytest.raises(Cut):
            load_some(import_id=file.pk, by=coordinator, at=AT, rows=25)
    assert Person.objects.count() == file.rows.filter(outcome="loaded").count() == 25

    while load_some(import_id=file.pk, by=coordinator, at=AT, rows=25):
        pass
    assert Person.objects.count() == ROWS
    assert verify().sound


# Loads, one row at a time, until it is killed.
_LOADER = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from django.utils import timezone
from earlydoors.domain.imports.loading import load_some
from earlydoors.domain.imports.operations import fresh_import
from earlydoors.domain.partnership.queries import actor_for
file = fresh_import(sys.argv[2])
actor = actor_for(file.created_by, timezone.localdate())
print("begun", flush=True)
while load_some(import_id=file.pk, by=actor, at=timezone.now(), rows=1):
    pass
"""


@contextmanager
def another_process(file: Import) -> Iterator["subprocess.Popen[str]"]:
    """A process that loads the file."""
    name = connection.settings_dict["NAME"]
    command = [sys.executable, "-c", _LOADER, name, str(file.pk)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.kill()
        running.wait(20)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_taken_up(coordinator: Actor) -> None:
    file = looked_through(children(400), by=coordinator)
    operations.load(file=file, by=coordinator, at=AT, adds_new=True, why=WHY)
    with another_process(file) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        until = time.monotonic() + 30
        while not file.rows.filter(outcome="loaded").exists() and time.monotonic() < until:
            time.sleep(0.01)
        running.kill()
        running.wait(20)
    done = file.rows.filter(outcome="loaded").count()
    assert 0 < done < 400
    assert Person.objects.count() == done

    while load_some(import_id=file.pk, by=coordinator, at=AT):
        pass

    file.refresh_from_db()
    assert file.state == "loaded"
    numbers = Identifier.objects.values_list("value", flat=True)
    assert sorted(numbers) == sorted(number(n) for n in range(1, 401))
    assert verify().sound


@pytest.mark.django_db
def test_the_same_file_again_writes_nothing_twice(coordinator: Actor) -> None:
    loaded(looked_through(children(), by=coordinator), by=coordinator, why=WHY)
    again = looked_through(children(), by=coordinator)
    assert set(again.rows.values_list("verdict", flat=True)) == {"same"}
    loaded(again, by=coordinator, why=WHY)
    assert Person.objects.count() == ROWS


@pytest.mark.django_db
def test_more_rows_than_are_taken_leave_nothing(coordinator: Actor) -> None:
    few = operations.Limits(size=LIMITS.size, rows=ROWS - 1)
    with pytest.raises(UnableTo, match="more than 59 rows"):
        operations.begin(kind="people", sent=sent(children()), limits=few, by=coordinator, at=AT)
    assert not Import.objects.exists()
    assert not Row.objects.exists()


@pytest.mark.django_db
def test_rows_that_wrote_nothing_are_forgotten_after_their_time(coordinator: Actor) -> None:
    file = loaded(looked_through(children(3), by=coordinator), by=coordinator)
    kept = loaded(looked_through(children(2), by=coordinator), by=coordinator, why=WHY)
    assert operations.forget(at=AT + timedelta(days=29)) == 0
    assert operations.forget(at=AT + timedelta(days=31)) == 3
    assert all(row.cells == [] and row.values == {} for row in file.rows.all())
    assert all(row.cells and row.wrote for row in kept.rows.all())
    assert operations.forget(at=AT + timedelta(days=32)) == 0


@pytest.mark.django_db
def test_it_cannot_be_taken_back_once_its_time_is_over(coordinator: Actor) -> None:
    file = loaded(looked_through(children(2), by=coordinator), by=coordinator, why=WHY)
    with pytest.raises(UnableTo, match="for 30 days"):
        operations.undo(file=file, by=coordinator, at=AT + timedelta(days=31))


@pytest.mark.django_db
def test_a_check_goes_on_where_it_was(coordinator: Actor) -> None:
    file = operations.begin(
        kind="people", sent=sent(children()), limits=LIMITS, by=coordinator, at=AT
    )
    wanted = operations.Wanted(file.columns)
    operations.look_through(file=file, wanted=wanted, by=coordinator, at=AT)
    assert check_some(import_id=file.pk, by=coordinator, at=AT, rows=25)
    assert file.rows.exclude(verdict="").count() == 25
    assert check_some(import_id=file.pk, by=coordinator, at=AT, rows=25)
    assert file.rows.exclude(verdict="").count() == 50

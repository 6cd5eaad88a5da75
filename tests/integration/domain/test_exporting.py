"""Evidence for another system: JSON lines from which the chain can be walked again."""

import hashlib
import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from tests.factories.partnership import AT, worker

from earlydoors.config import database, preparation
from earlydoors.config.cli.audit import audit
from earlydoors.config.cli.root import HELP
from earlydoors.config.faults import CannotRun
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.audit import exporting
from earlydoors.foundation.audit.chain import FIRST, record
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(db) -> Actor:
    found = worker(name="Zoë Ó Brien")
    with transaction.atomic():
        for day in range(4):
            record(
                "test.looked",
                subject=found.member,
                by=found,
                at=AT + timedelta(days=day),
                details={"day": day, "says": "“Żółw”\nnext line"},
            )
    return found


def hash_again(said: dict[str, Any]) -> str:
    """The hash as another system would make it, from the line alone."""
    actor = said["actor"]
    parts = [
        said["previous_hash"],
        said["at"],
        said["verb"],
        actor["id"],
        actor["name"],
        actor["agency"],
        actor["role"],
        said["family_id"],
        said["subject"],
        said["subject_id"],
        said["details"],
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_chain_can_be_walked_from_the_lines_alone(lead: Actor) -> None:
    read = [json.loads(line) for line in exporting.lines()]
    assert len(read) == AuditEvent.objects.count()
    assert read[0]["previous_hash"] == FIRST
    for before, after in pairwise(read):
        assert after["previous_hash"] == before["hash"]
    assert all(hash_again(one) == one["hash"] for one in read)


def test_each_event_is_one_line(lead: Actor) -> None:
    found = list(exporting.lines())
    assert all("\n" not in line for line in found)
    assert "“Żółw”" in found[-1]


def test_from_a_moment_on_and_after_a_number(lead: Actor) -> None:
    since = [json.loads(line) for line in exporting.lines(since=AT + timedelta(days=2))]
    assert [one["details"]["day"] for one in since if one["verb"] == "test.looked"] == [2, 3]
    last = AuditEvent.objects.latest("id")
    after = [json.loads(line)["number"] for line in exporting.lines(after=last.pk - 1)]
    assert after == [last.pk]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(database, "ensure_running", lambda: None)
    monkeypatch.setattr(preparation, "check_migrated", lambda: None)
    return CliRunner()


def test_the_command_writes_a_file_for_its_owner_alone(lead, command, tmp_path: Path) -> None:
    out = tmp_path / "audit.jsonl"
    done = command.invoke(
        audit, ["export", "--since", "2026-03-03", "--out", str(out)], help_option_names=HELP
    )
    assert done.exit_code == 0, done.output
    read = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["details"].get("day") for one in read] == [1, 2, 3]
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_overwritten(lead, command, tmp_path: Path) -> None:
    out = tmp_path / "audit.jsonl"
    out.write_text("mine")
    done = command.invoke(audit, ["export", "--out", str(out)], help_option_names=HELP)
    assert isinstance(done.exception, CannotRun)
    assert out.read_text() == "mine"


def test_a_moment_that_is_none_is_said(command: CliRunner) -> None:
    done = command.invoke(audit, ["export", "--since", "last week"], help_option_names=HELP)
    assert isinstance(done.exception, CannotRun)

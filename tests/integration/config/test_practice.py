"""A practice database says so whatever its settings; a real one is never practised on."""

import os
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from tests.factories.partnership import worker

from earlydoors.config import practice
from earlydoors.config.cli import root
from earlydoors.config.faults import CannotRun
from earlydoors.foundation.practice.models import mark

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("EARLYDOORS_PRACTICE", "0")
    settings.PRACTICE = False


def test_a_marked_database_practises_without_being_told(settings: Any) -> None:
    mark(NOW)
    assert practice.keep_to()
    assert settings.PRACTICE


def test_an_unmarked_database_does_not() -> None:
    assert not practice.keep_to()


def test_a_setting_does_not_make_a_real_database_one_for_practice(settings: Any) -> None:
    worker(name="Real Person")
    settings.PRACTICE = True
    with pytest.raises(CannotRun, match="nothing says that they are invented"):
        practice.keep_to()


def test_a_practice_installation_refuses_real_mail(settings: Any) -> None:
    mark(NOW)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}
    with pytest.raises(CannotRun, match="would send real letters"):
        practice.keep_to()


def test_no_practice_is_put_where_people_work_in_earnest() -> None:
    practice.refuse_real_people()
    worker(name="Real Person")
    with pytest.raises(CannotRun, match="nothing says that they are invented"):
        practice.refuse_real_people()
    mark(NOW)
    practice.refuse_real_people()


def test_a_database_of_another_version_is_looked_at_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE practice_practicemark")
        cursor.execute("ALTER TABLE partnership_membership DROP COLUMN story")
    practice.refuse_real_people()


@pytest.mark.parametrize(
    ("https", "practises", "refused"),
    [("0", "0", False), ("0", "1", False), ("1", "0", True), ("1", "1", False)],
)
@pytest.mark.parametrize("command", [["demo"], ["simulate", "--families", "1"]])
def test_settings_of_an_installation_for_real_refuse_practice(
    command: list[str],
    https: str,
    practises: str,
    refused: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("EARLYDOORS_HTTPS", https)
    monkeypatch.setenv("EARLYDOORS_PRACTICE", practises)
    monkeypatch.setenv("EARLYDOORS_AREA", "cumbria")
    began: list[str] = []

    def begins() -> None:
        began.append(os.environ["EARLYDOORS_PRACTICE"])
        sys.exit(0)

    # What comes next, in each command
    for place in ("demo", "simulate"):
        monkeypatch.setattr(
            f"earlydoors.config.cli.{place}.set_up_django",
            begins,
        )
    ended = root.main(command)
    assert (ended == root.CANNOT_RUN) is refused
    assert ("for real" in capsys.readouterr().err) is refused
    assert began == ([] if refused else ["1"])

"""A practice database says so whatever its settings; a real one is never practised on."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories.partnership import worker

from earlydoors.config import practice
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

"""Somebody at the door of an installation that asks for the second step."""

import pytest
from tests.factories.partnership import worker

from earlydoors.domain.partnership.actor import Actor


@pytest.fixture
def strict(settings) -> None:
    """An installation for real: roles that demand a second step are asked for one."""
    settings.SECOND_STEP = True


@pytest.fixture
def kelly(db) -> Actor:
    """A practitioner with a password."""
    return worker(name="Kelly Ward")


@pytest.fixture
def noah(db) -> Actor:
    """Another practitioner."""
    return worker(name="Noah Pike")

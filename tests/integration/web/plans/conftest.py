"""A family with a plan to be made, one with a plan, and one whose help has ended."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import area

from earlydoors.domain.plan import operations
from earlydoors.domain.plan.models import Plan


@pytest.fixture
def began() -> datetime:
    """When these families' help began: long enough ago that every step lies in the past."""
    return timezone.now() - timedelta(days=20)


@pytest.fixture
def planning(db: None, began: datetime) -> Help:
    """Assessed, with one need found, and a plan just begun."""
    area()
    help_ = episode_in("planning", at=began)
    help_.plan = operations.begin(episode=help_.episode, by=help_.lead, at=help_.at)
    return help_


@pytest.fixture
def helping(db: None, began: datetime) -> Help:
    """Help under way: one outcome of the mother's with one action of hers."""
    area()
    return episode_in("helping", at=began)


@pytest.fixture
def closed(db: None, began: datetime) -> Help:
    """Help that has ended."""
    area()
    return episode_in("closed", at=began)


def plan_of(help_: Help) -> Plan:
    """The plan, as it is now."""
    return Plan.objects.select_related("episode__family").get(episode=help_.episode)

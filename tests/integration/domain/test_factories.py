"""The factories themselves: every state can be reached, on every area's terms."""

from typing import Any

import pytest
from tests.factories.families import episode_in, known_family
from tests.factories.partnership import area
from tests.factories.requests import sent_request

from earlydoors.domain.episodes.states import EPISODE

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state.key for state in EPISODE.states])
def test_every_state_can_be_reached(state: str) -> None:
    assert episode_in(state).episode.state == state


@pytest.mark.parametrize("key", AREAS)
def test_every_area_leads_to_a_closed_episode(key: str, settings: Any) -> None:
    area(key, within=settings)
    assert episode_in("closed").episode.state == "closed"


def test_a_known_family_and_a_sent_request() -> None:
    assert known_family().family.members.count() == 2
    assert sent_request().state == "waiting"

"""What somebody began as a practitioner is nothing to them in a role that looks at no families."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.factories.families import episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.frontdoor import conversations, involvement
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Membership
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.simulation.answers import Texts, readings

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def seen_as(kind: RoleKind, who: Actor, page: str, key: object) -> int:
    Membership.objects.filter(member=who.member).update(kind=kind)
    return int(signed_in(who).get(reverse(page, args=[key])).status_code)


@pytest.fixture(params=[RoleKind.ADMINISTRATOR, RoleKind.AUDITOR, RoleKind.FAMILY_MEMBER])
def other(request: pytest.FixtureRequest) -> RoleKind:
    kind: RoleKind = request.param
    return kind


def test_a_request(other: RoleKind) -> None:
    help_ = episode_in("helping")
    assert help_.request is not None
    for kind, status in ((RoleKind.PRACTITIONER, 200), (other, 404)):
        assert seen_as(kind, help_.lead, "frontdoor:request", help_.request.pk) == status


def test_a_conversation(other: RoleKind) -> None:
    who = worker()
    asked = conversations.ask(
        about="A boy in year 2",
        readings=readings(Purpose.CONVERSATION, Texts(), today=local_day(NOW), family=None),
        by=who,
        at=NOW,
    )
    for kind, status in ((RoleKind.PRACTITIONER, 200), (other, 404)):
        assert seen_as(kind, who, "frontdoor:conversation", asked.pk) == status


def test_an_ask_to_join(other: RoleKind) -> None:
    help_ = episode_in("helping")
    child, who = help_.child, help_.outsider
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=who, at=NOW)
    ask = involvement.ask_to_join(family=help_.family, why="I teach her", by=who, at=NOW)
    for one in (who, help_.lead):
        for kind, status in ((RoleKind.PRACTITIONER, 200), (other, 404)):
            assert seen_as(kind, one, "known:asked", ask.pk) == status

"""The small world with a record that is shut: restricted to a few, or of somebody one knows."""

from datetime import UTC, datetime
from typing import Any

from tests.factories.partnership import worker

from earlydoors.domain.access import restricting
from earlydoors.domain.access.declaring import declare
from earlydoors.domain.access.models import Notice
from earlydoors.domain.frontdoor import involvement
from earlydoors.domain.matching.asking import Asked


def restricted(world: Any) -> None:
    """The record is open to a manager and the lead alone; an outsider has asked for the child."""
    manager = world.help.manager = worker("team_manager")
    now = datetime.now(UTC)
    world.restriction = restricting.restrict(
        family=world.help.family,
        kind="staff",
        why="Her aunt works here.",
        named=[manager.member, world.help.lead.member],
        by=world.help.coordinator,
        at=now,
    )
    child = world.help.child
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=world.help.outsider, at=now)
    world.notice = Notice.objects.get(family=world.help.family)


def declared(world: Any) -> None:
    """Somebody of the manager's agency knows the family outside their work."""
    world.help.manager = worker("team_manager")
    world.declaration = declare(
        family=world.help.family,
        whom="Next door",
        kind="neighbour",
        says="We share a fence.",
        by=worker(),
        at=datetime.now(UTC),
    )

"""The small world with work for the information guardian: looks, and what people ask."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.factories.information import copy_made, request_about
from tests.factories.partnership import worker

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.watching import look_into
from earlydoors.foundation.kernel.dates import local_day


def watched(world: Any) -> None:
    """The lead has looked at night, somebody found why, and looks again since."""
    guardian = world.help.guardian = worker("auditor")
    now, lead, family = datetime.now(UTC), world.help.lead, world.help.family
    midnight = datetime.combine(local_day(now) - timedelta(days=2), time(), UTC)
    look(family=family, part="overview", by=lead, at=midnight)
    look_into(
        member=lead.member,
        since=midnight - timedelta(days=1),
        until=midnight + timedelta(hours=1),
        outcome="explained",
        says="On call that night.",
        by=guardian,
        at=now,
    )
    for minutes in range(5):
        after = midnight + timedelta(hours=23, minutes=minutes)
        look(family=family, part="chronology, to a file", by=lead, at=after)


def asked_about(world: Any) -> None:
    """The child's mother asks to see what is held on the child."""
    world.help.guardian = worker("auditor")
    world.asked_about = request_about(world.help, by=world.help.guardian)


def gathered(world: Any) -> None:
    """What is held on the child has been gathered for her mother."""
    world.help.guardian = worker("auditor")
    world.asked_about = copy_made(world.help, by=world.help.guardian)

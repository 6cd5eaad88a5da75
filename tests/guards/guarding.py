"""The small world with work for the information guardian: looks, and what people ask."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.factories.families import episode_in
from tests.factories.information import copy_made, request_about
from tests.factories.partnership import worker
from tests.factories.retention import came_up, disposed_of, held_by_court
from tests.factories.studies import study_agreed, study_asked

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.watching import look_into
from earlydoors.domain.retention import weighing
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


def studied(world: Any) -> None:
    """An analyst asked for two studies, one of which the guardian agreed to."""
    world.help.guardian = worker("auditor")
    analyst = world.help.analyst = worker("analyst")
    world.study = study_asked(by=analyst)
    world.study_agreed = study_agreed(by=analyst)


def held(world: Any) -> None:
    """A court had the family's record held; the child's mother asks what is held on the child."""
    guardian = world.help.guardian = worker("auditor")
    world.asked_about = request_about(world.help, by=guardian, state="working")
    world.hold = held_by_court(world.help.family, by=guardian)


def over(world: Any) -> None:
    """The time of the family's record is over, and somebody proposed to dispose of it."""
    world.help.guardian = worker("auditor")
    world.over = came_up(world.help.family)
    weighing.propose(
        review=world.over, why="Nobody asks.", by=worker("auditor"), at=datetime.now(UTC)
    )


def gone(world: Any) -> None:
    """Another family's record was disposed of."""
    world.help.guardian = worker("auditor")
    birch = episode_in("closed", name="Birch", child="Ida", parent="Una")
    world.gone = disposed_of(birch.family)

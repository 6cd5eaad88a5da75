"""An hour in an emergency opens no form by which anything could be written."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.operations import grant
from earlydoors.domain.joining import operations as joining
from earlydoors.domain.joining.joins import join
from earlydoors.domain.people.operations import write_down
from earlydoors.domain.plan import meetings
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def open_to(help_: Help, kind: str) -> object:
    who = worker(kind, desks=())
    now = datetime.now(UTC)
    grant(
        family=help_.family,
        member=who.member,
        because="break_glass",
        until=now.replace(year=now.year + 1),
        by=help_.coordinator,
        at=now,
    )
    return signed_in(who)


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_the_plan_and_the_meetings(help_: Help, method: str) -> None:
    assert help_.plan is not None
    called = meetings.call(
        episode=help_.episode,
        on=local_day(help_.at),
        starts=None,
        place="School",
        purpose="review",
        invited=help_.episode.team.all(),
        by=help_.lead,
        at=help_.at,
    )
    client = open_to(help_, "practitioner")
    found = {
        (name, key): getattr(client, method)(reverse(name, args=[key])).status_code
        for name, key in (
            ("plans:agree", help_.plan.pk),
            ("plans:review", help_.plan.pk),
            ("plans:call", help_.episode.pk),
            ("plans:scores", help_.episode.pk),
            ("plans:close", help_.episode.pk),
            ("plans:record_meeting", called.pk),
            ("plans:call_off", called.pk),
        )
    }
    assert set(found.values()) == {403}, found


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_parting_two_records(help_: Help, method: str) -> None:
    keeper = worker("administrator")
    second = write_down(
        given_name="Sofie",
        family_name="Tarn",
        born_on=help_.child.born_on,
        by=keeper,
        at=help_.at,
    )
    pair = joining.propose(
        one=help_.child, two=second, reasons="alike", came_from="register", by=keeper, at=help_.at
    )
    done = join(
        kept=pair.first,
        other=pair.second,
        why="The school has one.",
        taking={},
        by=keeper,
        at=help_.later(days=1),
    )
    client = open_to(help_, "coordinator")
    answer = getattr(client, method)(reverse("joining:undo", args=[done.pk]))
    assert answer.status_code == 403

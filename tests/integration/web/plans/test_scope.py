"""Outside one's scope nothing of a plan exists; more rows ask no more of the database."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import Help
from tests.factories.partnership import signed_in
from tests.integration.web.plans.conftest import plan_of

from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.plan import operations, reviews
from earlydoors.domain.plan.models import Action, Attendance, Meeting, Outcome
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.simulation.answers import Texts, readings


def _held(help_: Help) -> Any:
    plan = plan_of(help_)
    return reviews.hold(
        plan=plan,
        held_on=local_day(help_.at),
        readings=readings(Purpose.REVIEW, Texts(), today=local_day(help_.at), family=help_.family),
        seen=[reviews.Seen(outcome=one, worker_view="some") for one in plan.outcomes.all()],
        scores=[],
        new_needs=[],
        decision="carry_on",
        why="It goes well.",
        next_review_on=None,
        by=help_.lead,
        at=help_.at,
    )


def _addresses(help_: Help) -> dict[str, str]:
    episode, plan = help_.episode.pk, plan_of(help_).pk
    outcome, action = Outcome.objects.get().pk, Action.objects.get().pk
    meeting = Meeting.objects.get().pk
    given: dict[str, list[Any]] = {
        "plan": [episode],
        "begin": [episode],
        "agree": [plan],
        "section": [plan, plan_of(help_).form_record.form.sections[0].key],
        "outcome": [plan],
        "drop_outcome": [outcome],
        "action": [outcome],
        "done": [action],
        "undo": [action],
        "drop_action": [action],
        "service": [action],
        "need": [needs_of(help_.episode)[0].pk],
        "print": [plan],
        "copy": [plan, help_.parent.pk],
        "meetings": [episode],
        "call": [episode],
        "meeting": [meeting],
        "record_meeting": [meeting],
        "call_off": [meeting],
        "calendar": [meeting],
        "invitation": [Attendance.objects.all()[0].pk],
        "review": [plan],
        "read_review": [_held(help_).pk],
        "distance": [episode],
        "picture": [episode],
        "scores": [episode],
        "close": [episode],
    }
    return {name: reverse(f"plans:{name}", args=parts) for name, parts in given.items()}


def test_an_outsider_finds_nothing(helping: Help) -> None:
    client = signed_in(helping.outsider)

    for name, address in _addresses(helping).items():
        posts = name in {"begin", "undo"}
        answer = client.post(address) if posts else client.get(address)
        assert answer.status_code == 404, name


def test_an_outsider_does_not_find_how_help_ended(closed: Help) -> None:
    assert closed.closing is not None
    address = reverse("plans:look_back", args=[closed.closing.pk])

    assert signed_in(closed.outsider).get(address).status_code == 404
    assert signed_in(closed.lead).get(address).status_code == 200


def test_what_was_never_made_is_not_found(helping: Help) -> None:
    client = signed_in(helping.lead)
    for name in ("done", "meeting", "read_review", "distance", "print"):
        assert client.get(reverse(f"plans:{name}", args=[uuid.uuid4()])).status_code == 404, name


@pytest.mark.parametrize("name", ["plan", "print", "review", "close"])
def test_more_rows_ask_no_more_of_the_database(helping: Help, name: str) -> None:
    client = signed_in(helping.lead)
    plan = plan_of(helping)
    of_plan = {"print", "review"}
    address = reverse(f"plans:{name}", args=[plan.pk if name in of_plan else helping.episode.pk])

    def add(number: int) -> None:
        outcome = operations.set_outcome(
            plan=plan, words=f"Outcome {number}", set_by=helping.parent, area="", needs=[],
            by=helping.lead, at=helping.at,
        )  # fmt: skip
        for owner in ({"person": helping.child}, {"member": helping.lead.member}):
            operations.set_action(
                outcome=outcome, what="Something", due_on=local_day(helping.at + timedelta(days=9)),
                service="Somewhere", by=helping.lead, at=helping.at, **owner,
            )  # fmt: skip

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    add(0)
    _held(helping)
    client.get(address)
    before = asked()
    for number in range(1, 6):
        add(number)
    helping.later(days=1)
    _held(helping)

    assert asked() == before

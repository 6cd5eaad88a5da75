"""The plan of a printed family: outcomes and actions, what was done of them, and its reviews."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.plan import operations as plans
from earlydoors.domain.plan import reviews
from earlydoors.domain.plan.models import Action
from earlydoors.domain.plan.reviews import Seen
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.simulation.answers import fill, readings
from earlydoors.simulation.press.told import AREAS, SPEAKER, Told, scores

# Of each outcome: whose action, the day it is due, the day it is done (None: left open); a service
# has the days it was asked for and began too.
_ACTIONS: Final[tuple[tuple[tuple[str, int, int | None], ...], ...]] = (
    (("person", 62, 56), ("lead", 70, 69)),
    (("asks", 69, 77), ("service", 90, None)),
    (("health", 76, 104), ("other", 111, 118)),
)
_SERVICE_ASKED, _SERVICE_BEGAN = 36, 98


def write_plan(stage: Told, day: int) -> None:
    """The plan's pages, an outcome in each area of life, and its actions."""
    who, at = stage.who("lead"), stage.at(day, "09:15")
    stage.plan = plans.begin(episode=stage.help, by=who, at=at)
    fill(stage.plan.form_record, stage.texts("plan"), by=who, at=at)
    found = {need.area: need for need in needs_of(stage.help)}
    for number in range(AREAS):
        at += timedelta(minutes=10)
        area = stage.script.area(number)
        outcome = plans.set_outcome(
            plan=stage.plan,
            words=stage.line(f"outcome_{number}"),
            set_by=stage.person(SPEAKER),
            area=area,
            needs=[found[area]],
            by=who,
            at=at,
        )
        for line, (owner, due, _) in enumerate(_ACTIONS[number]):
            at += timedelta(minutes=2)
            fields: dict[str, Any] = {"what": stage.line(f"action_{number}_{line}")}
            if owner == "person":
                fields["person"] = stage.person(SPEAKER)
            elif owner == "other":
                fields["other"] = stage.line("from_the_network")
            elif owner == "service":
                fields |= {
                    "member": who.member,
                    "service": stage.line("service"),
                    "service_asked_on": stage.on(_SERVICE_ASKED),
                }
            else:
                fields["member"] = stage.who(owner).member
            plans.set_action(outcome=outcome, due_on=stage.on(due), by=who, at=at, **fields)


def live(stage: Told, since: int, until: int) -> None:
    """What was done, and began, from one day until another."""
    lead = stage.who("lead")
    for number, actions in enumerate(_ACTIONS):
        for line, (owner, _, done) in enumerate(actions):
            what = stage.line(f"action_{number}_{line}")
            action = Action.objects.get(
                what=what, outcome__words=stage.line(f"outcome_{number}"),
                outcome__plan__episode=stage.help,
            )  # fmt: skip
            if owner == "service" and since <= _SERVICE_BEGAN < until:
                plans.track_service(
                    action=action,
                    asked_on=action.service_asked_on,
                    started_on=stage.on(_SERVICE_BEGAN),
                    ended_on=None,
                    by=lead,
                    at=stage.at(_SERVICE_BEGAN, "10:40"),
                )
            if done is not None and since <= done < until:
                plans.complete_action(
                    action=action,
                    done_on=stage.on(done),
                    note=stage.line(f"done_note_{number}_{line}"),
                    by=lead,
                    at=stage.at(done, "16:20"),
                )


def review(stage: Told, day: int, views: Iterable[tuple[str, str]], key: str) -> None:
    """A review. `views` are how far each outcome is, as family and workers see it."""
    if stage.plan is None:
        raise LookupError("There is no plan to review.")
    stage.plan.refresh_from_db()
    who, at = stage.who("lead"), stage.at(day, "16:15")
    outcomes = stage.plan.outcomes.order_by("created_at")
    seen = [
        Seen(outcome, worker_view=worker, family_view=family, words=stage.line(f"seen_{key}_{n}"))
        for n, (outcome, (family, worker)) in enumerate(zip(outcomes, views, strict=True))
    ]
    reviews.hold(
        plan=stage.plan,
        held_on=at.date(),
        readings=readings(
            Purpose.REVIEW, stage.texts("review"), today=at.date(), family=stage.household
        ),
        seen=seen,
        scores=scores(stage, day=day),
        new_needs=[],
        decision="close" if key == "last" else "carry_on",
        why=stage.line(f"review_why_{key}"),
        next_review_on=None,
        by=who,
        at=at,
    )

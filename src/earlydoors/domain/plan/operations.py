"""The family's plan: outcomes in their words, needs answered, actions done."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.assessment.models import Need
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.operations import goes_on, move
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan.models import Action, Outcome, Plan
from earlydoors.domain.plan.permissions import does
from earlydoors.domain.plan.queries import lacking, plan_of
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import ClockKey


def change_plan(by: Actor, episode: Episode) -> None:
    """Whether the plan may be changed, and can be now.

    Raises `NotAllowed`, or `UnableTo` once help has ended: the plan stays as it was agreed. The
    same while help is with social care, where the plan rests.
    """
    work_with(by, episode.family, Right.PLAN)
    goes_on(episode, ended="Help for this family has ended, so this can no longer be changed.")


def unchanged_since(found: Recorded, seen: datetime | None) -> None:
    """Raises `OutOfDate` when somebody changed a row after `seen`, the moment a page showed it.

    Locks the row, so that of two people writing at once the second is told.
    """
    if seen is None:
        return
    fresh = (
        type(found)
        ._default_manager.select_for_update(of=("self",))
        .select_related("changed_by")
        .get(pk=found.pk)
    )
    if fresh.changed_at != seen:
        raise OutOfDate(
            f"{fresh.changed_by.name} changed this at {clock(fresh.changed_at)}, after you opened "
            "it. Nothing of theirs was overwritten and your words are still below."
        )


@transaction.atomic
def begin(*, episode: Episode, by: Actor, at: datetime) -> Plan:
    """Begin the plan; an episode has one, so beginning again gives the same one."""
    work_with(by, episode.family, Right.PLAN)
    found = plan_of(episode)
    if found is not None:
        return found
    change_plan(by, episode)
    plan = Plan.make(
        by=by,
        at=at,
        episode=episode,
        form_record=begin_form(purpose=Purpose.PLAN, by=by, at=at, family=episode.family),
        due_on=due(episode.profile.profile, ClockKey.PLAN, local_day(at)),
    )
    record("plan.begun", subject=plan, by=by, at=at, family_id=episode.family_id)
    return plan


@transaction.atomic
def set_outcome(
    *,
    plan: Plan,
    words: str,
    set_by: Person | None,
    area: str,
    needs: Iterable[Need],
    by: Actor,
    at: datetime,
    outcome: Outcome | None = None,
    seen: datetime | None = None,
) -> Outcome:
    """Set an outcome in the words of whoever wants it, or change one.

    Raises `OutOfDate` when it was changed after `seen`, the moment its page showed.
    """
    family = plan.episode.family
    change_plan(by, plan.episode)
    if outcome is None:
        outcome = Outcome.make(by=by, at=at, plan=plan, words=words, set_by=set_by, area=area)
        verb, says = "outcome.set", f"A new outcome: “{words}”"
    else:
        unchanged_since(outcome, seen)
        outcome.change(by=by, at=at, words=words, set_by=set_by, area=area)
        verb, says = "outcome.changed", f"An outcome was changed: “{words}”"
    outcome.needs.set(need for need in needs if need.episode_id == plan.episode_id)
    tell(verb, says, family=family, subject=outcome, by=by, at=at)
    return outcome


@transaction.atomic
def drop_outcome(*, outcome: Outcome, why: str, by: Actor, at: datetime) -> Outcome:
    """The family no longer wants an outcome; it stays on record with the reason."""
    family = outcome.plan.episode.family
    change_plan(by, outcome.plan.episode)
    if outcome.state == "dropped":
        return outcome
    outcome.change(by=by, at=at, state="dropped", state_why=why)
    tell(
        "outcome.dropped",
        f"No longer wanted: “{outcome.words}”. {why}",
        family=family,
        subject=outcome,
        by=by,
        at=at,
    )
    return outcome


@transaction.atomic
def answer_need(*, need: Need, why: str, by: Actor, at: datetime) -> Need:
    """Record why a need gets no outcome. Every need is answered one way or the other."""
    change_plan(by, need.episode)
    need.change(by=by, at=at, no_outcome_why=why)
    tell(
        "need.answered",
        f"No outcome for “{need.says}”: {why}",
        family=need.episode.family,
        subject=need,
        by=by,
        at=at,
    )
    return need


@transaction.atomic
def set_action(
    *,
    outcome: Outcome,
    by: Actor,
    at: datetime,
    action: Action | None = None,
    seen: datetime | None = None,
    **fields: Any,
) -> Action:
    """Set an action with its owner and day, or change one.

    `fields`: what, member or person or other, due_on, service, service_asked_on. Raises
    `OutOfDate` when it was changed after `seen`, the moment its page showed.
    """
    family = outcome.plan.episode.family
    change_plan(by, outcome.plan.episode)
    if action is None:
        action = Action.make(by=by, at=at, outcome=outcome, **fields)
        verb = "action.set"
    else:
        unchanged_since(action, seen)
        action.change(by=by, at=at, outcome=outcome, **fields)
        verb = "action.changed"
    says = f"{action.owner}: {action.what.rstrip('.')}, by {day(action.due_on)}."
    tell(verb, says, family=family, subject=action, by=by, at=at)
    return action


@transaction.atomic
def complete_action(*, action: Action, done_on: date, note: str, by: Actor, at: datetime) -> Action:
    """An action is done. Doing it twice changes nothing."""
    family = action.outcome.plan.episode.family
    change_plan(by, action.outcome.plan.episode)
    fresh = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if fresh.state == "done":
        return fresh
    if done_on > local_day(at):
        raise UnableTo("The day it was done cannot be later than today.")
    fresh.change(by=by, at=at, state="done", done_on=done_on, note=note)
    tell(
        "action.done",
        f"Done: {fresh.what}",
        family=family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh


@transaction.atomic
def reopen_action(*, action: Action, by: Actor, at: datetime) -> Action:
    """Undo: the action is to do again."""
    family = action.outcome.plan.episode.family
    change_plan(by, action.outcome.plan.episode)
    if action.state == "open":
        return action
    action.change(by=by, at=at, state="open", done_on=None)
    tell(
        "action.reopened",
        f"To do again: {action.what}",
        family=family,
        subject=action,
        by=by,
        at=at,
    )
    return action


@transaction.atomic
def drop_action(*, action: Action, why: str, by: Actor, at: datetime) -> Action:
    """An action is no longer needed; it stays on record with the reason."""
    family = action.outcome.plan.episode.family
    change_plan(by, action.outcome.plan.episode)
    action.change(by=by, at=at, state="dropped", done_on=None, note=why)
    tell(
        "action.dropped",
        f"No longer needed: {action.what}. {why}",
        family=family,
        subject=action,
        by=by,
        at=at,
    )
    return action


@transaction.atomic
def track_service(
    *,
    action: Action,
    asked_on: date | None,
    started_on: date | None,
    ended_on: date | None,
    by: Actor,
    at: datetime,
) -> Action:
    """Write down when a service was asked for, started and ended.

    Raises `UnableTo` when the days are out of order.
    """
    family = action.outcome.plan.episode.family
    change_plan(by, action.outcome.plan.episode)
    days = [d for d in (asked_on, started_on, ended_on) if d]
    if days != sorted(days) or (started_on and not asked_on) or (ended_on and not started_on):
        raise UnableTo("A service is asked for, then starts, then ends: check the dates.")
    action.change(
        by=by,
        at=at,
        service_asked_on=asked_on,
        service_started_on=started_on,
        service_ended_on=ended_on,
    )
    where = "ended" if ended_on else "started" if started_on else "was asked for"
    tell(
        "service.tracked",
        f"{action.service or 'The service'} {where}.",
        family=family,
        subject=action,
        by=by,
        at=at,
    )
    return action


@transaction.atomic
def agree(*, plan: Plan, agreed_on: date, agreed_with: str, by: Actor, at: datetime) -> Plan:
    """The family and the team agree on the plan; help is under way.

    Raises `UnableTo` when it has no outcome, when an outcome has no action, or when a need found
    is answered neither by an outcome nor by a reason.
    """
    episode = plan.episode
    change_plan(by, episode)
    if agreed_on > local_day(at):
        raise UnableTo("The day the plan was agreed cannot be later than today.")
    wanting = unready(plan)
    if wanting:
        raise UnableTo(wanting[0])
    review_on = due(episode.profile.profile, ClockKey.REVIEW, agreed_on)
    plan.change(
        by=by, at=at, agreed_on=agreed_on, agreed_with=agreed_with, next_review_on=review_on
    )
    says = f"The plan was agreed with {agreed_with}."
    if EPISODE.can("start_plan", episode.state):
        move(episode=episode, name="start_plan", says=says, by=by, at=at)
    else:
        tell("plan.agreed", says, family=episode.family, subject=plan, by=by, at=at)
    return plan


def unready(plan: Plan) -> list[str]:
    """What keeps the plan from being agreed, as sentences."""
    return [lack.says for lack in lacking(plan)]


@transaction.atomic
def finish_own(*, action: Action, by: Actor, at: datetime) -> Action:
    """Someone of the family has done what they said they would. Doing it twice changes nothing.

    Raises `NotAllowed` for another's action, and `UnableTo` once it is not to do any more.
    """
    does(by, action)
    family = action.outcome.plan.episode.family
    fresh = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if fresh.state == "done":
        return fresh
    _still_open(action)
    if fresh.state != "open":
        raise UnableTo("This does not need doing any more.")
    fresh.change(by=by, at=at, state="done", done_on=local_day(at))
    tell("action.done", f"Done: {fresh.what}", family=family, subject=fresh, by=by, at=at)
    return fresh


@transaction.atomic
def reopen_own(*, action: Action, by: Actor, at: datetime) -> Action:
    """Someone of the family takes back that they have done it.

    Raises `NotAllowed` for another's action, and `UnableTo` where somebody else wrote it down.
    """
    does(by, action)
    family = action.outcome.plan.episode.family
    fresh = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if fresh.state != "done":
        return fresh
    _still_open(action)
    if fresh.changed_by_id != by.member.pk:
        raise UnableTo("Someone else wrote down that this is done. Talk to them to change it.")
    fresh.change(by=by, at=at, state="open", done_on=None)
    tell(
        "action.reopened", f"To do again: {fresh.what}", family=family, subject=fresh, by=by, at=at
    )
    return fresh


def _still_open(action: Action) -> None:
    if action.outcome.plan.episode.state == "closed":
        raise UnableTo("Help has ended, so the plan can no longer be changed.")


@transaction.atomic
def look_at_own(*, episode: Episode, by: Actor, at: datetime) -> None:
    """Record that someone of the family looks at their family's own page."""
    record(
        "family.looked",
        subject=episode.family,
        by=by,
        at=at,
        family_id=episode.family_id,
        details={"part": "own page", "because": ["family_member"], "extent": "own"},
    )

"""Reviews, distance travelled, closing, and the look back after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.assessment.models import Need
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.operations import change_level, goes_on, move, step_down
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan.models import Closing, Outcome, Plan, Progress, Review, Score
from earlydoors.domain.plan.queries import plan_of
from earlydoors.domain.records.operations import keep_whole
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import ClockKey


@dataclass(frozen=True)
class Seen:
    """How far an outcome is, as family and workers see it."""

    outcome: Outcome
    worker_view: str
    family_view: str = ""
    words: str = ""


@dataclass(frozen=True)
class Scored:
    """A point on the scale: area of life, whose view (`family`, `child`, `worker`), value."""

    area: str
    view: str
    value: int
    person: Person | None = None


@transaction.atomic
def score(
    *,
    episode: Episode,
    scores: Iterable[Scored],
    on: date,
    by: Actor,
    at: datetime,
    review: Review | None = None,
) -> int:
    """Keep scores of a day; a second score of the same view and day replaces the first, which
    stays in history. Raises `UnableTo` for a value off the area's scale or a day to come."""
    work_with(by, episode.family, Right.REVIEW)
    steps = episode.profile.profile.scale_steps
    if on > local_day(at):
        raise UnableTo("Scores cannot be dated later than today.")
    given = {(one.area, one.view, one.person and one.person.pk): one for one in scores}
    if any(one.value not in steps for one in given.values()):
        raise UnableTo(f"Choose a number from {steps[0]} to {steps[-1]}.")
    count = len(given)
    for found in episode.scores.filter(on=on):
        again = given.pop((found.area, found.view, found.person_id), None)
        if again is not None:
            found.change(by=by, at=at, value=again.value, review=review or found.review)
    Score.make_all(
        [
            {"area": one.area, "view": one.view, "person": one.person, "value": one.value}
            for one in given.values()
        ],
        by=by,
        at=at,
        episode=episode,
        review=review,
        on=on,
    )
    if count:
        tell(
            "scores.given",
            f"{count} scores were given for distance travelled.",
            family=episode.family,
            subject=review or episode,
            by=by,
            at=at,
        )
    return count


@transaction.atomic
def hold(
    *,
    plan: Plan,
    held_on: date,
    readings: Mapping[str, Reading],
    seen: Iterable[Seen],
    scores: Iterable[Scored],
    new_needs: Iterable[tuple[str, str]],
    decision: str,
    why: str,
    next_review_on: date | None,
    by: Actor,
    at: datetime,
) -> Review:
    """Record a review. `new_needs` are (text, area of life) that fell out of it.

    `decision` is a proposal that its own page carries out (step up, step down, close), so that
    each of those has its own reason and handover. Raises `UnableTo` for a day to come, and while
    help is with social care.
    """
    episode = plan.episode
    work_with(by, episode.family, Right.REVIEW)
    goes_on(episode, ended="Help for this family has ended; look back on it instead.")
    if held_on > local_day(at):
        raise UnableTo("A review cannot be dated later than today.")
    form_record = keep_whole(
        purpose=Purpose.REVIEW, readings=readings, family=episode.family, by=by, at=at
    )
    review = Review.make(
        by=by,
        at=at,
        plan=plan,
        held_on=held_on,
        form_record=form_record,
        decision=decision,
        why=why,
    )
    for one in seen:
        Progress.make(
            by=by,
            at=at,
            review=review,
            outcome=one.outcome,
            worker_view=one.worker_view,
            family_view=one.family_view,
            words=one.words,
        )
        if one.worker_view == "met" and one.family_view in {"", "met"}:
            one.outcome.change(by=by, at=at, state="met", state_why="Met at a review")
    for says, area in new_needs:
        Need.make(
            by=by,
            at=at,
            episode=episode,
            says=says,
            area=area,
            found_on=held_on,
            found_in="review",
        )
    decides = review.get_decision_display().lower()
    tell(
        "review.held",
        f"Review held. Decision: {decides}. {why}",
        family=episode.family,
        subject=review,
        by=by,
        at=at,
    )
    score(episode=episode, scores=scores, on=held_on, review=review, by=by, at=at)
    plan.change(
        by=by,
        at=at,
        next_review_on=next_review_on or due(episode.profile.profile, ClockKey.REVIEW, held_on),
    )
    return review


@transaction.atomic
def take_back(
    *, episode: Episode, level: str, why: str, has_plan: bool, agreed: bool, by: Actor, at: datetime
) -> Episode:
    """Take a family back from social care. With the plan it had, its clock for the next review
    starts again: no review was missed while the plan rested."""
    step_down(episode=episode, level=level, why=why, has_plan=has_plan, agreed=agreed, by=by, at=at)
    plan = plan_of(episode) if has_plan else None
    if plan is not None:
        review_on = due(episode.profile.profile, ClockKey.REVIEW, local_day(at))
        plan.change(by=by, at=at, next_review_on=review_on)
    return episode


@transaction.atomic
def close(
    *,
    episode: Episode,
    reason: str,
    level: str,
    handover: str,
    readings: Mapping[str, Reading],
    by: Actor,
    at: datetime,
) -> Closing:
    """Close early help with a reason and who helps from here; a look back falls due later."""
    work_with(by, episode.family, Right.CLOSE)
    profile = episode.profile.profile
    says = {r.key: r.says for r in profile.closing_reasons}
    if reason not in says:
        raise UnableTo("Choose one of the closing reasons.")
    if not handover.strip():
        raise UnableTo("Say who the family can turn to from here.")
    change_level(episode=episode, level=level, why=says[reason], by=by, at=at)
    today = local_day(at)
    closing = Closing.make(
        by=by,
        at=at,
        episode=episode,
        reason=reason,
        level=level,
        closed_on=today,
        handover=handover,
        form_record=keep_whole(
            purpose=Purpose.CLOSING, readings=readings, family=episode.family, by=by, at=at
        ),
        check_due_on=due(profile, ClockKey.AFTER_CLOSING, today),
    )
    why = says[reason].rstrip(".")
    move(episode=episode, name="close", says=f"Closed: {why}. {handover}", by=by, at=at)
    return closing


@transaction.atomic
def look_back(*, closing: Closing, sustained: str, words: str, by: Actor, at: datetime) -> Closing:
    """The check after closing: did it last? Raises `UnableTo` when it was made already."""
    work_with(by, closing.episode.family, Right.REVIEW)
    fresh = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if fresh.checked_at is not None:
        raise UnableTo("The look back has already been recorded.")
    fresh.change(
        by=by, at=at, checked_at=at, checked_by=by.member, sustained=sustained, check_words=words
    )
    tell(
        "closing.checked",
        f"Looked back after closing: {fresh.get_sustained_display().lower()}. {words}",
        family=closing.episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh

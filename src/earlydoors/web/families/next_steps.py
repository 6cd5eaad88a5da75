"""What can be done next: read off the workflow table, the actor's rights and what is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan.models import Closing, Meeting, Plan
from earlydoors.foundation.profile.schema import Words
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import day_short, until

NEAR = timedelta(days=7)
"""A review or a look back this near is the first thing to do."""


@dataclass(frozen=True)
class Step:
    """One thing to do: a link, or a button that does it at once (`post`)."""

    text: str
    href: str
    post: bool = False


@dataclass(frozen=True)
class Due:
    """Something with a day: what, when, and whether the day has passed."""

    what: str
    when: str
    href: str
    tone: str


@dataclass(frozen=True)
class NextUp:
    """What is due, the one thing to do first, and what else can be done."""

    due: tuple[Due, ...]
    first: Step | None
    others: tuple[Step, ...]
    waits_for: str


@dataclass(frozen=True)
class Journey:
    """How far a family's help is: what has been begun and not yet ended."""

    episode: Episode
    assessment: Assessment | None
    plan: Plan | None
    meeting: Meeting | None
    closing: Closing | None


# What carries out each move of the workflow, in the order of a family's way. A move that is made
# by another step (finishing an assessment, agreeing on a plan) or at the panel is not here.
_MOVES: dict[str, tuple[str, str, str]] = {
    "agree": ("Record what the family agreed", "agreement:record", "family"),
    "decline": ("Record that the family says no", "agreement:refuse", "family"),
    "assess": ("Begin the {assessment}", "assessments:begin", "post"),
    "offer_more": ("Offer more help", "families:offer_more", "episode"),
    "give_to_agency": ("Hand over to one agency", "families:give_to_agency", "episode"),
    "step_down_with_plan": ("Step down from {social_care}", "families:step_down", "episode"),
    "step_down_to_plan": ("Step down from {social_care}", "families:step_down", "episode"),
    "step_down_to_offer": ("Step down from {social_care}", "families:step_down", "episode"),
    "close": ("Close early help", "plans:close", "episode"),
}
_LAST = ("families:step", "families:give_to_agency", "agreement:refuse", "plans:close")
"""What is seldom done stands below the rest."""
_FIRST = {
    "offered": ("agreement:record",),
    "declined": ("agreement:record",),
    "agreed": ("assessments:begin",),
    "assessing": ("assessments:assessment",),
    "planning": ("plans:record_meeting", "plans:call", "plans:plan", "plans:begin"),
    "helping": ("plans:record_meeting", "plans:review", "plans:plan"),
    "single_agency": ("plans:review", "plans:plan", "families:offer_more"),
    "stepped_up": ("families:step_down",),
    "closed": ("plans:look_back",),
}


def next_up(journey: Journey, actor: Actor, today: date, words: Words) -> NextUp:
    """What is next for a family whose whole record is open to the actor."""
    found: dict[str, Step] = {}
    for route, step in _doable(journey, actor, today, words):
        found.setdefault(route, step)
    wanted = [r for r in _FIRST.get(journey.episode.state, ()) if r in found]
    if not _review_is_near(journey.plan, today):
        wanted = [route for route in wanted if route != "plans:review"] or wanted
    if not _look_back_is_near(journey.closing, today):
        # Help that has ended asks nothing of anyone until then.
        wanted = [route for route in wanted if route != "plans:look_back"]
    first = found.pop(wanted[0]) if wanted else None
    for route in _LAST:
        if route in found:
            found[route] = found.pop(route)
    return NextUp(
        due=tuple(_due(journey, today, words)),
        first=first,
        others=tuple(found.values()),
        waits_for=EPISODE.by_key[journey.episode.state].waits_for,
    )


def _review_is_near(plan: Plan | None, today: date) -> bool:
    return bool(plan and plan.next_review_on and plan.next_review_on <= today + NEAR)


def _look_back_is_near(closing: Closing | None, today: date) -> bool:
    return bool(closing and closing.check_due_on <= today + NEAR)


def _to(route: str, text: str, key: object, *, post: bool = False) -> tuple[str, Step]:
    return route, Step(text, reverse(route, args=[key]), post=post)


def _doable(
    journey: Journey, actor: Actor, today: date, words: Words
) -> Iterator[tuple[str, Step]]:
    yield from _going_on(journey, actor, today, words)
    episode = journey.episode
    for move in EPISODE.moves_from(episode.state):
        if move.name in _MOVES and actor.may(Right[move.permission]):
            text, route, of = _MOVES[move.name]
            text = text.format(assessment=words.assessment.one, social_care=words.social_care.one)
            key = episode.family_id if of == "family" else episode.pk
            yield _to(route, text, key, post=of == "post")
    if episode.state not in {"closed", "stepped_up"} and actor.may(Right.MOVE_LEVEL):
        yield _to("families:step", "Change the level", episode.pk)


def _going_on(
    journey: Journey, actor: Actor, today: date, words: Words
) -> Iterator[tuple[str, Step]]:
    """What is begun and can be carried on."""
    episode = journey.episode
    if episode.state == "closed":
        yield from _after(journey, actor)
        return
    assessment = journey.assessment
    planned = episode.state in {"planning", "helping"}
    if assessment is not None and actor.may(Right.ASSESS):
        if assessment.state == "open":
            text = f"Carry on with the {words.assessment.one}"
            yield _to("assessments:assessment", text, assessment.pk)
        else:
            yield _to("assessments:read", f"Read the {words.assessment.one}", assessment.pk)
            if planned:
                # Help goes on meanwhile: what was written before comes along into the new one.
                text = f"Begin a further {words.assessment.one}"
                yield _to("assessments:begin", text, episode.pk, post=True)
    if planned:
        yield from _planning(journey, actor, today, words)
    elif episode.state == "single_agency":
        # The plan of the team goes on with the agency that helps from here.
        yield from _plan_goes_on(journey, actor, words)


def _planning(
    journey: Journey, actor: Actor, today: date, words: Words
) -> Iterator[tuple[str, Step]]:
    episode, plan, meeting = journey.episode, journey.plan, journey.meeting
    if meeting is not None and meeting.on <= today and actor.may(Right.MEET):
        yield _to("plans:record_meeting", "Record the meeting", meeting.pk)
    yield from _plan_goes_on(journey, actor, words)
    if plan is None and actor.may(Right.PLAN):
        yield _to("plans:begin", f"Begin the {words.family_plan.one}", episode.pk, post=True)
    if meeting is None and actor.may(Right.MEET):
        yield _to("plans:call", f"Call a meeting of the {words.team.one}", episode.pk)


def _plan_goes_on(journey: Journey, actor: Actor, words: Words) -> Iterator[tuple[str, Step]]:
    episode, plan = journey.episode, journey.plan
    if plan is not None and plan.agreed_on and actor.may(Right.REVIEW):
        yield _to("plans:review", f"Record a {words.review.one}", plan.pk)
    if plan is not None and actor.may(Right.PLAN):
        yield _to("plans:plan", f"Open the {words.family_plan.one}", episode.pk)


def _after(journey: Journey, actor: Actor) -> Iterator[tuple[str, Step]]:
    closing = journey.closing
    if closing is not None and closing.checked_at is None and actor.may(Right.REVIEW):
        yield _to("plans:look_back", "Record the look back", closing.pk)
    if actor.may(Right.MOVE_LEVEL):
        yield _to("families:come_back", "Open help again", journey.episode.family_id)


def _due(journey: Journey, today: date, words: Words) -> Iterator[Due]:
    """What has a day, the earliest first."""
    dated: list[tuple[date, str, str]] = []
    assessment, meeting = journey.assessment, journey.meeting
    if assessment is not None and assessment.state == "open":
        href = reverse("assessments:assessment", args=[assessment.pk])
        dated.append((assessment.due_on, f"{words.assessment.one} to be finished", href))
    if meeting is not None:
        what = f"{meeting.get_purpose_display()} of the {words.team.one}"
        dated.append((meeting.on, what, reverse("plans:meeting", args=[meeting.pk])))
    plan = journey.plan
    state = journey.episode.state
    if plan is not None and state in {"planning", "helping", "single_agency"}:
        if plan.agreed_on is None and state != "single_agency":
            href = reverse("plans:plan", args=[journey.episode.pk])
            dated.append((plan.due_on, f"{words.family_plan.one} to be agreed", href))
        elif plan.agreed_on and plan.next_review_on:
            href = reverse("plans:review", args=[plan.pk])
            dated.append((plan.next_review_on, f"{words.review.one} due", href))
    closing = journey.closing
    if closing is not None and closing.checked_at is None:
        href = reverse("plans:look_back", args=[closing.pk])
        dated.append((closing.check_due_on, "Look back with the family", href))
    for on, what, href in sorted(dated, key=lambda one: one[0]):
        yield Due(
            what=what[:1].upper() + what[1:],
            when=f"{day_short(on)}, {until(on, today)}",
            href=href,
            tone="due" if on <= today else "plain",
        )

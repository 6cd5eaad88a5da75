"""Plans, actions and meetings, as pages and operations read them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.assessment.models import Need
from earlydoors.domain.assessment.queries import latest_assessment, needs_of
from earlydoors.domain.consent.models import standing_now
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.episodes.queries import episodes_for, team_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.plan.models import (
    Action,
    Attendance,
    Closing,
    Meeting,
    Outcome,
    Plan,
    Progress,
    Review,
    Score,
)
from earlydoors.domain.plan.rules import Lack, Point
from earlydoors.foundation.forms.answers import is_answered
from earlydoors.foundation.forms.schema import Kind
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.prepared import attach, prepared

_OF_EPISODE = ("family", "lead", "agency")


def _through(path: str) -> tuple[str, ...]:
    """The related rows that every page of a family's help reads, reached through `path`."""
    return tuple(f"{path}__{name}" for name in _OF_EPISODE)


def _whole[T: (Plan, Outcome, Action, Meeting, Attendance, Review, Closing, Need)](
    actor: Actor, found: T, episode: Episode
) -> T:
    """What was found, if the family's whole record is open to the actor, as if it were not there
    otherwise."""
    if not sees_everything(actor, episode.family_id):
        raise type(found).DoesNotExist
    return found


def plan_for(actor: Actor, plan_id: UUID) -> Plan:
    """A plan within full scope. Raises `Plan.DoesNotExist` outside it."""
    plan = (
        Plan.objects.filter(episode__in=episodes_for(actor))
        .select_related(*_through("episode"), "form_record__family")
        .get(pk=plan_id)
    )
    return _whole(actor, plan, plan.episode)


def outcome_for(actor: Actor, outcome_id: UUID) -> Outcome:
    """An outcome within full scope. Raises `Outcome.DoesNotExist` outside it."""
    outcome = (
        Outcome.objects.filter(plan__episode__in=episodes_for(actor))
        .select_related(*_through("plan__episode"), "set_by", "changed_by")
        .get(pk=outcome_id)
    )
    return _whole(actor, outcome, outcome.plan.episode)


def action_for(actor: Actor, action_id: UUID) -> Action:
    """An action within full scope. Raises `Action.DoesNotExist` outside it."""
    action = (
        Action.objects.filter(outcome__plan__episode__in=episodes_for(actor))
        .select_related(*_through("outcome__plan__episode"), "member", "person", "changed_by")
        .get(pk=action_id)
    )
    return _whole(actor, action, action.outcome.plan.episode)


def need_for(actor: Actor, need_id: UUID) -> Need:
    """A need within full scope. Raises `Need.DoesNotExist` outside it."""
    need = (
        Need.objects.filter(episode__in=episodes_for(actor))
        .select_related(*_through("episode"))
        .get(pk=need_id)
    )
    return _whole(actor, need, need.episode)


def review_for(actor: Actor, review_id: UUID) -> Review:
    """A review within full scope. Raises `Review.DoesNotExist` outside it."""
    review = (
        Review.objects.filter(plan__episode__in=episodes_for(actor))
        .select_related(
            *_through("plan__episode"),
            "form_record__family",
            "created_by",
        )
        .prefetch_related("progress__outcome", "scores__person")
        .get(pk=review_id)
    )
    return _whole(actor, review, review.plan.episode)


def closing_for(actor: Actor, closing_id: UUID) -> Closing:
    """A closing within full scope. Raises `Closing.DoesNotExist` outside it."""
    closing = (
        Closing.objects.filter(episode__in=episodes_for(actor))
        .select_related(
            *_through("episode"),
            "form_record__family",
            "checked_by",
            "created_by",
        )
        .get(pk=closing_id)
    )
    return _whole(actor, closing, closing.episode)


def attendance_for(actor: Actor, attendance_id: UUID) -> Attendance:
    """An invitation within full scope. Raises `Attendance.DoesNotExist` outside it."""
    invited = (
        Attendance.objects.filter(meeting__episode__in=episodes_for(actor))
        .select_related(*_through("meeting__episode"), "meeting__created_by", "member", "person")
        .prefetch_related("meeting__attendance__member", "meeting__attendance__person")
        .get(pk=attendance_id)
    )
    return _whole(actor, invited, invited.meeting.episode)


def plan_of(episode: Episode) -> Plan | None:
    """The episode's plan, if it has one."""
    found = next(iter(_plan(episode.pk)), None)
    if found is not None:
        found.episode = episode
    return found


@prepared
def _plan(episode: Any) -> QuerySet[Plan, Any]:
    return (
        Plan.objects.filter(episode=episode)
        .select_related("form_record__family")
        .order_by("pk")[:1]
    )


def outcomes_of(plan: Plan) -> list[Outcome]:
    """The outcomes with their actions and needs, in the order they were set."""
    found = _outcomes(plan.pk)
    for one in found:
        one.plan = plan
    if found:
        keys = [one.pk for one in found]
        attach(found, "actions", _actions(keys), "outcome")
        attach(found, "progress", _progress(keys), "outcome")
        prefetch_related_objects(found, "needs")
    return found


@prepared
def _outcomes(plan: Any) -> QuerySet[Outcome, Any]:
    found = Outcome.objects.filter(plan=plan).select_related("set_by")
    return found.order_by("created_at", "id")


@prepared
def _actions(outcomes: Any) -> QuerySet[Action, Any]:
    return Action.objects.filter(outcome__among=outcomes).select_related("member", "person")


@prepared
def _progress(outcomes: Any) -> QuerySet[Progress, Any]:
    return Progress.objects.filter(outcome__among=outcomes).select_related("review")


def unanswered(episode: Episode) -> list[Need]:
    """Needs that neither an outcome nor a recorded reason answers yet."""
    answered = set(
        Outcome.objects.filter(plan__episode=episode, state__in=["open", "met"]).values_list(
            "needs", flat=True
        )
    )
    return [n for n in needs_of(episode) if n.pk not in answered and not n.no_outcome_why]


def lacking(plan: Plan) -> list[Lack]:
    """What keeps the plan from being agreed."""
    outcomes = list(
        plan.outcomes.filter(state="open").order_by("created_at", "id").prefetch_related("actions")
    )
    words = plan.episode.profile.profile.words
    wanting = []
    if plan.episode.lead_id is None:
        wanting.append(Lack(f"Agree on a {words.lead_practitioner.one} first.", "lead"))
    if not outcomes:
        wanting.append(Lack(f"Add at least one {words.outcome.one}.", "outcome"))
    wanting += [
        Lack(f"Add {words.action.many} for “{outcome.words}”.", "action", outcome.pk)
        for outcome in outcomes
        if not any(a.state != "dropped" for a in outcome.actions.all())
    ]
    wanting += [
        Lack(
            f"Answer the need “{need.says}” with {_a(words.outcome.one)} or a reason.",
            "need",
            need.pk,
        )
        for need in unanswered(plan.episode)
    ]
    return wanting


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def meetings_of(episode: Episode) -> list[Meeting]:
    """The episode's meetings with who was invited, latest first."""
    return list(
        episode.meetings.select_related("form_record", "created_by")
        .prefetch_related("attendance__member", "attendance__person")
        .order_by("-on", "-starts")
    )


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Who was invited to a meeting or came: the family eldest first, workers by name, then those
    who are known by a name alone."""
    return sorted(meeting.attendance.all(), key=_place_at_the_table)


def _place_at_the_table(one: Attendance) -> tuple[int, str, str, str]:
    who = one.person
    if who is not None:
        return 0, str(who.born_on or who.due_on or "9999"), who.full_name, str(who.pk)
    return (1 if one.member else 2), "", str(one), str(one.pk)


def meeting_for(actor: Actor, meeting_id: UUID) -> Meeting:
    """A meeting within full scope. Raises `Meeting.DoesNotExist` outside it."""
    meeting = (
        Meeting.objects.filter(episode__in=episodes_for(actor))
        .select_related(
            *_through("episode"),
            "form_record__family",
            "created_by",
        )
        .prefetch_related("attendance__member", "attendance__person")
        .get(pk=meeting_id)
    )
    return _whole(actor, meeting, meeting.episode)


def reviews_of(plan: Plan) -> list[Review]:
    """The reviews of a plan, latest first."""
    return list(
        plan.reviews.select_related("form_record__family", "created_by")
        .prefetch_related("progress__outcome", "scores")
        .order_by("-held_on", "-created_at")
    )


def points_of(episode: Episode) -> list[Point]:
    """Every score of an episode and of the ones it continues, oldest first."""
    chain: list[Episode] = []
    here: Episode | None = episode
    while here is not None:
        chain.append(here)
        here = here.continues
    scores = (
        Score.objects.filter(episode__in=chain)
        .select_related("person")
        .order_by("on", "created_at")
    )
    return [
        Point(s.area, s.view, s.on, s.value, s.person.called if s.person else "") for s in scores
    ]


def starting_points(episode: Episode) -> list[Point]:
    """Where the latest assessment put the family, for a first score that nobody gives twice.

    A form asks for it by a scale question of the whole family that bears an area of life's key,
    in the family's words or the worker's.
    """
    assessment = latest_assessment(episode)
    if assessment is None:
        return []
    areas = {area.key for area in episode.profile.profile.areas_of_life}
    form_record = assessment.form_record
    return [
        Point(q.key, q.words_of, local_day(kept.changed_at), kept.answers[q.key])
        for kept in form_record.sections.filter(person=None).order_by("created_at", "section_key")
        for q in form_record.form.section(kept.section_key).questions
        if q.kind == Kind.SCALE
        and q.key in areas
        and q.words_of != "child"
        and is_answered(kept.answers.get(q.key))
    ]


def help_of(person: Person) -> list[Episode]:
    """The help under way in the families that a person belongs to, and where a family has them in
    its team, such as an aunt; for that person to see. Whoever left a family sees it no more."""
    belongs = FamilyMember.objects.filter(person=person)
    here = Q(family__in=belongs.filter(left_on=None).values("family"))
    asked = Q(pk__in=TeamPlace.objects.filter(person=person, left_on=None).values("episode"))
    left = Q(family__in=belongs.exclude(left_on=None).values("family"))
    return list(
        Episode.objects.filter(here | (asked & ~left))
        .exclude(state="closed")
        .select_related(*_OF_EPISODE)
        .prefetch_related("lead__memberships__agency")
        .order_by("opened_on", "id")
    )


def takes_part(person: Person, episode: Episode) -> bool:
    """Whether a member of the family sees its plan: they live in it, are in its team, agreed to
    the help themselves, or do something in it. Being a relative alone does not open it."""
    family = episode.family
    return (
        family.members.filter(person=person, left_on=None, lives_here=True).exists()
        or episode.team.filter(person=person, left_on=None).exists()
        or family.agreements.filter(standing_now(), person=person).exists()
        or Action.objects.filter(person=person, outcome__plan__episode=episode).exists()
    )


def readers_of(episode: Episode) -> list[Person]:
    """Who can be handed the plan on paper: the family, then those of its network in the team, such
    as an aunt. Not the unborn or the dead, and not who has left the family."""
    family = [one.person for one in members_of(episode.family)]
    left = set(episode.family.members.exclude(left_on=None).values_list("person_id", flat=True))
    asked = [place.person for place in team_of(episode) if place.person_id not in left]
    each = {person.pk: person for person in (*family, *asked) if person is not None}
    return [person for person in each.values() if person.can_take_part]


def own_actions(person: Person) -> QuerySet[Action]:
    """What a person has said they will do, in the help under way in their families."""
    return (
        Action.objects.filter(person=person, outcome__plan__episode__in=help_of(person))
        .select_related(*_through("outcome__plan__episode"))
        .exclude(state="dropped")
    )


def own_action(person: Person, action_id: UUID) -> Action:
    """One of a person's own actions. Raises `Action.DoesNotExist` for any other."""
    return own_actions(person).get(pk=action_id)


def invited_to(person: Person, episode: Episode, today: date) -> list[Meeting]:
    """The meetings ahead that a person is invited to, soonest first."""
    return list(
        episode.meetings.filter(state="called", on__gte=today, attendance__person=person)
        .distinct()
        .order_by("on", "starts")
    )

"""Plans, actions and meetings, as pages and operations read them."""

from uuid import UUID

from django.db.models import QuerySet

from earlydoors.domain.assessment.models import Need
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import episodes_for
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.plan.models import Action, Meeting, Outcome, Plan, Review, Score
from earlydoors.domain.plan.rules import Point


def plan_of(episode: Episode) -> Plan | None:
    """The episode's plan, if it has one."""
    return Plan.objects.filter(episode=episode).select_related("form_record__profile").first()


def outcomes_of(plan: Plan) -> list[Outcome]:
    """The outcomes with their actions and needs, in the order they were set."""
    return list(
        plan.outcomes.order_by("created_at", "id")
        .select_related("set_by")
        .prefetch_related("needs", "actions__member", "actions__person", "progress__review")
    )


def unanswered(episode: Episode) -> list[Need]:
    """Needs that neither an outcome nor a recorded reason answers yet."""
    answered = set(
        Outcome.objects.filter(plan__episode=episode, state__in=["open", "met"]).values_list(
            "needs", flat=True
        )
    )
    return [n for n in needs_of(episode) if n.pk not in answered and not n.no_outcome_why]


def actions_for(actor: Actor) -> QuerySet[Action]:
    """Open actions of the families an actor may see."""
    return Action.objects.filter(
        outcome__plan__episode__in=episodes_for(actor), state="open"
    ).select_related("outcome__plan__episode__family", "member", "person")


def meetings_of(episode: Episode) -> list[Meeting]:
    """The episode's meetings with who was invited, latest first."""
    return list(
        episode.meetings.select_related("form_record__profile", "created_by")
        .prefetch_related("attendance__member", "attendance__person")
        .order_by("-on", "-starts")
    )


def meeting_for(actor: Actor, meeting_id: UUID) -> Meeting:
    """A meeting within scope. Raises `Meeting.DoesNotExist` outside it."""
    return (
        Meeting.objects.filter(episode__in=episodes_for(actor))
        .select_related("episode__family", "episode__profile", "form_record__profile")
        .get(pk=meeting_id)
    )


def reviews_of(plan: Plan) -> list[Review]:
    """The reviews of a plan, latest first."""
    return list(
        plan.reviews.select_related("form_record__profile", "form_record__family", "created_by")
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
    scores = Score.objects.filter(episode__in=chain).order_by("on", "created_at")
    return [Point(s.area, s.view, s.on, s.value) for s in scores]

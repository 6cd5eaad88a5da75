"""A family's help, as pages and operations read it."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, prefetch_related_objects

from earlydoors.domain.access.queries import families_of, sees_everything
from earlydoors.domain.episodes.models import Episode, LevelChange, TeamPlace
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.prepared import prepared


def episodes_for(actor: Actor) -> QuerySet[Episode]:
    """The episodes of the families an actor may see."""
    return Episode.objects.filter(family__in=families_of(actor)).select_related(
        "family", "lead", "agency"
    )


def episode_for(actor: Actor, episode_id: UUID) -> Episode:
    """An episode within full scope. Raises `Episode.DoesNotExist` outside it."""
    episode = episodes_for(actor).get(pk=episode_id)
    if not sees_everything(actor, episode.family_id):
        raise Episode.DoesNotExist
    return episode


def open_episode(family: Family) -> Episode | None:
    """The family's open episode."""
    return (
        family.episodes.exclude(state="closed").select_related("family", "lead", "agency").first()
    )


def latest_episode(family: Family) -> Episode | None:
    """The open episode, else the one closed last."""
    return next(iter(_latest(family.pk)), None)


@prepared
def _latest(family: Any) -> QuerySet[Episode, Any]:
    return (
        Episode.objects.filter(family=family)
        .select_related("family", "lead", "agency")
        .order_by(F("closed_at").desc(nulls_first=True))[:1]
    )


def path_of(family: Family) -> list[LevelChange]:
    """Every step along the continuum, over all episodes, oldest first."""
    return _path(family.pk)


@prepared
def _path(family: Any) -> QuerySet[LevelChange, Any]:
    return (
        LevelChange.objects.filter(episode__family=family)
        .select_related("episode", "created_by")
        .order_by("on", "created_at")
    )


def team_of(episode: Episode) -> list[TeamPlace]:
    """The team of today: family first, then workers, in the order they joined."""
    places = _team(episode.pk)
    prefetch_related_objects(places, "member__memberships__agency")
    return sorted(places, key=lambda p: p.person_id is None)


@prepared
def _team(episode: Any) -> QuerySet[TeamPlace, Any]:
    return (
        TeamPlace.objects.filter(episode=episode, left_on=None)
        .select_related("member", "person")
        .order_by("joined_on", "created_at")
    )

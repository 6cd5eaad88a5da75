"""Assessments and needs, as pages and operations read them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.assessment.models import Assessment, FamilyView, Need
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import episodes_for
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.records.queries import Filled, filled
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.prepared import prepared


def assessments_for(actor: Actor) -> QuerySet[Assessment]:
    """The assessments of the families an actor may see."""
    return Assessment.objects.filter(episode__in=episodes_for(actor)).select_related(
        "episode__family", "form_record__family", "finished_by",
        "created_by", "episode__lead",
    )  # fmt: skip


def assessment_for(actor: Actor, assessment_id: UUID) -> Assessment:
    """An assessment within full scope. Raises `Assessment.DoesNotExist` outside it."""
    assessment = assessments_for(actor).get(pk=assessment_id)
    if not sees_everything(actor, assessment.episode.family_id):
        raise Assessment.DoesNotExist
    return assessment


def latest_assessment(episode: Episode) -> Assessment | None:
    """The episode's latest assessment."""
    found = next(iter(_latest(episode.pk)), None)
    if found is not None:
        found.episode = episode
    return found


@prepared
def _latest(episode: Any) -> QuerySet[Assessment, Any]:
    return (
        Assessment.objects.filter(episode=episode)
        .select_related("form_record__family")
        .order_by("-created_at")[:1]
    )


def pages_of(assessment: Assessment, today: date) -> list[Filled]:
    """The pages of the form; a finished one is about those who were in the family by then."""
    ended = assessment.finished_at
    return filled(assessment.form_record, today, settled_on=local_day(ended) if ended else None)


def needs_of(episode: Episode) -> list[Need]:
    """The needs found and not dropped, in the order they were found."""
    return list(episode.needs.filter(dropped_on=None).order_by("found_on", "created_at", "id"))


def others_of(assessment: Assessment) -> list[Assessment]:
    """The family's other assessments, the newest first."""
    return list(
        Assessment.objects.filter(episode__family_id=assessment.episode.family_id)
        .exclude(pk=assessment.pk)
        .select_related("form_record")
        .order_by("-created_at")
    )


def family_views(assessment: Assessment) -> list[FamilyView]:
    """What the family says of an assessment, in the order they said it."""
    return list(assessment.views.select_related("person").order_by("given_on", "created_at"))

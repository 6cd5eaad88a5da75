"""A panel's agenda, as its pages and operations read it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from earlydoors.domain.panels.models import Item, PanelMeeting
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk


def panels_for(actor: Actor) -> QuerySet[Desk]:
    """The panels an actor sits on."""
    return Desk.objects.filter(kind="panel", current=True, pk__in=actor.desk_ids).order_by("name")


def items_for(actor: Actor) -> QuerySet[Item]:
    """Items of the actor's panels, and items the actor's agency is asked about or asked for."""
    scope = Q(panel__in=actor.desk_ids)
    if actor.agency is not None:
        scope |= Q(brought__agency=actor.agency, state__in=["waiting", "deferred"])
    return (
        Item.objects.filter(scope)
        .select_related(
            "panel", "meeting", "episode__family", "episode__profile", "request__agency"
        )
        .distinct()
    )


def item_for(actor: Actor, item_id: UUID) -> Item:
    """An item within scope. Raises `Item.DoesNotExist` outside it."""
    return items_for(actor).get(pk=item_id)


def meeting_for(actor: Actor, meeting_id: UUID) -> PanelMeeting:
    """A sitting of a panel the actor sits on. Raises `PanelMeeting.DoesNotExist` otherwise."""
    return (
        PanelMeeting.objects.filter(panel__in=actor.desk_ids)
        .select_related("panel")
        .get(pk=meeting_id)
    )


def agenda(meeting: PanelMeeting) -> list[Item]:
    """The items of a sitting, longest waiting first."""
    return list(
        meeting.items.select_related("episode__family", "request__agency", "request__setting")
        .prefetch_related("brought__agency")
        .order_by("created_at")
    )

"""A panel's agenda, as its pages and operations read it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.queries import not_shut
from earlydoors.domain.panels.models import Brought, Item, PanelAttendance, PanelMeeting, Task
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import FamilyMember
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, Panel

# Agencies of many places, each with children of its own: one school does not hear of another's.
_FAMILY = "episode__family"
_BY_PLACE = {AgencyKind.SCHOOL, AgencyKind.EARLY_YEARS}


def rules_of(panel: Desk) -> Panel:
    """What the profile says of a panel."""
    return {one.key: one for one in current().panels}[panel.key]


def panels_for(actor: Actor) -> QuerySet[Desk]:
    """The panels an actor sits on."""
    return Desk.objects.filter(kind="panel", current=True, pk__in=actor.desk_ids).order_by("name")


def panel_for(actor: Actor, panel_id: UUID) -> Desk:
    """A panel the actor sits on. Raises `Desk.DoesNotExist` otherwise."""
    return panels_for(actor).get(pk=panel_id)


def concerns(actor: Actor) -> Q:
    """Items that an agency's word is asked of at this member's own place.

    A member of a school or nursery hears of the children who go there, or whom it asked about; a
    member at a place of one locality hears of that locality's panels.
    """
    setting = actor.membership.setting
    if actor.agency is None or setting is None:
        return Q()
    if AgencyKind(actor.agency.kind) in _BY_PLACE:
        goes_there = FamilyMember.objects.filter(
            family=OuterRef("episode__family"),
            left_on=None,
            person__places__setting=setting,
            person__places__ended_on=None,
        )
        return Q(request__setting=setting) | Q(Exists(goes_there))
    if setting.locality is None:
        return Q()
    place = setting.locality.key
    keys = [panel.key for panel in current().panels if panel.locality in {"", place}]
    return Q(panel__key__in=keys)


def _asked(actor: Actor) -> Q:
    # An agency is asked, and those of it who work with families answer.
    if actor.agency is None or not actor.may(Right.SEE_FAMILIES):
        return Q(pk__in=[])
    mine = Brought.objects.filter(item=OuterRef("pk"), agency=actor.agency)
    return Q(Exists(mine)) & Q(state__in=["waiting", "deferred"]) & concerns(actor)


def _items() -> QuerySet[Item]:
    return Item.objects.select_related(
        "panel",
        "meeting",
        "episode__family",
        "request__agency",
        "request__setting",
        "decided_by",
    )


def items_for(actor: Actor) -> QuerySet[Item]:
    """Items of the actor's panels, and items the actor's agency is asked about."""
    mine = Q(panel__in=actor.desk_ids) | _asked(actor)
    return _items().filter(mine, not_shut(actor, _FAMILY))


def asked_of(actor: Actor) -> QuerySet[Item]:
    """Open items that the actor's agency was asked about and has not spoken on, longest first."""
    if actor.agency is None:
        return Item.objects.none()
    silent = Brought.objects.filter(item=OuterRef("pk"), agency=actor.agency, said_at=None)
    asked = _items().filter(_asked(actor), Exists(silent), not_shut(actor, _FAMILY))
    return asked.order_by("created_at")


def sits_for(actor: Actor, item: Item) -> bool:
    """Whether the actor sits on the item's panel, and so sees more than what they are asked."""
    return item.panel_id in actor.desk_ids


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


def next_sitting(panel: Desk, today: date) -> PanelMeeting | None:
    """The panel's next planned sitting that has not been held."""
    return panel.sittings.filter(held=False, on__gte=today).order_by("on").first()


def sittings_of(panels: Iterable[Desk]) -> list[PanelMeeting]:
    """Every sitting of these panels, oldest first."""
    return list(
        PanelMeeting.objects.filter(panel__in=list(panels)).select_related("panel").order_by("on")
    )


def seats_of(meetings: Iterable[PanelMeeting]) -> list[PanelAttendance]:
    """Who was expected at these sittings, by agency."""
    return list(
        PanelAttendance.objects.filter(meeting__in=list(meetings))
        .select_related("agency", "meeting")
        .order_by("agency__name", "meeting__on")
    )


def waiting_at(panels: Iterable[Desk], actor: Actor) -> list[Item]:
    """The items that panels have still to decide, longest waiting first."""
    return list(
        _items()
        .filter(not_shut(actor, _FAMILY), panel__in=list(panels))
        .exclude(state="decided")
        .prefetch_related("brought__agency")
        .order_by("created_at")
    )


def brought_to(item: Item) -> list[Brought]:
    """What agencies were asked and said, in the order of their names."""
    return list(item.brought.select_related("agency", "said_by").order_by("agency__name"))


def tasks_of(item: Item) -> list[Task]:
    """What agencies do after the decision, first due first."""
    return list(item.tasks.select_related("agency").order_by("due_on", "created_at"))


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Tasks of panels the actor sits on, and of the actor's own agency at their place."""
    mine = Q(item__panel__in=actor.desk_ids)
    if actor.agency is not None and actor.may(Right.SEE_FAMILIES):
        mine |= Q(agency=actor.agency, item__in=Item.objects.filter(concerns(actor)))
    return (
        Task.objects.filter(mine, not_shut(actor, f"item__{_FAMILY}"))
        .select_related("agency", "item__panel", "item__episode__family")
        .order_by("due_on", "created_at")
    )


def task_for(actor: Actor, task_id: UUID) -> Task:
    """A task within scope. Raises `Task.DoesNotExist` outside it."""
    return tasks_for(actor).get(pk=task_id)


def agenda(meeting: PanelMeeting, actor: Actor) -> list[Item]:
    """The items of a sitting, longest waiting first."""
    return list(
        meeting.items.filter(not_shut(actor, _FAMILY))
        .select_related("episode__family", "request__agency", "request__setting")
        .prefetch_related("brought__agency")
        .order_by("created_at")
    )

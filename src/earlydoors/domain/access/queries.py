"""Scoping: what an actor may see. Outside it, a family does not exist."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.models import Grant, open_now
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family


def grants_of(actor: Actor) -> QuerySet[Grant]:
    """The open grants an actor holds, as themselves or by a desk, that let them see something of
    the family. To know that there is help is not to see the family."""
    return _held(actor).exclude(extent="knows")


def _held(actor: Actor) -> QuerySet[Grant]:
    holder = Q(member=actor.member)
    if actor.desk_ids:
        holder |= Q(desk__in=actor.desk_ids)
    return Grant.objects.filter(holder, open_now())


def knows_of(actor: Actor, family_id: UUID) -> bool:
    """Whether an actor may know that a family has help: the least that access says."""
    return _held(actor).filter(family=family_id).exists()


def families_of(actor: Actor) -> QuerySet[Family]:
    """The families an actor may see at all."""
    return Family.objects.filter(Exists(grants_of(actor).filter(family=OuterRef("pk"))))


def family_for(actor: Actor, family_id: UUID) -> Family:
    """A family within the actor's scope. Raises `Family.DoesNotExist` outside it."""
    return families_of(actor).get(pk=family_id)


def sees_everything(actor: Actor, family_id: UUID) -> bool:
    """Whether an actor sees the whole of a family, not only its summary."""
    return grants_of(actor).filter(family_id=family_id, extent="full").exists()


def who_can_see(family: Family) -> list[Grant]:
    """The open grants on a family, for its "who can see this" list."""
    return list(
        family.grants.filter(open_now())
        .select_related("member", "desk")
        .prefetch_related("member__memberships__agency", "member__memberships__setting")
        .order_by("began_at", "id")
    )

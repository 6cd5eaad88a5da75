"""Scoping: what an actor may see. Outside it, a family does not exist."""

from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from earlydoors.domain.access.models import (
    NAMED,
    Declaration,
    Grant,
    Notice,
    Restriction,
    open_now,
)
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, FamilyMember
from earlydoors.foundation.wall.acting import crossing


def grants_of(actor: Actor) -> QuerySet[Grant]:
    """The open grants an actor holds, as themselves or by a desk, that let them see something of
    the family. To know that there is help is not to see the family."""
    return _held(actor).exclude(extent="knows")


def _held(actor: Actor) -> QuerySet[Grant]:
    if not actor.may(Right.SEE_FAMILIES):
        # What somebody holds as a practitioner is nothing to them as an information guardian.
        return Grant.objects.none()
    holder = Q(member=actor.member) & (Q(agency=None) | Q(agency=actor.membership.agency_id))
    if actor.desk_ids:
        holder |= Q(desk__in=actor.desk_ids)
    return Grant.objects.filter(holder, open_now()).exclude(family__in=shut_to(actor))


def shut_to(actor: Actor) -> RawSQL:
    """The families whose records are shut to an actor whatever they hold, for use behind `__in`:
    restricted to others by name, or of somebody whom the actor knows outside their work.

    The database answers with the owner's eyes: that a record is restricted is itself kept from
    whoever it is shut to, so that no query of theirs could find out.
    """
    return RawSQL("SELECT unnest(public.wall_shut_to(%s))", [actor.member.pk])


def not_shut(actor: Actor, family: str = "family") -> Q:
    """Rows that are of no family, or of one that is not shut to an actor."""
    return Q(**{f"{family}__isnull": True}) | ~Q(**{f"{family}__in": shut_to(actor)})


def shut_now(actor: Actor) -> frozenset[UUID]:
    """The families of `shut_to`, asked for at once: one question whatever it finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(public.wall_shut_to(%s))", [actor.member.pk])
        return frozenset(row[0] for row in cursor.fetchall())


class IsShut(Func):
    """Whether a family's record is shut to a member; to all but the few where no member is."""

    function = "public.wall_is_shut"
    output_field = BooleanField()


def standing() -> Q:
    """Restrictions that hold at the database's own moment."""
    return open_now()


def restriction_of(family: Family) -> Restriction | None:
    """The restriction that a family's record is under."""
    return family.restrictions.filter(standing()).select_related("created_by").first()


def restricted_families() -> frozenset[UUID]:
    """The families whose record is restricted, to whomever: for rules that no worker's eyes see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(public.wall_shut_to(NULL))")
        return frozenset(row[0] for row in cursor.fetchall())


def restricted_people() -> set[UUID]:
    """Everybody who is now in a family whose record is restricted, to whomever."""
    places = FamilyMember.objects.filter(
        Exists(Restriction.objects.filter(standing(), family=OuterRef("family"))), left_on=None
    )
    return set(places.values_list("person_id", flat=True))


def restrictions_for(actor: Actor) -> QuerySet[Restriction]:
    """The standing restrictions that an actor may read of: those of records open to them by name,
    and for whoever watches over looks all of them, without whose they are."""
    found = Restriction.objects.filter(standing()).select_related("created_by")
    if not actor.may(Right.WATCH):
        found = found.filter(family__in=grants_of(actor).filter(because=NAMED).values("family"))
    return found.order_by("-began_at", "pk")


def restriction_for(actor: Actor, restriction_id: UUID) -> Restriction:
    """A restriction within scope. Raises `Restriction.DoesNotExist` outside it."""
    return restrictions_for(actor).get(pk=restriction_id)


@crossing("restricted")
def named_for(*restrictions: Restriction) -> list[Grant]:
    """The grants of the few to whom restricted records are open."""
    families = [one.family_id for one in restrictions]
    held = Grant.objects.filter(open_now(), family__in=families, because=NAMED)
    return list(
        held.select_related("member")
        .prefetch_related("member__memberships__agency", "member__memberships__setting")
        .order_by("began_at", "pk")
    )


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The notices that an actor may deal with: of records wholly open to them, which they lead,
    to which they are named, or which their role may restrict."""
    held = grants_of(actor).filter(extent="full")
    if not actor.may(Right.RESTRICT):
        held = held.filter(because__in=[NAMED, "lead"])
    notices = Notice.objects.filter(family__in=held.values("family"))
    found = notices.select_related("family", "whose", "agency", "dealt_by")
    return found.order_by("created_at", "pk")


def notice_for(actor: Actor, notice_id: UUID) -> Notice:
    """A notice within scope. Raises `Notice.DoesNotExist` outside it."""
    return notices_for(actor).get(pk=notice_id)


def declarations_of(actor: Actor) -> QuerySet[Declaration]:
    """What an actor declared, the latest first."""
    rows = Declaration.objects.filter(member=actor.member).select_related("ended_by")
    return rows.order_by("-created_at", "pk")


def declarations_for(actor: Actor) -> QuerySet[Declaration]:
    """What others declared and still stands, for whoever decides on it: their agency's, and those
    of records wholly open to the actor. For whoever watches over looks, all of them."""
    if not (actor.may(Right.WATCH) or actor.may(Right.RESTRICT)):
        return Declaration.objects.none()
    found = Declaration.objects.filter(ended_at=None).exclude(member=actor.member)
    if not actor.may(Right.WATCH):
        open_ = grants_of(actor).filter(extent="full").values("family")
        found = found.filter(Q(agency=actor.membership.agency_id) | Q(family__in=open_))
    return found.select_related("member", "agency").order_by("created_at", "pk")


def declaration_for(actor: Actor, declaration_id: UUID) -> Declaration:
    """A declaration within scope. Raises `Declaration.DoesNotExist` outside it."""
    return declarations_for(actor).get(pk=declaration_id)


def knows_of(actor: Actor, family_id: UUID) -> bool:
    """Whether an actor may know that a family has help: the least that access says."""
    return _held(actor).filter(family=family_id).exists()


def families_of(actor: Actor) -> QuerySet[Family]:
    """The families an actor may see at all."""
    return Family.objects.filter(Exists(grants_of(actor).filter(family=OuterRef("pk"))))


def how_many_families(actor: Actor) -> int:
    """How many families an actor may see at all, counted where it is said who may."""
    return grants_of(actor).values("family").distinct().count()


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
        .exclude(IsShut("family", "member"))
        .select_related("member", "desk")
        .prefetch_related("member__memberships__agency", "member__memberships__setting")
        .order_by("began_at", "id")
    )

"""Finding members, desks and agencies."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import (
    Agency,
    Desk,
    Invitation,
    Member,
    Membership,
    Setting,
)
from earlydoors.domain.partnership.rights import RIGHTS, SECOND_STEP, Right, kinds_with
from earlydoors.foundation.prepared import prepared
from earlydoors.foundation.profile.schema import RoleKind

FRONT_DOOR = "front_door"
# Whoever was not here for so long is asked after: perhaps they have left, and nobody said.
MOST_ROLES = 20  # that anybody could choose from
UNSEEN_AFTER = timedelta(days=45)


def held_on(today: date) -> Q:
    """Memberships held on a day."""
    return Q(began_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def actor_for(
    member: Member, today: date, chosen: str = "", *, needs: Right | None = None
) -> Actor | None:
    """The member in one role that they hold today; none when they hold no role any more.

    Of several it is the one `chosen` by its key, else the latest that `needs` a right, else the
    latest. What a role may do never comes from two. A desk is a way to families: whoever looks
    at none sits at no desk, whatever was written down.
    """
    if not member.is_active:
        return None
    held = list(_roles_held(member.pk, today))
    if not held:
        return None
    able = [one for one in held if needs is not None and needs in RIGHTS[RoleKind(one.kind)]]
    membership = next((one for one in held if str(one.pk) == chosen), (able or held)[0])
    membership.member = member
    looks = Right.SEE_FAMILIES in RIGHTS[RoleKind(membership.kind)]
    desks = frozenset(membership.desk_keys) if looks else frozenset()
    return Actor(member, membership, desks, beside=len(held) - 1)


def roles_of(member: Member, today: date) -> list[Membership]:
    """The roles that a member holds on a day, the latest first."""
    return list(_roles_held(member.pk, today)) if member.is_active else []


@prepared
def _roles_held(member: Any, today: Any) -> QuerySet[Any]:
    """The roles that a member holds on a day, the latest first, with the keys of their desks."""
    desks = Desk.objects.filter(memberships=OuterRef("pk")).values("pk")
    return (
        Membership.objects.filter(held_on(today), member=member)
        .select_related("agency", "setting__locality")
        .annotate(desk_keys=ArraySubquery(desks))
        .order_by("-began_on", "id")[:MOST_ROLES]
    )


def demands_second_step(member: Member, today: date) -> bool:
    """Whether any role that the member holds today demands a second step at sign-in."""
    return member.memberships.filter(held_on(today), kind__in=SECOND_STEP).exists()


def front_door() -> Desk:
    """The desk where requests arrive."""
    return Desk.objects.get(key=FRONT_DOOR)


def holding(right: Right, today: date) -> QuerySet[Membership]:
    """The memberships held today whose role may do something, by name."""
    return (
        Membership.objects.filter(held_on(today), member__is_active=True)
        .filter(kind__in=kinds_with(right))
        .select_related("member", "agency", "setting")
        .order_by("member__name")
    )


def workers(today: date) -> QuerySet[Membership]:
    """The working memberships held today, by name."""
    return holding(Right.SEE_FAMILIES, today)


def agencies() -> QuerySet[Agency]:
    """The partners of today, by name."""
    return Agency.objects.filter(current=True).order_by("name")


def agencies_with_settings() -> list[Agency]:
    """The partners of today by name, each with its settings by name."""
    settings = Setting.objects.order_by("name")
    return list(agencies().prefetch_related(Prefetch("settings", queryset=settings)))


def members_of(agency: Agency, today: date) -> QuerySet[Membership]:
    """The roles held in an agency today by those who can sign in, by name."""
    held = Membership.objects.filter(held_on(today), agency=agency, member__is_active=True)
    return held.select_related("member", "setting").order_by("member__name", "role_name")


@dataclass(frozen=True)
class Working:
    """How many work in an agency, and who looks after them: what running an installation needs."""

    agency: Agency
    people: int
    unseen: int
    ended: int
    looked_after_by: tuple[str, ...]


def working(today: date, at: datetime, ended_since: date) -> list[Working]:
    """Each agency with anybody who can sign in or whose role ended since a day, by name."""
    held = held_on(today) & Q(member__is_active=True)
    last_seen = Coalesce("member__last_login", "member__joined_at")
    rows = Membership.objects.annotate(seen=last_seen).values("agency")
    people = Count("member", distinct=True, filter=held)
    unseen = Count("member", distinct=True, filter=held & Q(seen__lte=at - UNSEEN_AFTER))
    ended = Count("member", distinct=True, filter=Q(ended_on__gte=ended_since, ended_on__lte=today))
    counted = {
        row["agency"]: row
        for row in rows.annotate(people=people, unseen=unseen, ended=ended).order_by()
    }
    names: dict[UUID, list[str]] = {}
    for one in holding(Right.LOOK_AFTER_MEMBERS, today):
        if one.agency_id:
            names.setdefault(one.agency_id, []).append(one.member.name)
    return [
        Working(one, row["people"], row["unseen"], row["ended"], tuple(names.get(one.pk, ())))
        for one in Agency.objects.order_by("name")
        if (row := counted.get(one.pk)) and (row["people"] or row["ended"])
    ]


def looking_after(agency: Agency, today: date) -> set[str]:
    """The addresses of those who look after the members of an agency."""
    kinds = [kind for kind, rights in RIGHTS.items() if Right.LOOK_AFTER_MEMBERS in rights]
    held = members_of(agency, today).filter(kind__in=kinds).exclude(member__email="")
    return set(held.values_list("member__email", flat=True))


def invitations_of(agency: Agency, at: datetime) -> QuerySet[Invitation]:
    """Invitations to an agency that still work, the latest first."""
    open_ = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    return open_.filter(agency=agency).select_related("setting").order_by("-made_at")


def unseen_between(earliest: datetime, latest: datetime) -> QuerySet[Member]:
    """Members who were last here, or joined and never came, after one moment and until another."""
    seen = Coalesce("last_login", "joined_at")
    active = Member.objects.filter(is_active=True).annotate(last_seen=seen)
    return active.filter(last_seen__gt=earliest, last_seen__lte=latest).order_by("name")


def practice_cast(today: date) -> list[Membership]:
    """Those with a story whom one can sign in as in a practice installation, workers first."""
    held = Membership.objects.filter(held_on(today), member__is_active=True).exclude(story="")
    people = held.select_related("member", "agency", "setting").order_by("member__name")
    return sorted(people, key=lambda one: one.kind == RoleKind.FAMILY_MEMBER)

"""Finding members, desks and agencies."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Member, Membership, Setting
from earlydoors.domain.partnership.rights import SECOND_STEP
from earlydoors.foundation.profile.schema import RoleKind

FRONT_DOOR = "front_door"


def held_on(today: date) -> Q:
    """Memberships held on a day."""
    return Q(began_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def actor_for(member: Member, today: date) -> Actor | None:
    """The member in the role they hold today; none when they hold no role any more."""
    if not member.is_active:
        return None
    membership = (
        member.memberships.filter(held_on(today))
        .select_related("agency", "setting")
        .prefetch_related("desks")
        .order_by("-began_on", "id")
        .first()
    )
    if membership is None:
        return None
    membership.member = member
    return Actor(member, membership, frozenset(desk.pk for desk in membership.desks.all()))


def demands_second_step(member: Member, today: date) -> bool:
    """Whether any role that the member holds today demands a second step at sign-in."""
    return member.memberships.filter(held_on(today), kind__in=SECOND_STEP).exists()


def front_door() -> Desk:
    """The desk where requests arrive."""
    return Desk.objects.get(key=FRONT_DOOR)


def workers(today: date) -> QuerySet[Membership]:
    """The working memberships held today, by name."""
    return (
        Membership.objects.filter(held_on(today), member__is_active=True)
        .exclude(kind__in=[RoleKind.FAMILY_MEMBER, RoleKind.ADMINISTRATOR])
        .select_related("member", "agency", "setting")
        .order_by("member__name")
    )


def agencies() -> QuerySet[Agency]:
    """The partners of today, by name."""
    return Agency.objects.filter(current=True).order_by("name")


def agencies_with_settings() -> list[Agency]:
    """The partners of today by name, each with its settings by name."""
    settings = Setting.objects.order_by("name")
    return list(agencies().prefetch_related(Prefetch("settings", queryset=settings)))


def practice_cast(today: date) -> list[Membership]:
    """Those with a story whom one can sign in as in a practice installation, workers first."""
    held = Membership.objects.filter(held_on(today), member__is_active=True).exclude(story="")
    people = held.select_related("member", "agency", "setting").order_by("member__name")
    return sorted(people, key=lambda one: one.kind == RoleKind.FAMILY_MEMBER)

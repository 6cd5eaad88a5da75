"""What waits at the front door, and who may see it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.frontdoor.models import Conversation, RequestPerson, SupportRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import same_name_and_birth
from earlydoors.foundation.kernel.text import folded

REPEAT_WITHIN = timedelta(days=365)


def conversations_for(actor: Actor) -> QuerySet[Conversation]:
    """The conversations an actor began, and for advisers all of them."""
    mine = Q(created_by=actor.member)
    scope = Q() if actor.may(Right.GIVE_ADVICE) else mine
    return Conversation.objects.filter(scope).select_related(
        "agency", "created_by", "advised_by", "family", "form_record__profile"
    )


def requests_for(actor: Actor) -> QuerySet[SupportRequest]:
    """The requests an actor made; at the front door, all that were sent; and those of families
    whose record is open to the actor."""
    scope = Q(created_by=actor.member) | (
        ~Q(state="draft") & Q(family__in=families_of(actor)) & Q(family__isnull=False)
    )
    if actor.may(Right.TRIAGE):
        scope |= ~Q(state="draft")
    return SupportRequest.objects.filter(scope).select_related(
        "agency",
        "setting",
        "created_by",
        "decided_by",
        "taken_up_by",
        "family",
        "episode",
        "form_record__profile",
    )


def request_for(actor: Actor, request_id: UUID) -> SupportRequest:
    """A request within scope. Raises `SupportRequest.DoesNotExist` outside it."""
    return requests_for(actor).get(pk=request_id)


def waiting() -> QuerySet[SupportRequest]:
    """Requests that wait for a decision, the most urgent first: harm, then the clock."""
    return (
        SupportRequest.objects.filter(state__in=["waiting", "taken_up"])
        .select_related("agency", "setting", "created_by", "taken_up_by", "family")
        .prefetch_related("people")
        .order_by("-harm", "due_on", "sent_at")
    )


@dataclass(frozen=True)
class Known:
    """Someone already on record who may be the one a request is about, and why we think so."""

    person: Person
    why: str


def perhaps_known(request: SupportRequest) -> list[Known]:
    """People already on record with the birth date and a name of someone in the request."""
    asked = list(request.people.filter(removed_on=None))
    found = same_name_and_birth([(p.given_name, p.family_name, p.born_on) for p in asked])
    return [
        Known(person, why)
        for person in found.prefetch_related("families__family")
        for p in asked
        if (why := _likeness(person, p))
    ]


def _likeness(person: Person, asked: RequestPerson) -> str:
    if person.born_on != asked.born_on:
        return ""
    first = folded(asked.given_name).split()
    last = folded(asked.family_name).split()
    words = set(person.search_name.split())
    if words & set(first) and words & set(last):
        return f"same name and birth date as {asked.full_name}"
    if words & set(first):
        return f"same first name and birth date as {asked.full_name}"
    if words & set(last):
        return f"same family name and birth date as {asked.full_name}, perhaps a twin"
    return ""


def earlier_requests(
    family: Family, today: date, *, but: UUID | None = None
) -> list[SupportRequest]:
    """Decided requests about a family in the last 12 months, latest first."""
    return list(
        family.requests.filter(state="decided", decided_at__date__gte=today - REPEAT_WITHIN)
        .exclude(pk__in=[but] if but else [])
        .select_related("agency", "form_record__profile")
        .order_by("-decided_at")
    )

"""What waits at the front door, and who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.frontdoor.models import Conversation, RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.rules import alike
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import named_like, same_name_and_birth
from earlydoors.foundation.kernel.text import folded

REPEAT_WITHIN = timedelta(days=365)
MOST_LIKENESSES = 30


def conversations_for(actor: Actor) -> QuerySet[Conversation]:
    """The conversations an actor began, and for advisers all of them."""
    mine = Q(created_by=actor.member)
    scope = Q() if actor.may(Right.GIVE_ADVICE) else mine
    return Conversation.objects.filter(scope).select_related(
        "agency", "created_by", "advised_by", "family", "form_record__profile"
    )


def requests_for(actor: Actor) -> QuerySet[SupportRequest]:
    """The requests an actor made; at the front door, all that were sent; and those of families
    whose whole record is open to the actor. A summary does not open what another agency wrote."""
    open_to = grants_of(actor).filter(extent="full").values("family")
    scope = Q(created_by=actor.member) | (~Q(state="draft") & Q(family__in=open_to))
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
        "conversation",
    )


def conversation_for(actor: Actor, conversation_id: UUID) -> Conversation:
    """A conversation within scope. Raises `Conversation.DoesNotExist` outside it."""
    return conversations_for(actor).get(pk=conversation_id)


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
    """Someone already on record who may be someone a request is about, and why we think so."""

    person: Person
    asked: RequestPerson
    why: str


def perhaps_known(request: SupportRequest) -> list[Known]:
    """People on record who may be those a request is about, and are not joined to them yet.

    By birth date and a name; by the whole name where either birth date is not known.
    """
    asked = [p for p in request.people.filter(removed_on=None) if p.person_id is None]
    found = same_name_and_birth([(p.given_name, p.family_name, p.born_on) for p in asked])
    namesakes = Q(pk__in=[])
    for p in asked:
        if p.given_name and p.family_name:
            unborn = Q() if p.born_on is None else Q(born_on=None)
            namesakes |= named_like(p.full_name) & unborn
    people = Person.objects.filter(Q(pk__in=found.values("pk")) | namesakes)
    people = people.prefetch_related("families__family").order_by("search_name", "pk")
    return [
        Known(person, p, why)
        for person in people[:MOST_LIKENESSES]
        for p in asked
        if (why := _likeness(person, p))
    ]


def _likeness(person: Person, asked: RequestPerson) -> str:
    first = folded(asked.given_name).split()
    last = folded(asked.family_name).split()
    words = set(person.search_name.split())
    same_first, same_last = bool(words & set(first)), bool(words & set(last))
    if person.born_on is None or asked.born_on is None:
        return "same name; a birth date is missing" if same_first and same_last else ""
    if person.born_on != asked.born_on:
        return ""
    if same_first and same_last:
        return "same name and birth date"
    if same_first:
        return "same first name and birth date"
    if same_last:
        return "same family name and birth date, perhaps a twin"
    return ""


def also_waiting(request: SupportRequest) -> list[SupportRequest]:
    """Other requests still waiting that name one of the same children, oldest first."""
    asked = [p for p in request.people.filter(removed_on=None) if p.born_on]
    others = RequestPerson.objects.filter(
        request__state__in=["waiting", "taken_up"],
        born_on__in=[p.born_on for p in asked],
        removed_on=None,
    ).exclude(request=request)
    found = {
        other.request_id: other.request
        for other in others.select_related("request__agency", "request__created_by")
        for p in asked
        if _same(other, p)
    }
    return sorted(found.values(), key=lambda one: (one.sent_at or one.created_at, one.pk))


def repeats(requests: Iterable[SupportRequest], today: date) -> set[UUID]:
    """Which of these requests are about someone that an earlier request, answered in the last 12
    months, was about. Two queries, however many requests."""
    looked_at = list(requests)
    recent = SupportRequest.objects.filter(
        state="decided", decided_at__date__gte=today - REPEAT_WITHIN
    )
    families = set(
        recent.filter(family__in={r.family_id for r in looked_at if r.family_id}).values_list(
            "family", flat=True
        )
    )
    asked = [
        (request.pk, p)
        for request in looked_at
        for p in request.people.all()
        if p.born_on and p.removed_on is None
    ]
    earlier = RequestPerson.objects.filter(
        request__in=recent.values("pk"), born_on__in={p.born_on for _, p in asked}, removed_on=None
    )
    named = list(earlier)
    return {request.pk for request in looked_at if request.family_id in families} | {
        key for key, p in asked if any(_same(one, p) for one in named)
    }


def _same(one: RequestPerson, other: RequestPerson) -> bool:
    names = (one.given_name, one.family_name), (other.given_name, other.family_name)
    return one.born_on == other.born_on and alike(*names)


def earlier_requests(
    family: Family, today: date, *, but: UUID | None = None
) -> list[SupportRequest]:
    """Decided requests about a family in the last 12 months, latest first."""
    return list(
        family.requests.filter(state="decided", decided_at__date__gte=today - REPEAT_WITHIN)
        .exclude(pk__in=[but] if but else [])
        .select_related("agency", "created_by", "form_record__profile")
        .order_by("-decided_at")
    )

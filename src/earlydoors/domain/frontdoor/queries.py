"""What waits at the front door, and who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from earlydoors.domain.access.queries import grants_of, not_shut, shut_now
from earlydoors.domain.frontdoor.models import Conversation, RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.rules import alike
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.known import Likeness, known
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import names_beside
from earlydoors.foundation.prepared import Fixed, fixed, prepared
from earlydoors.foundation.profile.schema import Decision
from earlydoors.foundation.wall.acting import crossing

REPEAT_WITHIN = timedelta(days=365)
MOST_LIKENESSES = 5  # for each of those asked about


def conversations_for(actor: Actor) -> QuerySet[Conversation]:
    """The conversations an actor began, and for advisers all of them. What somebody began as a
    practitioner is nothing to them in a role that asks for no advice."""
    mine = Q(created_by=actor.member) if actor.may(Right.ASK_ADVICE) else Q(pk__in=[])
    scope = Q() if actor.may(Right.GIVE_ADVICE) else mine
    return Conversation.objects.filter(scope, not_shut(actor)).select_related(
        "agency", "created_by", "advised_by", "family", "form_record"
    )


def requests_for(actor: Actor) -> QuerySet[SupportRequest]:
    """The requests an actor made; those of families whose whole record is open to the actor; and
    for whoever decides on requests, all that were sent, until a decision gives one a family: then
    as far as that is open to them. A summary does not open to others what another agency wrote.
    What somebody asked for as a practitioner is nothing to them in a role that asks for none."""
    open_to = grants_of(actor)
    scope = Q(created_by=actor.member) if actor.may(Right.REQUEST) else Q(pk__in=[])
    scope |= ~Q(state="draft") & Q(family__in=open_to.filter(extent="full").values("family"))
    if actor.may(Right.TRIAGE):
        undecided = Q(family=None) | Q(state__in=["waiting", "taken_up"])
        scope |= ~Q(state="draft") & (undecided | Q(family__in=open_to.values("family")))
    return SupportRequest.objects.filter(scope, not_shut(actor)).select_related(
        "agency",
        "setting",
        "created_by",
        "decided_by",
        "taken_up_by",
        "family",
        "episode",
        "form_record",
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
        SupportRequest.objects.filter(state__in=fixed("waiting", "taken_up"))
        .select_related("agency", "setting", "created_by", "taken_up_by")
        .prefetch_related("people")
        .order_by("-harm", "due_on", "sent_at", "pk")
    )


@dataclass(frozen=True)
class Known:
    """Someone already on record who may be someone a request is about, and why we think so."""

    person: Person
    asked: RequestPerson
    why: str


def asked_about(one: RequestPerson) -> Asked:
    """Someone a request is about, as the register is asked."""
    return Asked(
        given_name=one.given_name,
        family_name=one.family_name,
        born_on=one.born_on,
        due_on=one.due_on,
        address=one.home,
        postcode=one.postcode,
    )


@crossing("front_door")
def perhaps_known(request: SupportRequest, actor: Actor) -> list[Known]:
    """People on record who may be those a request is about, and are not joined to them yet. Who is
    in no other family than one whose record is shut to the actor is left out.

    The likeliest first for each of those asked about. Who shares no more than a family shares is
    left out: their own name or birth has to agree.
    """
    asked = [p for p in request.people.filter(removed_on=None) if p.person_id is None]
    found = [
        (p, one) for p in asked for one in known(asked_about(p), MOST_LIKENESSES) if one.itself
    ]
    people = Person.objects.prefetch_related("families__family", "names").in_bulk(
        {one.person_id for _, one in found}
    )
    shut = shut_now(actor)
    return [
        Known(people[one.person_id], p, _why(people[one.person_id], one))
        for p, one in found
        if not _kept(people[one.person_id], shut)
    ]


def _kept(person: Person, shut: frozenset[UUID]) -> bool:
    """Whether somebody is in families that are shut, and in no other."""
    places = {one.family_id for one in person.families.all() if one.left_on is None}
    return bool(places) and places <= shut


def _why(person: Person, likeness: Likeness) -> str:
    """The reasons; with the other names of someone found by one of them."""
    others = [name.in_words for name in names_beside(person)] if likeness.former else []
    twin = ["perhaps a twin"] if likeness.twin else []
    return "; ".join([likeness.why, *others, *twin])


@crossing("front_door")
def also_waiting(request: SupportRequest, actor: Actor) -> list[SupportRequest]:
    """Other requests still waiting that name one of the same children, oldest first."""
    asked = [p for p in request.people.filter(removed_on=None) if p.born_on]
    others = RequestPerson.objects.filter(
        not_shut(actor, "request__family"),
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


@crossing("front_door")
def repeats(requests: Iterable[SupportRequest], actor: Actor) -> set[UUID]:
    """Which of these requests come within 12 months of an earlier one about someone they name, or
    about their family: see `still_counts`. Two queries, however many requests.

    Of all who were born on the same days the names alone are read, and of few of them the request.
    """
    looked_at = list(requests)
    if not looked_at:
        return set()
    asked = [
        (request, p)
        for request in looked_at
        for p in request.people.all()
        if p.born_on and p.removed_on is None
    ]
    days = {p.born_on for _, p in asked if p.born_on}
    born: dict[date, list[tuple[UUID, str, str]]] = {}
    for on, *named in _born_on(list(days)):
        born.setdefault(on, []).append((named[0], named[1], named[2]))
    named_by = [
        (request, earlier)
        for request, p in asked
        if p.born_on
        for earlier, *name in born.get(p.born_on, ())
        if earlier != request.pk and alike((name[0], name[1]), (p.given_name, p.family_name))
    ]
    since = min(_asked_at(request) for request in looked_at) - REPEAT_WITHIN
    of_family = Q(family__in={r.family_id for r in looked_at if r.family_id})
    recent = SupportRequest.objects.filter(
        of_family | Q(pk__in={earlier for _, earlier in named_by}),
        still_counts(since),
        not_shut(actor),
        state="decided",
    )
    answered = {one.pk: one for one in recent.select_related("episode")}
    return {
        request.pk
        for request in looked_at
        for one in answered.values()
        if one.family_id == request.family_id and _follows(request, one)
    } | {
        request.pk
        for request, earlier in named_by
        if earlier in answered and _follows(request, answered[earlier])
    }


@prepared
def _born_on(days: Any) -> QuerySet[Any, Any]:
    named = RequestPerson.objects.filter(born_on__among=days, removed_on=None).order_by()
    return named.values_list("born_on", "request", "given_name", "family_name")


def still_counts(since: Any) -> Q:
    """Of answered requests, those answered since a moment, or followed by help that went on then.

    `since` may be an expression, in a query about several requests.
    """
    helped = Q(episode__isnull=False)
    went_on = Q(episode__closed_at=None) | Q(episode__closed_at__gte=since)
    return Q(decided_at__gte=since) | (helped & went_on)


def _asked_at(request: SupportRequest) -> datetime:
    return request.sent_at or request.created_at


def _follows(request: SupportRequest, earlier: SupportRequest) -> bool:
    """Whether a request comes after another one was answered, and within its 12 months."""
    answered = earlier.decided_at
    if answered is None or earlier.pk == request.pk:
        return False
    if request.decided_at is not None and answered >= request.decided_at:
        return False
    since = _asked_at(request) - REPEAT_WITHIN
    help_ = earlier.episode
    ended = help_.closed_at if help_ else answered
    return answered >= since or ended is None or ended >= since


@dataclass(frozen=True)
class Again:
    """Of the requests answered in the last 12 months: how many there are, how many of them were
    repeat requests, and for how many of those the answer before had been advice."""

    answered: int
    repeats: int
    after_advice: int


@crossing("front_door")
def again(at: datetime) -> Again:
    """How often families are asked about again, counted in days.

    A repeat request is one about a family about which an earlier request had been answered in the
    12 months before it was sent, or whose help after that answer ended in them or still goes on.
    Whose family a request is about is what the front door decided, so that those waiting are not
    counted yet. Two requests that cross each other are no repeat of one another.

    All requests of a year are gone through, so it is counted anew when one was answered, or the
    next day, and else told as it was counted before.
    """
    answered = SupportRequest.objects.filter(state=Fixed("decided"))
    latest = answered.order_by("-decided_at", "pk").values_list("pk", flat=True).first()
    if latest is None:
        return Again(0, 0, 0)
    return _counted(latest, at.replace(hour=0, minute=0, second=0, microsecond=0))


@lru_cache(maxsize=1)
def _counted(_latest: UUID, today: datetime) -> Again:
    since = ExpressionWrapper(OuterRef("sent_at") - REPEAT_WITHIN, models.DateTimeField())
    before = (
        SupportRequest.objects.filter(
            still_counts(since),
            state="decided",
            family=OuterRef("family"),
            decided_at__lt=OuterRef("sent_at"),
        )
        .order_by("-decided_at")
        .values("decision")[:1]
    )
    counted = (
        SupportRequest.objects.filter(state=Fixed("decided"), decided_at__gte=today - REPEAT_WITHIN)
        .annotate(before=Subquery(before))
        .aggregate(
            answered=Count("pk"),
            repeats=Count("before"),
            after_advice=Count("pk", filter=Q(before=Decision.ADVICE)),
        )
    )
    return Again(**counted)


def _same(one: RequestPerson, other: RequestPerson) -> bool:
    names = (one.given_name, one.family_name), (other.given_name, other.family_name)
    return one.born_on == other.born_on and alike(*names)


def earlier_requests(
    family: Family, at: datetime, *, but: UUID | None = None
) -> list[SupportRequest]:
    """Requests about a family answered in the last 12 months, or whose help went on in them,
    latest first."""
    return list(
        family.requests.filter(still_counts(at - REPEAT_WITHIN), state="decided")
        .exclude(pk__in=[but] if but else [])
        .select_related("agency", "created_by", "form_record")
        .order_by("-decided_at")
    )

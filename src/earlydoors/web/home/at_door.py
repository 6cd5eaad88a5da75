"""What needs someone at the front door: requests, questions, answers, drafts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from earlydoors.domain.frontdoor.emergencies import to_review, to_tell
from earlydoors.domain.frontdoor.involvement import asks_of, asks_to_answer
from earlydoors.domain.frontdoor.models import RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.queries import conversations_for, waiting
from earlydoors.domain.frontdoor.rules import about, clock
from earlydoors.domain.joining import queries
from earlydoors.domain.joining.models import Pair
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.foundation.prepared import Fixed, attach, prepared
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import count
from earlydoors.web.home.rules import Matter, Turn
from earlydoors.web.home.there import There

RECENTLY = timedelta(days=14)
MOST_REQUESTS = 25
MOST = 50


def matters(actor: Actor, there: There, today: date) -> Iterator[Matter]:
    """Requests and questions that wait for the actor, and what became of their own."""
    if actor.may(Right.TRIAGE):
        yield from _to_decide(actor, today)
    if actor.may(Right.WATCH):
        yield from _emergencies(actor)
    if actor.may(Right.JOIN):
        yield from _to_compare(actor)
    if actor.may(Right.GIVE_ADVICE):
        yield from _to_advise(actor, today)
    if there.requests and actor.may(Right.REQUEST):
        yield from _own_requests(actor, today)
    if there.asks and actor.may(Right.REQUEST):
        yield from _own_asks_to_join(actor, today)
    if there.asks_to_answer and actor.may(Right.MEET):
        yield from _asks_to_join(actor)
    if there.emergencies and actor.may(Right.MEET):
        yield from _untold(actor)
    if there.questions and actor.may(Right.ASK_ADVICE):
        yield from _own_questions(actor, today)


def whom(request: SupportRequest) -> str:
    """Whom a request is about."""
    return about(p for p in request.people.all() if p.removed_on is None)


def _to_decide(actor: Actor, today: date) -> Iterator[Matter]:
    """The most urgent requests one by one, the rest as one line.

    What somebody else looks at is theirs, but for harm, which everyone at the door sees.
    """
    found = _free(actor.member.pk)
    attach(found, "people", _people([one.pk for one in found]), "request")
    for one in found[:MOST_REQUESTS]:
        stands = clock(one.due_on, today).stands if one.due_on else ""
        place = one.setting or one.agency
        yield Matter(
            "request",
            reverse("frontdoor:request", args=[one.pk]),
            told=(("about", whom(one)),),
            due_on=one.due_on,
            harm=one.harm in {"yes", "unsure"},
            action=reverse("frontdoor:triage", args=[one.pk]),
            detail=f"From {one.created_by.name}, {place}" if place else one.created_by.name,
            clock=stands,
        )
    if len(found) > MOST_REQUESTS:
        more = count(_of_all_free(actor.member.pk).count() - MOST_REQUESTS, "more request")
        yield Matter("more_requests", reverse("frontdoor:waiting"), told=(("about", more),))


@prepared
def _people(requests: Any) -> QuerySet[Any, Any]:
    return RequestPerson.objects.filter(request__among=requests)


@prepared
def _free(member: Any) -> QuerySet[Any, Any]:
    return _of_all_free(member)[: MOST_REQUESTS + 1]


def _of_all_free(member: Any) -> QuerySet[SupportRequest]:
    free = Q(state="waiting") | Q(taken_up_by=member) | Q(harm="yes")
    return waiting().prefetch_related(None).filter(free)


@prepared
def _any_pair() -> QuerySet[Any, Any]:
    """Whether any waits at all: most days none does, and who may see which is long to ask."""
    return Pair.objects.filter(state=Fixed("waiting")).values_list("pk")[:1]


def _to_compare(actor: Actor) -> Iterator[Matter]:
    """Pairs of records that nobody has looked at yet, as one line."""
    if not _any_pair():
        return
    waiting_pairs = queries.waiting(queries.pairs_for(actor)).filter(state="waiting").count()
    if waiting_pairs:
        pairs = count(waiting_pairs, "pair of records", "pairs of records")
        yield Matter("alike", reverse("joining:worklist"), told=(("about", pairs),))


def _to_advise(actor: Actor, today: date) -> Iterator[Matter]:
    found = conversations_for(actor).filter(state="waiting").exclude(created_by=actor.member)
    for one in found.order_by("due_on", "created_at")[:MOST]:
        address = reverse("frontdoor:conversation", args=[one.pk])
        yield Matter(
            "conversation",
            address,
            told=(("who", one.created_by.name), ("about", one.about)),
            due_on=one.due_on,
            clock=clock(one.due_on, today).stands,
        )


@prepared
def _mine(member: Any, since: Any) -> QuerySet[Any, Any]:
    """What somebody asked for themselves, which they may always see."""
    recent = Q(state="decided", decided_at__date__gte=since)
    return SupportRequest.objects.filter(
        Q(state__in=["draft", "waiting", "taken_up"]) | recent, created_by=member
    ).order_by("-created_at")[:MOST]


def _own_requests(actor: Actor, today: date) -> Iterator[Matter]:
    found = _mine(actor.member.pk, today - RECENTLY)
    attach(found, "people", _people([one.pk for one in found]), "request")
    kinds = {"draft": "draft", "decided": "answered"}
    for one in found:
        names: list[tuple[str, str]] = [("about", whom(one))]
        if one.decided_at:
            names.append(("on", day(local_day(one.decided_at))))
        waits = one.state in {"waiting", "taken_up"} and one.due_on is not None
        yield Matter(
            kinds.get(one.state, "my_request"),
            reverse("frontdoor:request", args=[one.pk]),
            told=tuple(names),
            due_on=one.due_on if waits else None,
            detail=f"The answer {clock(one.due_on, today).stands}" if waits and one.due_on else "",
        )


def _asks_to_join(actor: Actor) -> Iterator[Matter]:
    """Colleagues who ask to join the team of a family that the actor leads, or that nobody does."""
    for one in asks_to_answer(actor).order_by("created_at")[:MOST]:
        yield Matter(
            "ask_to_join",
            reverse("known:asked", args=[one.pk]),
            told=(("who", one.created_by.name), ("family", str(one.family))),
            detail=str(one.agency or ""),
        )


def _emergencies(actor: Actor) -> Iterator[Matter]:
    """Records that somebody opened because it could not wait, and nobody has looked at."""
    for one in to_review(actor)[:MOST]:
        yield Matter(
            "emergency",
            reverse("emergencies:one", args=[one.pk]),
            told=(("who", one.created_by.name), ("on", moment(one.created_at))),
            detail=str(one.agency or ""),
        )


def _untold(actor: Actor) -> Iterator[Matter]:
    """Families who are to be told that their record was opened in an emergency."""
    for one in to_tell(actor)[:MOST]:
        yield Matter(
            "emergency_untold",
            reverse("emergencies:one", args=[one.pk]),
            told=(("family", str(one.family)), ("who", one.created_by.name)),
        )


def _own_asks_to_join(actor: Actor, today: date) -> Iterator[Matter]:
    recent = Q(answered_at__date__gte=today - RECENTLY)
    found = asks_of(actor).filter(Q(state="waiting") | recent)
    for one in found.order_by("-created_at")[:MOST]:
        address = reverse("known:asked", args=[one.pk])
        if one.answered_at:
            on = day(local_day(one.answered_at))
            yield Matter("join_answered", address, told=(("on", on),))
        else:
            on = day(local_day(one.created_at))
            yield Matter("my_ask_to_join", address, detail=f"Asked on {on}")


def _own_questions(actor: Actor, today: date) -> Iterator[Matter]:
    recent = Q(state="answered", advised_at__date__gte=today - RECENTLY)
    found = conversations_for(actor).filter(Q(state="waiting") | recent, created_by=actor.member)
    for one in found.order_by("-created_at")[:MOST]:
        address = reverse("frontdoor:conversation", args=[one.pk])
        if one.advised_at:
            on = day(local_day(one.advised_at))
            yield Matter("advised", address, told=(("about", one.about), ("on", on)))
        else:
            yield Matter(
                "my_question",
                address,
                told=(("about", one.about),),
                due_on=one.due_on,
                detail=f"The answer {clock(one.due_on, today).stands}",
                turn=Turn.OTHERS,
            )

"""Requests to read: the list, one request, and what is said once it is sent."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.queries import families_of, grants_of, sees_everything
from earlydoors.domain.frontdoor import queries
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.queries import request_for, requests_for
from earlydoors.domain.frontdoor.states import REQUEST
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.prepared import Fixed
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.frontdoor import pages
from earlydoors.web.frontdoor.clocks import within as how_soon
from earlydoors.web.frontdoor.views.writing import written
from earlydoors.web.sections import paged

A_PAGE = 20
SORTS = {
    "urgent": ("Most urgent first", ("-harm", "due_on", "sent_at", "pk")),
    "oldest": ("Longest waiting first", ("sent_at", "pk")),
    "agency": ("By who asked", ("agency__name", "due_on", "pk")),
}
FILTERS = {
    "all": "Everything waiting",
    "free": "Nobody looks at it yet",
    "mine": "I look at it",
    "answered": "Answered",
    "sent": "My own requests",
}


@require_safe
def waiting(request: PageRequest) -> HttpResponse:
    """What waits at the front door; for everyone else, the requests they made."""
    actor = request.actor
    actor.must(Right.REQUEST)
    triages = actor.may(Right.TRIAGE)
    shown = request.GET.get("show", "all") if triages else "sent"
    shown = shown if shown in FILTERS else "all"
    sort = request.GET.get("sort", "urgent")
    sort = sort if sort in SORTS else "urgent"
    found = Paginator(_listed(actor, shown, sort), A_PAGE).get_page(request.GET.get("page"))
    rows = list(found.object_list)
    repeats = queries.repeats(rows, actor) if triages and shown != "sent" else set()
    address = reverse("frontdoor:waiting")
    links = {"show": shown, "sort": sort}

    def to(number: int) -> str:
        return pages.choices(address, [(str(number), "")], "page", "", **links)[0].href

    return render(
        request,
        "frontdoor/waiting.html",
        page=pages.Waiting(
            triages=triages,
            can_ask=True,
            filters=pages.choices(address, FILTERS.items(), "show", shown, sort=sort)
            if triages
            else (),
            sorts=pages.choices(
                address, [(key, says) for key, (says, _) in SORTS.items()], "sort", sort, show=shown
            )
            if shown in {"all", "free", "mine"} and triages
            else (),
            lines=[pages.request_line(one, actor, request.today, repeats) for one in rows],
            pages=Pages(
                found.number,
                found.paginator.num_pages,
                to(found.number - 1) if found.has_previous() else None,
                to(found.number + 1) if found.has_next() else None,
            ),
            # For whoever watches over early help in the area: it names no family.
            again=pages.again_says(queries.again(request.at))
            if actor.may(Right.GIVE_ADVICE)
            else "",
            empty_title=_EMPTY[shown][0],
            empty_text=_EMPTY[shown][1],
        ),
    )


_EMPTY = {
    "all": ("Nothing waits", "Requests appear here as soon as someone sends one."),
    "free": ("Nothing waits", "Somebody is looking at every request there is."),
    "mine": ("You look at none", "Open a request and say that you are looking at it."),
    "answered": ("Nothing was answered yet", "Requests move here once they are decided."),
    "sent": (
        "You have made no requests",
        "Those you begin and send appear here, with what became of them.",
    ),
}


def _listed(actor: Actor, shown: str, sort: str) -> QuerySet[SupportRequest]:
    mine = actor.member
    if shown == "sent":
        found = requests_for(actor).filter(created_by=mine).order_by("-created_at", "pk")
    elif shown == "answered":
        answered = requests_for(actor).filter(state=Fixed("decided"))
        found = answered.order_by("-decided_at", "pk")
    else:
        found = queries.waiting().order_by(*SORTS[sort][1])
        if shown == "mine":
            found = found.filter(taken_up_by=mine)
        if shown == "free":
            found = found.filter(state=Fixed("waiting"))
    return found.prefetch_related("people")


@require_safe
def request(request: PageRequest, request_id: UUID) -> HttpResponse:
    """A request: while it is written its parts, afterwards what was asked and what became of it."""
    found = within(request_for, request.actor, request_id)
    if found.state == "draft":
        return written(request, found)
    actor = request.actor
    mine = found.created_by_id == actor.member.pk
    in_full = actor.may(Right.TRIAGE) or (
        found.family_id is not None and sees_everything(actor, found.family_id)
    )
    if found.family and not mine and grants_of(actor).filter(family=found.family).exists():
        look(family=found.family, part="request", by=actor, at=request.at)
    people = list(found.people.filter(removed_on=None).select_related("setting"))
    sent_at = found.sent_at or found.created_at
    return render(
        request,
        "frontdoor/request.html",
        page=pages.Asked(
            id=found.pk,
            about=pages.named(people),
            from_whom=f"{pages.from_whom(found)}, {day(local_day(sent_at))}",
            state=pages.state_says(found),
            tag=pages.state_tag(found, request.today),
            harm=found.harm if found.state in {"waiting", "taken_up"} else "",
            rows=pages.request_rows(found),
            people=[(one.full_name, pages.person_rows(one)) for one in people],
            answers=paged.read(found.form_record, request.today, unanswered=""),
            outcome=pages.outcome_of(found, in_full=in_full),
            family=_family(actor, found),
            can_take_back=mine and REQUEST.can("take_back", found.state),
            can_decide=actor.may(Right.TRIAGE) and REQUEST.can("decide", found.state),
            mine=mine,
        ),
        due_on=found.due_on,
    )


def _family(actor: Actor, found: SupportRequest) -> tuple[str, str] | None:
    family = found.family
    if family is None or not families_of(actor).filter(pk=family.pk).exists():
        return None
    return f"The {family}", reverse("families:family", args=[family.pk])


@require_safe
def sent(request: PageRequest, request_id: UUID) -> HttpResponse:
    """The request is sent: when they will hear, and what to do meanwhile."""
    found = within(request_for, request.actor, request_id)
    if found.created_by_id != request.actor.member.pk or found.state != "waiting":
        return redirect("frontdoor:request", found.pk)
    return render(
        request,
        "frontdoor/sent.html",
        id=found.pk,
        due_on=found.due_on,
        how_soon=how_soon(ClockKey.TRIAGE),
        harm=found.harm,
        email=bool(request.actor.member.email),
    )

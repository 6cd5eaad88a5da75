"""The records that came up: a list, one of them, and what is decided about it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention import ageing, coming_up, holding, queries
from earlydoors.domain.retention.going import Going, going
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.rules import last_end
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.wall.acting import crossing
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.retention import pages, questions, weighed
from earlydoors.web.retention.holds import wanted
from earlydoors.web.retention.steps import STEPS
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.short import show_short_form

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25


def _found(request: PageRequest, review_id: UUID) -> Review:
    request.actor.must(Right.INFORM)
    return within(queries.review_for, request.actor, review_id)


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The records whose time is over, the oldest first."""
    request.actor.must(Right.INFORM)
    found = Paginator(queries.waiting_reviews(request.actor), A_PAGE)
    at = found.get_page(request.GET.get("page", "1"))
    held = queries.held_among(one.family_id for one in at.object_list)
    return render(
        request,
        "retention/list.html",
        lines_shown=[weighed.line(one, current(), held) for one in at.object_list],
        pages=pages_of(at),
    )


def _would_go(shown: Review, since: date) -> tuple[Going | None, str]:
    """What would go, or why it cannot go by itself."""
    if not shown.is_open:
        return None, ""
    try:
        return going(shown.family_id, since), ""
    except UnableTo as refusal:
        return None, refusal.sentence


@require_safe
def one(request: PageRequest, review_id: UUID) -> HttpResponse:
    """A record that came up: by which rule, counted from what, and what can be done."""
    shown = _found(request, review_id)
    with crossing(queries.ACROSS):
        facts = ageing.facts_of(shown.family_id)
        found, tied = _would_go(shown, last_end(facts))
        page = weighed.one(
            shown,
            current(),
            actor=request.actor,
            holds=queries.holds_on(shown.family_id),
            now=coming_up.stands(facts, current()),
            guardians=queries.guardians(request.today),
            would_go=found,
            tied=tied,
        )
    return render(request, "retention/review.html", page=page)


@require_http_methods(FORM)
@once.only
def step(request: PageRequest, review_id: UUID, key: str) -> HttpResponse:
    """One decision about a record that came up, as a short form."""
    shown = _found(request, review_id)
    doing = STEPS[key]
    own = Own(request, doing.asks)
    if request.method == "POST" and own.sound:
        try:
            doing.do(shown, own.answers, request.actor, request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, doing.done)
            return redirect("retention:list")
    return show_short_form(request, own, weighed.form(shown, doing))


@require_http_methods(FORM)
@once.only
def hold(request: PageRequest, review_id: UUID) -> HttpResponse:
    """Hold a record that came up."""
    shown = _found(request, review_id)
    own = Own(request, questions.HOLD)
    if request.method == "POST" and own.sound:
        with crossing(queries.ACROSS):
            family = shown.family
        try:
            made = holding.hold_family(
                family=family, wanted=wanted(own), by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The record is held.")
            return redirect("retention:hold", made.pk)
    back = reverse("retention:review", args=[shown.pk])
    return show_short_form(request, own, pages.putting(weighed.caption(shown), back, "The record"))

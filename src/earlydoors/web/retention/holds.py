"""The holds on records: those that stand, a new one, one of them, and lifting it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.information.queries import request_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention import holding, queries
from earlydoors.domain.retention.holding import Wanted
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.retention import pages, questions
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.short import show_short_form

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The holds, those that stand first."""
    request.actor.must(Right.INFORM)
    found = queries.holds_for(request.actor)
    found = found.order_by(F("lifted_at").desc(nulls_first=True), "-created_at", "pk")
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page", "1"))
    lines = [pages.hold_line(one) for one in at.object_list]
    return render(request, "retention/holds.html", lines_shown=lines, pages=pages_of(at))


def wanted(own: Own) -> Wanted:
    """What a form says of a hold."""
    said = own.answers
    on = date.fromisoformat(said["on"])
    return Wanted(said["reason"], said["says"], said["asked_by"], on)


@require_http_methods(FORM)
@once.only
def new(request: PageRequest) -> HttpResponse:
    """Hold a record by its reference."""
    request.actor.must(Right.INFORM)
    own = Own(request, questions.BY_REFERENCE)
    if request.method == "POST" and own.sound:
        try:
            family = queries.family_by_reference(request.actor, own.answers["reference"])
        except UnableTo as refusal:
            own.refuse("reference", refusal.sentence)
        else:
            try:
                made = holding.hold_family(
                    family=family, wanted=wanted(own), by=request.actor, at=request.at
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, "The record is held.")
                return redirect("retention:hold", made.pk)
    return show_short_form(request, own, pages.putting("", reverse("retention:holds"), "Holds"))


@require_http_methods(FORM)
@once.only
def for_request(request: PageRequest, information_id: UUID) -> HttpResponse:
    """Hold everything that the person of a request about information is in."""
    request.actor.must(Right.INFORM)
    shown = within(request_for, request.actor, information_id)
    own = Own(request, questions.HOLD)
    if request.method == "POST" and own.sound:
        try:
            made = holding.hold_for_request(
                request=shown, wanted=wanted(own), by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is held.")
            return redirect("retention:hold", made.pk)
    back = reverse("information:one", args=[shown.pk])
    return show_short_form(
        request, own, pages.putting(shown.get_kind_display(), back, "The request")
    )


@require_http_methods(FORM)
@once.only
def one(request: PageRequest, hold_id: UUID) -> HttpResponse:
    """A hold: on which records, why, who asked for it; and lifting it."""
    request.actor.must(Right.INFORM)
    shown = within(queries.hold_for, request.actor, hold_id)
    own = Own(request, questions.LIFT if shown.lifted_at is None else ())
    if request.method == "POST" and own.sound and shown.lifted_at is None:
        try:
            holding.lift(hold=shown, why=own.answers["why"], by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The hold is lifted.")
            return redirect("retention:hold", shown.pk)
    return render(
        request,
        "retention/hold.html",
        own=own,
        page=pages.hold(shown, queries.held_records(shown)),
        page_faulty=request.method == "POST",
    )

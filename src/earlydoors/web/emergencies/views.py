"""Opening a record in an emergency; reading, judging and closing an opening; telling the family."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.frontdoor import emergencies
from earlydoors.domain.frontdoor.emergencies import Review
from earlydoors.domain.frontdoor.models import EmergencyOpening
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.kernel.dates import moment
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.emergencies import pages
from earlydoors.web.emergencies.questions import LENGTHS, OPENING, REVIEW, TELLING
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The openings that wait to be looked at, and those of before."""
    request.actor.must(Right.WATCH)
    return render(
        request,
        "emergencies/list.html",
        page=pages.openings(emergencies.openings(request.actor), request.at),
    )


@require_http_methods(FORM)
@once.only
def open_record(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Open a record that is closed to oneself: why, and for how long."""
    try:
        family = emergencies.family_to_open(request.actor, family_id, request.at)
    except Family.DoesNotExist:
        raise Http404 from None
    own = Own(request, OPENING)
    if request.method == "POST" and own.sound:
        try:
            made = emergencies.open_in_emergency(
                family=family,
                why=own.answers["why"],
                hours=LENGTHS[own.answers["hours"]],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            until = moment(made.grant.until) if made.grant.until else ""
            messages.success(
                request,
                f"The record is open to you until {until}. Those who watch over records were told.",
            )
            return redirect("families:family", family.pk)
    return render(request, "emergencies/open.html", own=own, page_faulty=request.method == "POST")


@require_http_methods(FORM)
@once.only
def one(request: PageRequest, opening_id: UUID) -> HttpResponse:
    """An opening: judged by whoever watches, told to the family by whoever leads."""
    found = within(emergencies.opening_for, request.actor, opening_id)
    asked = _asked(request, found)
    own = Own(request, asked)
    if request.method == "POST" and asked and own.sound:
        try:
            says = _judge(request, found, own) if asked is REVIEW else _tell(request, found, own)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, says)
            return HttpResponseRedirect(request.path)
    return render(
        request,
        "emergencies/one.html",
        own=own,
        page=pages.opening(found, request.actor, request.at),
        page_faulty=request.method == "POST",
    )


def _asked(request: PageRequest, found: EmergencyOpening) -> tuple[Question, ...]:
    actor = request.actor
    if found.state == "waiting" and found.created_by_id != actor.member.pk:
        return REVIEW if actor.may(Right.WATCH) else ()
    return TELLING if found.state == "to_tell" and pages.may_tell(found, actor) else ()


def _judge(request: PageRequest, found: EmergencyOpening, own: Own) -> str:
    said = own.answers
    judged = Review(said["verdict"], said["finding"], said.get("not_safe_why", ""))
    emergencies.review(opening=found, found=judged, by=request.actor, at=request.at)
    return "What you found is recorded."


def _tell(request: PageRequest, found: EmergencyOpening, own: Own) -> str:
    on = date.fromisoformat(own.answers["on"])
    emergencies.tell(opening=found, on=on, by=request.actor, at=request.at)
    return "It is recorded that the family was told."


@require_POST
def close(request: PageRequest, opening_id: UUID) -> HttpResponse:
    """Close a record that one opened, before its time."""
    found = within(emergencies.opening_for, request.actor, opening_id)
    emergencies.close_early(opening=found, by=request.actor, at=request.at)
    messages.success(request, "The record is closed to you again.")
    return redirect("emergencies:one", found.pk)

"""Saying that one knows a family outside one's work; deciding on what somebody said."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.access import declaring, queries
from earlydoors.domain.frontdoor import involvement
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.declared import pages
from earlydoors.web.declared.questions import ENDING, HOW, WHOM
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]
THANKS = (
    "Thank you. If there is a record of theirs, it is shut to you now, and whoever works with them "
    "is told."
)


@require_http_methods(FORM)
@once.only
def yours(request: PageRequest) -> HttpResponse:
    """Whom one knows. Somebody is named by what is typed, and nothing tells whether there is a
    record of theirs."""
    if request.actor.may(Right.WATCH):
        own = Own(request, ())
    else:
        request.actor.must(Right.SEE_FAMILIES)
        own = Own(request, WHOM)
    if request.method == "POST" and own.sound and own.answers:
        said = own.answers
        try:
            involvement.declare_typed(
                given_name=said["given_name"],
                family_name=said["family_name"],
                born_on=date.fromisoformat(said["born_on"]),
                kind=said["kind"],
                says=said["says"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, THANKS)
            return redirect("declared:yours")
    page = pages.yours(
        queries.declarations_of(request.actor), queries.declarations_for(request.actor)
    )
    return render(
        request, "declared/yours.html", own=own, page=page, page_faulty=request.method == "POST"
    )


@require_http_methods(FORM)
@once.only
def family(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Say that one knows the family whose record is at hand, or of whom one was told."""
    request.actor.must(Right.SEE_FAMILIES)
    found, whom = _at_hand(request, family_id)
    own = Own(request, HOW)
    if request.method == "POST" and own.sound:
        declaring.declare(
            whom=whom,
            kind=own.answers["kind"],
            says=own.answers["says"],
            family=found,
            by=request.actor,
            at=request.at,
        )
        messages.success(request, THANKS)
        return redirect("declared:yours")
    return render(
        request, "declared/family.html", own=own, whom=whom, page_faulty=request.method == "POST"
    )


def _at_hand(request: PageRequest, family_id: UUID) -> tuple[Family, str]:
    """A family and how the declaration calls it. Whoever was only told does not learn the name."""
    try:
        found = queries.family_for(request.actor, family_id)
    except Family.DoesNotExist:
        pass
    else:
        return found, f"The {found}"
    try:
        told = involvement.told_family(request.actor, family_id, request.at)
    except Family.DoesNotExist:
        raise Http404 from None
    return told, "The family of somebody I asked about"


@require_http_methods(FORM)
@once.only
def end(request: PageRequest, declaration_id: UUID) -> HttpResponse:
    """What somebody declared. Their manager, or whoever restricts records, may decide that it
    stands no more."""
    found = within(queries.declaration_for, request.actor, declaration_id)
    may_end = declaring.may_end(found, request.actor)
    if request.method == "POST" and not may_end:
        raise declaring.NOT_THEIRS
    own = Own(request, ENDING if may_end else ())
    if request.method == "POST" and own.sound:
        declaring.end_declaration(
            declaration=found, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, f"{found.member.name} may work with the family again.")
        return redirect("declared:yours")
    return render(
        request,
        "declared/end.html",
        own=own,
        rows=pages.rows(found),
        who=found.member.name,
        page_faulty=request.method == "POST",
    )

"""What somebody says is not right: written beside a passage, and told to those who had it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.information import disputing, queries
from earlydoors.domain.information.disputing import Said
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.information import copies, pages, questions
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.short import show_short_form

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@once.only
def disagree(request: PageRequest, passage_id: UUID) -> HttpResponse:
    """What somebody says of a passage, and what was decided of it."""
    request.actor.must(Right.INFORM)
    shown = within(queries.passage_for, request.actor, passage_id)
    own = Own(request, questions.DISAGREE)
    if request.method == "POST" and own.sound:
        said = Said(own.answers["says"], own.answers["decision"], own.answers["why"])
        try:
            disputing.disagree(passage=shown, said=said, by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "What they say stands beside what is written.")
            return redirect("information:one", shown.gathering.request_id)
    return render(
        request,
        "information/disagree.html",
        own=own,
        page=copies.passage(shown),
        page_faulty=request.method == "POST",
    )


@require_http_methods(FORM)
@once.only
def receiver(request: PageRequest, receiver_id: UUID) -> HttpResponse:
    """Somebody with whom it was shared: told, or why not."""
    request.actor.must(Right.INFORM)
    shown = within(queries.receiver_for, request.actor, receiver_id)
    own = Own(request, questions.RECEIVER)
    if request.method == "POST" and own.sound:
        said = own.answers
        try:
            disputing.settle(
                receiver=shown,
                told_on=date.fromisoformat(said["on"]) if said["told"] == "yes" else None,
                how=said.get("how", ""),
                not_told_why=said.get("why", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is recorded.")
            return redirect("information:one", shown.request_id)
    return show_short_form(request, own, pages.receiver(shown))

"""What is held on somebody: gathered, looked through, and the copy that goes out of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template import loader
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.information import bundling, queries, releasing
from earlydoors.domain.information.models import Copy
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.papers import answer_with
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.information import copies, questions
from earlydoors.web.information.advancing import go_on
from earlydoors.web.information.paper import paper_of
from earlydoors.web.information.views import found
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 20


@require_http_methods(FORM)
@once.only
def gathered(request: PageRequest, information_id: UUID) -> HttpResponse:
    """Everything held on whom a request is about, to look through; or how far gathering is."""
    shown = found(request, information_id)
    held = shown.gatherings.filter(closed_at=None).first()
    if request.method == "POST":
        if held is None:
            held = bundling.begin(request=shown, by=request.actor, at=request.at)
        go_on(held, request.actor)
        return HttpResponseRedirect(request.path)
    which = request.GET.get("show", "")
    passages = copies.passages_of(held, which)
    at = Paginator(passages, A_PAGE).get_page(request.GET.get("page", "1"))
    return render(
        request,
        "information/gathered.html",
        page=copies.gathered(shown, held, at.object_list, which),
        pages=pages_of(at, show=which),
    )


@require_http_methods(FORM)
@once.only
def passage(request: PageRequest, passage_id: UUID) -> HttpResponse:
    """Whether one passage goes out: whole, without some words, or not at all, and why."""
    request.actor.must(Right.INFORM)
    shown = within(queries.passage_for, request.actor, passage_id)
    own = Own(request, questions.PASSAGE, initial=copies.decided(shown))
    if request.method == "POST" and own.sound:
        said = own.answers
        try:
            bundling.decide(
                passage=shown,
                hides=said["hides"],
                words=said.get("words", "").splitlines(),
                reason=said.get("reason", ""),
                says=said.get("reason_says", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "What you decided is recorded.")
            return redirect(copies.place_of(shown))
    page = copies.passage(shown)
    return render(
        request,
        "information/passage.html",
        own=own,
        page=page,
        page_faulty=request.method == "POST",
    )


def _readable(document: dict[str, Any]) -> str:
    return loader.render_to_string("information/document.html", {"document": document})


@require_POST
def make(request: PageRequest, information_id: UUID) -> HttpResponse:
    """Make the copy that goes out, once everything in it was looked at."""
    shown = found(request, information_id)
    made = releasing.make_copy(
        request=shown, profile=current(), readable=_readable, by=request.actor, at=request.at
    )
    if made is None:
        messages.warning(
            request,
            "No copy was made. Something that you took out stands in other passages as well: look"
            " at them first.",
        )
        return redirect(copies.to_look_at(shown))
    messages.success(request, "The copy is made. Read it once more before you give it.")
    return redirect("information:copy", made.pk)


def _copy(request: PageRequest, copy_id: UUID) -> Copy:
    request.actor.must(Right.INFORM)
    return within(queries.copy_for, request.actor, copy_id)


@require_http_methods(FORM)
@once.only
def copy(request: PageRequest, copy_id: UUID) -> HttpResponse:
    """A copy that was made: its marks, who made it, to whom it was given."""
    shown = _copy(request, copy_id)
    own = Own(request, () if shown.given_on else questions.GIVE)
    if request.method == "POST" and own.sound and not shown.given_on:
        said = own.answers
        try:
            releasing.give(
                copy=shown,
                to=said["to"],
                how=said["how"],
                on=date.fromisoformat(said["on"]),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is recorded to whom the copy was given.")
            return redirect("information:one", shown.request_id)
    page = copies.copy(shown)
    return render(
        request, "information/copy.html", own=own, page=page, page_faulty=request.method == "POST"
    )


@require_safe
def document(request: PageRequest, copy_id: UUID) -> HttpResponse:
    """A copy to read and to print, as it goes out."""
    shown = _copy(request, copy_id)
    releasing.read_copy(copy=shown, part="document", by=request.actor, at=request.at)
    return render(request, "information/printed.html", page=copies.copy(shown), text=shown.document)


@require_safe
def file(request: PageRequest, copy_id: UUID) -> HttpResponse:
    """A copy for machines, as it goes out."""
    shown = _copy(request, copy_id)
    releasing.read_copy(copy=shown, part="file", by=request.actor, at=request.at)
    answer = HttpResponse(shown.content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="information-held.json"'
    return answer


@require_safe
def paper(request: PageRequest, copy_id: UUID) -> HttpResponse:
    """A copy as a paper to save, to print and to hand over."""
    shown = _copy(request, copy_id)
    releasing.read_copy(copy=shown, part="paper", by=request.actor, at=request.at)
    return answer_with(request, paper_of(shown), name="information-held")

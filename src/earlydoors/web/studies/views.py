"""Studies: the list, a new one, one of them, its tables, and each step."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.studies import operations, queries
from earlydoors.domain.studies.models import Study
from earlydoors.domain.studies.operations import Asked
from earlydoors.domain.studies.rules import faults
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.short import show_short_form
from earlydoors.web.studies import pages, questions
from earlydoors.web.studies.steps import STEPS

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25


def _must(request: PageRequest, *rights: Right) -> None:
    """Whoever asks has one of some rights. Raises `NotAllowed` as for the last."""
    if not any(request.actor.may(one) for one in rights):
        request.actor.must(rights[-1])


def _found(request: PageRequest, study_id: UUID, *rights: Right) -> Study:
    _must(request, *rights)
    return within(queries.study_for, request.actor, study_id)


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The studies that go on, and those of before."""
    _must(request, Right.INFORM, Right.ANALYSE)
    at = Paginator(queries.past(request.actor), A_PAGE).get_page(request.GET.get("page", "1"))
    going_on = queries.going_on(request.actor)
    page = pages.studies(going_on, at.object_list, request.actor, request.today)
    return render(request, "studies/list.html", page=page, pages=pages_of(at))


@require_http_methods(FORM)
@once.only
def new(request: PageRequest) -> HttpResponse:
    """Ask for a study."""
    request.actor.must(Right.ANALYSE)
    own = Own(request, questions.ASK)
    if request.method == "POST" and own.sound:
        asked = _asked(own)
        wrong = list(faults(asked.first, asked.last, asked.ends_on, request.today))
        for key, says in wrong:
            own.refuse(key, says)
        if not wrong:
            try:
                made = operations.ask(asked=asked, by=request.actor, at=request.at)
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, "It is asked for. An information guardian decides.")
                return redirect("studies:one", made.pk)
    return show_short_form(request, own, pages.asking())


def _asked(own: Own) -> Asked:
    said = own.answers
    first, last, ends_on = (date.fromisoformat(said[key]) for key in ("first", "last", "ends_on"))
    words = {key: said[key] for key in ("title", "asks", "helps", "kept_where")}
    chosen = {"tables": said["tables"], "facts": said.get("facts") or ()}
    return Asked(first=first, last=last, ends_on=ends_on, **words, **chosen)


@require_safe
def one(request: PageRequest, study_id: UUID) -> HttpResponse:
    """A study: what it asks, what was decided, what was taken away, and what can be done."""
    shown = _found(request, study_id, Right.INFORM, Right.ANALYSE)
    taken = queries.extracts_of(shown)
    page = pages.study(shown, taken, request.actor, request.at, request.today)
    return render(request, "studies/one.html", page=page)


@require_POST
def tables(request: PageRequest, study_id: UUID) -> HttpResponse:
    """Its tables as a file, without anybody's name."""
    shown = _found(request, study_id, Right.ANALYSE)
    try:
        made = operations.take_away(study=shown, profile=current(), by=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, refusal.sentence)
        return redirect("studies:one", shown.pk)
    response = HttpResponse(made, content_type="application/zip")
    name = f"study-{shown.pk.hex[:8]}-{request.today.isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(FORM)
@once.only
def step(request: PageRequest, study_id: UUID, key: str) -> HttpResponse:
    """One step of a study, as a short form."""
    doing = STEPS[key]
    shown = _found(request, study_id, *doing.rights)
    own = Own(request, doing.asks)
    if request.method == "POST" and own.sound:
        try:
            doing.do(shown, own.answers, request.actor, request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, doing.done)
            return redirect("studies:one", shown.pk)
    return show_short_form(request, own, pages.form(shown, doing))

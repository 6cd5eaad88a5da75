"""The requests about information: those that wait, a new one, one of them, and its steps."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.information import operations, queries
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.information.operations import Letter
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.information import pages, questions
from earlydoors.web.information.steps import STEPS, asked
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.short import show_short_form

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25


def found(request: PageRequest, information_id: UUID) -> InformationRequest:
    """The request of an address, for whoever answers it. Raises `NotAllowed` and `Http404`."""
    request.actor.must(Right.INFORM)
    return within(queries.request_for, request.actor, information_id)


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The requests that wait, what is due first at the top, and those of before."""
    request.actor.must(Right.INFORM)
    before = Paginator(queries.closed_requests(request.actor), A_PAGE)
    at = before.get_page(request.GET.get("page", "1"))
    page = pages.listing(
        queries.open_requests(request.actor), at.object_list, current(), request.today
    )
    return render(request, "information/list.html", page=page, pages=pages_of(at))


@require_http_methods(FORM)
@once.only
def new(request: PageRequest) -> HttpResponse:
    """Write down a request that came, whoever it came to."""
    if request.actor.is_family:
        raise NotAllowed("Somebody who works here writes down your request. Ask them, or write.")
    own = Own(request, questions.LETTER)
    if request.method == "POST" and own.sound:
        said = own.answers
        letter = Letter(
            kind=said["kind"],
            received_on=date.fromisoformat(said["on"]),
            came=said["came"],
            asker=said["asker"],
            asker_name=said["asker_name"],
            reach=said["reach"],
            about_given=said["given"],
            about_family=said["family"],
            about_born=date.fromisoformat(said["born"]) if said.get("born") else None,
            says=said["says"],
        )
        try:
            made = operations.receive(letter=letter, by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is written down. Whoever answers such requests has it.")
            if request.actor.may(Right.INFORM):
                return redirect("information:one", made.pk)
            return redirect("home:work")
    return render(request, "information/new.html", own=own, page_faulty=request.method == "POST")


@require_safe
def one(request: PageRequest, information_id: UUID) -> HttpResponse:
    """A request: what is asked, how its clock stands, what comes next, what was done."""
    page = pages.one(found(request, information_id), current(), request.today)
    return render(request, "information/one.html", page=page)


@require_http_methods(FORM)
@once.only
def who(request: PageRequest, information_id: UUID) -> HttpResponse:
    """Whose record it is about: the people found by the name in the request."""
    shown = found(request, information_id)
    if request.method == "POST":
        try:
            chosen = UUID(request.POST.get("person", ""))
        except ValueError:
            raise Http404 from None
        operations.find(request=shown, person_id=chosen, by=request.actor, at=request.at)
        messages.success(request, "The record is found.")
        return redirect("information:one", shown.pk)
    alike = operations.look_for(request=shown, by=request.actor, at=request.at)
    return render(request, "information/who.html", page=pages.who(shown, alike))


@require_POST
def take_up(request: PageRequest, information_id: UUID) -> HttpResponse:
    """Begin to answer."""
    shown = found(request, information_id)
    operations.take_up(request=shown, by=request.actor, at=request.at)
    messages.success(request, "It is yours to answer.")
    return redirect("information:one", shown.pk)


@require_http_methods(FORM)
@once.only
def step(request: PageRequest, information_id: UUID, key: str) -> HttpResponse:
    """One step of answering, as a short form."""
    shown = found(request, information_id)
    doing = STEPS[key]
    own = Own(request, asked(key, shown))
    if request.method == "POST" and own.sound:
        try:
            doing.do(shown, own.answers, request.actor, request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, doing.done)
            return redirect("information:one", shown.pk)
    return show_short_form(request, own, pages.step(shown, doing))

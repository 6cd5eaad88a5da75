"""Asking whether a child is known, and asking to join the team of those who help."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.frontdoor import involvement
from earlydoors.domain.frontdoor.models import AskToJoin
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.known import pages
from earlydoors.web.known.questions import ANSWER, QUESTIONS, WHY, Unclear, asked_of
from earlydoors.web.sections.own import Own


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest) -> HttpResponse:
    """Ask whether a child is known. What is typed is sent and shown again, never in an address."""
    request.actor.must(Right.REQUEST)
    own = Own(request, QUESTIONS)
    answer = None
    if request.method == "POST" and own.sound:
        try:
            asked = asked_of(own.answers, request.today)
            learned = involvement.look_up(asked=asked, by=request.actor, at=request.at)
        except Unclear as unclear:
            own.refuse(unclear.question, unclear.sentence)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            whole = all(own.answers.get(key) for key in ("given_name", "family_name"))
            born = bool(asked.born_on or asked.due_on or (asked.years and asked.postcode))
            answer = pages.answer(learned, whole=whole and born)
    return render(
        request,
        "known/ask.html",
        own=own,
        page=answer,
        page_faulty=request.method == "POST" and answer is None,
    )


def _family(request: PageRequest, family_id: UUID) -> Family:
    """A family that the actor was told of within a day. Raises `Http404` for any other."""
    try:
        return involvement.told_family(request.actor, family_id, request.at)
    except Family.DoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def join(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Ask to join the team around a family that one was told of."""
    request.actor.must(Right.REQUEST)
    family = _family(request, family_id)
    own = Own(request, WHY)
    if request.method == "POST" and own.sound:
        try:
            made = involvement.ask_to_join(
                family=family, why=own.answers["why"], by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "You have asked to join. The answer comes to My work.")
            return redirect("known:asked", made.pk)
    return render(
        request,
        "known/join.html",
        own=own,
        whom=pages.whom(involvement.lead_of(family)),
        page_faulty=request.method == "POST",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def asked(request: PageRequest, ask_id: UUID) -> HttpResponse:
    """Somebody's asking to join: read by them, answered by whoever leads."""
    found = within(involvement.ask_for, request.actor, ask_id)
    mine = found.created_by_id == request.actor.member.pk
    own = Own(request, () if mine or found.state != "waiting" else ANSWER)
    if request.method == "POST" and own.sound and not mine:
        try:
            _answer(request, found, own)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{found.created_by.name} can read your answer now.")
            return redirect("known:asked", found.pk)
    held = grants_of(request.actor).filter(family=found.family_id)
    return render(
        request,
        "known/asked.html",
        own=own,
        page=pages.asked_page(found, request.actor, sees=held.exists()),
        page_faulty=request.method == "POST",
    )


def _answer(request: PageRequest, found: AskToJoin, own: Own) -> None:
    if own.answers["answer"] == "welcome":
        does = own.answers.get("does", "")
        involvement.welcome(ask=found, does=does, by=request.actor, at=request.at)
    else:
        words = own.answers.get("words", "")
        involvement.refuse(ask=found, words=words, by=request.actor, at=request.at)

"""Asking for advice, giving it, and reading it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.queries import family_for
from earlydoors.domain.frontdoor import conversations as operations
from earlydoors.domain.frontdoor.models import Conversation
from earlydoors.domain.frontdoor.queries import conversation_for, conversations_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.frontdoor import pages
from earlydoors.web.frontdoor.clocks import shown
from earlydoors.web.frontdoor.clocks import within as how_soon
from earlydoors.web.frontdoor.questions import ADVICE, ASK
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Own, embedded

SHOWN = 50


@require_safe
def conversations(request: PageRequest) -> HttpResponse:
    """What waits for an adviser, and what one asked oneself."""
    actor = request.actor
    actor.must(Right.ASK_ADVICE)
    visible = conversations_for(actor)
    others = visible.exclude(created_by=actor.member)
    mine = visible.filter(created_by=actor.member).order_by("-created_at")
    lines = {
        "waiting": others.filter(state="waiting").order_by("due_on", "created_at"),
        "mine": mine,
        "given": others.filter(state="answered").order_by("-advised_at"),
    }
    return render(
        request,
        "frontdoor/conversations.html",
        page={
            key: [pages.conversation_line(c, actor, request.today) for c in found[:SHOWN]]
            for key, found in lines.items()
        },
        advises=actor.may(Right.GIVE_ADVICE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def ask(request: PageRequest) -> HttpResponse:
    """Ask for advice, about a family on record or about one that need not be named."""
    request.actor.must(Right.ASK_ADVICE)
    family = _family(request)
    own = Own(request, ASK)
    form = embedded(request, Purpose.CONVERSATION, family=family)
    if request.method == "POST" and own.sound and form.sound:
        asked = operations.ask(
            about=own.answers["about"],
            readings=form.readings,
            family=family,
            by=request.actor,
            at=request.at,
        )
        messages.success(
            request, f"You have asked for advice. You will have an answer by {day(asked.due_on)}."
        )
        return redirect("frontdoor:conversation", asked.pk)
    return render(
        request,
        "frontdoor/ask.html",
        own=own,
        form=form,
        family=family.name if family else "",
        family_id=family.pk if family else "",
        how_soon=how_soon(ClockKey.ADVICE),
        page_faulty=request.method == "POST",
    )


def _family(request: PageRequest) -> Family | None:
    """The family the page was opened from, within scope."""
    key = request.POST.get("family") or request.GET.get("family") or ""
    try:
        family_id = UUID(key)
    except ValueError:
        return None
    return within(family_for, request.actor, family_id)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def conversation(request: PageRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation: what was asked, the advice, and for an adviser the form to give it."""
    found = within(conversation_for, request.actor, conversation_id)
    own = Own(request, ADVICE)
    if request.method == "POST":
        request.actor.must(Right.GIVE_ADVICE)
        if own.sound:
            try:
                operations.advise(
                    conversation=found,
                    advice=own.answers["advice"],
                    next_step=own.answers["next_step"],
                    by=request.actor,
                    at=request.at,
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, f"{found.created_by.name} can read your advice now.")
                return redirect("frontdoor:conversation", found.pk)
    return render(
        request,
        "frontdoor/conversation.html",
        page=_talk(request, found),
        own=own,
        page_faulty=request.method == "POST",
    )


def _talk(request: PageRequest, found: Conversation) -> pages.Talk:
    actor = request.actor
    mine = found.created_by_id == actor.member.pk
    waits = found.state == "waiting"
    made = found.supportrequest_set.filter(created_by=actor.member).order_by("created_at")
    advised = ""
    if found.advised_at and found.advised_by:
        advised = f"{found.advised_by.name}, {moment(found.advised_at)}"
    asked = f"{pages.from_whom(found)}, {day(local_day(found.created_at))}"
    return pages.Talk(
        id=found.pk,
        about=found.about,
        asked=asked,
        tag=pages.Tag(*shown(found.due_on, request.today)) if waits else None,
        family=found.family.name if found.family else "",
        advice=found.advice,
        advised=advised,
        next_step=pages.NEXT_STEPS.get(found.next_step, ""),
        answers=paged.read(found.form_record, request.today, unanswered=""),
        mine=mine,
        can_advise=waits and not mine and actor.may(Right.GIVE_ADVICE),
        can_request=mine and not waits and actor.may(Right.REQUEST),
        requests=[
            (day(local_day(one.created_at)), reverse("frontdoor:request", args=[one.pk]))
            for one in made
        ]
        if mine
        else [],
    )

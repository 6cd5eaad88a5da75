"""Restricting a record, who the few are, lifting it, letting somebody in, and the notices."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.access import queries, restricting
from earlydoors.domain.access.models import Restriction
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import holding, workers
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.families.forms import Form
from earlydoors.web.families.scope import whole
from earlydoors.web.looks.periods import until_midnight
from earlydoors.web.restricted import pages, questions
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The restricted records that the reader may know of, and the notices for them."""
    actor = request.actor
    if not (actor.may(Right.WATCH) or actor.may(Right.SEE_FAMILIES)):
        actor.must(Right.WATCH)
    found = list(queries.restrictions_for(actor))
    families = queries.families_of(actor).filter(pk__in=[one.family_id for one in found])
    watches = actor.may(Right.WATCH)
    page = pages.listed(
        found,
        queries.notices_for(actor).filter(dealt_at=None),
        dict(Counter[object](grant.family_id for grant in queries.named_for(*found))),
        actor,
        watches=watches,
        seen={} if watches else {one.pk: str(one) for one in families},
    )
    return render(request, "restricted/list.html", page=page)


@require_http_methods(FORM)
@once.only
def restrict(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Restrict a record: what sort it is, why, to whom it stays open, until when."""
    family = whole(request, family_id, Right.RESTRICT)
    own = Own(request, questions.restricting(_who_may_stay(request, family)))
    form = Form(
        request,
        family,
        own,
        title="Restrict this record",
        button="Restrict it",
        tone="warning",
        here="access",
        back=reverse("families:access", args=[family.pk]),
        back_text="Who can see this",
    ).says(
        "Everybody whom you do not choose loses access at once, you too. Nobody else finds the "
        "record, and whoever asks for a child in it is not told. Those you choose are told that "
        "somebody asked."
    )
    if request.method == "POST" and own.sound:
        chosen = Member.objects.filter(pk__in=own.answers["named"])
        try:
            restricting.restrict(
                family=family,
                kind=own.answers["kind"],
                why=own.answers["why"],
                named=chosen,
                until=_end_of(own.answers.get("until")),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The record is restricted. To everybody else it is shut.")
            if any(one.pk == request.actor.member.pk for one in chosen):
                return redirect("families:access", family.pk)
            return redirect("home:work")
    return form.answer()


def _end_of(typed: str | None) -> datetime | None:
    return until_midnight(date.fromisoformat(typed)) if typed else None


def _who_may_stay(request: PageRequest, family: Family) -> list[tuple[object, str]]:
    """Those who hold the whole record now, and everybody whose role may restrict records."""
    seeing = [one.member_id for one in queries.who_can_see(family) if one.extent == "full"]
    held = workers(request.today).filter(member__in=[pk for pk in seeing if pk])
    return pages.offered([*held, *holding(Right.RESTRICT, request.today)])


@require_http_methods(FORM)
@once.only
def one(request: PageRequest, restriction_id: UUID) -> HttpResponse:
    """A restricted record: to whom it is open. One of the few names another; whoever watches lets
    somebody in."""
    found = within(queries.restriction_for, request.actor, restriction_id)
    watches = request.actor.may(Right.WATCH)
    may_change = not watches and request.actor.may(Right.RESTRICT)
    if request.method == "POST" and not watches:
        request.actor.must(Right.RESTRICT)
    few = queries.named_for(found)
    named = {grant.member_id for grant in few}
    people = pages.offered(workers(request.today).exclude(member__in=named))
    asked = (
        questions.letting_in(people) if watches else questions.another(people) if may_change else ()
    )
    own = Own(request, asked)
    if request.method == "POST" and asked and own.sound:
        try:
            says = _let_in(request, found, own) if watches else _name(request, found, own)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, says)
            return HttpResponseRedirect(request.path)
    name = "" if watches else str(found.family)
    return render(
        request,
        "restricted/one.html",
        own=own,
        page=pages.one(found, few, name, may_change=may_change, watches=watches),
        watches=watches,
        page_faulty=request.method == "POST",
    )


def _name(request: PageRequest, found: Restriction, own: Own) -> str:
    who = Member.objects.get(pk=own.answers["who"])
    restricting.name_another(restriction=found, member=who, by=request.actor, at=request.at)
    return f"The record is open to {who.name}."


def _let_in(request: PageRequest, found: Restriction, own: Own) -> str:
    who = Member.objects.get(pk=own.answers["who"])
    restricting.let_in(
        restriction=found,
        member=who,
        hours=questions.LENGTHS[own.answers["hours"]],
        why=own.answers["why"],
        by=request.actor,
        at=request.at,
    )
    return f"The record is open to {who.name} for a while. The few were told."


@require_POST
def take_off(request: PageRequest, restriction_id: UUID, member_id: UUID) -> HttpResponse:
    """Shut a restricted record to one of the few."""
    found = _to_change(request, restriction_id)
    who = Member.objects.filter(pk=member_id).first()
    if who is None or who.pk not in {one.member_id for one in queries.named_for(found)}:
        raise Http404
    restricting.take_off(restriction=found, member=who, by=request.actor, at=request.at)
    messages.success(request, f"The record is shut to {who.name}.")
    mine = who.pk == request.actor.member.pk
    return redirect("home:work") if mine else redirect("restricted:one", found.pk)


@require_http_methods(FORM)
@once.only
def lift(request: PageRequest, restriction_id: UUID) -> HttpResponse:
    """End a restriction."""
    found = _to_change(request, restriction_id)
    own = Own(request, questions.LIFTING)
    form = Form(
        request,
        found.family,
        own,
        title="Lift the restriction",
        button="Lift it",
        back=reverse("restricted:one", args=[found.pk]),
        back_text="Restricted record",
    ).says(
        "Whoever had access before has it again, if what gave it to them still holds: their place "
        "in the team, the family’s agreement, their desk."
    )
    if request.method == "POST" and own.sound:
        restricting.lift(restriction=found, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, "The restriction is lifted.")
        return redirect("home:work")
    return form.answer()


def _to_change(request: PageRequest, restriction_id: UUID) -> Restriction:
    found = within(queries.restriction_for, request.actor, restriction_id)
    if request.actor.may(Right.WATCH):
        raise NotAllowed("One of those to whom the record is open decides that.")
    request.actor.must(Right.RESTRICT)
    return found


@require_http_methods(FORM)
@once.only
def notice(request: PageRequest, notice_id: UUID) -> HttpResponse:
    """What somebody did who could not be told of the record, and what was done about it."""
    found = within(queries.notice_for, request.actor, notice_id)
    own = Own(request, () if found.dealt_at else questions.DEALING)
    if request.method == "POST" and not found.dealt_at and own.sound:
        restricting.deal_with(
            notice=found, says=own.answers["says"], by=request.actor, at=request.at
        )
        messages.success(request, "What you did is written down.")
        return HttpResponseRedirect(request.path)
    return render(
        request,
        "restricted/notice.html",
        own=own,
        page=pages.notice_page(found),
        page_faulty=request.method == "POST",
    )

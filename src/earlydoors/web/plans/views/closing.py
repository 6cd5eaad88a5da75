"""Closing early help, and the look back after it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.episodes.queries import episode_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan import reviews as operations
from earlydoors.domain.plan.models import Closing
from earlydoors.domain.plan.queries import closing_for
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages import closing as pages
from earlydoors.web.plans.pages.forms import back_to_plan
from earlydoors.web.sections.own import Own, embedded


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def close(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Close early help for a family, with who they turn to from here."""
    episode = within(episode_for, request.actor, episode_id)
    work_with(request.actor, episode.family, Right.CLOSE)
    if episode.state == "closed":
        return redirect("plans:look_back", Closing.objects.get(episode=episode).pk)
    own = Own(request, questions.close(episode.profile.profile))
    form = embedded(request, Purpose.CLOSING, family=episode.family)
    if request.method == "POST" and own.sound and form.sound:
        try:
            operations.close(
                episode=episode,
                reason=own.answers["reason"],
                level=own.answers["level"],
                handover=own.answers["handover"],
                readings=form.readings,
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "Early help is closed. The family can come back at any time.")
            return redirect("families:family", episode.family_id)
    outcomes = pages.outcomes_in(episode)
    shown = pages.ClosePage(
        family=str(episode.family),
        back=back_to_plan(episode),
        achieved=pages.achieved(episode, outcomes),
        left=pages.left_open(episode, outcomes),
        plan_address=reverse("plans:plan", args=[episode.pk]),
        fields_own=own.fields,
        form=form,
        refusals=own.refusals,
    )
    return render(request, "plans/close.html", page=shown, page_faulty=request.method == "POST")


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def look_back(request: PageRequest, closing_id: UUID) -> HttpResponse:
    """How help ended; and, when the time has come, whether it lasted."""
    closing = within(closing_for, request.actor, closing_id)
    own = Own(request, questions.LOOK_BACK)
    if request.method == "POST":
        work_with(request.actor, closing.episode.family, Right.REVIEW)
    if request.method == "POST" and own.sound:
        try:
            operations.look_back(
                closing=closing,
                sustained=own.answers["sustained"],
                words=own.answers["words"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The look back is recorded.")
            return redirect("plans:look_back", closing.pk)
    shown = pages.look_back_page(
        closing,
        request.today,
        pages.back_to_family(closing.episode),
        may_check=request.actor.may(Right.REVIEW) and closing.checked_at is None,
        fields=own.fields,
        refusals=own.refusals,
    )
    return render(request, "plans/look_back.html", page=shown, page_faulty=request.method == "POST")

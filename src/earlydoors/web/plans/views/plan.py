"""The plan: reading it, beginning it, its pages of words, agreeing on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.episodes.queries import episode_for, team_of
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan import operations
from earlydoors.domain.plan.queries import lacking, plan_for, plan_of
from earlydoors.domain.records.queries import people_of
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages import forms
from earlydoors.web.plans.pages.plan import lack_links, plan_page
from earlydoors.web.plans.views.common import people_options, to_plan
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Own


@require_safe
def plan(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """The plan, with what is missing and what to do next."""
    episode = within(episode_for, request.actor, episode_id)
    look(family=episode.family, part="plan", by=request.actor, at=request.at)
    shown = plan_page(episode, plan_of(episode), request.actor, request.today)
    return render(request, "plans/plan.html", page=shown)


@require_POST
@once.only
def begin(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Begin the plan."""
    episode = within(episode_for, request.actor, episode_id)
    made = operations.begin(episode=episode, by=request.actor, at=request.at)
    return to_plan(made)


@require_http_methods(["GET", "HEAD", "POST"])
def section(
    request: PageRequest, plan_id: UUID, section_key: str, person_id: UUID | None = None
) -> HttpResponse:
    """A page of the plan's form."""
    found = within(plan_for, request.actor, plan_id)
    operations.change_plan(request.actor, found.episode)
    back = reverse("plans:plan", args=[found.episode_id]) + "#words"
    return paged.section(
        request,
        found.form_record,
        section_key,
        person_id,
        back_address=back,
        back_text=str(current().words.family_plan.one).capitalize(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def agree(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Agree on the plan, or see what is missing for that."""
    found = within(plan_for, request.actor, plan_id)
    work_with(request.actor, found.episode.family, Right.PLAN)
    episode = found.episode
    people = people_options(people_of(episode.family, request.today), team_of(episode), episode)
    asked = questions.agree(people)
    own = Own(request, asked, initial={"agreed_on": request.today.isoformat()})
    if request.method == "POST" and own.sound:
        answers = own.answers
        names = [one.says for one in people if one.key in answers["with_whom"]]
        names += [answers["others"]] if answers.get("others") else []
        try:
            operations.agree(
                plan=found,
                agreed_on=forms.as_date(answers["agreed_on"]),
                agreed_with=forms.in_a_row(names),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            word = episode.profile.profile.words.family_plan.one
            messages.success(request, f"The {word} is agreed.")
            return redirect("plans:plan", episode.pk)
    lacks = lack_links(lacking(found), found)
    shown = forms.AgreePage(
        back=forms.back_to_plan(episode),
        fields=own.fields,
        refusals=own.refusals,
        lacks=lacks,
    )
    faulty = request.method == "POST"
    return render(request, "plans/agree.html", page=shown, page_faulty=faulty)

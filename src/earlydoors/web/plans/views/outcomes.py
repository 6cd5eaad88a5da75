"""Outcomes, and the needs they answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from earlydoors.domain.assessment.models import Need
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan import operations
from earlydoors.domain.plan.models import Outcome, Plan
from earlydoors.domain.plan.queries import need_for, outcome_for, plan_for
from earlydoors.domain.records.queries import choices_of
from earlydoors.foundation.kernel.refusals import OutOfDate
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.words import sentence
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages.forms import FormPage, back_to_plan
from earlydoors.web.plans.pages.plan import Link, area_names
from earlydoors.web.plans.views.common import (
    answered,
    revision,
    seen,
    to_plan,
    whose,
    with_article,
    word,
)
from earlydoors.web.sections.own import Own


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def outcome(request: PageRequest, plan_id: UUID, outcome_id: UUID | None = None) -> HttpResponse:
    """Set an outcome, or change one. `?need=` names the need it is to answer."""
    plan = within(plan_for, request.actor, plan_id)
    operations.change_plan(request.actor, plan.episode)
    found = within(outcome_for, request.actor, outcome_id) if outcome_id else None
    if found is not None and found.plan_id != plan.pk:
        raise Http404
    needs = needs_of(plan.episode)
    choices = choices_of(plan.episode.profile.profile, plan.episode.family, request.today)
    initial = _outcome_as_answers(found) if found else _for_need(needs, request)
    own = Own(request, questions.outcome(list(choices.people), needs), choices, initial=initial)
    conflict = False
    if request.method == "POST" and own.sound:
        answers = own.answers
        by_whom = answers["set_by"]
        try:
            operations.set_outcome(
                plan=plan,
                outcome=found,
                seen=seen(request) if found else None,
                words=answers["words"],
                set_by=None if by_whom == questions.TOGETHER else Person.objects.get(pk=by_whom),
                area=answers.get("area", ""),
                needs=[need for need in needs if str(need.pk) in answers.get("needs", [])],
                by=request.actor,
                at=request.at,
            )
        except OutOfDate as stale:
            own.refuse("", stale.sentence)
            conflict = True
        else:
            noun = sentence(word(plan, "outcome"))
            messages.success(request, f"{noun} saved: “{answers['words']}”")
            return to_plan(plan)
    noun = word(plan, "outcome")
    others: tuple[Link, ...] = ()
    if found and found.state == "open":
        address = reverse("plans:drop_outcome", args=[found.pk])
        others = (Link("No longer wanted", address),)
    shown = FormPage(
        title=f"Change {with_article(noun)}" if found else f"Add {with_article(noun)}",
        caption=str(plan.episode.family),
        back=back_to_plan(plan.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Save",
        lead="" if found else "Start with what someone in the family would like to be different.",
        others=others,
        revision=revision(found.changed_at) if found else None,
        theirs=_outcome_rows(found, plan) if found and conflict else (),
    )
    return answered(request, shown)


def _outcome_as_answers(found: Outcome) -> dict[str, Any]:
    return {
        "words": found.words,
        "set_by": str(found.set_by_id) if found.set_by_id else questions.TOGETHER,
        "area": found.area,
        "needs": [str(pk) for pk in found.needs.values_list("pk", flat=True)],
    }


def _for_need(needs: list[Need], request: PageRequest) -> dict[str, Any]:
    wanted = request.GET.get("need", "")
    need = next((one for one in needs if str(one.pk) == wanted), None)
    return {"needs": [wanted], "area": need.area} if need else {}


def _outcome_rows(found: Outcome, plan: Plan) -> tuple[Row, ...]:
    areas = area_names(plan.episode.profile.profile)
    return (
        Row("What they want to be different", found.words, quoted=True),
        Row("Whose words", whose(found)),
        Row("Area of life", areas.get(found.area, "Not said")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def drop_outcome(request: PageRequest, outcome_id: UUID) -> HttpResponse:
    """The family no longer wants an outcome."""
    found = within(outcome_for, request.actor, outcome_id)
    operations.change_plan(request.actor, found.plan.episode)
    own = Own(request, questions.why("Why is it no longer wanted?", "In the family’s words."))
    if request.method == "POST" and own.sound:
        operations.drop_outcome(
            outcome=found, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, "It is no longer in the plan. It stays on record.")
        return to_plan(found.plan)
    shown = FormPage(
        title=f"Take this {word(found.plan, 'outcome')} out of the plan",
        caption=str(found.plan.episode.family),
        back=back_to_plan(found.plan.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Take it out",
        lead="It stays on record with the reason. Needs that only it answered are open again.",
        quote=found.words,
        quote_by=whose(found),
        kind="warning",
    )
    return answered(request, shown)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def need(request: PageRequest, need_id: UUID) -> HttpResponse:
    """Say why a need gets no outcome."""
    found = within(need_for, request.actor, need_id)
    operations.change_plan(request.actor, found.episode)
    asked = questions.why(
        "Why does it get no outcome?",
        "For example: it is met already, the family does not want help with it, or another plan "
        "covers it.",
    )
    own = Own(request, asked, initial={"why": found.no_outcome_why})
    if request.method == "POST" and own.sound:
        operations.answer_need(need=found, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, "The need is answered with your reason.")
        return _to_plan_of(found)
    shown = FormPage(
        title="Answer a need with a reason",
        caption=str(found.episode.family),
        back=back_to_plan(found.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Save the reason",
        about=(Row("The need", found.says),),
    )
    return answered(request, shown)


def _to_plan_of(found: Need) -> HttpResponse:
    return to_plan(Plan(episode_id=found.episode_id))

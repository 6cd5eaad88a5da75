"""Reviews: looking together at how it goes, and deciding what next."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan import reviews as operations
from earlydoors.domain.plan.queries import outcomes_of, plan_for, review_for
from earlydoors.domain.records.queries import choices_of
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.words import sentence
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages import reviews as pages
from earlydoors.web.plans.pages.forms import as_date, back_to_plan, maybe_date
from earlydoors.web.plans.pages.plan import area_names, outcome_card
from earlydoors.web.plans.scoring import Scores
from earlydoors.web.sections.own import Own, embedded

# Where each decision is carried out: its own page asks for the reason and the handover.
_NEXT = {"step_up": "families:step", "step_down": "families:step", "close": "plans:close"}


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def review(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Record a review; then go where its decision is carried out."""
    plan = within(plan_for, request.actor, plan_id)
    work_with(request.actor, plan.episode.family, Right.REVIEW)
    episode = plan.episode
    profile = episode.profile.profile
    word = profile.words.review.one
    outcomes = [one for one in outcomes_of(plan) if one.state == "open"]
    held_on = Own(
        request,
        questions.held_on(f"When was the {word}?"),
        initial={"held_on": request.today.isoformat()},
    )
    seen = [Own(request, questions.SEEN, prefix=pages.outcome_prefix(one.pk)) for one in outcomes]
    scores = Scores(request, episode)
    form = embedded(request, Purpose.REVIEW, family=episode.family)
    choices = choices_of(profile, episode.family, request.today)
    needs = Own(request, questions.NEW_NEEDS, choices, prefix="found.")
    following = due(profile, ClockKey.REVIEW, request.today)
    decision = Own(
        request,
        questions.decision(word),
        initial={"next_review_on": following.isoformat()},
        prefix="decision.",
    )
    own = [held_on, *seen, needs, decision]
    if request.method == "POST" and form.sound and scores.sound and all(o.sound for o in own):
        answers = decision.answers
        try:
            operations.hold(
                plan=plan,
                held_on=as_date(held_on.answers["held_on"]),
                readings=form.readings,
                seen=[
                    operations.Seen(
                        outcome=outcome,
                        worker_view=view.answers["worker_view"],
                        family_view=view.answers.get("family_view", ""),
                        words=view.answers.get("words", ""),
                    )
                    for outcome, view in zip(outcomes, seen, strict=True)
                ],
                scores=scores.given,
                new_needs=[
                    (line["text"], line["area"]) for line in needs.answers.get("new_needs", [])
                ],
                decision=answers["decision"],
                why=answers["why"],
                next_review_on=maybe_date(answers.get("next_review_on")),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            held_on.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{sentence(word)} recorded.")
            return redirect(_NEXT.get(answers["decision"], "plans:plan"), episode.pk)
    areas = area_names(profile)
    shown = pages.ReviewPage(
        family=str(episode.family),
        back=back_to_plan(episode),
        held_on=held_on.fields,
        outcomes=tuple(
            pages.Looked(outcome_card(outcome, areas, request.today), view.fields)
            for outcome, view in zip(outcomes, seen, strict=True)
        ),
        grid=scores.grid,
        form=form,
        needs=needs.fields,
        decision=decision.fields,
        refusals=held_on.refusals,
    )
    faulty = request.method == "POST" and any(field.fault for field in shown.fields)
    return render(request, "plans/review.html", page=shown, page_faulty=faulty)


@require_safe
def read_review(request: PageRequest, review_id: UUID) -> HttpResponse:
    """A review that was held."""
    found = within(review_for, request.actor, review_id)
    episode = found.plan.episode
    look(family=episode.family, part="review", by=request.actor, at=request.at)
    shown = pages.read_review_page(found, request.today, back_to_plan(episode))
    return render(request, "plans/read_review.html", page=shown)

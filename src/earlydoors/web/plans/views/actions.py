"""Actions: who does what by when, and the services asked for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.plan import operations
from earlydoors.domain.plan.models import Action
from earlydoors.domain.plan.queries import action_for, outcome_for
from earlydoors.domain.records.queries import people_of
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.words import sentence
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages.forms import FormPage, as_date, back_to_plan, maybe_date
from earlydoors.web.plans.pages.plan import Link
from earlydoors.web.plans.views.common import (
    answered,
    chosen,
    people_options,
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
def action(request: PageRequest, outcome_id: UUID, action_id: UUID | None = None) -> HttpResponse:
    """Set an action of an outcome, or change one."""
    goal = within(outcome_for, request.actor, outcome_id)
    episode = goal.plan.episode
    operations.change_plan(request.actor, episode)
    found = within(action_for, request.actor, action_id) if action_id else None
    if found is not None and found.outcome_id != goal.pk:
        raise Http404
    owners = people_options(people_of(episode.family, request.today), team_of(episode), episode)
    mine = (f"{questions.MEMBER}{request.actor.member.pk}", request.actor.name)
    if mine[0] not in {one.key for one in owners}:
        owners.append(questions.option(*mine))
    if (
        found
        and found.member_id
        and f"{questions.MEMBER}{found.member_id}" not in {one.key for one in owners}
    ):
        owners.append(questions.option(f"{questions.MEMBER}{found.member_id}", found.owner))
    own = Own(
        request, questions.action(owners), initial=_action_as_answers(found) if found else None
    )
    conflict = False
    if request.method == "POST" and own.sound:
        answers = own.answers
        owner = answers["owner"]
        try:
            operations.set_action(
                outcome=goal,
                action=found,
                seen=seen(request) if found else None,
                what=answers["what"],
                member_id=chosen(owner, questions.MEMBER),
                person_id=chosen(owner, questions.PERSON),
                other=answers["other"] if owner == questions.OTHER else "",
                due_on=as_date(answers["due_on"]),
                service=answers.get("service", ""),
                service_asked_on=maybe_date(answers.get("service_asked_on")),
                by=request.actor,
                at=request.at,
            )
        except OutOfDate as stale:
            own.refuse("", stale.sentence)
            conflict = True
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{sentence(word(goal.plan, 'action'))} saved.")
            return to_plan(goal.plan)
    noun = word(goal.plan, "action")
    others: tuple[Link, ...] = ()
    if found and found.state == "open":
        others = (Link("No longer needed", reverse("plans:drop_action", args=[found.pk])),)
    shown = FormPage(
        title=f"Change {with_article(noun)}" if found else f"Add {with_article(noun)}",
        caption=str(episode.family),
        back=back_to_plan(episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Save",
        quote=goal.words,
        quote_by=whose(goal),
        others=others,
        revision=revision(found.changed_at) if found else None,
        theirs=_action_rows(found) if found and conflict else (),
    )
    return answered(request, shown)


def _action_as_answers(found: Action) -> dict[str, Any]:
    owner = questions.OTHER
    if found.member_id:
        owner = f"{questions.MEMBER}{found.member_id}"
    elif found.person_id:
        owner = f"{questions.PERSON}{found.person_id}"
    asked_on = found.service_asked_on
    return {
        "what": found.what,
        "owner": owner,
        "other": found.other,
        "due_on": found.due_on.isoformat(),
        "service": found.service,
        "service_asked_on": asked_on.isoformat() if asked_on else "",
    }


def _action_rows(found: Action) -> tuple[Row, ...]:
    return (
        Row("What will be done", found.what),
        Row("Who does it", found.owner),
        Row("By when", day(found.due_on)),
        Row("Service", found.service or "None"),
    )


def _about(found: Action) -> tuple[Row, ...]:
    return (
        Row("What", found.what),
        Row("Who", found.owner),
        Row("By when", day(found.due_on)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def done(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Mark an action as done."""
    found = within(action_for, request.actor, action_id)
    plan = found.outcome.plan
    operations.change_plan(request.actor, plan.episode)
    own = Own(request, questions.DONE, initial={"done_on": request.today.isoformat()})
    if request.method == "POST" and own.sound:
        try:
            operations.complete_action(
                action=found,
                done_on=as_date(own.answers["done_on"]),
                note=own.answers.get("note", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("done_on", refusal.sentence)
        else:
            messages.success(request, f"Done: {found.what}")
            return to_plan(plan)
    shown = FormPage(
        title=f"Mark {with_article(word(plan, 'action'))} as done",
        caption=str(plan.episode.family),
        back=back_to_plan(plan.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Mark as done",
        about=_about(found),
    )
    return answered(request, shown)


@require_POST
@once.only
def undo(request: PageRequest, action_id: UUID) -> HttpResponse:
    """An action marked as done or dropped is to do again."""
    found = within(action_for, request.actor, action_id)
    operations.reopen_action(action=found, by=request.actor, at=request.at)
    messages.success(request, f"To do again: {found.what}")
    return to_plan(found.outcome.plan)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def drop_action(request: PageRequest, action_id: UUID) -> HttpResponse:
    """An action is no longer needed."""
    found = within(action_for, request.actor, action_id)
    plan = found.outcome.plan
    operations.change_plan(request.actor, plan.episode)
    own = Own(request, questions.why("Why is it no longer needed?"))
    if request.method == "POST" and own.sound:
        operations.drop_action(
            action=found, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, "It is no longer in the plan. It stays on record.")
        return to_plan(plan)
    shown = FormPage(
        title=f"Take this {word(plan, 'action')} out of the plan",
        caption=str(plan.episode.family),
        back=back_to_plan(plan.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Take it out",
        about=_about(found),
        kind="warning",
    )
    return answered(request, shown)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def service(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Write down when a service was asked for, started and ended."""
    found = within(action_for, request.actor, action_id)
    plan = found.outcome.plan
    operations.change_plan(request.actor, plan.episode)
    if not found.service:
        raise Http404
    days = {
        "asked_on": found.service_asked_on,
        "started_on": found.service_started_on,
        "ended_on": found.service_ended_on,
    }
    initial = {name: on.isoformat() for name, on in days.items() if on}
    own = Own(request, questions.SERVICE, initial=initial)
    if request.method == "POST" and own.sound:
        given = {name: maybe_date(own.answers.get(name)) for name in days}
        try:
            operations.track_service(
                action=found,
                asked_on=given["asked_on"],
                started_on=given["started_on"],
                ended_on=given["ended_on"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"The dates of {found.service} are saved.")
            return to_plan(plan)
    shown = FormPage(
        title=found.service,
        tab="Waiting for a service",
        caption=str(plan.episode.family),
        back=back_to_plan(plan.episode),
        fields=own.fields,
        refusals=own.refusals,
        button="Save the dates",
        lead="How long a family waits is part of their story. Fill in what is known.",
        about=_about(found),
    )
    return answered(request, shown)

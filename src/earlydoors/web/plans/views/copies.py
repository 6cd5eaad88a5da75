"""The plan on paper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.people.queries import secrets_from, those_kept_from
from earlydoors.domain.plan.queries import plan_for, readers_of
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.plans.pages.copies import paper_page


@require_safe
def whole(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """The plan to print for the family. `?large=1` prints it large."""
    plan = within(plan_for, request.actor, plan_id)
    family = plan.episode.family
    look(family=family, part="plan on paper", by=request.actor, at=request.at)
    shown = paper_page(
        plan,
        request.today,
        address=request.path,
        large=request.GET.get("large") == "1",
        careful=those_kept_from(family),
    )
    return render(request, "plans/paper.html", page=shown)


@require_safe
def copy_for(request: PageRequest, plan_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's copy, without anything that must not reach them."""
    plan = within(plan_for, request.actor, plan_id)
    family = plan.episode.family
    people = {one.pk: one for one in readers_of(plan.episode)}
    if person_id not in people:
        raise Http404
    look(family=family, part="copy of the plan", by=request.actor, at=request.at)
    shown = paper_page(
        plan,
        request.today,
        address=request.path,
        large=request.GET.get("large") == "1",
        to=people[person_id],
        secrets=secrets_from(people[person_id]),
        without_pieces=request.GET.getlist("leave"),
    )
    return render(request, "plans/paper.html", page=shown)

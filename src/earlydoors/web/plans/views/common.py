"""What the views of the place share."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.plan.models import Outcome, Plan
from earlydoors.domain.records.rules import Who
from earlydoors.foundation.forms.schema import Option
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.plans.pages.forms import FormPage
from earlydoors.web.plans.questions import MEMBER, PERSON, option

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_plan(plan: Plan) -> HttpResponse:
    """Back to the plan's page."""
    return redirect("plans:plan", plan.episode_id)


def revision(changed_at: datetime) -> int:
    """A row's state as a form carries it: when it was last changed."""
    return (changed_at - _BEGINNING) // _MICROSECOND


def seen(request: PageRequest) -> datetime | None:
    """The moment of change that the sent form was showing; none when it says none."""
    text = request.POST.get("_revision", "")
    if not text.isdecimal() or len(text) > 17:
        return None
    return _BEGINNING + int(text) * _MICROSECOND


def people_options(family: list[Who], team: list[TeamPlace], episode: Episode) -> list[Option]:
    """The family's adults, its children, then the team, each once: as who does something, agrees
    to it or came. A child not yet born does nothing of the kind, nor do the
    dead."""
    adults_first = sorted(family, key=lambda one: one.is_child)
    offered = {f"{PERSON}{one.id}": one.name for one in adults_first if one.can_take_part}
    for place in team:
        if place.person and place.person.can_take_part:
            offered.setdefault(f"{PERSON}{place.person_id}", str(place.person))
    for place in team:
        if place.member_id:
            offered.setdefault(f"{MEMBER}{place.member_id}", str(place.member))
    if episode.lead:
        offered.setdefault(f"{MEMBER}{episode.lead_id}", episode.lead.name)
    return [option(key, says) for key, says in offered.items()]


def chosen(key: str, sort: str) -> UUID | None:
    """The id in an option's key if it is of that sort (`MEMBER`, `PERSON`)."""
    return UUID(key.removeprefix(sort)) if key.startswith(sort) else None


def answered(request: PageRequest, shown: FormPage) -> HttpResponse:
    """Answer with a page of a few questions."""
    return render(request, "plans/form.html", page=shown, page_faulty=request.method == "POST")


def word(plan: Plan, name: str) -> str:
    """The area's word for a part of the plan."""
    one: str = getattr(plan.episode.profile.profile.words, name).one
    return one


def with_article(noun: str) -> str:
    """An outcome, a goal."""
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def whose(outcome: Outcome) -> str:
    """Who set an outcome."""
    return outcome.set_by.full_name if outcome.set_by else "The family together"

"""The pages of a member of a family. Workers have no business here, nor families elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from earlydoors.domain.people.models import Person
from earlydoors.domain.people.queries import person_of
from earlydoors.domain.plan import operations
from earlydoors.domain.plan.models import Action
from earlydoors.domain.plan.queries import help_of, own_action
from earlydoors.foundation.kernel.refusals import NotAllowed
from earlydoors.foundation.profile.current import current
from earlydoors.web.agreement.pages import paper
from earlydoors.web.agreement.papers import as_paper
from earlydoors.web.design import charts, once
from earlydoors.web.design.pages import render
from earlydoors.web.design.papers import answer_with
from earlydoors.web.design.parts import Chart, Header
from earlydoors.web.design.request import PageRequest
from earlydoors.web.yourfamily import pages
from earlydoors.web.yourfamily.pages import own_agreement
from earlydoors.web.yourfamily.safety import made_safe, must_not_reach

FAMILIES_ONLY = NotAllowed("This page is for members of a family. Your own pages are at My work.")


def _reader(request: PageRequest) -> Person | None:
    """Who of a family is signed in; nobody for anyone who works here."""
    return person_of(request.actor.member.pk) if request.actor.is_family else None


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The one family's help; a choice where there are several, a kind word where there is none."""
    if not request.actor.is_family:
        raise FAMILIES_ONLY
    person = _reader(request)
    helps = help_of(person) if person else []
    if person is not None and len(helps) == 1:
        return redirect("yourfamily:help", helps[0].pk)
    page = pages.home_page(person, helps)
    safe = made_safe(page, must_not_reach(person) if person else [])
    return render(request, "yourfamily/home.html", page=safe)


@require_safe
def help_page(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """A family's help, as one of its members sees it."""
    person = _reader(request)
    helps = help_of(person) if person else []
    episode = next((one for one in helps if one.pk == episode_id), None)
    if person is None or episode is None:
        raise Http404
    operations.look_at_own(episode=episode, by=request.actor, at=request.at)
    page = pages.help_page(person, episode, request.actor.member.pk, request.today)
    safe = pages.tidied(made_safe(page, must_not_reach(person)))
    several = len(helps) > 1
    drawn = _drawn(safe.come) if safe.come else None
    return render(request, "yourfamily/help.html", page=safe, picture=drawn, several=several)


@require_safe
def agreement(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """What the reader agreed themselves, as a file to keep. Nobody else’s."""
    person = _reader(request)
    found = own_agreement(person, agreement_id) if person else None
    if person is None or found is None:
        raise Http404
    episode, agreed = found
    operations.look_at_own(episode=episode, by=request.actor, at=request.at)
    secrets = must_not_reach(person)
    made = as_paper(paper(agreed, request.at, secrets), current().words.social_care.one)
    return answer_with(request, made_safe(made, secrets), name="agreement")


def _drawn(come: pages.Come) -> Chart:
    return Chart(
        title=come.title,
        svg=charts.distance_travelled(come.title, come.rows, come.scale),
        narrow=charts.distance_travelled(come.title, come.rows, come.scale, narrow=True),
        ends=charts.said_of(come.scale, come.ends),
        headers=(
            Header("Part of life"),
            Header("Who said it"),
            Header("First", numeric=True),
            Header("Now", numeric=True),
        ),
        rows=come.table,
    )


def _own(request: PageRequest, action_id: UUID) -> Action:
    person = _reader(request)
    if person is None:
        raise Http404
    try:
        return own_action(person, action_id)
    except Action.DoesNotExist:
        raise Http404 from None


@require_POST
@once.only
def done(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Tick off something of one's own."""
    action = _own(request, action_id)
    operations.finish_own(action=action, by=request.actor, at=request.at)
    messages.success(request, "Well done. Your team can see that you have done it.")
    return redirect("yourfamily:help", action.outcome.plan.episode_id)


@require_POST
@once.only
def not_done(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Take back a tick."""
    action = _own(request, action_id)
    operations.reopen_own(action=action, by=request.actor, at=request.at)
    messages.success(request, "It is back on your list.")
    return redirect("yourfamily:help", action.outcome.plan.episode_id)

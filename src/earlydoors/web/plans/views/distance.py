"""Distance travelled: the picture, its table, and scores given beside a review."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.episodes.queries import episode_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan import reviews as operations
from earlydoors.domain.plan.queries import points_of, starting_points
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.words import sentence
from earlydoors.web.plans import questions
from earlydoors.web.plans.pages import reviews as pages
from earlydoors.web.plans.pages.forms import as_date, back_to_plan
from earlydoors.web.plans.pages.plan import Link
from earlydoors.web.plans.scoring import Scores
from earlydoors.web.sections.own import Own


@require_safe
def distance(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """How far the family has come."""
    episode = within(episode_for, request.actor, episode_id)
    look(family=episode.family, part="distance travelled", by=request.actor, at=request.at)
    shown = pages.distance_page(episode, request.actor, back_to_plan(episode))
    return render(request, "plans/distance.html", page=shown)


@require_safe
def picture(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """The picture alone, to keep or put into a letter."""
    episode = within(episode_for, request.actor, episode_id)
    drawn = pages.picture_alone(episode)
    if drawn is None:
        raise Http404
    response = HttpResponse(str(drawn), content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="distance-travelled.svg"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def scores(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Give scores on a day, such as where things were when help began."""
    episode = within(episode_for, request.actor, episode_id)
    work_with(request.actor, episode.family, Right.REVIEW)
    starts = [] if points_of(episode) else starting_points(episode)
    held_on = Own(
        request,
        questions.held_on("On which day were they given?"),
        initial={"held_on": (starts[0].on if starts else request.today).isoformat()},
    )
    asked = Scores(request, episode, starts)
    if request.method == "POST" and held_on.sound and asked.sound:
        if not asked.given:
            asked.refuse("Give at least one score")
        else:
            try:
                operations.score(
                    episode=episode,
                    scores=asked.given,
                    on=as_date(held_on.answers["held_on"]),
                    by=request.actor,
                    at=request.at,
                )
            except UnableTo as refusal:
                held_on.refuse("held_on", refusal.sentence)
            else:
                messages.success(request, "The scores are saved.")
                return redirect("plans:distance", episode.pk)
    word = episode.profile.profile.words.distance_travelled.one
    shown = pages.ScoresPage(
        family=str(episode.family),
        back=Link(sentence(word), reverse("plans:distance", args=[episode.pk])),
        held_on=held_on.fields,
        grid=asked.grid,
        started=bool(starts),
        refusals=held_on.refusals,
    )
    faulty = any(field.fault for field in shown.fields)
    return render(request, "plans/scores.html", page=shown, page_faulty=faulty)

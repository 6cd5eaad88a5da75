"""A family in short, for those to whom no more is open."""

from dataclasses import dataclass
from datetime import date

from earlydoors.domain.episodes.queries import latest_episode, path_of
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.overview import at_level_since, lead_of
from earlydoors.web.families.pages import Reach, Standing, reach, standing, state_of


@dataclass(frozen=True)
class Answered:
    """What somebody who asked for help was told."""

    told: str
    on: date
    by: str
    href: str | None


@dataclass(frozen=True)
class Summary:
    """What someone sees who asked for help for a family, or watches over it: no more than that."""

    name: str
    state: str
    standing: Standing | None
    lead: Reach | None
    answers: tuple[Answered, ...]
    emergency: str


def summary(request: PageRequest, family: Family) -> Summary:
    """Build the page for someone who sees only that help is under way, and what they were told."""
    episode = latest_episode(family)
    told = (
        SupportRequest.objects.filter(
            family=family, created_by=request.actor.member, state="decided"
        )
        .select_related("decided_by")
        .order_by("-decided_at")
    )
    path = path_of(family)
    return Summary(
        name=str(family),
        emergency=reverse("emergencies:open", args=[family.pk]),
        state=state_of(episode),
        standing=standing(episode, at_level_since(path, episode)),
        lead=reach(lead_of(episode)),
        answers=tuple(
            Answered(
                told=one.told,
                on=local_day(one.decided_at),
                by=one.decided_by.name if one.decided_by else "",
                href=reverse("frontdoor:request", args=[one.pk]),
            )
            for one in told
            if one.decided_at
        ),
    )

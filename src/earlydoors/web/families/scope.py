"""Getting to a family: within scope, with the look recorded, and the whole of its record or not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import Http404

from earlydoors.domain.access.models import EMERGENCY
from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import family_for, restriction_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import episode_for, latest_episode
from earlydoors.domain.joining.queries import now_of
from earlydoors.domain.partnership.rights import NOT_IN_EMERGENCY, Right
from earlydoors.domain.people.models import Family, FamilyMember
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within

SEEN = "_seen"


def known(request: PageRequest, family_id: UUID) -> Family:
    """A family in scope, for someone whose role looks at families. Raises `Http404` outside it,
    `NotAllowed` for other roles."""
    family = within(family_for, request.actor, family_id)
    request.actor.must(Right.SEE_FAMILIES)
    return family


def whole(request: PageRequest, family_id: UUID, right: Right = Right.SEE_FAMILIES) -> Family:
    """A family whose whole record is open to the actor, to do something that needs a right.

    Raises `Http404` outside scope, `NotAllowed` with a sentence within it.
    """
    family = within(family_for, request.actor, family_id)
    work_with(request.actor, family, right)
    return family


def looked(request: PageRequest, family: Family, part: str) -> bool:
    """Record the look at a part of the record. Returns whether everything is open to the actor.

    Whoever opened it in an emergency is offered nothing on the page that writes in it.
    """
    held = look(family=family, part=part, by=request.actor, at=request.at)
    reasons = {one.because for one in held if one.extent == "full"}
    if reasons == {EMERGENCY}:
        request.actor = request.actor.without(NOT_IN_EMERGENCY)
    return bool(reasons)


def helped(request: PageRequest, episode_id: UUID, right: Right) -> Episode:
    """A family's period of help, to do something that needs a right. Raises as `whole`."""
    episode = within(episode_for, request.actor, episode_id)
    work_with(request.actor, episode.family, right)
    return episode


def member_of(family: Family, person_id: UUID) -> FamilyMember:
    """Someone's latest place in the family, also when they have left. Raises `Http404`.

    An address of a record that was joined with another leads to the other.
    """
    member = (
        family.members.filter(person_id=now_of(person_id))
        .select_related("person__changed_by")
        .order_by("joined_on", "created_at")
        .last()
    )
    if member is None:
        raise Http404
    return member


def seen_at(request: PageRequest) -> datetime:
    """The stamp of the record a form was opened with; one nobody can have seen if it has none."""
    try:
        return datetime.fromisoformat(request.POST.get(SEEN, ""))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Tab:
    """A part of a family's record."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Frame:
    """What stands round every page of a family: its name, its parts, and the way to social care."""

    name: str
    href: str
    locality: str
    tabs: tuple[Tab, ...]
    harm: str | None
    restricted: tuple[str, str] | None = None


def frame(request: PageRequest, family: Family, here: str, episode: Episode | None = None) -> Frame:
    """The frame of a family's page for someone who sees everything; `here` names the part."""
    episode = episode or latest_episode(family)
    parts = [
        ("overview", "Overview", reverse("families:family", args=[family.pk])),
        ("pictures", "Pictures", reverse("families:pictures", args=[family.pk])),
        ("chronology", "Chronology", reverse("families:chronology", args=[family.pk])),
        ("access", "Who can see this", reverse("families:access", args=[family.pk])),
    ]
    if episode is not None:
        parts.insert(1, ("team", "Team", reverse("families:team", args=[episode.pk])))
    return Frame(
        name=str(family),
        href=parts[0][2],
        locality=family.locality.name if family.locality else "",
        tabs=tuple(Tab(text, href, key == here) for key, text, href in parts),
        harm=reverse("families:harm", args=[family.pk])
        if here != "harm" and request.actor.may(Right.REFER_HARM)
        else None,
        restricted=_restricted(family),
    )


def _restricted(family: Family) -> tuple[str, str] | None:
    """That a record is restricted, and where one of the few reads to whom it is open."""
    found = restriction_of(family)
    if found is None:
        return None
    return f"Restricted: {found}", reverse("restricted:one", args=[found.pk])

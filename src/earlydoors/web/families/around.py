"""The team around a family as a page, and who could join it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.consent.models import Sharing
from earlydoors.domain.consent.queries import sharing_of, word_on
from earlydoors.domain.episodes.models import Episode, LeadChange, TeamPlace
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Membership
from earlydoors.domain.partnership.queries import workers
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.pages import held_by, job_of
from earlydoors.web.families.scope import Frame, frame


@dataclass(frozen=True)
class InTeam:
    """Someone in the team."""

    name: str
    detail: str
    does: str
    since: str
    email: str
    leads: bool
    leave: str | None


@dataclass(frozen=True)
class Led:
    """Someone who led, from a day, and why it changed."""

    name: str
    on: str
    why: str
    family_told: str


@dataclass(frozen=True)
class TeamPage:
    """The page."""

    frame: Frame
    family: tuple[InTeam, ...]
    workers: tuple[InTeam, ...]
    lead: InTeam | None
    led: tuple[Led, ...]
    change_lead: str | None
    add_worker: str | None
    add_own: str | None
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Joinable:
    """Who may join, and which agencies' workers may not, with why."""

    may: tuple[Membership, ...]
    said_no: tuple[str, ...]
    not_asked: tuple[str, ...]


def page(request: PageRequest, episode: Episode) -> TeamPage:
    """Build the page."""
    actor = request.actor
    open_ = episode.state != "closed"
    team = team_of(episode)
    changes = list(
        episode.lead_changes.select_related("member")
        .prefetch_related("member__memberships__agency", "member__memberships__setting")
        .order_by("on", "created_at")
    )
    may_meet = open_ and actor.may(Right.MEET)
    gone = episode.team.exclude(left_on=None).select_related("member", "person")
    places = [_place(one, episode, may_meet) for one in team]
    return TeamPage(
        frame=frame(request, episode.family, "team", episode),
        family=tuple(p for p, one in zip(places, team, strict=True) if one.person_id),
        workers=tuple(
            p for p, one in zip(places, team, strict=True) if one.member_id and not p.leads
        ),
        lead=_lead(episode, team, changes),
        led=tuple(
            Led(one.member.name, day(one.on), one.why, one.family_told) for one in reversed(changes)
        ),
        change_lead=reverse("families:lead", args=[episode.pk])
        if open_ and actor.may(Right.CHANGE_LEAD)
        else None,
        add_worker=reverse("families:add_worker", args=[episode.pk]) if may_meet else None,
        add_own=reverse("families:add_own", args=[episode.pk]) if may_meet else None,
        gone=tuple(f"{one}, until {day(one.left_on)}" for one in gone if one.left_on),
    )


def _place(place: TeamPlace, episode: Episode, may_meet: bool) -> InTeam:
    leads = place.member_id is not None and place.member_id == episode.lead_id
    held = held_by(place.member) if place.member else None
    return InTeam(
        name=str(place),
        detail=job_of(place.member, held) if place.member else "",
        does=place.does,
        since=day(place.joined_on),
        email=place.member.email if place.member else "",
        leads=leads,
        leave=reverse("families:leave_team", args=[episode.pk, place.pk])
        if may_meet and not leads
        else None,
    )


def _lead(
    episode: Episode, team: Sequence[TeamPlace], changes: Sequence[LeadChange]
) -> InTeam | None:
    """Whoever leads, also when they were never put in the team by name."""
    last = next((one for one in reversed(changes) if one.member_id == episode.lead_id), None)
    if last is None:
        return None
    held = held_by(last.member)
    does = next((place.does for place in team if place.member_id == episode.lead_id), "")
    return InTeam(
        name=last.member.name,
        detail=job_of(last.member, held),
        does=does,
        since=day(last.on),
        email=last.member.email,
        leads=True,
        leave=None,
    )


def joinable(episode: Episode, today: date) -> Joinable:
    """Whom the family's agreement lets join, among those who are not in the team yet.

    Agreement is access: no one else can be added, and the page says why.
    """
    words = sharing_of(episode.family)
    inside = set(episode.team.filter(left_on=None).values_list("member_id", flat=True))
    may: list[Membership] = []
    no: dict[str, None] = {}
    unasked: dict[str, None] = {}
    for held in workers(today):
        if held.member_id in inside or held.agency is None:
            continue
        word = word_on(words, held.agency, held.setting)
        if word is not None and word.shares:
            may.append(held)
        elif word is not None:
            no[_refused(word, held)] = None
        else:
            unasked[held.agency.name] = None
    agreed = {held.agency.name for held in may if held.agency}
    return Joinable(
        may=tuple(may),
        said_no=tuple(sorted(no)),
        not_asked=tuple(sorted(set(unasked) - agreed - set(no))),
    )


def _refused(word: Sharing, held: Membership) -> str:
    return word.whom if word.setting_id else str(held.agency)


def offered(people: Iterable[Membership]) -> list[tuple[object, str]]:
    """Workers to choose from: name, what they are, where from."""
    return [(held.pk, f"{held.member.name}, {job_of(held.member, held)}") for held in people]


def may_lead(episode: Episode, actor: Actor) -> list[tuple[object, str, str]]:
    """Who may lead: workers of the team, and whoever asks; not the one who leads already."""
    people = {
        place.member.pk: (place.member, held_by(place.member))
        for place in team_of(episode)
        if place.member is not None
    }
    people.setdefault(actor.member.pk, (actor.member, actor.membership))
    return [
        (
            key,
            f"{member.name} (you)" if key == actor.member.pk else member.name,
            job_of(member, held),
        )
        for key, (member, held) in people.items()
        if key != episode.lead_id
    ]


def record_agreement(episode: Episode) -> str:
    """Where what the family agrees is recorded."""
    return reverse("agreement:record", args=[episode.family_id])

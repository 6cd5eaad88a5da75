"""The team around a family: who is in it, and leaving it."""

from datetime import datetime

from django.db import transaction

from earlydoors.domain.access.operations import leave_work
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.operations import let_in
from earlydoors.domain.consent.queries import may_be_told
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Membership
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import write_down
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo


@transaction.atomic
def add_worker(
    *, episode: Episode, worker: Membership, does: str, by: Actor, at: datetime
) -> TeamPlace:
    """Add a worker, and open the family's record to them.

    Raises `UnableTo` when the family has not agreed that the worker's agency is told: agreement
    is access.
    """
    work_with(by, episode.family, Right.MEET)
    if worker.agency is None or not may_be_told(episode.family, worker.agency, worker.setting):
        whom = worker.setting or worker.agency
        raise UnableTo(
            f"The family has not agreed to share with {whom}. Ask them first, "
            "and record what they say."
        )
    member = worker.member
    _not_twice(episode, member=member)
    place = TeamPlace.make(
        by=by, at=at, episode=episode, member=member, does=does, joined_on=local_day(at)
    )
    let_in(
        family=episode.family,
        member=member,
        because="team",
        agency=worker.agency,
        by=by,
        at=at,
    )
    return _told(place, member.name, by, at)


@transaction.atomic
def add_person(
    *, episode: Episode, person: Person, does: str, by: Actor, at: datetime
) -> TeamPlace:
    """Add someone of the family, or of its own network."""
    work_with(by, episode.family, Right.MEET)
    _not_twice(episode, person=person)
    place = TeamPlace.make(
        by=by, at=at, episode=episode, person=person, does=does, joined_on=local_day(at)
    )
    return _told(place, person.full_name, by, at)


@transaction.atomic
def add_from_network(
    *,
    episode: Episode,
    given_name: str,
    family_name: str,
    phone: str,
    does: str,
    by: Actor,
    at: datetime,
) -> TeamPlace:
    """Add someone of the family's own network who is not on record yet, such as an aunt."""
    work_with(by, episode.family, Right.MEET)
    person = write_down(given_name=given_name, family_name=family_name, phone=phone, by=by, at=at)
    return add_person(episode=episode, person=person, does=does, by=by, at=at)


@transaction.atomic
def leave(*, place: TeamPlace, by: Actor, at: datetime) -> TeamPlace:
    """Someone leaves the team. Raises `UnableTo` for the one who leads."""
    episode = place.episode
    work_with(by, episode.family, Right.MEET)
    if place.left_on is not None:
        raise UnableTo("They have already left the team.")
    if place.member_id and place.member_id == episode.lead_id:
        raise UnableTo("Agree on a new lead first; then they can leave the team.")
    place.change(by=by, at=at, left_on=local_day(at))
    if place.member:
        leave_work(family=episode.family, member=place.member, by=by, at=at)
    name = place.member.name if place.member else str(place.person)
    tell(
        "team.left",
        f"{name} left the team.",
        family=episode.family,
        subject=place,
        by=by,
        at=at,
    )
    return place


def _not_twice(episode: Episode, **who: object) -> None:
    if episode.team.filter(left_on=None, **who).exists():
        raise UnableTo("They are already in the team.")


def _told(place: TeamPlace, name: str, by: Actor, at: datetime) -> TeamPlace:
    tell(
        "team.joined",
        f"{name} joined the team.",
        family=place.episode.family,
        subject=place,
        by=by,
        at=at,
    )
    return place

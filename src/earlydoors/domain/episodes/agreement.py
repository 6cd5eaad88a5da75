"""The family's answer to an offer of help, moving their help on."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.consent import operations as consent
from earlydoors.domain.consent.models import Agreement, Refusal
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.operations import move
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person


@transaction.atomic
def agree(*, episode: Episode, person: Person, by: Actor, at: datetime, **given: Any) -> Agreement:
    """Record a yes (see `consent.operations.give`); an offer becomes agreed help."""
    if EPISODE.can("agree", episode.state):
        # Before the doors close: the family may not have named the recorder's own agency.
        move(episode=episode, name="agree", says="The family said yes to help.", by=by, at=at)
    return consent.give(family=episode.family, person=person, by=by, at=at, **given)


@transaction.atomic
def decline(
    *, episode: Episode, person: Person, refused_on: date, by: Actor, at: datetime, **given: Any
) -> Refusal:
    """Record a no (see `consent.operations.refuse`). Never a bar to a later yes."""
    refusal = consent.refuse(
        family=episode.family, person=person, refused_on=refused_on, by=by, at=at, **given
    )
    if EPISODE.can("decline", episode.state):
        says = "The family said no for now. The offer stays open."
        move(episode=episode, name="decline", says=says, by=by, at=at)
    return refusal


@transaction.atomic
def withdraw(
    *, episode: Episode | None, agreement: Agreement, why: str, by: Actor, at: datetime
) -> Agreement:
    """End an agreement; when none is left, the help under way stops until the family says yes."""
    if episode is not None and ends_with(episode, agreement):
        # Before the doors close: whoever records it may be among those who lose access by it.
        who = agreement.person.full_name
        says = f"{who} withdrew, and no agreement is left. The offer stays open."
        move(episode=episode, name="decline", says=says, by=by, at=at)
    return consent.withdraw(agreement=agreement, why=why, by=by, at=at)


def ends_with(episode: Episode, agreement: Agreement) -> bool:
    """Whether help cannot go on without this agreement: no other stands."""
    others = [one for one in agreements_of(episode.family) if one != agreement]
    return not others and EPISODE.can("decline", episode.state)

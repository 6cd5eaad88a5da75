"""What a guardian decides about a record that came up: dispose of it, with another guardian's
agreement, or keep it longer."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.queries import ACROSS, holds_on
from earlydoors.domain.retention.states import REVIEW
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

HELD = "The record is held. Nothing of it is disposed of until the hold is lifted."
_AGAIN: dict[str, Any] = {
    "proposed_at": None,
    "proposed_by": None,
    "proposed_why": "",
    "agreed_at": None,
    "agreed_by": None,
}


def _fresh(review: Review, by: Actor) -> Review:
    by.must(Right.INFORM)
    return Review.objects.select_for_update().get(pk=review.pk)


def _move(name: str, one: Review, by: Actor, at: datetime, **fields: Any) -> Review:
    fields |= {"state": REVIEW.move(name, one.state), "state_since": at}
    for key, value in fields.items():
        setattr(one, key, value)
    one.save(update_fields=[*fields])
    event = REVIEW.by_name[name].event
    record(event, subject=one, family_id=one.family_id, by=by, at=at, details={"rule": one.rule})
    return one


@crossing(ACROSS)
@transaction.atomic
def propose(*, review: Review, why: str, by: Actor, at: datetime) -> Review:
    """Propose that a record is disposed of. Nothing goes before another guardian agrees.

    Raises `NotAllowed`, and `UnableTo` without a reason and while it is held.
    """
    one = _fresh(review, by)
    REVIEW.move("propose", one.state)
    if not why.strip():
        raise UnableTo("Write why it is not needed any more.")
    if holds_on(one.family_id):
        raise UnableTo(HELD)
    given = {"proposed_at": at, "proposed_by": by.member, "proposed_why": why.strip()}
    return _move("propose", one, by, at, **given, turned_down_why="")


@crossing(ACROSS)
@transaction.atomic
def agree(*, review: Review, by: Actor, at: datetime) -> Review:
    """Agree to what another guardian proposed: it is disposed of at night.

    Raises `NotAllowed`, and `UnableTo` for whoever proposed it and while it is held.
    """
    one = _fresh(review, by)
    REVIEW.move("agree", one.state)
    if one.proposed_by_id == by.member.pk:
        raise UnableTo("You proposed it yourself. Another information guardian has to agree.")
    if holds_on(one.family_id):
        raise UnableTo(HELD)
    return _move("agree", one, by, at, agreed_at=at, agreed_by=by.member)


@transaction.atomic
def turn_down(*, review: Review, why: str, by: Actor, at: datetime) -> Review:
    """Take a proposal from the table, one's own too, until the night in which it is carried out.

    Raises `NotAllowed`, and `UnableTo` without a reason.
    """
    one = _fresh(review, by)
    REVIEW.move("turn_down", one.state)
    if not why.strip():
        raise UnableTo("Write why it is not disposed of.")
    return _move("turn_down", one, by, at, **_AGAIN, turned_down_why=why.strip())


@transaction.atomic
def keep_longer(*, review: Review, until: date, why: str, by: Actor, at: datetime) -> Review:
    """Keep a record longer: it comes up again on that day.

    Raises `NotAllowed`, and `UnableTo` without a reason or for a day that is not to come.
    """
    one = _fresh(review, by)
    REVIEW.move("keep", one.state)
    if until <= local_day(at):
        raise UnableTo("Choose a day to come, on which it comes up again.")
    if not why.strip():
        raise UnableTo("Write why it is kept longer.")
    given = {"kept_at": at, "kept_by": by.member, "kept_until": until, "kept_why": why.strip()}
    return _move("keep", one, by, at, **_AGAIN, **given)

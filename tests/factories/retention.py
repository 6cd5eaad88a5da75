"""Holds on records, and records whose time is over."""

from datetime import UTC, datetime

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.domain.retention import weighing
from earlydoors.domain.retention.coming_up import bring_up
from earlydoors.domain.retention.disposing import dispose
from earlydoors.domain.retention.holding import Wanted, hold_family
from earlydoors.domain.retention.models import Certificate, Hold, Review
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from tests.factories.partnership import worker

LATER = datetime(2060, 3, 2, 3, 0, tzinfo=UTC)
"""A night long after any help of the tests has ended."""
WHY = "They ask for everything about the summer."


def wanted(*, reason: str = "court", at: datetime | None = None) -> Wanted:
    """The county court asks to have it held, from today on."""
    return Wanted(reason, WHY, "County Court, letter 12", local_day(at or datetime.now(UTC)))


def held_by_court(family: Family, *, by: Actor, at: datetime | None = None) -> Hold:
    """A family's record, held because the county court asked for it."""
    at = at or datetime.now(UTC)
    return hold_family(family=family, wanted=wanted(at=at), by=by, at=at)


def came_up(family: Family, *, at: datetime | None = None) -> Review:
    """A family's record that came up, at a moment after its time: in 2060 unless `at` says."""
    bring_up(profile=current(), at=at or LATER)
    return Review.objects.get(family=family, state="waiting")


def agreed(family: Family, *, at: datetime | None = None) -> Review:
    """A family's record that two guardians agreed to dispose of."""
    review = came_up(family, at=at)
    weighing.propose(
        review=review, why="Nobody asked in years.", by=worker("auditor"), at=at or LATER
    )
    return weighing.agree(review=review, by=worker("auditor"), at=at or LATER)


def disposed_of(family: Family, *, at: datetime | None = None) -> Certificate:
    """What certifies that a family's record was disposed of."""
    return dispose(review=agreed(family, at=at), profile=current(), at=at or LATER)

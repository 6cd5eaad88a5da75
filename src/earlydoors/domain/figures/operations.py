"""Reading figures: recorded, as every look is."""

from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record


@transaction.atomic
def read_figures(*, cut: str, as_file: bool, since: date, by: Actor, at: datetime) -> None:
    """Record that somebody reads the figures of a year that begins on a day, or takes them as a
    file. Raises `NotAllowed` for a role that does not read figures.
    """
    by.must(Right.READ_FIGURES)
    details = {"cut": cut, "file": as_file, "since": since.isoformat()}
    record("figures.read", subject=by.member, by=by, at=at, details=details)

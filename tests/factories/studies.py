"""Studies that an analyst asks for."""

from datetime import UTC, date, datetime
from typing import Any

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.studies import operations
from earlydoors.domain.studies.columns import TABLES, Fact
from earlydoors.domain.studies.models import Study
from earlydoors.domain.studies.operations import Asked
from earlydoors.foundation.kernel.dates import local_day, months_later
from tests.factories.partnership import worker


def asked(**other: Any) -> Asked:
    """A study of everything, about the three years until now, that goes on for a year."""
    today = local_day(datetime.now(UTC))
    said: dict[str, Any] = {
        "title": "What brings families back",
        "asks": "Whether families who came back had stepped down early.",
        "helps": "Families whose help ends.",
        "kept_where": "On the analysts' drive, which three people can open.",
        "tables": [one.key for one in TABLES],
        "facts": list(Fact),
        "first": date(today.year - 3, today.month, 1),
        "last": today,
        "ends_on": months_later(today, 12),
    }
    return Asked(**said | other)


def study_asked(*, by: Actor | None = None, **other: Any) -> Study:
    """A study that waits for a guardian."""
    return operations.ask(asked=asked(**other), by=by or worker("analyst"), at=datetime.now(UTC))


def study_agreed(*, by: Actor | None = None, **other: Any) -> Study:
    """A study that a guardian agreed to."""
    return operations.agree(
        study=study_asked(by=by, **other),
        why="It is worth it, and the drive is safe.",
        by=worker("auditor"),
        at=datetime.now(UTC),
    )

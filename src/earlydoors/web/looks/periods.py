"""The time that a report of looks covers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from earlydoors.domain.access.unusual import PERIODS
from earlydoors.foundation.kernel.dates import LONDON

USUAL = 30


@dataclass(frozen=True)
class Period:
    """So many days back from today, today included, until a moment."""

    days: int
    since: datetime
    until: datetime


def period(asked: str, today: date, until: datetime) -> Period:
    """The time that an address asks for; thirty days where it asks for nothing known."""
    days = int(asked) if asked in {str(one) for one in PERIODS} else USUAL
    first = today - timedelta(days=days - 1)
    return Period(days, datetime.combine(first, time(), LONDON), until)


def until_midnight(today: date) -> datetime:
    """The end of today in London."""
    return datetime.combine(today + timedelta(days=1), time(), LONDON)

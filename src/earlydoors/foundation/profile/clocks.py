"""When a step is due, on the area's own clocks."""

from datetime import date, timedelta

from earlydoors.foundation.kernel.dates import months_later
from earlydoors.foundation.kernel.working_days import add_working_days
from earlydoors.foundation.profile.schema import ClockKey, Profile

_DAYS = {"days": 1, "weeks": 7}


def due(profile: Profile, clock: ClockKey, start: date) -> date:
    """The last day on which a step begun on `start` is in time."""
    length = profile.timescale(clock)
    if length.unit == "working_days":
        return add_working_days(start, length.number)
    if length.unit == "months":
        return months_later(start, length.number)
    return start + timedelta(days=length.number * _DAYS[length.unit])

"""How long the area's front door takes, and how a clock is shown."""

from datetime import date

from earlydoors.domain.frontdoor.rules import clock
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design.words import count_in_words, sentence

_UNITS = {
    "working_days": "working day",
    "days": "day",
    "weeks": "week",
    "months": "month",
}


def within(key: ClockKey) -> str:
    """The length of one of the area's clocks: within three working days."""
    length = current().timescale(key)
    if length.number == 0:
        return "the same day"
    return f"within {count_in_words(length.number, _UNITS[length.unit])}"


def shown(due_on: date, today: date) -> tuple[str, str]:
    """A clock as a tag: its words and its tone."""
    stands = clock(due_on, today)
    return sentence(stands.says), "harm" if stands.late else "due" if stands.soon else "plain"

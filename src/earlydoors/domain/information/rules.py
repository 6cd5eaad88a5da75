"""When a request about one's own information has to be answered: the law's clock, by the calendar.

The lengths stand in the profile, each with its source (`information.clocks`). How they are counted
follows the Information Commissioner's guidance on the right of access and on complaints: months run
to the same day of a later month or to its last day, days from the day after, and an end on a
weekend or bank holiday moves to the next working day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from earlydoors.foundation.kernel.dates import months_later
from earlydoors.foundation.kernel.working_days import is_working_day
from earlydoors.foundation.profile.information import LegalClock


@dataclass(frozen=True)
class Asked:
    """Something asked back of whoever made the request, and when it came, if it has."""

    what: str
    asked_on: date
    heard_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """How a clock stands: the last day, or since when it stands still, or that it has not begun."""

    last_day: date | None
    still_since: date | None = None
    not_begun: bool = False


def read(
    clock: LegalClock, received_on: date, asked: Iterable[Asked] = (), *, extended: bool = False
) -> Reading:
    """How a clock stands for a request received on a day.

    A clock that waits for proof of who asks begins on the day the proof came (UK GDPR, article
    12(6) and 12A(2)). One that stands still leaves out the days from asking for what is needed to
    find the information until the day it came (article 12A). The Act leaves out both of these days;
    one of them is counted here, so that nobody is answered later than the law can be read to say.
    """
    asked = list(asked)
    begun = received_on
    if clock.after_identity:
        proofs = [one for one in asked if one.what == "identity"]
        waits = next((one for one in proofs if one.heard_on is None), None)
        if waits:
            return Reading(None, not_begun=True)
        begun = max([received_on, *(one.heard_on for one in proofs if one.heard_on)])
    still = 0
    for one in asked if clock.stands_still else ():
        if one.what != "clarification":
            continue
        if one.heard_on is None:
            return Reading(None, still_since=one.asked_on)
        still += max((one.heard_on - max(one.asked_on, begun)).days, 0)
    longer = clock.longer if extended else 0
    if clock.unit == "months":
        end = months_later(begun, clock.number + longer)
    else:
        end = months_later(begun + timedelta(days=clock.number), longer)
    end += timedelta(days=still)
    while clock.rolls_on and not is_working_day(end):
        end += timedelta(days=1)
    return Reading(end)

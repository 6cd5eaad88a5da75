"""By what a family's record is asked for, and when its time is over: pure, by the profile's rules.

The rules stand in the profile (`information.retention`), each with its source. What is counted, and
from which day, is said here.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.foundation.kernel.dates import months_later
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.information import RetentionRule

# Without letters that are read as another, so that it can be said over the phone.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011", " -–")
_LENGTH, _BITS = 10, 50
_REST = 128 - _BITS


def reference_of(family_id: UUID) -> str:
    """The reference by which a record is asked for from outside, such as `7K3QM-9XT2A`.

    It is made of the record's own id and says nothing of the family.
    """
    left = family_id.int >> _REST
    signs = "".join(_SIGNS[left >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return f"{signs[:5]}-{signs[5:]}"


def ids_of(reference: str) -> tuple[UUID, UUID]:
    """The first and the last id that a reference can stand for, however it is typed.

    Raises `UnableTo` for what is no reference.
    """
    plain = reference.upper().translate(_READ_AS)
    if len(plain) != _LENGTH or set(plain) - set(_SIGNS):
        raise UnableTo("A reference has ten letters and digits, such as 7K3QM-9XT2A.")
    value = 0
    for sign in plain:
        value = value << 5 | _SIGNS.index(sign)
    first = value << _REST
    return UUID(int=first), UUID(int=first | (1 << _REST) - 1)


@dataclass(frozen=True)
class Facts:
    """What the rules ask about a family's record, in days. `under_way` is what keeps it from coming
    up whatever the day, in a sentence; empty where nothing does."""

    begun_on: date
    help_ended: date | None = None
    request_ended: date | None = None
    helped: bool = False
    stepped_up: bool = False
    youngest_born: date | None = None
    births_unknown: bool = False
    under_way: str = ""
    kept_until: date | None = None


@dataclass(frozen=True)
class Due:
    """When a record's time is over: counted from which event, of which day."""

    event: str
    counted_from: date
    due_on: date


EVENTS = [
    ("help_ended", "The end of the last help"),
    ("request_ended", "The end of the last request"),
    ("begun", "The record was begun; no help or request stands in it"),
    ("youngest_born", "The birth of the youngest child"),
    ("kept_longer", "The day until which it was kept longer"),
]


def what_of(facts: Facts) -> str:
    """Which of the profile's rules a record falls under."""
    if facts.stepped_up:
        return "stepped_up"
    return "helped" if facts.helped else "never_helped"


def last_end(facts: Facts) -> date:
    """The day after which nothing was done with a record."""
    ends = (facts.help_ended, facts.request_ended)
    return max((one for one in ends if one is not None), default=facts.begun_on)


def due(facts: Facts, rule: RetentionRule) -> Due | None:
    """When a record's time is over by a rule; None while something of it is under way.

    A rule that counts from the last end starts anew with each later help or request: the later one
    keeps the earlier ones. One that counts from a birth does not. Where a child's birthday is not
    known, years from a birth are counted from the last end, by which every child was born.
    Somebody's decision to keep it longer counts where it is the later day.
    """
    if facts.under_way:
        return None
    ends = [
        (on, event)
        for event, on in (
            ("help_ended", facts.help_ended),
            ("request_ended", facts.request_ended),
        )
        if on is not None
    ]
    counted, event = max(ends, default=(facts.begun_on, "begun"))
    if rule.counted_from == "youngest_born" and facts.youngest_born and not facts.births_unknown:
        counted, event = facts.youngest_born, "youngest_born"
    over = months_later(counted, 12 * rule.years)
    if facts.kept_until is not None and facts.kept_until > over:
        return Due("kept_longer", facts.kept_until, facts.kept_until)
    return Due(event, counted, over)


def is_over(found: Due | None, today: date) -> bool:
    """Whether a record's time is over: on the very day it is."""
    return found is not None and found.due_on <= today

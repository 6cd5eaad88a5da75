"""What is unusual about somebody's looks at families: rules that can be read, and no score.

Each rule says in a sentence what it noticed and why that may be innocent; a person judges. No
figure for any of these was found published: every threshold here is assumed, stands only here, and
says what it was chosen for. Change one and the report changes with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from earlydoors.foundation.kernel.dates import day

PERIODS = (7, 30, 90)
"""The days a report may look back over."""

USUAL_OVER = timedelta(days=30)
"""Assumed: what somebody usually does is told by the report's time and this long before it."""

MANY = 15
"""Assumed: fewer families than this in one day are never many, so that a quiet worker's busy day
is not told of."""

TIMES_USUAL = 3
"""Assumed: a day with this many times the families of one's own middle day stands out. Whoever
sees a hundred each day at the front door is measured by that."""

NIGHT_FROM, NIGHT_TO = 22, 6
"""Assumed: the hours of London's clock between which hardly anybody works."""

LATE = 3
"""Assumed: one look late in the evening is a letter finished at home; a third is told of."""

AGAIN_DAYS = 5
"""Assumed: on so many different days somebody looks at a family without having anything to do for
it. Fewer is reading in before a meeting."""

WORK_WITHIN = timedelta(days=30)
"""Assumed: anything done for the family from this long before the first look counts as work."""

TOLD = 3
"""Assumed: so many families of which somebody was told that there is help, and never did anything
with the answer. One or two are worries that came to nothing."""

SOON = timedelta(days=90)
"""Assumed: looks within this time after one's work with a family ended are told of. What comes
later has most likely a reason of its own, such as a new request."""


@dataclass(frozen=True)
class Facts:
    """What the evidence says of one person's looks in a time. A look that somebody looked into
    already is in none of them but `usual`.

    `many` families on the day `many_on`, by the middle day of `usual` (none: no other day is
    known); `late` looks at night or at weekends, on `late_days` days; `again` families looked at
    on many days without work, at most on `again_days`; `namesakes` families with the looker's own
    surname; `told` families of which they were only told, `told_looked` of them looked at after
    all; `after` families looked at soon after the work with them ended.
    """

    many: int = 0
    many_on: date | None = None
    usual: int | None = None
    late: int = 0
    late_days: int = 0
    again: int = 0
    again_days: int = 0
    namesakes: int = 0
    told: int = 0
    told_looked: int = 0
    after: int = 0
    families: int = 0
    looks: int = 0
    latest: datetime | None = None


@dataclass(frozen=True)
class Reason:
    """Something noticed, and why it may be innocent."""

    key: str
    says: str
    innocent: str


def _families(number: int) -> str:
    return "1 family" if number == 1 else f"{number} families"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def own_name(facts: Facts) -> Reason | None:
    """Families with the looker's own surname, or a half of it."""
    if not facts.namesakes:
        return None
    return Reason(
        "own_name",
        f"Looked at {_families(facts.namesakes)} with a surname like their own.",
        "Many people share a surname. Ask whether they are related.",
    )


def again_without_work(facts: Facts) -> Reason | None:
    """The same family on many days, with nothing done for it."""
    if not facts.again:
        return None
    return Reason(
        "again",
        f"Came back to {_families(facts.again)} on up to {_days(facts.again_days)}, "
        "and wrote nothing for them.",
        "A manager who reads along, or a teacher in the team, may have nothing to write.",
    )


def after_the_end(facts: Facts) -> Reason | None:
    """Looks once the work with a family was over."""
    if not facts.after:
        return None
    return Reason(
        "after",
        f"Looked at {_families(facts.after)} after their work with them had ended.",
        "Perhaps they handed over to somebody, or the family rang them.",
    )


def only_told(facts: Facts) -> Reason | None:
    """Asked whether families are known, was told so, and had nothing to do with them."""
    if facts.told < TOLD and not facts.told_looked:
        return None
    says = f"Asked about {_families(facts.told)}, was told that there is help, and went no further."
    if facts.told_looked:
        says = (
            f"Asked about {_families(facts.told)} and was told that there is help. Looked at "
            f"{facts.told_looked} of them without doing anything for them."
        )
    return Reason("told", says, "A worry may have come to nothing once they rang the other worker.")


def many_in_a_day(facts: Facts) -> Reason | None:
    """More families in one day than this person's own usual day, and more than a few."""
    if facts.many < MANY or facts.many_on is None:
        return None
    if facts.usual is not None and facts.many < facts.usual * TIMES_USUAL:
        return None
    usual = (
        "No other day of theirs is known."
        if facts.usual is None
        else f"Their usual day has {facts.usual}."
    )
    return Reason(
        "many",
        f"Looked at {_families(facts.many)} on {day(facts.many_on)}. {usual}",
        "Perhaps they prepared a panel, took over from somebody, or began here.",
    )


def out_of_hours(facts: Facts) -> Reason | None:
    """Looks at night or at weekends."""
    if facts.late < LATE:
        return None
    return Reason(
        "late",
        f"Looked {facts.late} times at night or at a weekend, on {_days(facts.late_days)}.",
        "They may work shifts or be on call, or write up their notes late.",
    )


RULES: Mapping[str, Callable[[Facts], Reason | None]] = {
    "own_name": own_name,
    "again": again_without_work,
    "after": after_the_end,
    "told": only_told,
    "many": many_in_a_day,
    "late": out_of_hours,
}
"""Every rule by its key, what to look into first at the top."""


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """What the rules noticed, what to look into first before the rest."""
    return tuple(reason for rule in RULES.values() if (reason := rule(facts)))


def place(noticed: Sequence[Reason], latest: datetime | None) -> tuple[int, int, float]:
    """Where somebody stands in the report, the smallest first: by the first of their reasons, then
    by how many there are, then by the latest look. Nothing is added up, and no number is shown."""
    first = min(list(RULES).index(one.key) for one in noticed)
    return first, -len(noticed), -(latest.timestamp() if latest else 0.0)

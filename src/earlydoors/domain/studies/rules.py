"""Keeping back what would tell too few people apart.

Each row of people or families shares what is told of it with at least so many others of the same
table, or less is told of it, one thing after another, until it does. This is k-anonymity by keeping
cells back (Samarati and Sweeney, 1998). It guards what stands in a row against whoever knows
somebody; it does not guard against whoever puts a family's rows together with what they know of the
family. What an analyst takes away stays personal data.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from earlydoors.domain.studies.columns import KEPT_BACK
from earlydoors.foundation.kernel.dates import months_later

type Row = dict[str, str]
LONGEST_MONTHS = 36
"""How long after it is asked for a study can go on."""


def keep_back(
    rows: Sequence[Mapping[str, str]],
    goes_first: Sequence[str],
    least: int,
    beside: Sequence[str] = (),
) -> list[Row]:
    """The rows, in their order, with what tells too few of them apart kept back.

    `goes_first` are the columns that tell rows apart, in the order in which they are kept back.
    `beside` are columns that tell them apart as well, and are told whatever stands in these. A row
    shares what is told of it with at least `least` rows, or nothing of `goes_first` is told of it.
    """
    kept = [dict(row) for row in rows]
    tells = (*beside, *goes_first)
    for column in goes_first:
        alike = Counter(tuple(row[one] for one in tells) for row in kept)
        few = [row for row in kept if alike[tuple(row[one] for one in tells)] < least]
        for row in few:
            row[column] = KEPT_BACK
    return kept


def whole_months(since: date, until: date) -> tuple[date, date]:
    """From the first day of the one's month until the first day after the other's."""
    return since.replace(day=1), months_later(until.replace(day=1), 1)


def faults(first: date, last: date, ends_on: date, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with the time that a study is about and goes on: which of the days, and why."""
    if first.replace(day=1) > last.replace(day=1):
        yield "last", "The last month cannot be before the first."
    if last.replace(day=1) > today.replace(day=1):
        yield "last", "The last month cannot be one to come."
    if not today < ends_on <= months_later(today, LONGEST_MONTHS):
        yield "ends_on", "Choose a day to come, within three years."

"""Figures as they may be told: counted in the database, with small numbers kept back already.

What leaves this module is told to whoever reads figures. The functions that count are those of
`domain/figures.sql`, and give nothing to anybody else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from earlydoors.domain.figures.rules import Told, told, told_median, told_parts
from earlydoors.foundation.kernel.dates import months_later
from earlydoors.foundation.profile.schema import AgencyKind, ClockKey, Decision, Profile

MEASURES = (
    "requests", "returns", "open", "agreements", "assessments", "plans", "reviews", "steps_up",
    "steps_down", "closings",
)  # fmt: skip
WAITS = ("conversation", "plan")
QUARTERS = 4
NOT_KNOWN = ""
"""The part of what has no place or agency, and of records that are restricted to a few."""


class Cut(StrEnum):
    """How the figures of a year are divided."""

    MONTH = "month"
    OUTCOME = "outcome"
    LOCALITY = "locality"
    AGENCY_KIND = "agency_kind"


@dataclass(frozen=True)
class Line:
    """One part of a measure, by its key, with what is told of it in each period."""

    part: str
    numbers: tuple[Told, ...]


@dataclass(frozen=True)
class Measure:
    """One measure: its totals by quarter, and its parts by quarter, or its months."""

    key: str
    totals: tuple[Told, ...]
    lines: tuple[Line, ...]
    months: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Wait:
    """How many days families waited, by quarter: for half of them and for nine of ten."""

    key: str
    part: str
    half: tuple[Told | None, ...]
    ninetieth: tuple[Told | None, ...]


@dataclass(frozen=True)
class Figures:
    """A year's figures, divided in one way. `quarters` are the first days of each."""

    cut: Cut
    quarters: tuple[date, ...]
    months: tuple[date, ...]
    measures: tuple[Measure, ...]
    waits: tuple[Wait, ...]


def quarters_until(today: date, years_back: int = 0) -> tuple[date, ...]:
    """The first days of the last four quarters that are over, or of as many some years before.

    A quarter that goes on is not told of: two looks at it would tell what came between them.
    """
    began = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    back = [QUARTERS * years_back + n for n in range(QUARTERS, 0, -1)]
    return tuple(months_later(began, -3 * n) for n in back)


def figures(profile: Profile, cut: Cut, quarters: Sequence[date]) -> Figures:
    """The figures of four quarters. Nothing is counted for who does not read figures."""
    since, until = quarters[0], months_later(quarters[-1], 3)
    months = tuple(months_later(since, n) for n in range(3 * len(quarters)))
    within = _review_within(profile)
    counted = _counted(cut, since, until, within)
    least = profile.figures.least
    make = _by_month if cut == Cut.MONTH else _by_part
    measures = tuple(
        make(key, cut, profile, counted.get(key, {}), quarters, least) for key in MEASURES
    )
    return Figures(
        cut, tuple(quarters), months, measures, _waits(profile, cut, since, until, quarters)
    )


type Counts = Mapping[str, Mapping[date, int]]


def _by_part(
    key: str, cut: Cut, profile: Profile, counts: Counts, quarters: Sequence[date], least: int
) -> Measure:
    parts = _parts(key, cut, profile, counts)
    columns = [[counts.get(part, {}).get(quarter, 0) for part in parts] for quarter in quarters]
    shown = [told_parts(column, least) for column in columns]
    lines = tuple(Line(part, tuple(column[n] for column in shown)) for n, part in enumerate(parts))
    totals = tuple(told(sum(column), least) for column in columns)
    return Measure(key, totals, lines if len(parts) > 1 else ())


def _by_month(
    key: str, _cut: Cut, _profile: Profile, counts: Counts, quarters: Sequence[date], least: int
) -> Measure:
    """By month and quarter. What is open at the end of a month is no part of a sum: of it the last
    month of a quarter is the quarter's."""
    by_month = counts.get(NOT_KNOWN, {})
    columns = [[by_month.get(months_later(q, n), 0) for n in range(3)] for q in quarters]
    if key == "open":
        months = [told(number, least) for column in columns for number in column]
        return Measure(key, tuple(told(c[-1], least) for c in columns), (), tuple(months))
    totals = tuple(told(sum(column), least) for column in columns)
    return Measure(
        key, totals, (), tuple(one for column in columns for one in told_parts(column, least))
    )


def _parts(key: str, cut: Cut, profile: Profile, counts: Counts) -> list[str]:
    """Every part that there could be, in the profile's order, then those that it has no more: which
    are told must not follow from what was counted, but for what the profile dropped."""
    if cut == Cut.LOCALITY:
        known = [one.key for one in profile.localities] + [NOT_KNOWN]
    elif cut == Cut.AGENCY_KIND:
        kinds = {agency.kind for agency in profile.agencies}
        known = [str(kind) for kind in AgencyKind if kind in kinds] + [NOT_KNOWN]
    else:
        known = {
            "requests": [str(one) for one in Decision],
            "open": [one.key for one in profile.levels],
            "closings": [one.key for one in profile.closing_reasons],
            "reviews": ["in_time", "late"],
        }.get(key, [NOT_KNOWN])
    return known + sorted(set(counts) - set(known))


def _waits(
    profile: Profile, cut: Cut, since: date, until: date, quarters: Sequence[date]
) -> tuple[Wait, ...]:
    rule = profile.figures
    found = {
        (row["measure"], row["part"], row["period"]): row
        for row in _rows("SELECT * FROM public.wall_waits(%s, %s, %s)", [since, until, str(cut)])
    }
    divided = cut in {Cut.LOCALITY, Cut.AGENCY_KIND}
    parts = [p for p in _parts("", cut, profile, {}) if p] if divided else [NOT_KNOWN]
    made = []
    for key in WAITS:
        for part in parts:
            rows = [found.get((key, part, quarter), {}) for quarter in quarters]
            half = [told_median(r.get("middle"), r.get("number", 0), rule.least) for r in rows]
            ninetieth = [
                told_median(r.get("ninetieth"), r.get("number", 0), rule.ninetieth_from)
                for r in rows
            ]
            made.append(Wait(key, part, tuple(half), tuple(ninetieth)))
    return tuple(made)


def _counted(cut: Cut, since: date, until: date, within: str) -> Mapping[str, Counts]:
    counted: dict[str, dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    question = "SELECT * FROM public.wall_figures(%s, %s, %s, %s::interval)"
    for row in _rows(question, [since, until, str(cut), within]):
        counted[row["measure"]][row["part"]][row["period"]] = row["number"]
    return counted


def _review_within(profile: Profile) -> str:
    """The area's rhythm of reviews as the database takes it; working days as days of the week."""
    length = profile.timescale(ClockKey.REVIEW)
    if length.unit == "working_days":
        return f"{-(-length.number * 7 // 5)} days"
    return f"{length.number} {length.unit}"


def _rows(sql: str, given: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

"""What the pages of figures show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.figures.queries import NOT_KNOWN, Cut, Figures, Measure, Wait
from earlydoors.domain.figures.rules import Kept, Told
from earlydoors.foundation.kernel.dates import day, months_later
from earlydoors.foundation.profile.schema import ClockKey, Profile
from earlydoors.web.area.charts import Dot, beside
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Chart, Header
from earlydoors.web.design.words import sentence

YEARS = 10
HEADERS = ("Measure", "Part", "Period", "Number")
_CUTS = {
    Cut.OUTCOME: "By quarter",
    Cut.MONTH: "By month",
    Cut.LOCALITY: "By {locality}",
    Cut.AGENCY_KIND: "By kind of agency",
}
_DIVIDED = {
    "requests": "By what was decided.",
    "open": "By level of need.",
    "closings": "By why it ended.",
}
_DECISIONS = {
    "advice": "Advice",
    "single_agency": "Help from one agency",
    "coordinated": "Help from several agencies together",
    "panel": "To a panel",
    "social_care": "To social care",
}
_REVIEWS = {"in_time": "Held in time", "late": "Held late"}
_KINDS = {
    "council": "Council",
    "school": "Schools",
    "early_years": "Early years",
    "health": "Health",
    "police": "Police",
    "housing": "Housing",
    "voluntary": "Voluntary groups",
    "social_care": "Social care",
    "other": "Others",
}


@dataclass(frozen=True)
class Choice:
    """A way to divide the figures, or a year, to choose."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Row:
    """A line of a table: what it counts, the cells, and whether it is the total."""

    says: str
    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """One measure: what it counts, its rows, and its picture where every total is told; or all
    measures of one quarter by its months."""

    key: str
    title: str
    explains: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None
    of_a_quarter: bool = False


@dataclass(frozen=True)
class Page:
    """The figures of a year, divided in one way."""

    area: str
    years: str
    cuts: tuple[Choice, ...]
    back: tuple[Choice, ...]
    tables: tuple[Table, ...]
    least: int
    file: str


def page(found: Figures, profile: Profile, back: int) -> Page:
    """Build the page."""
    until = months_later(found.quarters[-1], 3)
    return Page(
        area=profile.name,
        years=f"{_month(found.quarters[0])} to {_month(months_later(until, -1))}",
        cuts=tuple(
            Choice(_cut(cut, profile), _address("show", cut, back), cut == found.cut)
            for cut in _CUTS
        ),
        back=tuple(
            Choice(text, _address("show", found.cut, to), here=False)
            for text, to in (("The year before", back + 1), ("The year after", back - 1))
            if 0 <= to < YEARS
        ),
        tables=(*_tables(found, profile), *_waits(found, profile)),
        least=profile.figures.least,
        file=_address("file", found.cut, back),
    )


def rows(found: Figures, profile: Profile) -> Iterator[Sequence[str]]:
    """The same as a table has it: a line for each number."""
    for table in page(found, profile, 0).tables:
        for row in table.rows:
            named = (row.says, "All") if table.of_a_quarter else (table.title, row.says)
            periods = (*table.headers[:-1], table.title) if table.of_a_quarter else table.headers
            for period, cell in zip(periods, row.cells, strict=True):
                yield *named, period, cell


def _address(route: str, cut: Cut, back: int) -> str:
    return f"{reverse(f'figures:{route}')}?by={cut}&back={back}"


def _cut(cut: Cut, profile: Profile) -> str:
    return _CUTS[cut].format(locality=profile.words.locality.one)


def _month(first: date) -> str:
    return day(first).split(" ", 1)[1]


def _quarter(first: date) -> str:
    began, ended = (_month(months_later(first, n)).split() for n in (0, 2))
    return f"{began[0][:3]} to {ended[0][:3]} {ended[1]}"


def _titles(profile: Profile) -> dict[str, tuple[str, str]]:
    words = profile.words
    length = profile.timescale(ClockKey.REVIEW)
    unit = length.unit.replace("_", " ")
    review = f"{length.number} {unit[:-1] if length.number == 1 else unit}"
    return {
        "requests": (f"{words.request.many} answered", ""),
        "returns": (
            "Families who came back",
            f"{sentence(words.request.many)} about families whose help ended within a year before.",
        ),
        "open": (
            "Families with help open or offered",
            "How many there were on the last day.",
        ),
        "agreements": ("Agreements", "Families who agreed to help, or agreed anew."),
        "assessments": (f"{words.assessment.many} finished", ""),
        "plans": (f"{words.family_plan.many} agreed", ""),
        "reviews": (
            f"{words.review.many} held",
            f"In time is within {review} of the plan or the review before.",
        ),
        "steps_up": ("Steps up", "Families who moved to a higher level of need."),
        "steps_down": ("Steps down", "Families who moved to a lower level of need."),
        "closings": ("Help that ended", ""),
    }


def _parts(key: str, cut: Cut, profile: Profile) -> dict[str, str]:
    if cut == Cut.LOCALITY:
        return {NOT_KNOWN: "Not known, or not told"} | {
            one.key: one.name for one in profile.localities
        }
    if cut == Cut.AGENCY_KIND:
        return {NOT_KNOWN: "Not known, or not told", **_KINDS}
    named: dict[str, dict[str, str]] = {
        "requests": _DECISIONS,
        "reviews": _REVIEWS,
        "open": {one.key: one.name for one in profile.levels},
        "closings": {one.key: one.says for one in profile.closing_reasons},
    }
    return named.get(key, {})


def _tables(found: Figures, profile: Profile) -> Iterator[Table]:
    if found.cut != Cut.MONTH:
        for one in found.measures:
            yield _table(one, found, profile)
        return
    for n, quarter in enumerate(found.quarters):
        yield _by_month(n, quarter, found, profile)


def _by_month(n: int, quarter: date, found: Figures, profile: Profile) -> Table:
    """Every measure in the months of one quarter."""
    least, titles = profile.figures.least, _titles(profile)
    rows = tuple(
        Row(
            sentence(titles[one.key][0]),
            tuple(
                _said(number, least) for number in (*one.months[3 * n : 3 * n + 3], one.totals[n])
            ),
        )
        for one in found.measures
    )
    months = tuple(_month(months_later(quarter, later)) for later in range(3))
    key = f"from-{quarter.isoformat()}"
    return Table(key, _quarter(quarter), "", (*months, "Quarter"), rows, of_a_quarter=True)


def _table(one: Measure, found: Figures, profile: Profile) -> Table:
    title, explains = _titles(profile)[one.key]
    title, outcome = sentence(title), found.cut == Cut.OUTCOME
    if outcome:
        explains = " ".join(filter(None, (explains, _DIVIDED.get(one.key, ""))))
    least, names = profile.figures.least, _parts(one.key, found.cut, profile)
    parts = tuple(
        Row(
            names.get(line.part, sentence(line.part.replace("_", " "))),
            tuple(_said(number, least) for number in line.numbers),
        )
        for line in one.lines
    )
    total = Row("All", tuple(_said(number, least) for number in one.totals), total=True)
    headers = tuple(_quarter(first) for first in found.quarters)
    chart = _chart(title, one, found) if outcome else None
    return Table(one.key, title, explains, headers, (*parts, total), chart)


def _chart(title: str, one: Measure, found: Figures) -> Chart | None:
    """The totals as lengths; none where a quarter's is kept back."""
    quarters = [_quarter(first) for first in found.quarters]
    whole = [number for number in one.totals if not isinstance(number, Kept)]
    if len(whole) < len(quarters) or not any(whole):
        return None
    said = f"{title}: {whole[0]:,} in {quarters[0]}, {whole[-1]:,} in {quarters[-1]}"
    dots = tuple(
        Dot(quarter.rsplit(" ", 1)[0], number, quarter.rsplit(" ", 1)[1], here=n == len(whole) - 1)
        for n, (quarter, number) in enumerate(zip(quarters, whole, strict=True))
    )
    table = tuple((quarter, f"{number:,}") for quarter, number in zip(quarters, whole, strict=True))
    return Chart(
        title=said,
        svg=beside(said, dots, ""),
        headers=(Header("Quarter"), Header("Number", numeric=True)),
        rows=table,
    )


_WAITS = {
    "conversation": (
        "From the first request to talking with the family",
        "Days until they had agreed, said no, or met their team; by when that was.",
    ),
    "plan": (
        "From the first request to the plan",
        "Days until the plan was agreed; by when that was.",
    ),
}


def _waits(found: Figures, profile: Profile) -> Iterator[Table]:
    rule = profile.figures
    headers = tuple(_quarter(first) for first in found.quarters)
    names = _parts("", found.cut, profile)
    for key, (title, explains) in _WAITS.items():
        those = [one for one in found.waits if one.key == key]
        made = tuple(row for one in those for row in _wait(one, names, rule.least))
        yield Table(f"wait-{key}", title, explains, headers, made)


def _wait(one: Wait, names: dict[str, str], least: int) -> Iterator[Row]:
    where = f", {names[one.part]}" if one.part else ""
    fewer, too_few = f"fewer than {least}", "too few"
    yield Row(f"Half of them within{where}", tuple(_days(n, fewer) for n in one.half))
    yield Row(f"Nine of ten within{where}", tuple(_days(n, too_few) for n in one.ninetieth))


def _days(number: Told | None, kept: str) -> str:
    if number is None:
        return "none"
    return kept if isinstance(number, Kept) else f"{number:,} day{'' if number == 1 else 's'}"


def _said(number: Told, least: int) -> str:
    if number is Kept.SMALL:
        return f"fewer than {least}"
    return "kept back" if number is Kept.ANOTHER else f"{number:,}"

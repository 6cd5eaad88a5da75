"""Priorities and measures: population apart from performance, each figure with year and source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earlydoors.foundation.profile.schema import Figure, Indicator, Profile, Theme
from earlydoors.web.area.charts import Dot, beside
from earlydoors.web.area.pages import index
from earlydoors.web.area.sources import Source, Statements, by_source, source_of
from earlydoors.web.design.parts import Chart, Count, Header
from earlydoors.web.design.words import sentence

_WHOSE = {"neighbours": "Neighbours", "england": "England", "best": "Best", "other": "Other"}
_BETTER = {
    "lower": "Lower is better",
    "higher": "Higher is better",
    "neither": "To know, not to aim at",
}


@dataclass(frozen=True)
class Priority:
    """A priority or theme, what is to be done, and who answers for it."""

    key: str
    name: str
    outcome: str
    lead: str
    objectives: tuple[Statements, ...]
    source: Source


@dataclass(frozen=True)
class Cell:
    """A figure as the table shows it: its value, whose it is where that needs saying, its year."""

    value: str
    year: str
    whose: str = ""


@dataclass(frozen=True)
class Measure:
    """A line of the table: one cell for each column, each with none or more figures."""

    says: str
    unit: str
    better: str
    cells: tuple[tuple[Cell, ...], ...]
    published_by: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class MeasureTable:
    """Measures of one theme, with the columns that have figures."""

    caption: str
    headers: tuple[str, ...]
    measures: tuple[Measure, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Kind:
    """Measures of one kind, with their tables and pictures."""

    key: str
    title: str
    explains: str
    tables: tuple[MeasureTable, ...]
    unprinted: tuple[MeasureTable, ...]


@dataclass(frozen=True)
class FiguresPage:
    """The page, whole."""

    area: str
    strategy: str
    priorities: tuple[Priority, ...]
    kinds: tuple[Kind, ...]
    index: tuple[Count, ...]


def figures(profile: Profile) -> FiguresPage:
    """The strategy's priorities, and its measures with every figure it prints."""
    return FiguresPage(
        area=profile.name,
        strategy=f"{profile.strategy.title}, {profile.strategy.years}",
        priorities=tuple(_priority(one) for one in profile.themes),
        kinds=tuple(
            kind
            for kind in (
                _kind(
                    profile,
                    "population",
                    "How children and families are doing",
                    f"Measures of everyone in {profile.name}, whoever helps them. "
                    "No one agency can move them alone.",
                ),
                _kind(
                    profile,
                    "performance",
                    "How early help is doing",
                    "Measures of the help itself: how much, how well, and whether anyone is "
                    "better off.",
                ),
            )
            if kind.tables or kind.unprinted
        ),
        index=index(profile),
    )


def _priority(theme: Theme) -> Priority:
    return Priority(
        theme.key,
        theme.name,
        theme.outcome,
        theme.lead,
        by_source(theme.objectives),
        source_of(theme.source),
    )


def _kind(profile: Profile, key: str, title: str, explains: str) -> Kind:
    those = [one for one in profile.indicators if one.kind == key]
    printed = [one for one in those if one.figures]
    names = {theme.key: theme.name for theme in profile.themes}
    return Kind(
        key=key,
        title=title,
        explains=explains,
        tables=tuple(_tables(profile, printed, names)),
        unprinted=tuple(_tables(profile, [o for o in those if not o.figures], names)),
    )


def _tables(
    profile: Profile, indicators: list[Indicator], names: dict[str, str]
) -> Iterable[MeasureTable]:
    order = [*names, ""] if names else [""]
    for theme in order:
        those = [one for one in indicators if (one.theme if one.theme in names else "") == theme]
        if not those:
            continue
        wholes = ["area", *_WHOSE]
        have = {figure.of for one in those for figure in one.figures}
        columns = [whose for whose in wholes if whose in have]
        yield MeasureTable(
            caption=names.get(theme, "Not under one priority") if names else "Measures",
            headers=tuple(_WHOSE.get(whose, profile.name) for whose in columns),
            measures=tuple(_measure(one, columns) for one in those),
            charts=tuple(_chart(profile, one) for one in those if len(one.figures) > 1),
        )


def _measure(indicator: Indicator, columns: Sequence[str]) -> Measure:
    return Measure(
        says=indicator.says,
        unit=_unit_said(indicator.unit),
        better=_BETTER[indicator.better],
        cells=tuple(
            tuple(
                Cell(_value(one, _of_cell(indicator)), one.year, one.label)
                for one in indicator.figures
                if one.of == whose
            )
            for whose in columns
        ),
        published_by=tuple(dict.fromkeys(one.published_by for one in indicator.figures)),
        source=source_of(indicator.source),
    )


def _value(figure: Figure, unit: str) -> str:
    number = f"{figure.value:,.2f}".rstrip("0").rstrip(".")
    return number + unit if unit.startswith("%") else f"{number} {unit}".strip()


def _unit_said(unit: str) -> str:
    if not unit or unit == "%":
        return ""
    return sentence(unit) if unit.startswith(("per ", "%")) else f"Counted in {unit}"


def _of_cell(indicator: Indicator) -> str:
    """The sign of per cent goes with each number; any other unit is said once for the line."""
    return "%" if indicator.unit == "%" else ""


def _whose(profile: Profile, figure: Figure) -> str:
    if figure.of == "area":
        return profile.name
    return figure.label or _WHOSE[figure.of]


def _chart(profile: Profile, indicator: Indicator) -> Chart:
    dots = tuple(
        Dot(_whose(profile, one), one.value, one.year, here=one.of == "area")
        for one in indicator.figures
    )
    title = _title(profile, indicator)
    unit = indicator.unit
    return Chart(
        title=title,
        svg=beside(title, dots, unit),
        headers=(Header("Whose"), Header(unit or "Figure", numeric=True), Header("Year")),
        rows=tuple((_whose(profile, o), _value(o, ""), o.year) for o in indicator.figures),
    )


def _title(profile: Profile, indicator: Indicator) -> str:
    """What the picture shows: the area's latest figure beside the first it is held against."""
    own = [one for one in indicator.figures if one.of == "area"]
    others = [one for one in indicator.figures if one.of != "area"]
    unit = indicator.unit
    if own and others:
        said = f"{_value(own[-1], unit)} here, {_value(others[0], '')} {_beside(others[0])}"
    elif len(own) > 1:
        first, latest = own[0], own[-1]
        said = f"{_value(first, '')} ({first.year}), then {_value(latest, '')} ({latest.year})"
    else:
        said = ", ".join(f"{_value(one, '')} {_beside(one)}" for one in others)
    return f"{indicator.says}: {said}"


def _beside(figure: Figure) -> str:
    known = {
        "neighbours": "among neighbours",
        "england": "in England",
        "best": "where it is best",
    }
    return known.get(figure.of, f"for {figure.label}" if figure.label else "elsewhere")

"""Pictures drawn on the server. Every picture stands beside the table it was drawn from."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup

from earlydoors.web.design.assets import font_folder

INK = "#1b2a33"
INK_SOFT = "#47555f"
RULE = "#d8d1c3"
GREEN = "#12564a"
_SANS = "'Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Next', sans-serif"
_ROW = 58
_LINE = 15  # letters of an area's name on a phone


@dataclass(frozen=True)
class Travelled:
    """One area of life: first and latest score by the family and by the practitioner.

    A score that was not given is `None`; the same score first and latest is a single point.
    """

    area: str
    family_first: int | None = None
    family_latest: int | None = None
    practitioner_first: int | None = None
    practitioner_latest: int | None = None


@dataclass(frozen=True)
class _Form:
    """How wide the scale is drawn and how large its labels, in pixels; the areas' names are broken
    into lines of so many letters, or left whole."""

    width: int
    letters: int
    line: int = 0

    def named(self, area: str) -> str:
        return "\n".join(textwrap.wrap(area, self.line)) if self.line else area

    def row(self, areas: Sequence[str]) -> int:
        """The height of a row: room for its name."""
        lines = max((area.count("\n") + 1 for area in areas), default=1)
        return max(_ROW, lines * round(self.letters * 1.3) + 4)


@lru_cache(maxsize=256)
def distance_travelled(
    title: str,
    rows: tuple[Travelled, ...],
    scale: tuple[int, int] = (0, 10),
    ends: tuple[str, str] = ("", ""),
    *,
    narrow: bool = False,
) -> Markup:
    """A dumbbell for each area of life, as inline SVG.

    The family's view is a filled circle, the practitioner's a ring; small is first, large is
    latest. `title` says what the picture shows; `ends` what the two ends of the scale mean, where
    the page around it does not. `narrow` is 300 pixels wide or little more, for a phone.
    """
    _know_the_typeface()
    form = _Form(190, 13, _LINE) if narrow else _Form(520, 15)
    drawn = vl_convert.vegalite_to_svg(_spec(rows, scale, ends, form), vl_version="6.1")
    label = Markup('<svg role="img" aria-label="{}" ').format(title)
    # The texts in it were escaped where it was drawn.
    return Markup(drawn.replace("<svg ", label, 1))  # noqa: S704 - see above


def said_of(scale: tuple[int, int], ends: tuple[str, str]) -> tuple[str, ...]:
    """What the two ends of a scale mean, each with its number; nothing where nothing is said."""
    return tuple(f"{at} {says}".strip() for at, says in zip(scale, ends, strict=True) if any(ends))


@cache
def _know_the_typeface() -> None:
    folder = font_folder()
    if folder.is_dir():
        vl_convert.register_font_directory(str(folder))


def _spec(
    rows: tuple[Travelled, ...], scale: tuple[int, int], ends: tuple[str, str], form: _Form
) -> dict[str, Any]:
    rows = tuple(replace(row, area=form.named(row.area)) for row in rows)
    order = [row.area for row in rows]
    points = [
        {"area": row.area, "who": who, "when": when, "score": score}
        for row in rows
        for who, when, score in (
            ("Family", "First", row.family_first),
            ("Family", "Latest", row.family_latest),
            ("Practitioner", "First", row.practitioner_first),
            ("Practitioner", "Latest", row.practitioner_latest),
        )
        if score is not None
    ]
    lines = [
        {"area": row.area, "who": who, "start": start, "end": end}
        for row in rows
        for who, start, end in (
            ("Family", row.family_first, row.family_latest),
            ("Practitioner", row.practitioner_first, row.practitioner_latest),
        )
        if start is not None and end is not None and start != end
    ]
    x = {"type": "quantitative", "scale": {"domain": list(scale), "nice": False}}
    y = {
        "field": "area",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelExpr": r"split(datum.label, '\n')"},
    }
    offset = {"field": "who", "sort": ["Family", "Practitioner"]}
    axis = {
        "values": list(range(scale[0], scale[1] + 1)),
        "format": "d",
        "labelFlush": False,
        "title": "  \N{RIGHTWARDS ARROW}  ".join(said_of(scale, ends)) or None,
    }
    filled = {"condition": {"test": "datum.who === 'Family'", "value": GREEN}, "value": "#ffffff"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": form.width,
        "height": {"step": form.row(order) / 2},
        "background": None,
        "config": _config(form.letters),
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.55},
                "encoding": {
                    "x": {"field": "start", **x, "axis": axis},
                    "x2": {"field": "end"},
                    "y": y,
                    "yOffset": offset,
                    "color": {"value": GREEN},
                    "strokeDash": {
                        "condition": {"test": "datum.who === 'Family'", "value": [1, 0]},
                        "value": [5, 3],
                    },
                },
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "strokeWidth": 2.5, "opacity": 1},
                "encoding": {
                    "x": {"field": "score", **x, "axis": axis},
                    "y": y,
                    "yOffset": offset,
                    "size": {
                        "condition": {"test": "datum.when === 'Latest'", "value": 190},
                        "value": 62,
                    },
                    "fill": filled,
                    "stroke": {"value": GREEN},
                },
            },
        ],
    }


def _config(letters: int) -> dict[str, Any]:
    return {
        "font": _SANS,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": letters,
            "titleColor": INK_SOFT,
            "titleFontSize": 14,
            "titleFontWeight": "normal",
            "gridColor": RULE,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
        },
        "axisY": {"grid": False, "labelLimit": 240},
    }

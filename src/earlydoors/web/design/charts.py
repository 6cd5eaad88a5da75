"""Pictures drawn on the server. Every picture stands beside the table it was drawn from."""

from dataclasses import dataclass
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


@lru_cache(maxsize=256)
def distance_travelled(
    title: str,
    rows: tuple[Travelled, ...],
    scale: tuple[int, int] = (0, 10),
    ends: tuple[str, str] = ("", ""),
) -> Markup:
    """A dumbbell for each area of life, as inline SVG.

    The family's view is a filled circle, the practitioner's a ring; small is first, large is
    latest. `title` says what the picture shows; `ends` what the two ends of the scale mean.
    """
    _know_the_typeface()
    drawn = vl_convert.vegalite_to_svg(_spec(rows, scale, ends), vl_version="6.1")
    label = Markup('<svg role="img" aria-label="{}" ').format(title)
    # The texts in it were escaped where it was drawn.
    return Markup(drawn.replace("<svg ", label, 1))  # noqa: S704 - see above


@cache
def _know_the_typeface() -> None:
    folder = font_folder()
    if folder.is_dir():
        vl_convert.register_font_directory(str(folder))


def _spec(
    rows: tuple[Travelled, ...], scale: tuple[int, int], ends: tuple[str, str]
) -> dict[str, Any]:
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
    y = {"field": "area", "type": "nominal", "sort": order, "title": None}
    offset = {"field": "who", "sort": ["Family", "Practitioner"]}
    words = f"{scale[0]} {ends[0]}".strip(), f"{scale[1]} {ends[1]}".strip()
    axis = {
        "values": list(range(scale[0], scale[1] + 1)),
        "format": "d",
        "title": f"{words[0]}  \N{RIGHTWARDS ARROW}  {words[1]}" if any(ends) else None,
    }
    filled = {"condition": {"test": "datum.who === 'Family'", "value": GREEN}, "value": "#ffffff"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 520,
        "height": {"step": _ROW / 2},
        "background": None,
        "config": _config(),
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


def _config() -> dict[str, Any]:
    return {
        "font": _SANS,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": 15,
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

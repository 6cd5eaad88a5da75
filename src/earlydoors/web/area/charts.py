"""The picture of one measure: the area's figure beside the others on one line."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup

from earlydoors.web.design.charts import GREEN, INK, INK_SOFT, RULE

_SANS = "'Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Next', sans-serif"
_ROW = 34


@dataclass(frozen=True)
class Dot:
    """One figure: whose it is, its value and year, and whether it is the area's own."""

    whose: str
    value: float
    year: str
    here: bool


@lru_cache(maxsize=256)
def beside(title: str, dots: tuple[Dot, ...], unit: str) -> Markup:
    """Each figure a dot on its own row, the area's own filled; as inline SVG.

    The axis begins at nought, so that lengths can be compared. `title` says what it shows.
    """
    drawn = vl_convert.vegalite_to_svg(_spec(dots, unit), vl_version="6.1")
    label = Markup('<svg role="img" aria-label="{}" ').format(title)
    # The texts in it were escaped where it was drawn.
    return Markup(drawn.replace("<svg ", label, 1))  # noqa: S704 - see above


def _spec(dots: tuple[Dot, ...], unit: str) -> dict[str, Any]:
    values = [
        {"row": f"{dot.whose}, {dot.year}", "value": dot.value, "here": dot.here, "zero": 0}
        for dot in dots
    ]
    y = {"field": "row", "type": "nominal", "sort": [v["row"] for v in values], "title": None}
    lowest, highest = min(d.value for d in dots), max(d.value for d in dots)
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [min(0, lowest), max(0, highest)], "nice": True},
        "axis": {"tickCount": 5, "title": unit or None},
    }
    fill = {"condition": {"test": "datum.here", "value": GREEN}, "value": "#ffffff"}
    hue = {"condition": {"test": "datum.here", "value": GREEN}, "value": INK_SOFT}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": 420,
        "height": {"step": _ROW},
        "background": None,
        "config": {
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
            "axisY": {"grid": False, "labelLimit": 260},
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.5},
                "encoding": {"x": x, "x2": {"field": "zero"}, "y": y, "color": hue},
            },
            {
                "mark": {"type": "point", "size": 150, "strokeWidth": 2.5, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "stroke": hue,
                    "fill": fill,
                },
            },
        ],
    }

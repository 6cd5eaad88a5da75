"""The picture as SVG: ink lines, names in full, a key of the symbols that are in it."""

from collections.abc import Iterator

from earlydoors.web.design.genogram.columns import (
    DETAIL,
    DETAIL_LINE,
    NAME,
    NAME_LINE,
    SYMBOL,
)
from earlydoors.web.design.genogram.kin import Shape
from earlydoors.web.design.genogram.legend import Entry, entries
from earlydoors.web.design.genogram.plan import Line, Mark, Outline, Plan, Point, Spot
from earlydoors.web.design.ink import (
    GREEN,
    GROUND,
    INK,
    PAPER,
    RULE,
    SOFT,
    Headed,
    Named,
    framed,
    words,
)
from earlydoors.web.design.lettering import broken, safe, width_of

_DASHES = {"solid": "", "dashed": "7 5", "dotted": "1.5 4.5"}
_HALF = SYMBOL / 2
_KEY_COLUMN = 182.0
_KEY_ROW = 36.0
_LEAST = 2 * _KEY_COLUMN + 40


def svg(plan: Plan, named: Named, headed: Headed | None = None) -> str:
    """The whole picture of a family. `headed` writes a title into it."""
    legend = entries(plan)
    width = max(plan.width, _LEAST)
    across = max(1, int((width - 40) // _KEY_COLUMN))
    rows = _legend_rows(legend, across)
    height = plan.height + (rows * _KEY_ROW + 34 if legend else 0)
    body = [
        f'<g transform="translate({(width - plan.width) / 2:.0f} 0)">',
        *(_outline(one) for one in plan.outlines),
        *(_line(one) for one in plan.lines),
        *(_mark(one) for one in plan.marks),
        *(piece for spot in plan.spots for piece in _spot(spot)),
        *(_letter(one.letter, at) for one in plan.outlines for at in one.at),
        "</g>",
        *_legend(legend, plan.height, width, across),
    ]
    return framed(width, height, named, body, headed)


# ---- lines


def _stroke(style: str, width: float = 2) -> str:
    dash = f' stroke-dasharray="{_DASHES[style]}"' if _DASHES[style] else ""
    cap = ' stroke-linecap="round"' if style == "dotted" else ""
    return f'fill="none" stroke="{INK}" stroke-width="{width:g}"{dash}{cap}'


def _path(points: tuple[Point, ...], aside: float = 0) -> str:
    return "".join(f"{'L' if n else 'M'}{x + aside:.1f} {y:.1f}" for n, (x, y) in enumerate(points))


def _line(line: Line) -> str:
    links = f'data-links="{safe(" ".join(line.links))}"'
    if line.curved:
        (x, y), (to_x, to_y) = line.points
        reach = max(46.0, abs(to_y - y) * 0.45)
        out = reach if to_x >= x else -reach
        back = -out if abs(to_x - x) > SYMBOL else out
        curve = (
            f"M{x:.1f} {y:.1f}C{x + out:.1f} {y:.1f} {to_x + back:.1f} {to_y:.1f} "
            f"{to_x:.1f} {to_y:.1f}"
        )
        return f'<path d="{curve}" {_stroke(line.style, 1.8)} {links}/>'
    if not line.doubled:
        return f'<path d="{_path(line.points)}" {_stroke(line.style)} {links}/>'
    return (
        f'<path d="{_path(line.points, -2.5)}" {_stroke("solid")} {links}/>'
        f'<path d="{_path(line.points, 2.5)}" {_stroke("dashed")}/>'
    )


def _mark(mark: Mark) -> str:
    x, y = mark.at
    strokes = "".join(
        f'<path d="M{x - 5 + aside:.1f} {y + 10:.1f}L{x + 5 + aside:.1f} {y - 10:.1f}" '
        f"{_stroke('solid')}/>"
        for aside in {0: (), 1: (-14.0,), 2: (-17.0, -10.0)}[mark.strokes]
    )
    if not mark.says:
        return strokes
    if mark.on_line:
        behind = (
            f'<rect x="{x - 3:.1f}" y="{y - 8:.1f}" width="{width_of(mark.says, 12) + 6:.0f}" '
            f'height="16" fill="{PAPER}"/>'
        )
        return strokes + behind + words(mark.says, x, y + 4, 12, anchor="start", colour=SOFT)
    return strokes + words(mark.says, x, y - 14, 12, colour=SOFT)


# ---- people


def _shape(shape: Shape, x: float, y: float, half: float, look: str) -> str:
    if shape == "square":
        return (
            f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{half * 2:.1f}" '
            f'height="{half * 2:.1f}" {look}/>'
        )
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}" {look}/>'
    if shape == "triangle":
        corners: tuple[Point, ...] = ((x, y - half), (x + half, y + half), (x - half, y + half))
    else:
        corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon points="{points}" stroke-linejoin="miter" {look}/>'


_INNER: dict[Shape, float] = {"square": 5, "circle": 5, "diamond": 7.5, "triangle": 8}


def _symbol(spot: Spot, half: float = _HALF) -> Iterator[str]:
    one, x, y = spot.one, spot.x, spot.y
    yield _shape(one.shape, x, y, half - 1, f'fill="{PAPER}" stroke="{INK}" stroke-width="2"')
    if one.about:
        inner = half - 1 - _INNER[one.shape]
        lower = 2.6 if one.shape == "triangle" else 0
        yield _shape(one.shape, x, y + lower, inner, f'fill="none" stroke="{INK}" stroke-width="2"')
    if one.dead:
        reach = {"square": half - 1, "circle": half * 0.68, "diamond": half * 0.48}.get(
            one.shape, half * 0.5
        )
        cross = (
            f"M{x - reach:.1f} {y - reach:.1f}L{x + reach:.1f} {y + reach:.1f}"
            f"M{x + reach:.1f} {y - reach:.1f}L{x - reach:.1f} {y + reach:.1f}"
        )
        yield f'<path d="{cross}" {_stroke("solid", 1.6)}/>'
    if one.age and not one.dead:
        lower = 12 if one.shape == "triangle" else 5
        yield words(one.age, x, y + lower, 14)


def _spot(spot: Spot) -> Iterator[str]:
    yield f'<g data-person="{safe(spot.one.key)}">'
    yield from _symbol(spot)
    y = spot.y + _HALF + 4
    for line in spot.label.name:
        y += NAME_LINE
        yield words(line, round(spot.x, 1), round(y - 4, 1), NAME, weight=600)
    for line in spot.label.under:
        y += DETAIL_LINE
        yield words(line, round(spot.x, 1), round(y - 4, 1), DETAIL, colour=SOFT)
    yield "</g>"
    for n, letter in enumerate(spot.also):
        yield _letter(letter, (spot.x + _HALF + 9, spot.y - _HALF + 8 + n * 18), also=True)


# ---- homes


def _outline(outline: Outline) -> str:
    return (
        f'<path d="{outline.path}" fill="{GROUND}" fill-opacity="0.7" stroke="{GREEN}" '
        f'stroke-width="1.6" stroke-dasharray="8 4" data-home="{safe(outline.home.key)}"/>'
    )


def _letter(letter: str, at: Point, *, also: bool = False) -> str:
    x, y = at
    dash = ' stroke-dasharray="3 2"' if also else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8.5" fill="{PAPER}" stroke="{GREEN}" '
        f'stroke-width="1.4"{dash}/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="11.5" font-weight="700" '
        f'text-anchor="middle" fill="{GREEN}">{safe(letter)}</text>'
    )


# ---- the key


def _span(entry: Entry, across: int) -> int:
    """How many columns of the key an entry takes."""
    return min(across, 1 + int(width_of(entry.says, 13) + 58) // int(_KEY_COLUMN))


def _legend_rows(legend: list[Entry], across: int) -> int:
    place = 0
    for entry in legend:
        place = _next_place(place, _span(entry, across), across)
    return -(-place // across)


def _next_place(place: int, span: int, across: int) -> int:
    """The place after an entry; one that does not fit into the rest of a row begins the next."""
    if place % across + span > across:
        place += across - place % across
    return place + span


def _legend(legend: list[Entry], top: float, width: float, across: int) -> Iterator[str]:
    if not legend:
        return
    yield f'<path d="M26 {top:.0f}H{width - 26:.0f}" stroke="{RULE}" stroke-width="1"/>'
    place = 0
    for entry in legend:
        span = _span(entry, across)
        after = _next_place(place, span, across)
        start = after - span
        x = 26 + start % across * _KEY_COLUMN
        y = top + 32 + start // across * _KEY_ROW
        yield from _sample(entry, x + 18, y - 5)
        lines = broken(entry.says, span * _KEY_COLUMN - 58, 13)
        for n, line in enumerate(lines):
            lower = y + (n - (len(lines) - 1) / 2) * 15
            yield words(line, x + 44, lower, 13, anchor="start", colour=SOFT)
        place = after


def _sample(entry: Entry, x: float, y: float) -> Iterator[str]:
    """An entry's symbol, small, with its middle at a point."""
    if entry.spot is not None:
        yield f'<g transform="translate({x:.1f} {y:.1f}) scale(0.55)">'
        yield from _symbol(entry.spot)
        yield "</g>"
    elif entry.line is not None:
        yield _line(entry.line).replace("<path", f'<path transform="translate({x:.1f} {y:.1f})"')
        if entry.mark is not None:
            moved = Mark((x + entry.mark.at[0], y + entry.mark.at[1]), entry.mark.strokes, "")
            yield _mark(moved)
    else:
        yield _letter(entry.letter, (x, y), also=entry.also)

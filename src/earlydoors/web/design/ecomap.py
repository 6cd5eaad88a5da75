"""Ecomaps: the family in the middle, round it the people and services it is connected with.

Everything here is pure: frozen pieces in, text out.

Hartman's ecomap (1978) draws a tie as strong, weak or strained. Nobody is asked that here, so a
line says only what is known: that there is a tie, that it has been asked for, or that it ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt
from typing import Literal

from earlydoors.web.design.ink import GREEN, GROUND, INK, PAPER, SOFT, Headed, Named, framed, words
from earlydoors.web.design.lettering import broken, width_of

type Tie = Literal["connected", "asked", "ended"]
NAME, DETAIL = 15.0, 13.0
_NAME_LINE, _DETAIL_LINE = 18.0, 16.0
_ROOM = 166.0  # for a line in a box
_BOLD = 1.1  # names are written bolder
_PAD = 12.0
_APART = 14.0
_MARGIN = 24.0
_REACH = 52.0  # the shortest line
_KEY = 200.0
_DASH: dict[Tie, str] = {"connected": "", "asked": "8 6", "ended": "1.5 5"}
_SAYS: dict[Tie, str] = {
    "connected": "Connected",
    "asked": "Asked for, not begun",
    "ended": "Has ended",
}


@dataclass(frozen=True)
class Someone:
    """Somebody who helps, or what helps: a worker, a school, a friend.

    `what` is what they are; `whom` they help where it is not the whole family; `when` since or
    until when; `own` are of the family's own people and friends; `note` is what else to know.
    """

    name: str
    what: str = ""
    whom: str = ""
    when: str = ""
    tie: Tie = "connected"
    leads: bool = False
    own: bool = False
    note: str = ""


@dataclass(frozen=True)
class Ecomap:
    """A family and who helps. `leads_says` is the area's word for whoever leads."""

    name: str
    middle: tuple[str, ...]
    around: tuple[Someone, ...]
    leads_says: str = "lead practitioner"


@dataclass(frozen=True)
class Box:
    """Someone’s place: the middle of their box, its size, its lines with letter sizes."""

    who: Someone
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Plan:
    """Where everything lies. The family's circle is at `x`, `y`."""

    boxes: tuple[Box, ...]
    x: float
    y: float
    radius: float
    names: tuple[str, ...]
    width: float
    height: float


def plan(ecomap: Ecomap) -> Plan:
    """Work out the picture: the first above the family, one beneath where there are many, the
    others in an arc on either side, clockwise. No line meets another's box."""
    names = tuple(
        line for name in ecomap.middle or (ecomap.name,) for line in broken(name, 190, NAME)
    )
    widest = max((width_of(line, NAME) for line in names), default=0)
    radius = max(64.0, hypot(widest / 2, len(names) * _NAME_LINE / 2) + 14)
    boxes = _placed([_sized(who, ecomap.leads_says) for who in ecomap.around], radius)
    left = min([-radius, *(box.x - box.width / 2 for box in boxes)]) - _MARGIN
    top = min([-radius, *(box.y - box.height / 2 for box in boxes)]) - _MARGIN
    right = max([radius, *(box.x + box.width / 2 for box in boxes)]) + _MARGIN
    foot = max([radius, *(box.y + box.height / 2 for box in boxes)]) + _MARGIN
    moved = tuple(replace(box, x=box.x - left, y=box.y - top) for box in boxes)
    return Plan(moved, -left, -top, radius, names, right - left, foot - top)


def _placed(sized: Sequence[Box], radius: float) -> list[Box]:
    """The boxes round the family's circle, whose middle is 0, 0."""
    above = list(sized[:1]) if len(sized) > 2 else []
    rest = sized[len(above) :]
    half = len(rest) // 2 if len(rest) > 6 else -(-len(rest) // 2)
    below = list(rest[half : half + 1]) if len(rest) > 6 else []
    sides = [*rest[:half], *rest[half + len(below) :]]
    near = max([radius + _REACH, *(box.width / 2 + 24 for box in above + below)])
    right = _column(sides[:half], near)
    left = [replace(box, x=-box.x) for box in _column(sides[half:][::-1], near)]
    # Where the lines to either side end: no box in the middle may begin before.
    ends = max([0.0, *(abs(box.y) for box in right + left)])
    placed = [*_upright(above, -1, ends, radius), *right, *_upright(below, 1, ends, radius)]
    return placed + left[::-1]


def _upright(boxes: Sequence[Box], way: int, ends: float, radius: float) -> list[Box]:
    """A box straight above (-1) or beneath (1) the family, beyond where the lines to the sides
    end."""
    return [
        replace(box, x=0.0, y=way * (max(ends + 6, radius + _REACH) + box.height / 2))
        for box in boxes
    ]


def _column(boxes: Sequence[Box], near: float) -> list[Box]:
    """Boxes under each other right of the family, in an arc that is widest in the middle."""
    whole = sum(box.height + _APART for box in boxes) - _APART
    reach = whole / 2 or 1.0
    bulge = min(76.0, whole * 0.14)
    y, placed = -whole / 2, []
    for box in boxes:
        middle = y + box.height / 2
        edge = near + bulge * sqrt(max(0.0, 1 - (middle / reach) ** 2))
        placed.append(replace(box, x=edge + box.width / 2, y=middle))
        y += box.height + _APART
    return placed


def _sized(who: Someone, leads_says: str) -> Box:
    lines = [(line, NAME) for line in broken(who.name, _ROOM, NAME)]
    said = [leads_says[:1].upper() + leads_says[1:] if who.leads else "", who.what]
    said += [f"For {who.whom}" if who.whom else "", who.when, who.note]
    lines += [(line, DETAIL) for text in said for line in broken(text, _ROOM, DETAIL)]
    width = max(width_of(text, size) * (_BOLD if size == NAME else 1) for text, size in lines)
    height = sum(_NAME_LINE if size == NAME else _DETAIL_LINE for _, size in lines)
    pad = _PAD * (1.6 if who.own else 1)
    return Box(who, 0, 0, max(84, width) + 2 * pad, height + 2 * _PAD - 2, tuple(lines))


# ---- the picture


def svg(ecomap: Ecomap, named: Named, headed: Headed | None = None) -> str:
    """The whole picture. `headed` writes a title into it."""
    laid = plan(ecomap)
    ties: list[Tie] = [t for t in _SAYS if any(b.who.tie == t for b in laid.boxes)]
    width = max(laid.width, 2 * _KEY + 2 * _MARGIN)
    rows = -(-(len(ties) + 1) // max(1, int((width - 2 * _MARGIN) // _KEY))) if laid.boxes else 0
    body = [
        f'<g transform="translate({(width - laid.width) / 2:.0f} 0)">',
        *(_line(laid, box) for box in laid.boxes),
        *_middle(laid),
        *(piece for box in laid.boxes for piece in _box(box)),
        "</g>",
        *_key(ties, laid, width),
    ]
    return framed(width, laid.height + (rows * 30 + 22 if rows else 0), named, body, headed)


def ends(laid: Plan, box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where someone’s line leaves the family's circle, and where it meets the box: in the middle
    of the side that looks at the family."""
    way = box.x - laid.x
    if abs(way) < 1:
        end = (box.x, box.y + (-box.height if box.y > laid.y else box.height) / 2)
    else:
        end = (box.x + (-box.width if way > 0 else box.width) / 2, box.y)
    dx, dy = end[0] - laid.x, end[1] - laid.y
    length = hypot(dx, dy)
    return (laid.x + dx * laid.radius / length, laid.y + dy * laid.radius / length), end


def _stroke(tie: Tie, *, leads: bool) -> str:
    dash = f' stroke-dasharray="{_DASH[tie]}" stroke-linecap="round"' if _DASH[tie] else ""
    colour = SOFT if tie == "ended" else INK
    return f'fill="none" stroke="{colour}" stroke-width="{4 if leads else 2}"{dash}'


def _line(laid: Plan, box: Box) -> str:
    (x, y), (to_x, to_y) = ends(laid, box)
    stroke = _stroke(box.who.tie, leads=box.who.leads)
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" {stroke}/>'


def _middle(laid: Plan) -> Iterator[str]:
    yield (
        f'<circle cx="{laid.x:.1f}" cy="{laid.y:.1f}" r="{laid.radius:.1f}" fill="{GROUND}" '
        f'stroke="{INK}" stroke-width="2.5"/>'
    )
    y = laid.y - len(laid.names) * _NAME_LINE / 2 - 4
    for line in laid.names:
        y += _NAME_LINE
        yield words(line, laid.x, y, NAME, weight=600)


def _box(box: Box) -> Iterator[str]:
    who = box.who
    colour = SOFT if who.tie == "ended" else GREEN if who.leads else INK
    corner = min(box.height / 2, 24) if who.own else 4
    yield (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}" rx="{corner:g}" fill="{PAPER}" '
        f'stroke="{colour}" stroke-width="{3 if who.leads else 1.6}"/>'
    )
    y = box.y - box.height / 2 + _PAD - 5
    for line, size in box.lines:
        y += _NAME_LINE if size == NAME else _DETAIL_LINE
        weight, ink = (600, INK) if size == NAME else (400, SOFT)
        yield words(line, box.x, y, size, weight=weight, colour=ink)


def _key(ties: Sequence[Tie], laid: Plan, width: float) -> Iterator[str]:
    """What the lines and boxes mean; only those that are there."""
    entries: list[tuple[str, str]] = [
        (_SAYS[tie], f'<path d="M0 0H34" {_stroke(tie, leads=False)}/>') for tie in ties
    ]
    if any(box.who.own for box in laid.boxes):
        round_box = (
            f'<rect x="0" y="-9" width="34" height="18" rx="9" fill="{PAPER}" stroke="{INK}" '
            'stroke-width="1.6"/>'
        )
        entries.append(("Family and friends", round_box))
    across = max(1, int((width - 2 * _MARGIN) // _KEY))
    for n, (says, sample) in enumerate(entries):
        x = _MARGIN + n % across * _KEY
        y = laid.height + 16 + n // across * 30
        yield f'<g transform="translate({x:.0f} {y:.0f})">{sample}</g>'
        yield words(says, x + 44, y + 5, 13, anchor="start", colour=SOFT)


# ---- in words

_WHEN: dict[Tie, str] = {"connected": "", "asked": "Asked for", "ended": "Ended"}
HEADERS = ("Who", "What they are", "For whom", "When")


def title_of(ecomap: Ecomap) -> str:
    """What the picture shows, in a sentence without its full stop."""
    around = [one for one in ecomap.around if one.tie == "connected"]
    lead = next((one.name for one in around if one.leads), "")
    if not around:
        return f"Around the {ecomap.name} family: nobody is written down"
    count = f"{len(around)} people and services" if len(around) > 1 else around[0].name
    leads = f"; {lead} leads" if lead and len(around) > 1 else ""
    return f"Around the {ecomap.name} family: {count}{leads}"


def sentences(ecomap: Ecomap) -> tuple[str, ...]:
    """Everybody who helps, a sentence each, in the order they are drawn."""
    return tuple(_sentence(one, ecomap.leads_says) for one in ecomap.around)


def _sentence(one: Someone, leads_says: str) -> str:
    who = f"{one.name}, {one.what}," if one.what else one.name
    whom = one.whom or "the whole family"
    said = {
        "connected": f"is there for {whom}",
        "asked": f"was asked for, for {whom}, and has not begun",
        "ended": f"was there for {whom}, and is no longer",
    }[one.tie]
    leads = f" as {leads_says}" if one.leads else ""
    when = f" ({one.when[:1].lower()}{one.when[1:]})" if one.when else ""
    note = f" {one.note}." if one.note else ""
    return f"{who} {said}{leads}{when}.{note}"


def rows(ecomap: Ecomap) -> tuple[tuple[str, str, str, str], ...]:
    """The same as a table."""
    return tuple(
        (
            one.name,
            "; ".join(filter(None, (ecomap.leads_says if one.leads else "", one.what))),
            one.whom or "The family",
            one.when or {"connected": "", "asked": "Asked for", "ended": "Ended"}[one.tie],
        )
        for one in ecomap.around
    )

"""Homes: which pieces of one there are, what joins them, and the outline round them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from earlydoors.web.design.genogram.kin import Home

EDGE = 9.0  # between a column and the outline of its home
PASSAGE = 16.0  # how wide the way between two pieces of a home is
LONGEST = 240.0  # for a way along; pieces farther apart keep to themselves
STOREY = 20.0  # the height of a row of such ways
_ROUND = 9.0


class Rect(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rect") -> bool:
        """Whether they have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Run:
    """People of one home who stand next to each other on a row."""

    row: int
    keys: tuple[str, ...]
    left: float
    right: float


@dataclass(frozen=True)
class Way:
    """What joins two runs of a home: straight down at `start`, or along the region above row
    `region` from `start` to `end`."""

    one: Run
    other: Run
    region: int
    start: float
    end: float

    @property
    def straight(self) -> bool:
        """Whether it needs no way along."""
        return self.start == self.end


def runs_of(
    home: Home, order: Sequence[Sequence[str]], x: Mapping[str, float], width: Mapping[str, float]
) -> list[Run]:
    """The runs of a home, top row first. `order` are the rows as they stand, left to right."""
    inside, found = set(home.people), list[Run]()
    for row, keys in enumerate(order):
        here: list[str] = []
        for key in [*keys, ""]:
            if key in inside:
                here.append(key)
            elif here:
                left = x[here[0]] - width[here[0]] / 2 - EDGE
                right = x[here[-1]] + width[here[-1]] / 2 + EDGE
                found.append(Run(row, tuple(here), left, right))
                here = []
    return found


def ways_of(runs: Sequence[Run]) -> list[Way]:
    """The shortest ways that join the runs of a home; runs far apart stay apart."""
    ways = [
        way
        for one, other in combinations(runs, 2)
        if abs(one.row - other.row) <= 1
        for way in [_way(one, other)]
        if abs(way.end - way.start) <= LONGEST
    ]
    ways.sort(key=lambda way: (way.one.row == way.other.row, abs(way.end - way.start)))
    group = {run: n for n, run in enumerate(runs)}
    kept = []
    for way in ways:
        one, other = group[way.one], group[way.other]
        if one != other:
            kept.append(way)
            group = {run: one if n == other else n for run, n in group.items()}
    return kept


def together(runs: Sequence[Run], ways: Sequence[Way]) -> list[list[Run]]:
    """The runs that ways join, group by group."""
    group = {run: [run] for run in runs}
    for way in ways:
        if group[way.one] is not group[way.other]:
            joined = [*group[way.one], *group[way.other]]
            group |= dict.fromkeys(joined, joined)
    return list({id(found): found for found in group.values()}.values())


def _way(one: Run, other: Run) -> Way:
    """Straight down the middle of what two runs have in common, else from end to end."""
    inset = PASSAGE / 2 + EDGE
    left, right = max(one.left, other.left) + inset, min(one.right, other.right) - inset
    region = max(one.row, other.row)
    if one.row != other.row and left <= right:
        middle = (left + right) / 2
        return Way(one, other, region, middle, middle)
    first, second = sorted((one, other), key=lambda run: run.left)
    start, end = first.right - inset, second.left + inset
    return (
        Way(first, second, region, start, end)
        if first is one
        else Way(second, first, region, end, start)
    )


def path_round(rects: Iterable[Rect]) -> str:
    """The outline of rectangles laid over each other, as the path of SVG, its corners rounded.

    Holes are left open; pieces that do not touch are outlined each by itself.
    """
    rects = list(rects)
    xs = sorted({side for rect in rects for side in (rect.left, rect.right)})
    ys = sorted({side for rect in rects for side in (rect.top, rect.bottom)})
    filled = {
        (n, m)
        for n, (left, right) in enumerate(pairwise(xs))
        for m, (top, bottom) in enumerate(pairwise(ys))
        if any(
            r.left <= left and right <= r.right and r.top <= top and bottom <= r.bottom
            for r in rects
        )
    }
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for n, m in filled:  # clockwise round what is filled
        for beside, start, end in (
            ((n, m - 1), (n, m), (n + 1, m)),
            ((n + 1, m), (n + 1, m), (n + 1, m + 1)),
            ((n, m + 1), (n + 1, m + 1), (n, m + 1)),
            ((n - 1, m), (n, m + 1), (n, m)),
        ):
            if beside not in filled:
                edges.setdefault(start, []).append(end)
    loops = []
    while edges:
        start = min(edges)
        loop = [start]
        while True:
            nexts = edges[loop[-1]]
            point = nexts.pop()
            if not nexts:
                del edges[loop[-1]]
            if point == start:
                break
            loop.append(point)
        loops.append([(xs[n], ys[m]) for n, m in loop])
    return "".join(_rounded(_corners(loop)) for loop in loops)


def _corners(loop: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The loop without points on a straight line."""
    found = []
    for n, point in enumerate(loop):
        before, after = loop[n - 1], loop[(n + 1) % len(loop)]
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            found.append(point)
    return found


def _rounded(corners: list[tuple[float, float]]) -> str:
    parts: list[str] = []
    for n, corner in enumerate(corners):
        before, after = corners[n - 1], corners[(n + 1) % len(corners)]
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"{'L' if parts else 'M'}{start[0]:.1f} {start[1]:.1f}")
        parts.append(f"Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    return "".join(parts) + "Z"


def _towards(corner: tuple[float, float], point: tuple[float, float]) -> tuple[float, float]:
    """A point a little way from a corner towards another, never past the middle."""
    dx, dy = point[0] - corner[0], point[1] - corner[1]
    length = abs(dx) + abs(dy)
    part = min(_ROUND, length / 2) / length if length else 0
    return corner[0] + dx * part, corner[1] + dy * part

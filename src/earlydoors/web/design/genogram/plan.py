"""Where everything of a genogram lies: people, lines, homes. All is worked out before drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from earlydoors.web.design.genogram.across import MARGIN, Across, across
from earlydoors.web.design.genogram.columns import LANE, SYMBOL, Label, Piece
from earlydoors.web.design.genogram.kin import Brood, Child, Couple, Descent, Home, Kin, One
from earlydoors.web.design.genogram.outlines import (
    EDGE,
    PASSAGE,
    STOREY,
    Rect,
    Run,
    Way,
    path_round,
    runs_of,
    together,
    ways_of,
)

_ABOVE = 16.0  # the least room between a row and the first line beneath it
_STRAIGHT = 4.0  # so little aside, a line goes straight down
_DROP = 28.0  # from the line of a brood down to its children

type Point = tuple[float, float]
type Style = Literal["solid", "dashed", "dotted"]
STYLES: dict[Descent, Style] = {
    "birth": "solid",
    "adopted": "solid",
    "fostered": "dashed",
    "kinship": "dotted",
    "guardian": "dotted",
}
"""The line of each way to be somebody's child; a second, dashed line goes beside an adoption."""
BONDS: dict[str, Style] = {"married": "solid", "together": "dashed", "parents": "dotted"}
"""The line of each kind of couple."""


@dataclass(frozen=True)
class Spot:
    """Someone's place: the middle of the symbol, and the column with what stands beneath.

    `also` are the letters of the homes they live in beside the one they are drawn in.
    """

    one: One
    label: Label
    x: float
    y: float
    width: float
    also: tuple[str, ...] = ()

    @property
    def symbol(self) -> Rect:
        """The square that holds the symbol."""
        half = SYMBOL / 2
        return Rect(self.x - half, self.y - half, self.x + half, self.y + half)

    @property
    def column(self) -> Rect:
        """All that is theirs: symbol and letters."""
        top, half = self.y - SYMBOL / 2, self.width / 2
        return Rect(self.x - half, top, self.x + half, top + SYMBOL + self.label.height)


@dataclass(frozen=True)
class Line:
    """A line that says who belongs to whom. `links` are the keys it joins, parents or partners
    first; `curved` bows it."""

    links: tuple[str, ...]
    points: tuple[Point, ...]
    style: Style = "solid"
    doubled: bool = False
    curved: bool = False


@dataclass(frozen=True)
class Mark:
    """What stands on a couple's line: strokes, one for parted and two for divorced, and a word;
    over the line, or on it where there is no room above."""

    at: Point
    strokes: int
    says: str
    on_line: bool = False


@dataclass(frozen=True)
class Outline:
    """The outline of a home, with its letter and where the letter stands on each piece of it."""

    home: Home
    letter: str
    path: str
    rects: tuple[Rect, ...]
    at: tuple[Point, ...]


@dataclass(frozen=True)
class Plan:
    """The whole picture."""

    kin: Kin
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    outlines: tuple[Outline, ...]
    letters: dict[str, str]
    width: float
    height: float


def plan(kin: Kin) -> Plan:
    """Work out the picture of a family. The same family gives the same picture."""
    kin = kin.sound()
    return _Down(across(kin)).plan()


def letters_of(homes: Sequence[Home]) -> dict[str, str]:
    """A letter for each home, by its key; figures where the alphabet ends."""
    return {home.key: chr(65 + n) if n < 26 else str(n + 1) for n, home in enumerate(homes)}


class _Down:
    """The heights of rows and lines, then the lines themselves."""

    def __init__(self, laid: Across) -> None:
        self.laid = laid
        self.kin = laid.kin
        self.row = laid.row
        self.hung = {
            brood: (part, part.hangs(brood)) for part in laid.parts for brood in part.broods
        }
        self.lanes: dict[object, tuple[int, int]] = {}
        self.depth = [0] * (len(laid.order) + 1)
        self.homes = [
            (home, found, ways_of(found))
            for home in self.kin.homes
            if (found := runs_of(home, laid.order, laid.x, laid.width))
        ]
        self._share_lanes()
        self.storeys: dict[tuple[int, str], int] = {}
        for home, _, ways in self.homes:
            for way in ways:
                if not way.straight:
                    taken = [n for n, _ in self.storeys if n == way.region]
                    self.storeys.setdefault((way.region, home.key), len(taken))
        self.top, self.y = self._heights()

    # ---- heights

    def _share_lanes(self) -> None:
        """Give every line that runs along beneath a row a height of its own among those it would
        lie on: first the low lines of couples, beneath them those of broods, the widest highest."""
        wanted: list[tuple[object, int, float, float, int]] = []
        for part in self.laid.parts:
            for couple in part.couples:
                if not part.beside(couple):
                    ends = sorted(one.x for one in part.uprights if one.what is couple)
                    wanted.append((couple, self.row[couple.one] + 1, ends[0], ends[1], 0))
            for brood in part.broods:
                xs = [x for x, _ in self._drops(part, brood)]
                if (hang := self.hung[brood][1]) is not None:
                    xs.append(hang)
                region = self.row[brood.children[0].key]
                wanted.append((brood, region, min(xs), max(xs), 1))
        wanted.sort(key=lambda one: (one[4], one[2] - one[3], one[2]))
        taken: dict[int, list[tuple[int, float, float]]] = {}
        low: dict[int, int] = {}
        for what, region, left, right, beneath in wanted:
            lane = low.get(region, 0) if beneath else 0
            here = taken.setdefault(region, [])
            while any(n == lane and left < r + 12 and a < right + 12 for n, a, r in here):
                lane += 1
            here.append((lane, left, right))
            self.lanes[what] = (region, lane)
            if not beneath:
                low[region] = max(low.get(region, 0), lane + 1)
            self.depth[region] = max(self.depth[region], lane + 1)

    def _heights(self) -> tuple[list[float], list[float]]:
        """The top of the room above each row, and the middle of its symbols."""
        tops, middles, y = list[float](), list[float](), MARGIN - _ABOVE
        for row, keys in enumerate(self.laid.order):
            storeys = sum(region == row for region, _ in self.storeys)
            tops.append(y)
            below = self.depth[row] * LANE + storeys * STOREY
            y += _ABOVE + below + (_DROP if row or below else 0)
            middles.append(y + SYMBOL / 2)
            y += SYMBOL + max((self.laid.labels[key].height for key in keys), default=0)
        tops.append(y)
        return tops, middles

    def _lane_y(self, what: object) -> float:
        region, lane = self.lanes[what]
        return self.top[region] + _ABOVE + lane * LANE

    # ---- everything

    def plan(self) -> Plan:
        """The picture."""
        letters = letters_of(self.kin.homes)
        lines, marks = list[Line](), list[Mark]()
        for part in self.laid.parts:
            for couple in part.couples:
                line, mark = self._couple(part, couple)
                lines.append(line)
                marks += [mark] if mark.strokes or mark.says else []
        for brood, (part, _) in self.hung.items():
            lines += self._brood(part, brood)
        lines += [self._bow(one.one, one.other, BONDS[one.bond]) for one in self.laid.uneven]
        for brood in self.laid.apart:
            child = brood.children[0]
            lines.append(self._bow(brood.parents[0], child.key, "dotted"))
        spots = tuple(self._spots(letters))
        outlines = tuple(
            self._outline(home, runs, ways, letters[home.key]) for home, runs, ways in self.homes
        )
        far = [spot.column for spot in spots]
        far += [rect for outline in outlines for rect in outline.rects]
        far += [Rect(x, y, x, y) for line in lines for x, y in line.points]
        return Plan(
            kin=self.kin,
            spots=spots,
            lines=tuple(lines),
            marks=tuple(marks),
            outlines=outlines,
            letters=letters,
            width=max((one.right for one in far), default=0) + MARGIN,
            height=max((one.bottom for one in far), default=0) + MARGIN,
        )

    def _spots(self, letters: dict[str, str]) -> Iterator[Spot]:
        for one in self.kin.people:
            yield Spot(
                one=one,
                label=self.laid.labels[one.key],
                x=self.laid.x[one.key],
                y=self.y[self.row[one.key]],
                width=self.laid.width[one.key],
                also=tuple(letters[h.key] for h in self.kin.homes if one.key in h.also),
            )

    # ---- lines

    def _couple(self, part: Piece, couple: Couple) -> tuple[Line, Mark]:
        """Straight from one to the other who stands beside; else down, along beneath, and up."""
        left, right = sorted(couple.pair, key=self.laid.x.__getitem__)
        y, half = self.y[self.row[left]], SYMBOL / 2
        start, end = self.laid.x[left] + half, self.laid.x[right] - half
        strokes = {"": 0, "separated": 1, "divorced": 2}[couple.ended]
        style = BONDS[couple.bond]
        links = (couple.one, couple.other)
        if part.beside(couple):
            mark = Mark(((start + end) / 2, y), strokes, couple.says)
            return Line(links, ((start, y), (end, y)), style), mark
        down, up = sorted(one.x for one in part.uprights if one.what is couple)
        low, port = self._lane_y(couple), y + 9
        points = ((start, port), (down, port), (down, low), (up, low), (up, port), (end, port))
        return Line(links, points, style), Mark(
            (down + 34, low), strokes, couple.says, on_line=True
        )

    def _drops(self, part: Piece, brood: Brood) -> list[tuple[float, tuple[Child, ...]]]:
        """Where children hang from the line of their brood; those of one birth from one point."""
        twins = {key: one for one in self.kin.twins for key in one.keys}
        found: dict[object, list[Child]] = {}
        for child in brood.children:
            found.setdefault(twins.get(child.key, child.key), []).append(child)
        return [
            (sum(part.x[child.key] for child in of_one) / len(of_one), tuple(of_one))
            for of_one in found.values()
        ]

    def _brood(self, part: Piece, brood: Brood) -> Iterator[Line]:
        """One line for each child, from the parents all the way; they lie on each other where
        they are shared, so that each can be drawn in its own style where it is alone."""
        _, hang = self.hung[brood]
        bar = self._lane_y(brood)
        alike = len({child.descent for child in brood.children}) == 1
        drops = self._drops(part, brood)
        if hang is not None and len(drops) == 1 and abs(hang - drops[0][0]) < _STRAIGHT:
            hang = drops[0][0]
        for x, children in drops:
            for child in children:
                style = STYLES[child.descent]
                shared = style if alike else "solid"
                end = (part.x[child.key], self.y[self.row[child.key]] - SYMBOL / 2)
                links = (*brood.parents, child.key)
                if hang is not None:
                    way = (*self._trunk(part, brood, hang), (hang, bar), (x, bar))
                    yield Line(links, _plain(way), shared)
                elif not brood.parents:
                    yield Line(links, ((drops[0][0], bar), (x, bar)), "solid")
                yield Line(links, ((x, bar), end), style, doubled=child.descent == "adopted")
        yield from self._identical(part, brood, bar)

    def _trunk(self, part: Piece, brood: Brood, hang: float) -> tuple[Point, ...]:
        """Where the line of a brood begins: at its couple, or under its one parent."""
        key = brood.parents[0]
        y = self.y[self.row[key]]
        if len(brood.parents) == 2:
            couple = part.couple[frozenset(brood.parents)]
            return ((hang, y if part.beside(couple) else self._lane_y(couple)),)
        return ((hang, y + SYMBOL / 2 + self.laid.labels[key].height + 2),)

    def _identical(self, part: Piece, brood: Brood, bar: float) -> Iterator[Line]:
        """The line between identical twins, half way down."""
        here = {child.key for child in brood.children}
        for twins in self.kin.twins:
            keys = [key for key in twins.keys if key in here]
            if twins.identical and len(keys) > 1:
                xs = [part.x[key] for key in keys]
                middle = sum(xs) / len(xs)
                y = bar + (self.y[self.row[keys[0]]] - SYMBOL / 2 - bar) * 0.55
                ends = [middle + (x - middle) * 0.55 for x in (min(xs), max(xs))]
                yield Line(tuple(keys), ((ends[0], y), (ends[1], y)))

    def _bow(self, one: str, other: str, style: Style) -> Line:
        """A bowed line from one symbol's side to another's."""
        x, y = self.laid.x[one], self.y[self.row[one]]
        to_x, to_y = self.laid.x[other], self.y[self.row[other]]
        half = SYMBOL / 2
        side = half if to_x >= x else -half
        far = -side if abs(to_x - x) > SYMBOL else side
        return Line((one, other), ((x + side, y), (to_x + far, to_y)), style, curved=True)

    # ---- homes

    def _outline(
        self, home: Home, runs: Sequence[Run], ways: Sequence[Way], letter: str
    ) -> Outline:
        rects = [self._round(run) for run in runs]
        for way in ways:
            rects += self._passage(way, self.storeys.get((way.region, home.key), 0))
        at = tuple(self._letter_at(piece) for piece in together(runs, ways))
        return Outline(home, letter, path_round(rects), tuple(rects), at)

    def _letter_at(self, piece: Sequence[Run]) -> Point:
        """Where a home's letter stands: beside the first symbol whose couple's line it leaves
        free, else on the edge."""
        sides = [(run, left) for run in piece for left in (True, False)]
        for run, left in sides:
            key = run.keys[0 if left else -1]
            part = next((one for one in self.laid.parts if key in one.at), None)
            if part is None or not part.partner_beside(key, left=left):
                rect = self._round(run)
                return (rect.left + 10 if left else rect.right - 10, rect.top + 11)
        rect = self._round(piece[0])
        return rect.left + 3, rect.bottom - 3

    def _round(self, run: Run) -> Rect:
        y = self.y[run.row] - SYMBOL / 2
        bottom = y + SYMBOL + max(self.laid.labels[key].height for key in run.keys)
        return Rect(run.left, y - EDGE, run.right, bottom + EDGE - 3)

    def _passage(self, way: Way, storey: int) -> Iterator[Rect]:
        """What joins two pieces of a home: straight down, or along between the rows."""
        half = PASSAGE / 2
        one, other = self._round(way.one), self._round(way.other)
        below = other.top + 1
        if way.straight:
            yield Rect(way.start - half, one.bottom - 1, way.start + half, below)
            return
        region = way.region
        y = self.top[region] + _ABOVE + self.depth[region] * LANE + (storey + 0.5) * STOREY
        leaves = one.top + 1 if way.one.row == way.other.row else one.bottom - 1
        yield Rect(way.start - half, min(leaves, y - half), way.start + half, max(leaves, y + half))
        yield Rect(way.end - half, y - half, way.end + half, max(below, y + half))
        yield Rect(
            min(way.start, way.end) - half, y - half, max(way.start, way.end) + half, y + half
        )


def _plain(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that say nothing new."""
    return tuple(point for n, point in enumerate(points) if not n or point != points[n - 1])

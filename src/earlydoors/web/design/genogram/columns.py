"""How wide everyone is, what runs between two who stand beside each other, and where each stands
from left to right. Lengths are in the units of the drawing, pixels at its own size."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from earlydoors.web.design.genogram.kin import Brood, Couple, One
from earlydoors.web.design.lettering import broken, width_of

SYMBOL = 44.0
NAME, DETAIL = 15.0, 13.0
NAME_LINE, DETAIL_LINE = 18.0, 16.0
ROOM = 112.0  # for a line of a name
WIDEST = 190.0  # for a word that would be broken otherwise
GAP = 24.0  # between two columns, with room for one upright and two edges of homes
LANE = 14.0  # between two uprights in a gap, and two lines beneath a row
COUPLE = SYMBOL + 62.0  # between the middles of a couple: room for what is written on the line
_BOLD = 1.1  # names are written bolder
_CLEAR = 7.0  # between an upright and the letters beside it
_TOGETHER = 0.04
_ROUNDS = 40


@dataclass(frozen=True)
class Label:
    """What stands beneath a symbol, broken into lines."""

    name: tuple[str, ...]
    under: tuple[str, ...]

    @property
    def height(self) -> float:
        """From the foot of the symbol to the foot of the last line."""
        return 4 + len(self.name) * NAME_LINE + len(self.under) * DETAIL_LINE + 3


def label_of(one: One) -> Label:
    """The name in full and what stands under it, in lines that fit."""
    under = [line for text in one.under for line in broken(text, ROOM, DETAIL)]
    longest = max((width_of(word, NAME) for word in re.split(r"[\s-]+", one.name)), default=0)
    room = max(ROOM, min(longest + 8, WIDEST))
    return Label(broken(one.name, room, NAME) or ("?",), tuple(under))


def width_needed(label: Label) -> float:
    """The width of a column: its widest line, never less than the symbol with its edge."""
    lines = [width_of(line, NAME) * _BOLD for line in label.name]
    lines += [width_of(line, DETAIL) for line in label.under]
    return max(SYMBOL + 20, *lines) + 2


@dataclass
class Upright:
    """A line that runs down through a gap of a row: where a brood hangs, or one end of a couple
    who do not stand together. `towards` is where it leads, to sort several in one gap."""

    row: int
    gap: int
    what: Couple | Brood
    x: float = 0.0


@dataclass
class Piece:
    """One piece of the family, row by row, with what runs through its gaps. Gap `n` lies left of
    the `n`th person of a row; the last one right of everybody."""

    order: list[list[str]]
    width: Mapping[str, float]
    couples: Sequence[Couple]
    broods: Sequence[Brood]
    uprights: list[Upright] = field(default_factory=list)
    x: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {key: (n, m) for n, row in enumerate(self.order) for m, key in enumerate(row)}
        self.couple = {couple.pair: couple for couple in self.couples}
        for couple in self.couples:
            if not self.beside(couple):
                left, right = sorted(couple.pair, key=self.at.__getitem__)
                row, n = self.at[left]
                self.uprights.append(Upright(row, n + 1, couple))
                self.uprights.append(Upright(row, self.at[right][1], couple))
        for brood in self.broods:
            hung = self._gap_for(brood)
            if hung is not None:
                self.uprights.append(Upright(*hung, brood))

    def beside(self, couple: Couple) -> bool:
        """Whether the two stand next to each other."""
        return abs(self.at[couple.one][1] - self.at[couple.other][1]) == 1

    def partner_beside(self, key: str, *, left: bool) -> bool:
        """Whether someone's partner stands next to them on a side."""
        row, n = self.at[key]
        near = n - 1 if left else n + 1
        here = self.order[row]
        return 0 <= near < len(here) and frozenset((key, here[near])) in self.couple

    def _gap_for(self, brood: Brood) -> tuple[int, int] | None:
        """Where a brood hangs between its parents; None where it hangs from a low line, from one
        parent, or from nobody."""
        if len(brood.parents) != 2:
            return None
        couple = self.couple[frozenset(brood.parents)]
        row, n = min(self.at[parent] for parent in brood.parents)
        return (row, n + 1) if self.beside(couple) else None

    def through(self, row: int, gap: int) -> list[Upright]:
        """What runs down through a gap."""
        return [one for one in self.uprights if (one.row, one.gap) == (row, gap)]

    def apart(self, row: int, right: int) -> float:
        """The least distance between the middles of two neighbours; `right` is the right one."""
        one, other = self.order[row][right - 1], self.order[row][right]
        lines = len(self.through(row, right))
        least = (self.width[one] + self.width[other]) / 2 + GAP + LANE * max(0, lines - 1)
        couple = self.couple.get(frozenset((one, other)))
        return max(least, COUPLE + _beyond(couple.says)) if couple else least

    def gap_between(self, row: int, gap: int) -> tuple[float, float]:
        """The room of a gap, from the edge of one column to the edge of the next."""
        here = self.order[row]
        room = GAP + LANE * len(self.through(row, gap))
        if gap == 0:
            edge = self.x[here[0]] - self.width[here[0]] / 2
            return edge - room, edge
        left = self.x[here[gap - 1]] + self.width[here[gap - 1]] / 2
        if gap == len(here):
            return left, left + room
        return left, self.x[here[gap]] - self.width[here[gap]] / 2

    def sides(self) -> tuple[float, float]:
        """The leftmost and rightmost of all that stands here."""
        edges = [one.x for one in self.uprights]
        for key, x in self.x.items():
            edges += [x - self.width[key] / 2, x + self.width[key] / 2]
        return min(edges), max(edges)

    def shift(self, by: float) -> None:
        """Move the whole piece to the right."""
        self.x = {key: x + by for key, x in self.x.items()}
        for upright in self.uprights:
            upright.x += by

    def hangs(self, brood: Brood) -> float | None:
        """Where a brood hangs, once everyone has their place; None where no parent is known."""
        if not brood.parents:
            return None
        if len(brood.parents) == 1:
            # Several broods of one parent hang beside each other.
            theirs = [one for one in self.broods if one.parents == brood.parents]
            return self.x[brood.parents[0]] + 10 * theirs.index(brood)
        for upright in self.uprights:
            if upright.what is brood:
                return upright.x
        couple = self.couple[frozenset(brood.parents)]
        ends = sorted(one.x for one in self.uprights if one.what is couple)
        keys = [child.key for child in brood.children]
        return min(max((self.x[keys[0]] + self.x[keys[-1]]) / 2, ends[0]), ends[1])

    # ---- from left to right

    def settle(self) -> None:
        """Find where everyone stands: parents above the middle of their children and children
        beneath the middle of their parents, as near as the widths allow."""
        for row, here in enumerate(self.order):
            x = 0.0
            for n, key in enumerate(here):
                x += self.apart(row, n) if n else 0
                self.x[key] = x
            middle = x / 2
            for key in here:
                self.x[key] -= middle
        rows = [n for n, here in enumerate(self.order) if here]
        self._steps = {
            row: [self.apart(row, n) for n in range(1, len(self.order[row]))] for row in rows
        }
        for turn in range(_ROUNDS):
            for row in rows if turn % 2 else reversed(rows):
                self._settle_row(row, above=bool(turn % 2))
        for upright in self.uprights:
            self._stand(upright)

    def _settle_row(self, row: int, *, above: bool) -> None:
        """Move the people of a row to where they want to be, in order and never too close.
        `above` weighs where they hang more, else what hangs from them."""
        # Everybody wants a little to the middle, so that no empty room is left between them.
        wishes = {key: [(self.x[key] * 0.9, _TOGETHER)] for key in self.order[row]}
        for brood in self.broods:
            if not brood.parents:
                continue
            first, last = brood.children[0].key, brood.children[-1].key
            middle = (self.x[first] + self.x[last]) / 2
            off = middle - self._hangs_at(brood, middle)
            if self.at[first][0] == row:
                for child in brood.children:
                    wishes[child.key].append((self.x[child.key] - off, 1.0 if above else 0.25))
            if self.at[brood.parents[0]][0] == row:
                for key in brood.parents:
                    wishes[key].append((self.x[key] + off, 0.25 if above else 1.0))
        for couple in self.couples:
            if self.at[couple.one][0] == row:
                self._wish_near(couple, wishes)
        here, steps = self.order[row], self._steps[row]
        offsets = list(accumulate(steps, initial=0.0))
        weights = [sum(w for _, w in wishes[key]) for key in here]
        wanted = [
            sum(x * w for x, w in wishes[key]) / weight - offset
            for key, weight, offset in zip(here, weights, offsets, strict=True)
        ]
        for key, offset, x in zip(here, offsets, _in_order(wanted, weights), strict=True):
            self.x[key] = x + offset

    def _wish_near(self, couple: Couple, wishes: dict[str, list[tuple[float, float]]]) -> None:
        """A couple want to stand as near to each other as can be."""
        left, right = sorted(couple.pair, key=lambda key: self.at[key][1])
        row, n = self.at[left]
        least = sum(self._steps[row][n : self.at[right][1]])
        slack = self.x[right] - self.x[left] - least
        wishes[left].append((self.x[left] + slack / 2, 0.5))
        wishes[right].append((self.x[right] - slack / 2, 0.5))

    def _hangs_at(self, brood: Brood, middle: float) -> float:
        """About where a brood hangs from its parents; `middle` is that of the children."""
        if len(brood.parents) == 1:
            return self.x[brood.parents[0]]
        left, right = sorted(brood.parents, key=self.at.__getitem__)
        start = self.x[left] + self.width[left] / 2
        end = self.x[right] - self.width[right] / 2
        if self.beside(self.couple[frozenset(brood.parents)]):
            return (start + end) / 2
        return min(max(middle, start), end)

    def _stand(self, upright: Upright) -> None:
        """Give an upright its place in its gap; several stand beside each other."""
        start, end = self.gap_between(upright.row, upright.gap)
        mates = self.through(upright.row, upright.gap)
        if len(mates) == 1 and isinstance(upright.what, Brood):
            keys = [child.key for child in upright.what.children]
            middle = (self.x[keys[0]] + self.x[keys[-1]]) / 2
            upright.x = min(max(middle, start + _CLEAR), end - _CLEAR)
            return
        first = (start + end) / 2 - LANE * (len(mates) - 1) / 2
        mates.sort(key=self._towards)
        upright.x = first + LANE * mates.index(upright)

    def _towards(self, upright: Upright) -> float:
        what = upright.what
        if isinstance(what, Brood):
            return (self.x[what.children[0].key] + self.x[what.children[-1].key]) / 2
        ends = sorted(self.x[key] for key in what.pair)
        here = self.gap_between(upright.row, upright.gap)[0]
        return ends[1] if abs(ends[0] - here) < abs(ends[1] - here) else ends[0]


def _beyond(says: str) -> float:
    """How much longer than usual a couple's line is, for what is written on it."""
    return max(0.0, width_of(says, 12) + 14 - (COUPLE - SYMBOL))


def _in_order(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest values to those wanted that never fall: neighbours that would are pooled at
    their weighted mean (isotonic regression by pooling adjacent violators)."""
    pools: list[list[float]] = []  # mean, weight, how many
    for value, weight in zip(wanted, weights, strict=True):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, heavy, count = pools.pop()
            last = pools[-1]
            whole = last[1] + heavy
            pools[-1] = [(last[0] * last[1] + mean * heavy) / whole, whole, last[2] + count]
    return [pool[0] for pool in pools for _ in range(int(pool[2]))]

"""Who stands beside whom: couples together, brothers and sisters by age, few lines crossing.

The order is searched for. Several walks through the family give orders to begin with; moving
people, couples and whole broods along their row mends the best of them until nothing gets better.
The same family always gets the same order.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from earlydoors.web.design.genogram.kin import Brood, Couple, Kin

type Rows = list[list[str]]

_PARTED = 7.0  # someone stands between the two of a couple
_CROSSING = 4.0
_STRANGER = 1.6  # someone stands among brothers and sisters who is neither, nor theirs
_APART = 0.9  # someone stands among people of one home who lives elsewhere
_ASLANT = 0.35  # a brood hangs to the side of its parents
_SIDES = 0.15  # by custom a man stands left of his wife
_BEGINNINGS = 3
_SWEEPS = 12


@dataclass(frozen=True)
class Links:
    """What the order answers to."""

    couples: Sequence[Couple]
    broods: Sequence[Brood]
    homes: Sequence[frozenset[str]]
    kin: Kin


def ordered(piece: Sequence[str], rows: dict[str, int], links: Links) -> Rows:
    """The people of one piece, row by row, left to right. `rows` says the row of each; rows that
    the piece does not reach stay empty."""
    if len(piece) == 1:
        return _laid(piece, rows)
    search = _Search(piece, rows, links)
    begun = sorted(
        (search.walk(key) for key in sorted(piece)), key=lambda order: search.cost(order)
    )
    tried: list[Rows] = []
    for order in begun:
        if order not in tried:
            tried.append(order)
    best = [search.mended(order) for order in tried[:_BEGINNINGS]]
    return min(best, key=search.cost)


def _laid(keys: Sequence[str], rows: dict[str, int]) -> Rows:
    order: Rows = [[] for _ in range(max(rows.values()) + 1)]
    for key in keys:
        order[rows[key]].append(key)
    return order


class _Search:
    """The search for one piece of a family."""

    def __init__(self, piece: Sequence[str], rows: dict[str, int], links: Links) -> None:
        here = set(piece)
        self._piece = piece
        self._rows = rows
        self._couples = [c for c in links.couples if c.pair <= here]
        self._broods = [b for b in links.broods if b.children[0].key in here]
        self._ages = {one.key: one.order for one in links.kin.people}
        men = {one.key for one in links.kin.people if one.shape == "square"}
        self._partners: dict[str, list[str]] = {key: [] for key in piece}
        for couple in self._couples:
            self._partners[couple.one].append(couple.other)
            self._partners[couple.other].append(couple.one)
        self._children = [tuple(child.key for child in b.children) for b in self._broods]
        theirs = [set(keys) for keys in self._children]
        self._kindred = [
            keys | {partner for key in keys for partner in self._partners[key]} for keys in theirs
        ]
        self._elder: dict[str, set[str]] = {key: set() for key in piece}
        for keys in self._children:
            for key in keys:
                mine = self._ages[key]
                self._elder[key] |= {k for k in keys if k != key and self._ages[k] < mine}
        count = max(rows.values()) + 1
        self._couples_on: list[list[tuple[str, str, bool]]] = [[] for _ in range(count)]
        for couple in self._couples:
            self._couples_on[rows[couple.one]].append(_by_custom(couple, men))
        self._broods_on: list[list[int]] = [[] for _ in range(count)]
        for n, keys in enumerate(self._children):
            self._broods_on[rows[keys[0]]].append(n)
        self._homes_on: list[list[list[str]]] = [[] for _ in range(count)]
        for home in links.homes:
            for row in range(count):
                inside = sorted(key for key in home & here if rows[key] == row)
                if len(inside) > 1:
                    self._homes_on[row].append(inside)

    # ---- beginnings

    def walk(self, start: str) -> Rows:
        """An order from a walk that begins at someone and keeps to families."""
        order: Rows = [[] for _ in range(max(self._rows.values()) + 1)]
        placed: set[str] = set()
        walking = [start, *sorted(self._piece, key=lambda k: (self._rows[k], self._ages[k]))]
        for key in walking:
            self._visit(key, order, placed)
        return self._by_age(order)

    def _visit(self, key: str, order: Rows, placed: set[str]) -> None:
        if key in placed:
            return
        placed.add(key)
        order[self._rows[key]].append(key)
        for n, keys in enumerate(self._children):
            if key in keys:
                for parent in self._broods[n].parents:
                    self._visit(parent, order, placed)
                for other in keys:
                    self._visit(other, order, placed)
        for partner in self._partners[key]:
            self._visit(partner, order, placed)
        for n, brood in enumerate(self._broods):
            if key in brood.parents:
                for other in self._children[n]:
                    self._visit(other, order, placed)

    def _by_age(self, order: Rows) -> Rows:
        """The same with brothers and sisters in the order of their ages: each is put in once all
        who must stand before them are in."""
        made: Rows = []
        for row in order:
            left, sorted_row = list(row), list[str]()
            here = set(row)
            while left:
                ready = next(key for key in left if not (self._elder[key] & here) - set(sorted_row))
                left.remove(ready)
                sorted_row.append(ready)
            made.append(sorted_row)
        return made

    # ---- what an order costs

    def cost(self, order: Rows) -> float:
        """How far an order is from what one would draw by hand; 0 is perfect."""
        at = {key: n for row in order for n, key in enumerate(row)}
        rows = range(len(order))
        return sum(self._within(order[n], n, at) + self._between(order, n, at) for n in rows)

    def _within(self, row: Sequence[str], number: int, at: dict[str, int]) -> float:
        """What a row costs by itself: couples parted, strangers among kin, homes scattered."""
        total = 0.0
        for left, right, custom in self._couples_on[number]:
            apart = at[right] - at[left]
            total += _PARTED * (abs(apart) - 1) + (_SIDES if custom and apart < 0 else 0)
        for n in self._broods_on[number]:
            keys, kindred = self._children[n], self._kindred[n]
            for key in row[at[keys[0]] + 1 : at[keys[-1]]]:
                if key not in kindred:
                    total += _STRANGER
        for home in self._homes_on[number]:
            places = [at[key] for key in home]
            total += _APART * (max(places) - min(places) + 1 - len(places))
        return total

    def _between(self, order: Rows, number: int, at: dict[str, int]) -> float:
        """What lies between a row and the one above costs: lines that cross, broods aslant."""
        hung: list[tuple[float, list[int]]] = []
        total = 0.0
        for n in self._broods_on[number]:
            parents, keys = self._broods[n].parents, self._children[n]
            if parents:
                anchor = (at[parents[0]] + at[parents[-1]]) / 2
                above, here = len(order[number - 1]), len(order[number])
                middle = (at[keys[0]] + at[keys[-1]] + 1) / 2 / here
                total += _ASLANT * here * abs(middle - (anchor + 0.5) / above)
                hung.append((anchor, [at[key] for key in keys]))
        hung.sort()
        for n, (anchor, places) in enumerate(hung):
            for other, theirs in hung[n + 1 :]:
                if anchor < other:
                    total += _CROSSING * sum(bisect_left(theirs, place) for place in places)
        return total

    # ---- mending

    def mended(self, order: Rows) -> Rows:
        """The order after every move that makes it better, until none does."""
        order = [list(row) for row in order]
        for _ in range(_SWEEPS):
            better = [self._mend_row(order, n) for n, row in enumerate(order) if len(row) > 1]
            if not any(better):
                break
        return order

    def _mend_row(self, order: Rows, number: int) -> bool:
        """Move what makes a row better, in place. Returns whether anything did."""
        at = {key: n for row in order for n, key in enumerate(row)}
        best = self._around(order, number, at)
        moved = False
        for block in self._blocks(order[number]):
            row = order[number]
            rest = [key for key in row if key not in block]
            inside = [key for key in row if key in block]
            for turned in (inside, inside[::-1]) if len(inside) > 1 else (inside,):
                for place in range(len(rest) + 1):
                    tried = [*rest[:place], *turned, *rest[place:]]
                    if tried == order[number] or not self._aged(tried):
                        continue
                    before, order[number] = order[number], tried
                    at.update(zip(tried, range(len(tried)), strict=True))
                    cost = self._around(order, number, at)
                    if cost < best - 1e-9:
                        best, moved = cost, True
                    else:
                        order[number] = before
                        at.update(zip(before, range(len(before)), strict=True))
        return moved

    def _around(self, order: Rows, number: int, at: dict[str, int]) -> float:
        """What of the cost depends on a row."""
        total = self._within(order[number], number, at) + self._between(order, number, at)
        if number + 1 < len(order):
            total += self._between(order, number + 1, at)
        return total

    def _blocks(self, row: Sequence[str]) -> Iterator[frozenset[str]]:
        """What is moved together: a person, a couple, a brood with and without its partners."""
        here = frozenset(row)
        blocks = [frozenset((key,)) for key in row]
        blocks += [one.pair for one in self._couples if one.pair <= here]
        blocks += [frozenset((key, *self._partners[key])) & here for key in row]
        for keys, kindred in zip(self._children, self._kindred, strict=True):
            if keys[0] in here:
                blocks += [frozenset(keys) & here, frozenset(kindred) & here]
        yield from dict.fromkeys(block for block in blocks if len(block) < len(row))

    def _aged(self, row: Sequence[str]) -> bool:
        """Whether brothers and sisters stand by age in it."""
        seen: set[str] = set()
        here = set(row)
        for key in row:
            if (self._elder[key] & here) - seen:
                return False
            seen.add(key)
        return True


def _by_custom(couple: Couple, men: set[str]) -> tuple[str, str, bool]:
    """The two of a couple, whom custom puts left first; whether it has a word on them."""
    if (couple.one in men) == (couple.other in men):
        return couple.one, couple.other, False
    left, right = sorted(couple.pair, key=lambda key: key not in men)
    return left, right, True

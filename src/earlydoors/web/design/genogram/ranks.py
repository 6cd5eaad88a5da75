"""Generations: who stands on which row, and which pieces of a family hang together."""

from collections import defaultdict
from collections.abc import Iterator

from earlydoors.web.design.genogram.kin import Brood, Couple, Kin


class _Steps:
    """People and how many rows lie between them; what contradicts an earlier word is not taken."""

    def __init__(self, keys: list[str]) -> None:
        self._above = {key: (key, 0) for key in keys}

    def root(self, key: str) -> tuple[str, int]:
        """The one everybody here is measured from, and how many rows below them this one is."""
        below = 0
        while self._above[key][0] != key:
            key, more = self._above[key][0], self._above[key][1]
            below += more
        return key, below

    def join(self, upper: str, lower: str, rows: int) -> bool:
        """Say that `lower` is so many rows beneath `upper`. Returns whether it can stand."""
        (root, a), (other, b) = self.root(upper), self.root(lower)
        if root == other:
            return b - a == rows
        self._above[other] = (root, a + rows - b)
        return True


def rows_of(kin: Kin) -> dict[str, int]:
    """The row of everyone, 0 at the top. Descent by birth counts most, then couples, then care,
    then how people say they are related. People whom no word joins stand on the row of the child
    the help is about, or the top one."""
    steps = _Steps([one.key for one in kin.people])
    for upper, lower, between in _words(kin):
        steps.join(upper, lower, between)
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for one in kin.people:
        root, below = steps.root(one.key)
        groups[root][one.key] = below
    middle = {one.key for one in kin.people if one.about}
    rows: dict[str, int] = {}
    for group in groups.values():
        # Groups that nothing joins meet at the row of those the help is about, else at the top.
        at = next((group[key] for key in group if key in middle), None)
        start = at if at is not None else min(group.values())
        rows |= {key: below - start for key, below in group.items()}
    top = min(rows.values(), default=0)
    return {key: row - top for key, row in rows.items()}


def _words(kin: Kin) -> Iterator[tuple[str, str, int]]:
    """Every word on rows: upper, lower, how many between. The weightiest first."""
    by_birth = [
        (brood, child)
        for brood in kin.broods
        for child in brood.children
        if child.descent == "birth"
    ]
    cared_for = [
        (brood, child)
        for brood in kin.broods
        for child in brood.children
        if child.descent != "birth"
    ]
    for brood, child in by_birth:
        yield from _descent(brood, child.key)
    for couple in kin.couples:
        yield couple.one, couple.other, 0
    for brood, child in cared_for:
        yield from _descent(brood, child.key)
    for tie in kin.ties:
        yield tie.one, tie.other, tie.up


def _descent(brood: Brood, child: str) -> Iterator[tuple[str, str, int]]:
    for parent in brood.parents:
        yield parent, child, 1
    if not brood.parents:
        yield brood.children[0].key, child, 0


def regular(kin: Kin, rows: dict[str, int]) -> tuple[list[Couple], list[Brood], list[Brood]]:
    """What lines of the usual kind can show: couples on one row, broods one row beneath. Last
    come the broods that cannot, two people each, to be joined by a curve."""
    couples = [one for one in kin.couples if rows[one.one] == rows[one.other]]
    broods: list[Brood] = []
    apart: list[Brood] = []
    for brood in kin.broods:
        above = brood.parents or (brood.children[0].key,)
        row = rows[above[0]] + (1 if brood.parents else 0)
        level = len({rows[parent] for parent in brood.parents}) <= 1
        held = tuple(child for child in brood.children if level and rows[child.key] == row)
        if not brood.parents and len(held) == 1:
            held = ()
        rest = [child for child in brood.children if child not in held]
        if held:
            broods.append(Brood(brood.parents, held))
        apart += [Brood((near,), (child,)) for child in rest for near in above if near != child.key]
    return couples, broods, apart


def pieces(kin: Kin, couples: list[Couple], broods: list[Brood]) -> list[list[str]]:
    """The people who hang together by couples and descent; those nobody hangs with come last,
    each alone. The piece of those the help is about comes first, then the largest."""
    near: dict[str, set[str]] = {one.key: set() for one in kin.people}
    links = [tuple(one.pair) for one in couples]
    links += [
        (near_one, child.key)
        for brood in broods
        for child in brood.children
        for near_one in (brood.parents or (brood.children[0].key,))
    ]
    for link, other in links:
        near[link].add(other)
        near[other].add(link)
    found: list[list[str]] = []
    seen: set[str] = set()
    for one in kin.people:
        if one.key in seen:
            continue
        piece, waiting = [], [one.key]
        seen.add(one.key)
        while waiting:
            key = waiting.pop()
            piece.append(key)
            fresh = sorted(near[key] - seen)
            seen |= set(fresh)
            waiting += fresh
        found.append(piece)
    about = {one.key for one in kin.people if one.about}
    return sorted(found, key=lambda p: (len(p) == 1, not about & set(p), -len(p)))

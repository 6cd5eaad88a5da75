"""From left to right: pieces of a family side by side, beneath them who hangs in no line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from earlydoors.web.design.genogram.columns import (
    GAP,
    SYMBOL,
    Label,
    Piece,
    label_of,
    width_needed,
)
from earlydoors.web.design.genogram.kin import Brood, Couple, Descent, Kin, One
from earlydoors.web.design.genogram.order import Links, ordered
from earlydoors.web.design.genogram.ranks import pieces, regular, rows_of

MARGIN = 26.0
_BETWEEN = 54.0  # two pieces of a family side by side
_WIDEST = 860.0  # for a row of people who hang in no line
CARERS: dict[Descent, str] = {
    "fostered": "foster carer",
    "kinship": "kinship carer",
    "guardian": "special guardian",
}
"""What someone is to a child who was not born to them; adopters are parents."""


@dataclass(frozen=True)
class Across:
    """Everyone's row and place in it. `apart` are carers and children whom no line of the usual
    kind can join, `uneven` couples who stand on different rows."""

    kin: Kin
    labels: dict[str, Label]
    width: dict[str, float]
    x: dict[str, float]
    order: list[list[str]]
    parts: list[Piece]
    apart: list[Brood]
    uneven: list[Couple]

    @property
    def row(self) -> dict[str, int]:
        """The row of everyone."""
        return {key: n for n, keys in enumerate(self.order) for key in keys}


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: Amy, Ava and Ann."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def said_under(kin: Kin, one: One) -> tuple[str, ...]:
    """The lines beneath a name: those given, then as what someone cares for whom, then how they
    are related where no line shows it."""
    said: dict[str, list[str]] = {}  # `aunt of`, `someone close to`: of whom
    for brood in kin.broods:
        for child in brood.children:
            if one.key in brood.parents and child.descent in CARERS:
                said.setdefault(f"{CARERS[child.descent]} of", []).append(kin.one(child.key).short)
    for tie in kin.ties:
        if tie.one == one.key:
            said.setdefault(tie.says, []).append(kin.one(tie.other).short)
    of = [f"{what[:1].upper()}{what[1:]} {listed(whom)}" for what, whom in said.items()]
    return (*one.under, *of)


def across(kin: Kin) -> Across:
    """Find the row of everyone and their place in it. `kin` must be sound."""
    rows = rows_of(kin)
    couples, broods, apart = regular(kin, rows)
    labels = {one.key: label_of(replace(one, under=said_under(kin, one))) for one in kin.people}
    twice = {key for home in kin.homes for key in home.also}
    width = {
        key: max(width_needed(label), SYMBOL + 46 if key in twice else 0)
        for key, label in labels.items()
    }
    homes = [frozenset((*home.people, *home.also)) for home in kin.homes]
    links = Links(couples, broods, homes, kin)
    parts: list[Piece] = []
    alone: list[str] = []
    order: list[list[str]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
    start = MARGIN
    for keys in pieces(kin, couples, broods):
        if len(keys) == 1:
            alone += keys
            continue
        here = set(keys)
        part = Piece(
            ordered(keys, rows, links),
            width,
            [couple for couple in couples if couple.pair <= here],
            [brood for brood in broods if brood.children[0].key in here],
        )
        part.settle()
        left, right = part.sides()
        part.shift(start - left)
        start += right - left + _BETWEEN
        parts.append(part)
        for row, ordered_row in enumerate(part.order):
            order[row] += ordered_row
    x = {key: at for part in parts for key, at in part.x.items()}
    order = [row for row in order if row] if not parts else order
    order += _beneath(kin, alone, width, x, max(start - _BETWEEN, _WIDEST))
    return Across(kin, labels, width, x, order, parts, apart, _uneven(kin, couples))


def _uneven(kin: Kin, couples: Sequence[Couple]) -> list[Couple]:
    return [couple for couple in kin.couples if couple not in couples]


def _beneath(
    kin: Kin, alone: Sequence[str], width: dict[str, float], x: dict[str, float], room: float
) -> list[list[str]]:
    """Those who hang in no line, in rows no wider than `room`; whom the help is about first."""
    turn = {one.key: (not one.about, one.order) for one in kin.people}
    rows: list[list[str]] = []
    left = MARGIN
    for key in sorted(alone, key=turn.__getitem__):
        if not rows or left + width[key] > room:
            rows.append([])
            left = MARGIN
        rows[-1].append(key)
        x[key] = left + width[key] / 2
        left += width[key] + GAP
    return rows

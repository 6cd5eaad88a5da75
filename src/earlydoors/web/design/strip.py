"""The continuum strip: an area's levels in its own words and order, with a family's path along it.

Pure: from levels, steps and a day to the places of everything drawn, and a sentence that says the
same. Lengths are in the units of the drawing, which is `WIDTH` wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from earlydoors.foundation.kernel.dates import day as in_full

type Kind = Literal["entered", "up", "down", "same", "closed", "returned"]

WIDTH = 1080
BAND_HEIGHT = 62
GAP = 4
LINE_AT = 112
SHOWN_STEPS = 7
_LETTER = 8.6  # the mean width of a letter of the band's type
_SAYS: dict[str, str] = {
    "entered": "Came in",
    "up": "Stepped up",
    "down": "Stepped down",
    "same": "Reviewed",
    "closed": "Closed",
    "returned": "Came back",
}


@dataclass(frozen=True)
class Level:
    """A level of need: its key, the area's name and short name, what it means."""

    key: str
    name: str
    short: str = ""
    means: str = ""
    descriptors: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True)
class Step:
    """A family's move to a level on a day."""

    level: str
    day: date
    kind: Kind


@dataclass(frozen=True)
class Band:
    """A level as drawn: where it lies and the lines of its name."""

    key: str
    name: str
    x: float
    width: float
    lines: Sequence[str]
    here: bool
    visits: Sequence["Mark"]

    @property
    def middle(self) -> float:
        """The middle of the band."""
        return self.x + self.width / 2

    @property
    def first_line(self) -> float:
        """The baseline of the first line of the name."""
        return BAND_HEIGHT / 2 + 6 - (len(self.lines) - 1) * 10.5


@dataclass(frozen=True)
class Mark:
    """A step as drawn: where, what it says, whether the family is there now."""

    x: float
    says: str
    on: str
    here: bool
    kind: Kind


@dataclass(frozen=True)
class Strip:
    """The whole strip. `sentence` says in words what it shows."""

    bands: Sequence[Band]
    marks: Sequence[Mark]
    curves: Sequence[str]
    sentence: str
    earlier: int
    height: int
    levels: Sequence[Level]

    @property
    def drawn(self) -> bool:
        """Whether there is a path; without one the strip is there to help a decision."""
        return bool(self.marks)


def strip(levels: Sequence[Level], path: Sequence[Step], today: date) -> Strip:
    """Lay out the strip. `path` is in order of days; an empty one is the strip of a decision.

    Only the last few steps are drawn; `earlier` says how many are left to the chronology. A step
    whose level the area no longer has is not drawn. Steps after `today` are not drawn.
    """
    known = {level.key for level in levels}
    walked = [step for step in path if step.level in known and step.day <= today]
    shown = walked[-SHOWN_STEPS:]
    marks, homes = _marks(levels, shown)
    closed = bool(shown) and shown[-1].kind == "closed"
    here = shown[-1].level if shown and not closed else ""
    width = (WIDTH - GAP * (len(levels) - 1)) / len(levels)
    bands = tuple(
        Band(
            key=level.key,
            name=level.name,
            x=round(place * (width + GAP), 1),
            width=round(width, 1),
            lines=_lines(level.name, width),
            here=level.key == here,
            visits=tuple(m for m, home in zip(marks, homes, strict=True) if home == level.key),
        )
        for place, level in enumerate(levels)
    )
    curves = tuple(_curve(a.x, b.x) for a, b in pairwise(marks))
    return Strip(
        bands=bands,
        marks=marks,
        curves=curves,
        sentence=_sentence(levels, walked),
        earlier=len(walked) - len(shown),
        height=LINE_AT + 58 if marks else BAND_HEIGHT,
        levels=tuple(levels),
    )


def _marks(
    levels: Sequence[Level], shown: Sequence[Step]
) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """The steps, those in one level side by side in the order they were made."""
    width = (WIDTH - GAP * (len(levels) - 1)) / len(levels)
    order = [level.key for level in levels]
    visits = {key: [n for n, step in enumerate(shown) if step.level == key] for key in order}
    marks = []
    for n, step in enumerate(shown):
        among = visits[step.level]
        x = order.index(step.level) * (width + GAP) + width * (among.index(n) + 0.5) / len(among)
        marks.append(
            Mark(
                x=round(x, 1),
                says=_SAYS[step.kind],
                on=_short_day(step.day),
                here=n == len(shown) - 1,
                kind=step.kind,
            )
        )
    return tuple(marks), tuple(step.level for step in shown)


def _curve(start: float, end: float) -> str:
    """A line that leaves one mark and arrives at the next, bowed so that a way back is seen."""
    rise = min(34.0, 12 + abs(end - start) * 0.07)
    top = LINE_AT - rise if end >= start else LINE_AT + rise * 0.55
    third = (end - start) / 3
    return (
        f"M{start:.1f} {LINE_AT}C{start + third:.1f} {top:.1f} "
        f"{end - third:.1f} {top:.1f} {end:.1f} {LINE_AT}"
    )


def _lines(name: str, width: float) -> tuple[str, ...]:
    """The name in at most two lines that fit: as it is, else up to its first comma, else cut with
    an ellipsis."""
    room = max(6, int((width - 20) / _LETTER))
    lines = _broken(name, room)
    if len(lines) > 2 and "," in name:
        lines = _broken(name.partition(",")[0], room)
    if len(lines) > 2:
        rest = " ".join(lines[1:])
        lines = [lines[0], rest[: room - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"]
    return tuple(lines)


def _broken(name: str, room: int) -> list[str]:
    """A name in lines of at most so many letters; a longer word stands alone."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _short_day(on: date) -> str:
    words = in_full(on).split()
    return f"{words[0]} {words[1][:3]} {words[2]}"


def _sentence(levels: Sequence[Level], walked: Sequence[Step]) -> str:
    names = {level.key: level.name for level in levels}
    if not walked:
        return f"The levels here, from least to most need: {', '.join(names.values())}."
    verbs = {
        "entered": "came in at",
        "up": "stepped up to",
        "down": "stepped down to",
        "same": "stayed at",
        "closed": "closed at",
        "returned": "came back at",
    }
    told = [f"{verbs[s.kind]} {names[s.level]} on {in_full(s.day)}" for s in walked]
    last = walked[-1]
    if last.kind != "closed" and len(told) == 1:
        return f"The family {told[0]} and is there now."
    path = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    now = "" if last.kind == "closed" else " That is where it is now."
    return f"The family {path}.{now}"

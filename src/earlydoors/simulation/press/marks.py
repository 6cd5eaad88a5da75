"""Marks that stand in a plate for what each family has of its own.

A mark is a short string that no text holds: a number between two characters of Unicode's private
use area. It passes through the domain's operations like any name or sentence.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

_OPEN, _CLOSE = "\ue000", "\ue001"
FOUND = re.compile(f"{_OPEN}([0-9a-z]+){_CLOSE}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Hole(NamedTuple):
    """What a family has of its own: its kind, and which one of that kind."""

    kind: str
    which: tuple[Any, ...] = ()


@dataclass
class Marks:
    """The marks of a play, and what stands for a hole as a whole value, such as a birth date.

    `rows` are names in a row, one after another, and the mark that stands for them in their order;
    the names of an area's panels are among them, as nobody may call a panel otherwise.
    """

    holes: list[Hole] = field(default_factory=list)
    numbers: dict[Hole, int] = field(default_factory=dict)
    texts: dict[str, Hole] = field(default_factory=dict)
    days: dict[date, Hole] = field(default_factory=dict)
    ids: dict[str, Hole] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    def mark(self, kind: str, *which: Any) -> str:
        """The mark of a hole, the same each time."""
        hole = Hole(kind, which)
        if hole not in self.numbers:
            self.numbers[hole] = len(self.holes)
            self.holes.append(hole)
        return f"{_OPEN}{_written(self.numbers[hole])}{_CLOSE}"

    def hole(self, written: str) -> Hole:
        """The hole of a mark's number."""
        return self.holes[int(written, 36)]


def _written(number: int) -> str:
    digits = ""
    while True:
        number, last = divmod(number, 36)
        digits = _DIGITS[last] + digits
        if not number:
            return digits

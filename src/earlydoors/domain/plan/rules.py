"""What a plan still owes, and how far a family has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Lack:
    """Something that keeps a plan from being agreed: a sentence, what sort of thing is missing,
    and the outcome or need that it is missing for."""

    says: str
    what: Literal["lead", "outcome", "action", "need"]
    about: UUID | None = None


@dataclass(frozen=True)
class Point:
    """A score as drawn: area of life, whose view, the day and the value.

    `who` names the child whose view it is, where there are several.
    """

    area: str
    view: str
    on: date
    value: int
    who: str = ""


@dataclass(frozen=True)
class Journey:
    """From the first score to the latest, in one view of one area of life."""

    area: str
    view: str
    first: Point
    latest: Point
    who: str = ""

    @property
    def moved(self) -> int:
        """Points gained; negative when things got harder."""
        return self.latest.value - self.first.value


def journeys(points: Iterable[Point]) -> list[Journey]:
    """First and latest of every area and view, in the order areas first appear.

    Each child's view is a line of its own.
    """
    found: dict[tuple[str, str, str], list[Point]] = {}
    for point in sorted(points, key=lambda p: p.on):
        found.setdefault((point.area, point.view, point.who), []).append(point)
    return [
        Journey(area, view, line[0], line[-1], who) for (area, view, who), line in found.items()
    ]


def headline(who: str, lines: Sequence[Journey], areas: int, since: date | None) -> str:
    """What the picture of distance travelled shows, in one sentence."""
    if not lines or since is None:
        return f"No scores for {who} yet."
    moved = [line for line in lines if line.first.on != line.latest.on]
    months = f"{since.day} {since:%B %Y}"
    if not moved:
        return f"{who} gave scores once, on {months}."
    risen = len({line.area for line in moved if line.moved > 0})
    fallen = len({line.area for line in moved if line.moved < 0})
    of = f"{areas} area" if areas == 1 else f"{areas} areas"
    words = f"Scores for {who} have risen in {risen} of {of} since {months}"
    return words + (f", and fallen in {fallen}." if fallen else ".")

"""Families printed together, and how far a simulation has come with them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from earlydoors.simulation.press.drawing import Drawing, Slips
from earlydoors.simulation.press.loading import Ends, Loader, Sheets
from earlydoors.simulation.press.printing import Press, Printed

STORIES: Final = 250  # families printed and written at a time
BARE: Final = 2000  # of those that are on record and no more


class Label(NamedTuple):
    """The truth about a second record of somebody: its id, that of their own, and its slips."""

    second: str
    first: str
    slips: tuple[str, ...]


class Span(NamedTuple):
    """Families to print together, from one number until before another; `bare` those on record
    and no more, counted from the last family with a story."""

    bare: bool
    first: int
    until: int


@dataclass(frozen=True)
class Done:
    """How far a simulation has come: families and people with a story, families on record and no
    more, rows, and the length of the file of labels in bytes."""

    families: int = 0
    people: int = 0
    bare: int = 0
    rows: int = 0
    labels: int = 0


@dataclass
class Batch:
    """Families printed together: each one's sheets, how many people of their own it has, and the
    truth about second records."""

    span: Span
    printed: list[tuple[list[Printed], int]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def number(
        self, loader: Loader, done: Done, ends: Ends, most: int
    ) -> tuple[Sheets, Done, Ends]:
        """Number the rows, and count them to what is done; no more families on record than are
        needed for `most` people."""
        taken: list[Printed] = []
        families, people = 0, done.people
        for printed, own in self.printed:
            if self.span.bare and people >= most:
                break
            taken += printed
            people += own
            families += 1
        sheets, ends = loader.number(taken, ends)
        counted = replace(
            done,
            families=done.families + (0 if self.span.bare else families),
            bare=done.bare + (families if self.span.bare else 0),
            people=people,
            rows=done.rows + sheets.rows,
            labels=done.labels + len(as_csv(self.labels).encode()),
        )
        return sheets, counted, ends


def print_span(press: Press, drawing: Drawing, span: Span) -> Batch:
    """Print the families of a span."""
    batch = Batch(span)
    for number in range(span.first, span.until):
        if span.bare:
            drawn = drawing.bare(drawing.wanted.families + number)
            batch.printed.append(([press.print(drawn)], len(drawn.people)))
        else:
            _print_story(batch, press, drawing, number)
    return batch


def _print_story(batch: Batch, press: Press, drawing: Drawing, number: int) -> None:
    """Print a family, and its second record if there is one."""
    found: list[Printed] = []
    own = 0
    for drawn, slips in drawing.family(number):
        printed = press.print(drawn)
        found.append(printed)
        own = own or len(drawn.people)
        if slips is not None:
            batch.labels += _labels(found[0], printed, slips)
    batch.printed.append((found, own))


def spans(done: Done, families: int) -> Iterator[Span]:
    """What is still to be printed: families with a story, then others without end."""
    for first in range(done.families, families, STORIES):
        yield Span(False, first, min(first + STORIES, families))
    first = done.bare
    while True:
        yield Span(True, first, first + BARE)
        first += BARE


def _labels(first: Printed, second: Printed, slips: Slips) -> list[Label]:
    """The truth about those of a second record who are on record twice by now."""
    both = [slot for slot in second.people if slot in first.people]
    return [Label(second.people[slot], first.people[slot], slips[slot]) for slot in both]


def as_csv(labels: list[Label]) -> str:
    """Lines of the file of labels: a second record, whose record it is, and its slips."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    for one in labels:
        lines.writerow([one.second, one.first, " ".join(one.slips)])
    return file.getvalue()

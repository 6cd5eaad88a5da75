"""A simulation from beginning to end: prepared, printed batch by batch, taken up again, checked."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from earlydoors.domain.matching import filling
from earlydoors.domain.partnership.models import Desk, Member
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.practice.models import PracticeMark, mark, note
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.models import kept
from earlydoors.simulation.press.drawing import Drawing, Slips, Wanted
from earlydoors.simulation.press.loading import Loader, check_keys, in_bulk
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.playing import bits, play
from earlydoors.simulation.press.printing import Press, Printed

BATCH: Final = 250  # families printed and written at a time
_JOINED = 60  # days before the first story that everyone joined

type Report = Callable[[str], None]


class Label(NamedTuple):
    """The truth about a second record of somebody: its id, that of their own, and its slips."""

    second: str
    first: str
    slips: tuple[str, ...]


@dataclass
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
    """Families printed together, and how far the simulation has come with them."""

    families: int
    people: int
    bare: int
    printed: list[Printed] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def add(self, press: Press, drawing: Drawing, number: int) -> None:
        """Print family N, and its second record if there is one."""
        first: Printed | None = None
        for drawn, slips in drawing.family(number):
            printed = press.print(drawn)
            self.printed.append(printed)
            if first is None:
                first = printed
                self.people += len(drawn.people)
            elif slips is not None:
                self.labels += _labels(first, printed, slips)
        self.families = number + 1

    def add_bare(self, press: Press, drawing: Drawing) -> None:
        """Print the next family that is on record and no more."""
        drawn = drawing.bare(drawing.wanted.families + self.bare)
        self.printed.append(press.print(drawn))
        self.people += len(drawn.people)
        self.bare += 1


class Simulation:
    """One simulation of an area, of a size, from a seed."""

    def __init__(
        self,
        wanted: Wanted,
        labels: Path | None,
        report: Report,
        only: frozenset[str] | None = None,
    ) -> None:
        """`labels` is the file for the truth about second records, `only` the paths to tell."""
        self.wanted, self.labels, self.report, self.only = wanted, labels, report, only
        self.done = Done()
        self.loader = Loader()

    def run(self, *, stop_after: int | None = None) -> Done:
        """Prepare, and print until all families are there.

        Raises `UnableTo` for a database that holds people who are not simulated, and one that
        another simulation has begun to fill.
        """
        self._fits()
        profile = current()
        begins = self.wanted.until - timedelta(days=round(self.wanted.years * 365.25))
        self.report(f"Settling {profile.name} and its workers")
        workforce = staff(
            profile, self.wanted.seed, self.wanted.families, begins - timedelta(days=_JOINED)
        )
        self.report("Playing the stories once")
        plates = play(self.only)
        press = press_for(plates)
        drawing = Drawing(self.wanted, profile, plates, workforce)
        self._print(press, drawing, stop_after)
        self._index()
        return self.done

    def is_done(self, progress: Mapping[str, Any]) -> bool:
        """Whether everyone wanted is there, by what was kept of its progress."""
        done = Done(**progress["done"]) if progress else Done()
        return done.families >= self.wanted.families and done.people >= self.wanted.people

    def _fits(self) -> None:
        found = PracticeMark.objects.order_by("id").first()
        if found is None:
            if Member.objects.exists():
                raise UnableTo(
                    "People work in this database already, and nothing says that they practise. "
                    "Simulate in an empty database, such as one with an EARLYDOORS_DATA of its own."
                )
            found = mark(datetime.combine(self.wanted.until, time(), tzinfo=UTC))
        told = found.progress
        asked = _as_json(self.wanted)
        if told and told["wanted"] != asked:
            raise UnableTo(
                "Another simulation has filled this database: "
                f"{_in_words(told['wanted'])}. Ask for that one to go on with it, or use an empty "
                "database."
            )
        if told:
            self.done = Done(**told["done"])

    def _print(self, press: Press, drawing: Drawing, stop_after: int | None) -> None:
        """Batch by batch: while one is written, the next is printed."""
        if connection.in_atomic_block:  # another connection would not see what this one wrote
            for batch in self._batches(press, drawing, stop_after):
                self._write(self.loader, batch)
            return
        with ThreadPoolExecutor(1) as beside:
            writing: Future[None] | None = None
            for batch in self._batches(press, drawing, stop_after):
                if writing is not None:
                    writing.result()
                writing = beside.submit(self._write, self.loader, batch)
            if writing is not None:
                writing.result()
            beside.submit(_let_go).result()

    def _batches(self, press: Press, drawing: Drawing, stop_after: int | None) -> Iterator["Batch"]:
        """What is still to be printed: families with a story, then those on record and no more."""
        last = self.wanted.families if stop_after is None else stop_after
        batch = Batch(self.done.families, self.done.people, self.done.bare)
        said = batch.families
        while batch.families < last:
            batch = Batch(batch.families, batch.people, batch.bare)
            for number in range(batch.families, min(batch.families + BATCH, last)):
                batch.add(press, drawing, number)
            if batch.families >= said:
                self.report(f"Printing families, {batch.families:,} of {last:,}")
                said += max(last // 20, BATCH)
            yield batch
        said = 0
        while batch.people < self.wanted.people and stop_after is None:
            batch = Batch(batch.families, batch.people, batch.bare)
            for _ in range(BATCH * 8):
                batch.add_bare(press, drawing)
                if batch.people >= self.wanted.people:
                    break
            if batch.people >= said:
                self.report(f"Printing people, {batch.people:,} of {self.wanted.people:,}")
                said = batch.people + self.wanted.people // 20
            yield batch

    def _index(self) -> None:
        """Fill the register's index: no signal tells it of rows that come by COPY."""
        for step in filling.fill():
            self.report(f"Filling the register's index, {step.done:,} of {step.of:,} people")
        filling.count_names()
        if not connection.in_atomic_block:
            filling.settle()

    def _write(self, loader: Loader, batch: "Batch") -> None:
        rows = loader.rows
        text = _as_csv(batch.labels)
        with in_bulk(), transaction.atomic():
            loader.load(batch.printed)
            done = Done(
                batch.families,
                batch.people,
                batch.bare,
                self.done.rows + loader.rows - rows,
                self.done.labels + len(text.encode()),
            )
            note(wanted=_as_json(self.wanted), done=asdict(done))
        self._label(text)
        self.done = done

    def _label(self, text: str) -> None:
        """Add to the file of labels where the last batch that was kept ended."""
        if self.labels is None:
            return
        with self.labels.open("ab") as file:
            file.truncate(self.done.labels)
            file.seek(self.done.labels)
            file.write(text.encode())

    def check(self) -> list[str]:
        """What is wrong with what was written, as sentences; none if all is well."""
        return check_keys()


def press_for(plates: dict[str, Plate]) -> Press:
    """A press for this database: plates name its desks and its profile by their keys."""
    at = datetime.now(UTC)  # of no matter: the profile has been kept since the area was settled
    desks = {desk.key: str(desk.pk) for desk in Desk.objects.all()}
    return Press(plates, current(), bits(), {"profile": kept(current(), at).pk, **desks})


def _let_go() -> None:
    """Close this thread's connection."""
    connection.close()


def _labels(first: Printed, second: Printed, slips: Slips) -> list[Label]:
    """The truth about those of a second record who are on record twice by now."""
    both = [slot for slot in second.people if slot in first.people]
    return [Label(second.people[slot], first.people[slot], slips[slot]) for slot in both]


def wanted_of(progress: Mapping[str, Any]) -> Wanted:
    """What was wanted of the simulation that has filled this database."""
    told = progress["wanted"]
    return Wanted(**{**told, "until": date.fromisoformat(told["until"])})


def _as_json(wanted: Wanted) -> dict[str, Any]:
    return {**asdict(wanted), "until": wanted.until.isoformat()}


def _in_words(wanted: dict[str, Any]) -> str:
    until = date.fromisoformat(wanted["until"])
    return (
        f"--families {wanted['families']} --years {wanted['years']} --seed {wanted['seed']} "
        f"--until {until.isoformat()}"
    )


def _as_csv(labels: list[Label]) -> str:
    """Lines of the file of labels: a second record, whose record it is, and its slips."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    for one in labels:
        lines.writerow([one.second, one.first, " ".join(one.slips)])
    return file.getvalue()

"""A simulation from beginning to end: prepared, printed batch by batch, taken up again, checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from earlydoors.domain.matching import filling
from earlydoors.domain.partnership.models import Desk, Member
from earlydoors.foundation.audit.chain import kept_end
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.practice.models import PracticeMark, mark, note
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.models import kept
from earlydoors.simulation.press.batches import Batch, Done, Span, as_csv, print_span, spans
from earlydoors.simulation.press.beside import Hand, hands, how_many
from earlydoors.simulation.press.convening import convene
from earlydoors.simulation.press.drawing import BARE, JOINED, Drawing, Wanted
from earlydoors.simulation.press.loading import Ends, Loader, Sheets, check_keys, in_bulk
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.playing import bits, play
from earlydoors.simulation.press.printing import Press
from earlydoors.simulation.press.stories import HALF, paths

_MANY: Final = 500  # families or people in one: fewer are soon printed by one process

type Report = Callable[[str], None]


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
        self._said: tuple[bool, int] | None = None

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
            profile, self.wanted.seed, self.wanted.families, begins - timedelta(days=JOINED)
        )
        if not self._has_all(self.wanted.families):
            self.report("Playing the stories once")
            plates = self._play()
            drawing = Drawing(self.wanted, profile, plates, workforce)
            press = press_for(plates)
            convene(press, drawing.calendar, drawing.now, self.loader)
            self._print(press, drawing, stop_after)
        if stop_after is None:
            self._index()
        return self.done

    def _play(self) -> dict[str, Plate]:
        """The plates that this simulation needs; half of them are made beside."""
        told = frozenset(paths()) if self.only is None else self.only
        told = told - {BARE} if self.wanted.families else frozenset()
        told |= {BARE} if self.wanted.people else frozenset()
        here, beside = told & HALF, told - HALF
        if not (here and beside and how_many() > 1):
            return play(told)
        with hands(1, lambda _, pipe: pipe.send(play(beside))) as (one,):
            return {**play(here), **one.hear()}

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
        last = self.wanted.families if stop_after is None else stop_after
        people_too = stop_after is None and self.wanted.people > 0
        todo = _until(last, people_too, spans(self.done, last))
        printing = _Printing(self, press, drawing)
        count = how_many() if max(self.wanted.families, self.wanted.people) > _MANY else 0
        if count < 2:
            for span in todo:
                if self._has_all(last):
                    break
                self._tell(last)
                printing.alone(span)
            return
        with hands(count, printing.beside) as several, kept_end():
            self._spread(several, todo, last)

    def _spread(self, several: list[Hand], todo: Iterator[Span], last: int) -> None:
        """Let several print at once. Their rows are numbered, and kept, in order."""
        ends = self.loader.ends()
        for one, span in zip(several, todo, strict=False):
            one.tell(span)
        while not self._has_all(last):
            self._tell(last)
            done = self.done
            waiting = []
            for one in several:
                if _has_all(done, last, self.wanted.people):
                    break
                one.tell((done, ends))
                done, ends = one.hear()
                waiting.append((one, done))
            for one, done in waiting:
                one.tell(None)
                one.hear()
                self.done = done
                if (following := next(todo, None)) is not None:
                    one.tell(following)

    def _has_all(self, last: int) -> bool:
        return _has_all(self.done, last, self.wanted.people)

    def _tell(self, last: int) -> None:
        """Say how far it is, some twenty times in all."""
        done = self.done
        families = done.families < last
        count, of = (done.families, last) if families else (done.people, self.wanted.people)
        if (families, count * 20 // of) != self._said:
            self._said = families, count * 20 // of
            self.report(f"Printing {'families' if families else 'people'}, {count:,} of {of:,}")

    def _index(self) -> None:
        """Fill the register's index: no signal tells it of rows that come by COPY."""
        count = how_many()
        if self.done.people <= _MANY or count < 2:
            for step in filling.fill():
                self.report(f"Filling the register's index, {step.done:,} of {step.of:,} people")
        else:
            self._fill_beside(count)
        self.report("Counting how frequent names are")
        filling.count_names()
        if not connection.in_atomic_block:
            filling.settle()

    def _fill_beside(self, count: int) -> None:
        def fill(number: int, pipe: Connection) -> None:
            for step in filling.fill(share=number, shares=count):
                pipe.send(step.done)
            pipe.send(None)

        of, said = filling.missing().count(), -1
        with hands(count, fill) as several:
            done = dict.fromkeys(several, 0)
            going = list(several)
            while going:
                for one in [*going]:
                    told = one.hear()
                    if told is None:
                        going.remove(one)
                        continue
                    done[one] = told
                    if sum(done.values()) * 20 // of != said:
                        said = sum(done.values()) * 20 // of
                        self.report(
                            f"Filling the register's index, {sum(done.values()):,} of {of:,} people"
                        )

    def keep(self, done: Done, ends: Ends, text: str) -> None:
        """Keep how far it is with the rows themselves, in the caller's transaction, and the truth
        about second records in its file."""
        self.loader.count_on(ends)
        # Before the rows are kept: whatever is too much of it is cut off by who goes on.
        self._label(text, done)
        note(wanted=_as_json(self.wanted), done=asdict(done))

    def _label(self, text: str, done: Done) -> None:
        """Add to the file of labels where what was kept before ended."""
        if self.labels is None:
            return
        start = done.labels - len(text.encode())
        with self.labels.open("ab") as file:
            file.truncate(start)
            file.seek(start)
            file.write(text.encode())

    def check(self) -> list[str]:
        """What is wrong with what was written, as sentences; none if all is well."""
        return check_keys()


class _Printing:
    """Printing and writing batches, in this process or in one beside."""

    def __init__(self, simulation: Simulation, press: Press, drawing: Drawing) -> None:
        self.simulation, self.press, self.drawing = simulation, press, drawing
        self.loader = simulation.loader
        self.most = simulation.wanted.people

    def alone(self, span: Span) -> None:
        """Print a span and write it."""
        batch = print_span(self.press, self.drawing, span)
        with in_bulk(), transaction.atomic():
            sheets, done, ends = batch.number(
                self.loader, self.simulation.done, self.loader.ends(), self.most
            )
            self.loader.write(sheets)
            self.simulation.keep(done, ends, as_csv(batch.labels))
        self.simulation.done = done

    def beside(self, _number: int, pipe: Connection) -> None:
        """Print span after span as they are told; number, and keep, when it is their turn."""
        while True:
            batch = print_span(self.press, self.drawing, pipe.recv())
            done, ends = pipe.recv()
            sheets, done, ends = batch.number(self.loader, done, ends, self.most)
            pipe.send((done, ends))
            self._write(batch, sheets, done, ends, pipe)

    def _write(
        self, batch: Batch, sheets: Sheets, done: Done, ends: Ends, pipe: Connection
    ) -> None:
        with in_bulk(), transaction.atomic():
            self.loader.write(sheets)
            pipe.recv()
            self.simulation.keep(done, ends, as_csv(batch.labels))
        pipe.send(None)


def _has_all(done: Done, families: int, people: int) -> bool:
    return done.families >= families and done.people >= people


def _until(last: int, people_too: bool, todo: Iterator[Span]) -> Iterator[Span]:
    """Spans of stories, and others only where they are wanted."""
    for span in todo:
        if span.bare and not people_too:
            return
        yield span


def press_for(plates: dict[str, Plate]) -> Press:
    """A press for this database: plates name its desks and its profile by their keys."""
    at = datetime.now(UTC)  # of no matter: the profile has been kept since the area was settled
    desks = {desk.key: str(desk.pk) for desk in Desk.objects.all()}
    return Press(plates, current(), bits(), {"profile": kept(current(), at).pk, **desks})


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

"""How fast files are read, looked through, loaded and taken back: `python -m bench.imports [rows]`.

Works on an embedded database in a folder of its own, in one process, and prints JSON: for each
size, rows a second of each step, and the most memory the process held (the database's own is not in
it). The children are invented; nine in ten are not on record.
"""

import atexit
import csv
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.machine import machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlydoors.config.settings")
SIZES = (1_000, 100_000)
GIVEN = "Ava Noah Isla Leo Mia Arlo Freya Theo Zara Omar Maja Piotr Seren Idris Nia Jude".split()
FAMILY = "Bell Graham Dixon Nixon Tyson Irving Wilson Kaur Nowak Ali Okafor Fell Beck Tarn".split()
HEADINGS = (
    "UPN", "Forename", "Surname", "DOB", "Gender", "Ethnicity", "SEN provision", "Address line 1",
    "Town", "Postcode", "Date of entry",
)  # fmt: skip
EVERY_WAY = 10_000  # rows; larger files are walked as CSV, for people on record alone
ADDED_WHY = "To measure"


@contextmanager
def installation() -> Iterator[Any]:
    """An empty installation, and someone who may bring in files."""
    with tempfile.TemporaryDirectory(prefix="earlydoors-bench-") as folder:
        os.environ["EARLYDOORS_DATA"] = folder
        import django

        django.setup()
        from django.utils import timezone

        from earlydoors.config import database, preparation
        from earlydoors.domain.partnership import operations, queries
        from earlydoors.foundation.profile.current import current
        from earlydoors.foundation.profile.schema import RoleKind

        database.ensure_running()
        preparation.migrate(lambda _: None)
        profile = current()
        operations.settle(profile=profile, at=timezone.now())
        role = next(one.key for one in profile.roles if one.kind == RoleKind.COORDINATOR)
        member = operations.join(
            username="bench", name="Bench", role_key=role, profile=profile, password=None,
            on=timezone.localdate(), at=timezone.now(), agency_key=profile.agencies[0].key,
        )  # fmt: skip
        try:
            yield queries.actor_for(member, timezone.localdate())
        finally:
            database.let_go()
            atexit.unregister(database.let_go)


def children(first: int, rows: int) -> Iterator[list[str]]:
    """Lines of a school roll, each with its right number."""
    from stdnum.gb import upn

    for n in range(first, first + rows):
        rest = f"801{n // 100_000 % 10_000:04}{n // 1000 % 100:02}{n % 1000:03}"
        yield [
            upn.calc_check_digit(rest) + rest,
            GIVEN[n % len(GIVEN)],
            FAMILY[n // 7 % len(FAMILY)],
            f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{2008 + n % 12}",
            "MF"[n % 2],
            "WBRI",
            "N",
            f"{n % 300 + 1} Mill Lane",
            "Fellby",
            "CA28 7AB",
            "04/09/2021",
        ]


def as_csv(path: Path, rows: Iterator[list[str]]) -> None:
    """Write a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEADINGS, *rows])


def as_excel(path: Path, rows: Iterator[list[str]]) -> None:
    """Write an Excel file."""
    from earlydoors.domain.imports.writing import as_excel as write

    with path.open("wb") as out:
        write(HEADINGS, rows, out)


class Steps:
    """A file through its steps, each timed."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.took: dict[str, float] = {}

    def time(self, name: str, step: Callable[[], Any]) -> Any:
        """Do a step, and note its seconds."""
        began = time.perf_counter()
        done = step()
        self.took[name] = time.perf_counter() - began
        print(f"{name}: {self.took[name]:.1f} s", file=sys.stderr)
        return done

    def walk(self, path: Path, *, why: str = "", undo: bool = False) -> Any:
        """Read, look through and load a file, and take it back if asked."""
        from django.utils import timezone

        from earlydoors.domain.imports import operations
        from earlydoors.web.imports.advancing import advance

        most = operations.Limits(size=1 << 30, rows=2_000_000)
        given: dict[str, Any] = {"by": self.actor, "at": timezone.now()}
        with path.open("rb") as content:
            sent = operations.Sent(path.name, content, path.stat().st_size)
            file = self.time(
                "read",
                lambda: operations.begin(kind="people", sent=sent, limits=most, **given),
            )
        operations.look_through(file=file, wanted=operations.Wanted(file.columns), **given)
        self.time("look through", lambda: advance(file.pk, self.actor))
        operations.load(file=file, adds_new=bool(why), why=why, **given)
        self.time("load", lambda: advance(file.pk, self.actor))
        if undo:
            operations.undo(file=file, **given)
            self.time("take back", lambda: advance(file.pk, self.actor))
        return file


def refused(actor: Any, folder: Path, rows: int) -> dict[str, object]:
    """How long it takes to refuse a file of too many rows, and what of it is kept."""
    from django.utils import timezone

    from earlydoors.domain.imports import operations
    from earlydoors.domain.imports.models import Row
    from earlydoors.foundation.kernel.refusals import UnableTo

    path = folder / "long.csv"
    with path.open("wb") as out:
        out.write(b"Forename,Surname,DOB\n")
        for _ in range(rows // 10_000):
            out.write(b"Ann,Fell,3/3/2018\n" * 10_000)
    before, began, says = Row.objects.count(), time.perf_counter(), ""
    with path.open("rb") as content:
        size = path.stat().st_size
        try:
            operations.begin(
                kind="people", sent=operations.Sent("long.csv", content, size),
                limits=operations.Limits(size=100 << 20, rows=500_000), by=actor, at=timezone.now(),
            )  # fmt: skip
        except UnableTo as refusal:
            says = refusal.sentence
    return {
        "rows": rows,
        "megabytes": round(size / (1 << 20), 1),
        "seconds": round(time.perf_counter() - began, 2),
        "rows_kept": Row.objects.count() - before,
        "says": says,
    }


def memory() -> int:
    """The most memory this process held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(sizes: tuple[int, ...]) -> None:
    """Measure and print."""
    figures: dict[str, Any] = {}
    with installation() as actor, tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        first = 0
        for rows in sizes:
            known, whole, excel = (folder / name for name in ("k.csv", "w.csv", "w.xlsx"))
            as_csv(known, children(first, rows // 10))
            as_csv(whole, children(first, rows))
            steps = {name: Steps(actor) for name in ("known only", "everyone", "Excel")}
            Steps(actor).walk(known, why=ADDED_WHY)
            steps["known only"].walk(whole)
            if rows <= EVERY_WAY:
                steps["everyone"].walk(whole, why=ADDED_WHY, undo=True)
                as_excel(excel, children(first, rows))
                steps["Excel"].walk(excel)
            figures[f"{rows}"] = {
                name: {step: round(rows / took) for step, took in one.took.items()}
                for name, one in steps.items()
                if one.took
            } | {"memory_mb": memory()}
            first += rows
        refusals = [refused(actor, folder, rows) for rows in (600_000, 10_000_000)]
    said = {"machine": machine(), "rows_a_second": figures, "too_long": refusals}
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    main(tuple(int(one) for one in sys.argv[1:]) or SIZES)

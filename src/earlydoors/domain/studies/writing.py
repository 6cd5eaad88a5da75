"""Writing tables as a file: one CSV for each, and what stands in them, in one ZIP archive."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from earlydoors.domain.studies.columns import KEPT_BACK, Column, Fact, Table
from earlydoors.domain.studies.rules import Row


@dataclass(frozen=True)
class Described:
    """What is told of a study at the head of its file."""

    area: str
    title: str
    asks: str
    since: date
    until: date
    ends_on: date
    least: int


@dataclass(frozen=True)
class Filled:
    """A table with its rows, as they are taken away."""

    table: Table
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def archive(filled: Iterable[Filled], about: Described, facts: frozenset[Fact]) -> bytes:
    """The tables in one archive. The same tables make the same bytes."""
    tables = tuple(filled)
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as into:
        with into.open(_named("README.txt"), "w") as readme:
            readme.write(_readme(tables, about, facts).encode("utf-8"))
        for one in tables:
            keys = [column.key for column in one.columns]
            with (
                into.open(_named(f"{one.table.key}.csv"), "w") as binary,
                TextIOWrapper(binary, encoding="utf-8", newline="") as text,
            ):
                lines = csv.writer(text)
                lines.writerow(keys)
                lines.writerows([row[key] for key in keys] for row in one.rows)
    return kept.getvalue()


def _named(name: str) -> ZipInfo:
    made = ZipInfo(name)  # with the first moment that an archive can hold
    made.compress_type = ZIP_DEFLATED
    return made


def _readme(tables: Sequence[Filled], about: Described, facts: frozenset[Fact]) -> str:
    out = StringIO()

    def say(*lines: str) -> None:
        out.writelines(f"{line}\n" for line in lines)

    say(
        f"{about.title}",
        f"{about.area}, from {about.since:%Y-%m} until before {about.until:%Y-%m}",
        "",
        "This is personal data. Names, birthdays, addresses and everything written in words are",
        "left out, and pseudonyms stand for people and families. Whoever knows a family may still",
        "find it here. Keep it where the study is carried out, give it to nobody else, do not try",
        f"to find out who anybody is, and destroy every copy by {about.ends_on.isoformat()}.",
        "",
        "What the study asks:",
        about.asks,
        "",
        "Pseudonyms are the same in everything that is taken away for this study, and are of no",
        "other. Records that are restricted to a few, and families of whom somebody objected, are",
        "left out.",
    )
    if facts:
        say(
            f"What fewer than {about.least} people or families of a table have in common of what",
            f"tells them apart is kept back: there stands “{KEPT_BACK}”.",
        )
    for one in tables:
        say("", f"{one.table.key}.csv: {len(one.rows):,} rows, each {one.table.says}", "")
        width = max(len(column.key) for column in one.columns)
        for column in one.columns:
            say(f"  {column.key.ljust(width)}  {column.says}")
    return out.getvalue()

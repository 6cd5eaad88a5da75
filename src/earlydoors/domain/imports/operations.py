"""Bringing a file in: reading it, naming its columns, loading it, stopping, taking it back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID

from django.db import connection, transaction

from earlydoors.domain.imports.columns import PEOPLE, SCHOOLS, TO_MEND, missing, recognised
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.reading import Cells, Table, UnreadableFile, opened
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import tidy
from earlydoors.foundation.wall.acting import crossing

UNDO_WITHIN = timedelta(days=30)
"""How long a file can be taken back, and how long rows that wrote nothing are kept."""


@dataclass(frozen=True)
class Limits:
    """The largest file that an installation takes, in bytes and in rows."""

    size: int
    rows: int


@dataclass(frozen=True)
class Sent:
    """A file as it was sent: its name, its content, its size in bytes."""

    name: str
    content: IO[bytes]
    size: int


@transaction.atomic
def refuse_harmful(*, name: str, by: Actor, at: datetime) -> None:
    """Keep as evidence that a file was not taken, because it carries malware of that name."""
    by.must(Right.IMPORT)
    record("import.refused", subject=by.member, by=by, at=at, details={"malware": name})


@transaction.atomic
def begin(
    *,
    kind: str,
    sent: Sent,
    limits: Limits,
    by: Actor,
    at: datetime,
    setting: Setting | None = None,
    source_says: str = "",
    as_of: date | None = None,
    follows: Import | None = None,
) -> Import:
    """Read a file to its last row and keep the rows; the file itself is not kept.

    `setting` is the school whose roll it is, `source_says` how the file is called where its facts
    are shown, `as_of` its day. Raises `UnableTo` for a file that is no table, is damaged or is
    larger than the limits: then nothing of it is kept.
    """
    by.must(Right.IMPORT)
    if by.agency is None:
        raise UnableTo("Only someone who works for an agency can bring in a file.")
    if as_of and as_of > local_day(at):
        raise UnableTo("The day the file is of cannot be later than today.")
    too_large(sent.size, limits)
    with opened(sent.content) as table:
        columns = recognised(kind, table.headings)
        file = Import.make(
            by=by,
            at=at,
            kind=kind,
            agency=by.agency,
            setting=setting,
            follows=follows,
            file_name=_name(sent.name),
            read_as=table.says,
            fingerprint=_fingerprint(sent.content) if sent.content.seekable() else "",
            source_says=_source(kind, source_says, setting, as_of or local_day(at)),
            as_of=as_of,
            headings=list(table.headings),
            columns=columns,
        )
        rows = _copy(file, _within(table, limits.rows))
    if not rows:
        raise UnreadableFile("The file has headings and no rows.")
    file.rows_in_file = rows
    file.save(update_fields=["rows_in_file"])
    record("import.begun", subject=file, by=by, at=at, details={"kind": kind, "rows": rows})
    return file


def too_large(size: int, limits: Limits) -> None:
    """Raises `UnableTo` for a file of more bytes than are taken."""
    if size > limits.size:
        raise UnreadableFile(
            f"The file is larger than {limits.size >> 20:,} MB. Divide it, or leave out the "
            "columns that are not needed. Nothing of it was kept."
        )


def _within(table: Table, most: int) -> Iterator[Cells]:
    for number, row in enumerate(table.rows, 1):
        if number > most:
            raise UnreadableFile(
                f"The file has more than {most:,} rows. Divide it into smaller files. Nothing of "
                "it was kept."
            )
        yield row


def _name(name: str) -> str:
    """A file's name without folders and signs; it is shown, and never opened."""
    return tidy(PurePath(name.replace("\\", "/")).name)[:200] or "file"


def _fingerprint(content: IO[bytes]) -> str:
    place = content.tell()
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(place)
    return digest


def _source(kind: str, says: str, setting: Setting | None, on: date) -> str:
    if kind == SCHOOLS:
        return "Get Information about Schools"
    name = tidy(says) or (f"School roll of {setting}" if setting else "School roll")
    return f"{name[:170]}, {day(on)}"


# The database copies into no table behind its wall: so the lines come in beside it.
_BESIDE = "CREATE TEMP TABLE sent (number int, cells jsonb, formulas jsonb) ON COMMIT DROP"
_TAKE_OVER = (
    "INSERT INTO imports_row (of_id, number, cells, formulas, values, problems, digest, verdict, "
    "possible, changes, differences, decision, takes, outcome, wrote, left_says) "
    "SELECT %s, number, cells, formulas, '{}', '[]', '', '', '[]', '[]', '[]', '', '[]', '', "
    "'[]', '' FROM sent ORDER BY number"
)


def _copy(file: Import, rows: Iterator[Cells]) -> int:
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE)
        with cursor.copy("COPY sent (number, cells, formulas) FROM STDIN") as copy:
            for row in rows:
                cells = json.dumps(row.cells, ensure_ascii=False)
                copy.write_row((row.number, cells, json.dumps(row.formulas)))
                count += 1
        cursor.execute(_TAKE_OVER, [file.pk])
        cursor.execute("DROP TABLE sent")
    return count


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a file: which column says what, and, of schools, which ones."""

    columns: Mapping[str, int]
    choices: Mapping[str, Any] | None = None


@crossing("imports")
@transaction.atomic
def look_through(*, file: Import, wanted: Wanted, by: Actor, at: datetime) -> Import:
    """Settle which column says what, and begin to look the rows through; again, if need be.

    Raises `UnableTo` when a column that cannot be done without is missing.
    """
    with _moving(file, "check", by, at) as (fresh, _):
        lacking = missing(fresh.kind, wanted.columns)
        if lacking:
            raise UnableTo(
                f"The file needs a column for {_listed(lacking)}. Say which it is, or add it to "
                "the file and send it again."
            )
        fresh.columns, fresh.upto = dict(wanted.columns), 0
        fresh.choices = dict(wanted.choices or fresh.choices)
        fresh.rows.exclude(decision="").update(
            decision="", takes=[], decided_at=None, decided_by=None
        )
        fresh.save(update_fields=["columns", "choices", "upto"])
    return fresh


@crossing("imports")
@transaction.atomic
def load(*, file: Import, by: Actor, at: datetime, adds_new: bool = False, why: str = "") -> Import:
    """Begin to load a file, or go on where it was stopped.

    People who are not on record are written only when `adds_new` says so, with a reason. Raises
    `UnableTo` without one, and when the file cannot be loaded now.
    """
    with _moving(file, "load", by, at) as (fresh, was):
        if was == "checked":
            if adds_new and fresh.kind == PEOPLE and not why.strip():
                raise UnableTo("Say why people who are not known yet are to be written down.")
            fresh.adds_new = adds_new and fresh.kind == PEOPLE
            fresh.adds_why = why.strip() if fresh.adds_new else ""
            fresh.upto = 0
            fresh.save(update_fields=["adds_new", "adds_why", "upto"])
    return fresh


@transaction.atomic
def stop(*, file: Import, by: Actor, at: datetime) -> Import:
    """Stop loading after the rows under way. What is loaded stays, and it can go on."""
    with _moving(file, "stop", by, at) as (fresh, _):
        return fresh


@transaction.atomic
def give_up(*, file: Import, by: Actor, at: datetime) -> Import:
    """Bring nothing in. The rows are forgotten when their time is over."""
    with _moving(file, "give_up", by, at) as (fresh, _):
        return fresh


@crossing("imports")
@transaction.atomic
def undo(*, file: Import, by: Actor, at: datetime) -> Import:
    """Begin to take a file back. Raises `UnableTo` once the time for it is over."""
    with _moving(file, "undo", by, at) as (fresh, _):
        if not can_undo(fresh, at):
            raise UnableTo(f"A file can be taken back for {UNDO_WITHIN.days} days.")
    return fresh


def can_undo(file: Import, at: datetime) -> bool:
    """Whether a file can still be taken back."""
    return IMPORT.can("undo", file.state) and at - file.changed_at <= UNDO_WITHIN


@contextmanager
def _moving(file: Import, move: str, by: Actor, at: datetime) -> Iterator[tuple[Import, str]]:
    """Make a move of a file: yields it, locked and fresh, and the state it was in."""
    transition = IMPORT.by_name[move]
    by.must(Right[transition.permission])
    fresh = Import.objects.select_for_update(of=("self",)).select_related("setting").get(pk=file.pk)
    was = fresh.state
    state = IMPORT.move(move, was)
    if fresh.forgotten_on and move in {"check", "load"}:
        raise UnableTo(
            f"The rows of this file were forgotten {UNDO_WITHIN.days} days after they were last "
            "used. Send the file again."
        )
    yield fresh, was
    fresh.change(by=by, at=at, state=state)
    record(transition.event, subject=fresh, by=by, at=at)


@crossing("imports")
@transaction.atomic
def forget(*, at: datetime) -> int:
    """Empty the rows that wrote nothing, of files whose time to be taken back is over.

    A roll names many children whom nobody helps. What a row wrote stays with it, as the evidence of
    where a fact came from. Returns how many rows were emptied.
    """
    over = Import.objects.filter(
        changed_at__lt=at - UNDO_WITHIN,
        forgotten_on=None,
        state__in=["read", "checked", "loaded", "undone", "given_up", "stopped"],
    )
    ids = list(over.values_list("pk", flat=True))
    rows = Row.objects.filter(of__in=ids).exclude(outcome__in=["loaded", "left"])
    emptied = rows.update(
        cells=[], values={}, problems=[], possible=[], differences=[], wrote=[], person_id=None
    )
    over.update(forgotten_on=local_day(at))
    return emptied


def headings_to_mend(file: Import) -> list[str]:
    """The headings of the file of rows to mend: as they were sent, and what to mend."""
    return [*(one for one in file.headings if one != TO_MEND), TO_MEND]


def _listed(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def fresh_import(import_id: UUID) -> Import:
    """A file by its id, for a job that goes on with it."""
    return Import.objects.select_related("setting", "created_by").get(pk=import_id)

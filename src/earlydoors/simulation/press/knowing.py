"""Knowing rows apart without their ids: by what they say, and by what they hang on.

Ids are drawn anew each time, and rows lie in the database in no order that could be relied on: one
that was taken back leaves its room to a later one. So neither says which row is which.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db import models

from earlydoors.simulation.press.capture import AUDIT, Row, Written, tables

_ROUNDS: Final = 5  # how far what a row hangs on is followed
_ID: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_OWN: Final = {"previous_hash", "hash"}

type Plain = Callable[[str], str]


def as_it_is(text: str) -> str:
    """A text without change."""
    return text


def marks_of(
    rows: Sequence[Written], known: Mapping[str, str], plain: Plain = as_it_is
) -> dict[str, str]:
    """What stands for the id of each row. `known` stand for ids of other rows, and `plain` makes a
    line say the same whenever it is written."""
    marks = {**known, **{str(one.versions[-1][1]["id"]): one.table for one in rows}}
    marks |= {one["line"]: "line" for row in rows for _, one in row.versions if one.get("line")}
    lines = {
        str(one.versions[-1][1]["id"]): _ID.split(plain(_told(one.table, one.versions[-1][1])))
        for one in rows
    }
    for _ in range(_ROUNDS):
        marks |= {key: _hashed(_joined(pieces, marks)) for key, pieces in lines.items()}
    return marks


def line_of(table: str, row: Row, marks: Mapping[str, str]) -> str:
    """A row as a line, with ids as what stands for them."""
    return _joined(_ID.split(_told(table, row)), marks)


def in_order(rows: Sequence[Written], marks: Mapping[str, str]) -> list[Written]:
    """Rows in an order that is the same each time the same was written: table by table, those that
    are counted as they were, the others by when they came to be and what they say."""
    numbers = {table: number for number, table in enumerate(tables())}
    counted = {t for t, m in tables().items() if isinstance(m._meta.pk, models.AutoField)}

    def place(one: Written) -> tuple[Any, ...]:
        if one.table in counted:
            return (numbers[one.table],)
        return numbers[one.table], one.versions[0][0], marks[str(one.versions[-1][1]["id"])]

    return sorted(rows, key=place)


def told_in_order(events: Sequence[Row], marks: Mapping[str, str], plain: Plain) -> list[Row]:
    """Evidence as it was told; what was told at once of several rows, by what it says of them:
    an operation takes rows as they lie, where their order is of no matter."""
    found: list[Row] = []
    for _, together in groupby(events, key=lambda row: (row["at"], row["verb"])):
        lines = [(_joined(_ID.split(plain(_told(AUDIT, row))), marks), row) for row in together]
        found += [row for _, row in sorted(lines, key=itemgetter(0))]
    return found


def _told(table: str, row: Row) -> str:
    told = {key: row[key] for key in row if key not in _OWN and key != "id"}
    # Marks are of no printable characters, which a dictionary would write as their codes.
    return f"{table} {told}".replace(r"\ue000", "\ue000").replace(r"\ue001", "\ue001")


def _joined(pieces: Sequence[str], marks: Mapping[str, str]) -> str:
    return "".join(
        marks.get(piece, piece) if number % 2 else piece for number, piece in enumerate(pieces)
    )


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]

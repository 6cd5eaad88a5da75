"""Tables to take away, safe to open: no value in them is ever run by a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

# What a spreadsheet takes for the beginning of a formula, or of a line of its own (OWASP, CSV
# injection).
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: str) -> str:
    """A value that a spreadsheet shows and does not run: a risky one gets an apostrophe before
    it, which `sent` takes off again when the file comes back."""
    bare = value.lstrip(" '\N{NO-BREAK SPACE}\ufeff")
    return "'" + value if bare.startswith(_RISKY) or value.startswith(_RISKY) else value


def sent(value: str) -> str:
    """What a value was before `safe`."""
    return value[1:] if value.startswith("'") and safe(value[1:]) == value else value


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV file in pieces, as Excel reads it: UTF-8 with its mark."""
    yield "\ufeff".encode()
    for row in chain([headings], rows):
        yield _line(row)


def _line(row: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([safe(value) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def as_excel(headings: Sequence[str], rows: Iterable[Sequence[str]], into: IO[bytes]) -> None:
    """Write an Excel file in which every value is text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    for row in (headings, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", safe(value)))
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    book.save(into)

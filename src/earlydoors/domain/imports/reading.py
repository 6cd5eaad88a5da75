"""A file, whatever wrote it, as rows of text: read one row at a time, nothing in it ever run.

What a file is, is told by its first bytes and never by its name.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

from earlydoors.foundation.kernel.refusals import UnableTo

LONGEST_CELL = 32_767  # letters; the most that a cell of Excel holds
MOST_COLUMNS = 300  # GIAS has 136
MOST_UNPACKED = 400 << 20  # bytes; a million rows of an Excel file unpack to less
SAMPLE = 1 << 20  # bytes looked at to tell the encoding and the separator
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)


class UnreadableFile(UnableTo):
    """The file cannot be read as a table. The sentence says why and what to do."""


@dataclass(frozen=True)
class Cells:
    """A row: the number of its line in the file, its cells, and which of them are formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A file being read: what it is in words, the headings of its columns, and its rows."""

    format: str
    encoding: str
    headings: tuple[str, ...]
    rows: Iterator[Cells]

    @property
    def says(self) -> str:
        """How it was read, for people: CSV, Windows-1252, commas between."""
        return ", ".join(filter(None, (self.format, self.encoding)))


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Table]:
    """The table in a file. The rows are read while they are asked for.

    Raises `UnreadableFile`, also while rows are read.
    """
    head = file.read(SAMPLE)
    file.seek(0)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UnreadableFile("The file is empty. Send one with a line of headings and rows.")
    what = next((says for mark, says in _OTHERS.items() if head.startswith(mark)), "")
    if what:
        raise UnreadableFile(f"This is {what}, not a table. Save the table as CSV or Excel.")
    if head.startswith(_ZIP):
        yield _packed(file)
    elif head.startswith(_OLD_EXCEL):
        yield _whole(file, "Excel 97 to 2003")
    else:
        yield _text(file, head)


# Text


def encoding_of(head: bytes) -> tuple[str, str]:
    """The encoding of a text that begins so: Python's name for it, and its name for people.

    Raises `UnreadableFile` for bytes that are no text.
    """
    for mark, encoding, says in _MARKS:
        if head.startswith(mark):
            return encoding, says
    if b"\x00" in head[:400]:
        # Letters of English in UTF-16 have every other byte empty.
        even, odd = head[0:400:2].count(0), head[1:400:2].count(0)
        if max(even, odd) > 50 * (min(even, odd) + 1) or max(even, odd) * 3 > len(head[:400]):
            return ("utf-16-le" if odd > even else "utf-16-be"), "UTF-16"
        if not _is_text(head):
            raise UnreadableFile("This is not a table of text. Save the table as CSV or Excel.")
    try:
        _decoded(head, "utf-8")
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252"
    return "utf-8", "UTF-8"


def _is_text(head: bytes) -> bool:
    odd = sum(head.count(bytes([n])) for n in range(32) if n not in (9, 10, 13))
    # One slip is a letter lost; a picture or a program has them all over.
    return odd * 20 < len(head) + 100


def _decoded(head: bytes, encoding: str) -> str:
    # A letter may be cut in two at the end of the sample.
    cut = len(head) if len(head) < SAMPLE else max(head.rfind(b"\n"), 1)
    return head[:cut].decode(encoding)


def separator_of(line: str) -> str:
    """What stands between the headings: the one of the known separators found most often."""
    bare = "".join(part for n, part in enumerate(line.split('"')) if n % 2 == 0)
    found = max(_SEPARATORS, key=bare.count)
    return found if found in bare else ","


def _text(file: IO[bytes], head: bytes) -> Table:
    encoding, says = encoding_of(head)
    # Windows-1252 leaves five bytes without a letter: they become a sign that is flagged.
    wrapped = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        first = ""
        while not first.strip():
            line = wrapped.readline(LONGEST_CELL * 4)
            if not line:
                raise UnreadableFile("The file has no line of headings.")
            first = line
    finally:
        wrapped.seek(0)
    separator = separator_of(first)
    rows = _rows(_csv(wrapped, separator))
    headings = _headings(rows)
    return Table("CSV", f"{says}, {_SEPARATORS[separator]} between", headings, rows)


def _csv(wrapped: io.TextIOWrapper, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(wrapped, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            f"Line {line} cannot be read: a value goes on for more than {LONGEST_CELL:,} letters. "
            "A quotation mark may be missing. Nothing of the file was kept."
        ) from error
    finally:
        # The file belongs to whoever opened it.
        wrapped.detach()


# Spreadsheets


def _packed(file: IO[bytes]) -> Table:
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile("The file is damaged. Save it again and send that.") from error
    if unpacked > MOST_UNPACKED:
        raise UnreadableFile(
            "The file unpacks to far more than a table would. Save the table as CSV and send that."
        )
    file.seek(0)
    if "xl/workbook.xml" in names:
        return _excel(file)
    if "mimetype" in names and "content.xml" in names:
        return _whole(file, "OpenDocument")
    raise UnreadableFile("This is a packed file, not a table. Unpack it and send the table in it.")


def _excel(file: IO[bytes]) -> Table:
    import openpyxl

    try:
        # Formulas stay text, and what they come to is not looked at.
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
    except Exception as error:  # the library raises whatever a damaged file makes it stumble on
        raise UnreadableFile("The Excel file is damaged or locked by a password.") from error
    rows = _rows(_excel_lines(sheet))
    headings = _headings(rows)
    more = len(book.worksheets) - 1
    of = f"its first sheet of {more + 1}" if more else ""
    return Table("Excel", of, headings, rows)


def _excel_lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [
                # A formula over several cells is an object that holds its text.
                str(getattr(cell.value, "text", "="))
                if cell.data_type == "f" and not isinstance(cell.value, str)
                else as_text(cell.value)
                for cell in row
            ]
            yield number, cells
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile("The Excel file is damaged. Save it again and send that.") from error


def _whole(file: IO[bytes], says: str) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        lines = sheet.iter_rows()
    except (CalamineError, IndexError) as error:
        raise UnreadableFile("The file is damaged or locked by a password.") from error
    start = (sheet.start or (0, 0))[0] + 1
    numbered = ((n, [as_text(cell) for cell in row]) for n, row in enumerate(lines, start))
    rows = _rows(numbered)
    return Table(says, "", _headings(rows), rows)


def as_text(value: object) -> str:
    """A value of a spreadsheet as text: days as 2018-03-03, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


# Rows

_STARTS = ("=", "@")


def _rows(lines: Iterator[tuple[int, list[str]]]) -> Iterator[Cells]:
    for number, raw in lines:
        if not any(cell.strip() for cell in raw):
            continue
        formulas = tuple(n for n, cell in enumerate(raw) if is_formula(cell))
        cells = [_clean(cell, number) for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        yield Cells(number, tuple(cells), formulas)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon with this cell: a formula, or text that begins as one."""
    bare = cell.strip()
    return bare.startswith(_STARTS) or (bare.startswith(("+", "-")) and "(" in bare)


def _clean(cell: str, number: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise UnreadableFile(f"Line {number} has a value of more than {LONGEST_CELL:,} letters.")
    # The database keeps no empty sign and no half of a letter; both show as what they are.
    return (
        cell.replace("\x00", "\N{REPLACEMENT CHARACTER}")
        .encode("utf-8", "replace")
        .decode()
        .strip()
    )


def _headings(rows: Iterator[Cells]) -> tuple[str, ...]:
    first = next(rows, None)
    if first is None:
        raise UnreadableFile("The file has no line of headings.")
    if len(first.cells) > MOST_COLUMNS:
        raise UnreadableFile(
            f"The first line has {len(first.cells):,} columns. It must be the line of headings."
        )
    if len([one for one in first.cells if one]) < 2:
        raise UnreadableFile(
            "The first line must hold the headings of the columns, such as Surname, Forename, DOB. "
            f"It holds only “{first.cells[0][:60]}”."
        )
    return tuple(" ".join(one.split())[:200] for one in first.cells)

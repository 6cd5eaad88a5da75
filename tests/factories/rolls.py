"""Files of people and of schools, invented."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from stdnum.gb import upn

from earlydoors.domain.imports import operations
from earlydoors.domain.imports.checking import check_some
from earlydoors.domain.imports.loading import load_some
from earlydoors.domain.imports.models import Import
from earlydoors.domain.imports.undoing import undo_some
from earlydoors.domain.partnership.actor import Actor
from tests.factories.partnership import AT

HEADINGS = ("UPN", "Forename", "Surname", "DOB", "Gender", "Ethnicity", "Date of entry")
ROLL = (
    (1, "Sophie", "Tarn", "03/03/2018", "F", "WBRI", "04/09/2023"),
    (2, "Oluwaseun", "Okafor", "14/11/2016", "M", "BAFR", "04/09/2021"),
    (3, "Maja", "Łukaszewicz", "29/02/2016", "F", "WOTH", "04/09/2021"),
)
LIMITS = operations.Limits(size=50 << 20, rows=1000)


def number(serial: int) -> str:
    """A UPN of the practice school, with its right check letter."""
    rest = f"8012000{serial:05}"
    return upn.calc_check_digit(rest) + rest


def roll(
    rows: Sequence[Sequence[object]] = ROLL, headings: Sequence[str] = HEADINGS
) -> list[list[str]]:
    """A school roll as lines of cells; a number in the first column becomes a UPN."""
    lines = [list(headings)]
    for first, *others in rows:
        upn_or_text = number(first) if isinstance(first, int) else str(first)
        lines.append([upn_or_text, *(str(one) for one in others)])
    return lines


def as_csv(lines: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """Lines as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines)
    return text.getvalue().encode(encoding)


def as_excel(lines: Sequence[Sequence[object]]) -> bytes:
    """Lines as an Excel file; values that begin with = are formulas, as Excel itself has them."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sent(content: bytes, name: str = "roll.csv") -> operations.Sent:
    """A file as a page hands it over."""
    return operations.Sent(name, io.BytesIO(content), len(content))


def looked_through(
    content: bytes, *, by: Actor, kind: str = "people", at: datetime = AT, **said: object
) -> Import:
    """A file that was read and looked through."""
    choices = said.pop("choices", None)
    file = operations.begin(
        kind=kind,
        sent=sent(content),
        limits=LIMITS,
        by=by,
        at=at,
        **said,  # type: ignore[arg-type]
    )
    wanted = operations.Wanted(file.columns, choices)  # type: ignore[arg-type]
    operations.look_through(file=file, wanted=wanted, by=by, at=at)
    while check_some(import_id=file.pk, by=by, at=at, rows=50):
        pass
    file.refresh_from_db()
    return file


def loaded(file: Import, *, by: Actor, at: datetime = AT, why: str = "", lot: int = 50) -> Import:
    """The file loaded to its last row; with a reason, also the people who were not known."""
    operations.load(file=file, by=by, at=at, adds_new=bool(why), why=why)
    while load_some(import_id=file.pk, by=by, at=at, rows=lot):
        pass
    file.refresh_from_db()
    return file


def taken_back(file: Import, *, by: Actor, at: datetime = AT) -> Import:
    """The file taken back."""
    operations.undo(file=file, by=by, at=at)
    while undo_some(import_id=file.pk, by=by, at=at, rows=50):
        pass
    file.refresh_from_db()
    return file

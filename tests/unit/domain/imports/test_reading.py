"""Files as they come: encodings, separators, spreadsheets, and what is no table at all."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.rolls import as_csv, as_excel

from earlydoors.domain.imports.reading import (
    LONGEST_CELL,
    Cells,
    UnreadableFile,
    opened,
)
from earlydoors.domain.imports.writing import as_csv as written
from earlydoors.domain.imports.writing import as_excel as written_excel
from earlydoors.domain.imports.writing import safe, sent

LINES = [["Forename", "Surname", "DOB"], ["Zoë", "Łukaszewicz–O’Brien", "03/03/2018"]]


def read(content: bytes) -> tuple[str, tuple[str, ...], list[Cells]]:
    with opened(io.BytesIO(content)) as table:
        return table.says, table.headings, list(table.rows)


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-8", "CSV, UTF-8, commas between"),
        ("utf-8-sig", "CSV, UTF-8, commas between"),
        ("utf-16", "CSV, UTF-16, commas between"),
    ],
)
def test_every_encoding_gives_the_same_letters(encoding: str, says: str) -> None:
    assert read(as_csv(LINES, encoding)) == (
        says,
        ("Forename", "Surname", "DOB"),
        [Cells(2, ("Zoë", "Łukaszewicz–O’Brien", "03/03/2018"))],
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_without_its_mark(encoding: str) -> None:
    says, headings, _ = read(as_csv(LINES, encoding))
    assert (says, headings[0]) == ("CSV, UTF-16, commas between", "Forename")


def test_what_is_not_utf_8_is_read_as_windows_writes_it() -> None:
    says, _, rows = read(as_csv([LINES[0], ["Zoë", "O’Brien", ""]], "cp1252"))
    assert says == "CSV, Windows-1252, commas between"
    assert rows[0].cells == ("Zoë", "O’Brien")


@pytest.mark.parametrize(
    ("separator", "says"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright lines")]
)
def test_the_separator_is_found(separator: str, says: str) -> None:
    found, headings, _ = read(as_csv(LINES, separator=separator))
    assert found.endswith(f"{says} between")
    assert len(headings) == 3


def test_excel_dates_numbers_and_formulas() -> None:
    lines: list[list[object]] = [
        ["Forename", "NHS number", "DOB", "Sum"],
        ["Zoë", 9434765919, date(2018, 3, 3), "=1+1"],
        [
            "Ann",
            9434765919.0,
            datetime(2018, 3, 3, 9, 30, tzinfo=UTC).replace(tzinfo=None),
            '=HYPERLINK("http://x.test","y")',
        ],
    ]
    says, _, rows = read(as_excel(lines))
    assert says == "Excel"
    assert rows[0] == Cells(2, ("Zoë", "9434765919", "2018-03-03", "=1+1"), (3,))
    assert rows[1].cells[2] == "2018-03-03 09:30:00"
    assert rows[1].formulas == (3,)


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [("=1+1", True), ("@SUM(A1)", True), ("-2+cmd('calc')", True), ("+44 7700 900123", False),
     ("-", False), ("a=b", False)],
)  # fmt: skip
def test_formulas_in_text_are_flagged(cell: str, is_one: bool) -> None:
    _, _, rows = read(as_csv([["Forename", "Note"], ["Ann", cell]]))
    assert rows[0].formulas == ((1,) if is_one else ())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \r\n", "The file is empty"),
        (b"%PDF-1.7 and so on", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"PK\x03\x04 not really", "The file is damaged"),
        (b"\xd0\xcf\x11\xe0 not really", "damaged or locked"),
        (b"only one heading\nand a row\n", "must hold the headings"),
        (bytes(range(256)) * 20, "not a table of text"),
    ],
)
def test_what_is_no_table_has_its_answer(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(content)


def test_a_missing_quotation_mark_does_not_swallow_the_file() -> None:
    content = b'Forename,Surname\n"Ann,Fell\n' + b"x,y\n" * LONGEST_CELL
    with pytest.raises(UnreadableFile, match=r"Line 2 .*quotation mark may be missing"):
        read(content)


def test_ragged_rows_blank_rows_and_line_numbers() -> None:
    content = b'Forename,Surname,DOB\n\nAnn,Fell\n,,\n"Bo\nline",Fell,1/1/2018,more\n'
    _, _, rows = read(content)
    assert [(row.number, len(row.cells)) for row in rows] == [(3, 2), (5, 4)]


def test_signs_that_no_text_has_are_shown_and_not_lost() -> None:
    _, _, rows = read(b"Forename,Surname\nA\x00nn,Fell\n")
    assert rows[0].cells == ("A\N{REPLACEMENT CHARACTER}nn", "Fell")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), min_size=2,
                 max_size=5),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_what_is_taken_away_comes_back_as_it_was(lines: list[list[str]]) -> None:
    lines = [[cell.strip() for cell in line] for line in lines]
    headings = ["One", "Two", "Three", "Four", "Five"]
    content = b"".join(written(headings, lines))
    wanted = [tuple(_without_end(line)) for line in lines if any(line)]
    _, _, rows = read(content)
    assert [tuple(sent(cell) for cell in row.cells) for row in rows] == wanted
    assert not any(row.formulas for row in rows)


def _without_end(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line = line[:-1]
    return line


@given(st.text(max_size=20))
def test_nothing_taken_away_begins_as_a_formula(value: str) -> None:
    assert not safe(value).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert sent(safe(value)) == value or value.startswith("'")


def test_nothing_is_a_formula_in_an_excel_file_to_take_away() -> None:
    made = io.BytesIO()
    written_excel(["A", "B"], [["=1+1", "@x"], ["fine", "-1"]], made)
    _, _, rows = read(made.getvalue())
    assert [row.cells for row in rows] == [("'=1+1", "'@x"), ("fine", "'-1")]
    assert not any(row.formulas for row in rows)

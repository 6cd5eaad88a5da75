"""Tables as files: a spreadsheet must not run what somebody wrote."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.web.families.table_file import as_csv, safe_cell


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_what_could_be_a_formula_begins_with_an_apostrophe(begin: str) -> None:
    assert safe_cell(f"{begin}HYPERLINK()") == f"'{begin}HYPERLINK()"


@pytest.mark.parametrize("text", ["", "Kelly", "3 March", "'=1", " =1", "a=b"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_file_begins_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    written = as_csv(("One", "Other"), rows)
    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))
    assert read[0] == ["One", "Other"]
    assert len(read) == len(rows) + 1
    for got, given_row in zip(read[1:], rows, strict=True):
        for cell, text in zip(got, given_row, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.removeprefix("'").replace("\x00", "") == text.removeprefix("'").replace(
                "\x00", ""
            )

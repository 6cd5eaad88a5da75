"""Tables as files that a spreadsheet opens, safe against formulas in what somebody wrote."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be begins with an apostrophe.

    The characters are those that OWASP names under CSV injection.
    """
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV in UTF-8, with the mark by which Excel knows it."""
    written = StringIO(newline="")
    out = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    out.writerow(headers)
    out.writerows([safe_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")

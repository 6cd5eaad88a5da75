"""Setting a paper as a tagged PDF that a screen reader reads (PDF/UA-1), by Typst."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

from earlydoors.foundation.documents.content import Paper, Paragraph

FAMILY = "Atkinson Hyperlegible Next"
"""The typeface of papers; the others in the folder stand in for scripts that it lacks."""
STANDARD: Literal["ua-1"] = "ua-1"
NOT_PRINTED = (
    "Some letters on this paper could not be printed, because no typeface here holds them. "
    "Each is shown as \N{REPLACEMENT CHARACTER}."
)

_SOURCE = Path(__file__).with_name("paper.typ")
_MISSING = "\N{REPLACEMENT CHARACTER}"


class CannotTypeset(Exception):
    """No paper can be made here. `str()` says why and what to do."""


def as_pdf(paper: Paper, *, typefaces: Path, at: datetime) -> bytes:
    """A paper as PDF, made at the moment `at`. `typefaces` is a folder of TrueType files.

    Every text reaches Typst as data, so nothing in it is read as markup. Letters that no typeface
    holds are shown by a sign, and the paper says so at its end. Raises `CannotTypeset` where the
    typefaces were never built.
    """
    known = _known(typefaces)
    said = _printable(paper, known.letters)
    if said != _printable(paper, None):
        said = replace(said, parts=(*said.parts, Paragraph(NOT_PRINTED)))
    data = {
        "title": said.title,
        "foot": said.foot,
        "families": known.families,
        "parts": [_part(part) for part in said.parts],
    }
    source = _SOURCE.read_bytes()
    made = typst.compile(
        source,
        font_paths=known.fonts,
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data)},
        pdf_standards=STANDARD,
        timestamp=at.replace(microsecond=0),  # a PDF tells time to the second
    )
    return bytes(made)


class _Known:
    """The typefaces of a folder: their families, and every letter that one of them holds."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*.ttf"))
        if not files:
            raise CannotTypeset(
                "The typefaces are not built. Run “earlydoors prepare”, or start it."
            )
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        # A typeface of pictures holds numerals too, as pictures, so it comes last.
        held = self.fonts.families()
        self.families = sorted(held, key=lambda one: (one != FAMILY, "Emoji" in one, one))
        self.letters = frozenset(letter for file in files for letter in _letters(file))


@cache
def _known(folder: Path) -> _Known:
    return _Known(folder)


def _letters(file: Path) -> Iterator[int]:
    with TTFont(file, lazy=True) as font:
        yield from font.getBestCmap()


def _part(part: object) -> dict[str, Any]:
    return {"kind": type(part).__name__.lower(), **asdict(part)}  # type: ignore[call-overload]


def _printable[Said](said: Said, letters: frozenset[int] | None) -> Said:
    """The same with every text as it can be set; without `letters`, only rid of what is no text."""
    if isinstance(said, str):
        return _text(said, letters)  # type: ignore[return-value]
    if isinstance(said, tuple):
        return tuple(_printable(one, letters) for one in said)  # type: ignore[return-value]
    if is_dataclass(said) and not isinstance(said, type):
        return replace(
            said,
            **{one.name: _printable(getattr(said, one.name), letters) for one in fields(said)},
        )
    return said


def _text(text: str, letters: frozenset[int] | None) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(_shown(letter, letters) for letter in text)


def _shown(letter: str, letters: frozenset[int] | None) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n" or kind == "Cf":
        return letter  # a line's end; marks of direction and of joining, which draw nothing
    if kind in {"Cc", "Cs"}:
        return ""  # no text at all
    return letter if letters is None or ord(letter) in letters else _MISSING

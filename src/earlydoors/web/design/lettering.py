"""Letters in pictures: how wide they are, where a name breaks, and words as SVG has them."""

import unicodedata
from functools import lru_cache
from xml.sax.saxutils import escape

_NARROW = frozenset("iljtfrI.,:;'’‘|!()[] ")
_WIDE = frozenset("mwMW@%—…")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    """The width of a letter in parts of its height, on the safe side for any plain typeface."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.05
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.58


def width_of(text: str, size: float) -> float:
    """How wide a line is, in the same unit as `size`, the height of its letters."""
    return sum(map(_width, text)) * size


def broken(text: str, room: float, size: float) -> tuple[str, ...]:
    """A text in lines no wider than `room`: between words and after hyphens, inside a word only
    where it alone is wider. Nothing is left out."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, room, size):
            glue = "" if not line or piece.joined else " "
            if line and width_of(line + glue + piece.text, size) <= room:
                line += glue + piece.text
            else:
                lines.append(line)
                line = piece.text
    lines.append(line)
    return tuple(one for one in lines if one)


class _Piece:
    """A part of a word that stays whole; `joined` to the one before without a space."""

    __slots__ = ("joined", "text")

    def __init__(self, text: str, *, joined: bool) -> None:
        self.text = text
        self.joined = joined


def _pieces(word: str, room: float, size: float) -> list[_Piece]:
    parts = word.replace("-", "-\0").split("\0")
    found: list[_Piece] = []
    for part in filter(None, parts):
        rest = part
        while width_of(rest, size) > room:
            fits = _fitting(rest, room, size)
            found.append(_Piece(rest[:fits], joined=bool(found)))
            rest = rest[fits:]
        if rest:
            found.append(_Piece(rest, joined=bool(found)))
    return found


def _fitting(text: str, room: float, size: float) -> int:
    """How many letters of a text fit, one at the least; a mark stays with its letter."""
    count = 1
    while count < len(text) and width_of(text[: count + 1], size) <= room:
        count += 1
    while count > 1 and unicodedata.combining(text[count]):
        count -= 1
    return count


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    return next(
        (
            kind in _RIGHT_TO_LEFT
            for kind in map(unicodedata.bidirectional, text)
            if kind in {"L", "R", "AL"}
        ),
        False,
    )


def safe(text: str) -> str:
    """A text as it may stand in SVG, in an attribute too; what XML cannot hold is left out."""
    held = "".join(c for c in text if c in "\t\n" or (c >= " " and _in_xml(c)))
    return escape(held, {'"': "&quot;"})


def _in_xml(letter: str) -> bool:
    code = ord(letter)
    return not (0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF} or 0x7F <= code <= 0x9F)

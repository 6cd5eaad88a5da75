"""Text as people write it, made comparable."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_PLAIN = {code: " " for code in range(128) if not chr(code).isalnum()}


def tidy(text: str) -> str:
    """One line: NFC, without control characters and surplus spaces."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def tidy_lines(text: str) -> str:
    """Several lines: NFC, Unix line ends, no control characters, lines kept as written."""
    kept = "".join(
        c
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", kept).strip()


def folded(text: str) -> str:
    """For finding: lower case, accents taken off, punctuation as spaces."""
    if text.isascii():  # as most names are: the same, many times quicker
        return " ".join(text.lower().translate(_PLAIN).split())
    # Taken apart before and after the case is folded: some letters, such as the double-struck C,
    # show their case only once apart, and folding can put letters together again.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return tidy("".join(map(_letter, apart)))


def _letter(character: str) -> str:
    """The character itself if it spells a word, nothing if it only dresses one, else a space."""
    kind = unicodedata.category(character)
    if character.isalnum():
        return character
    if unicodedata.combining(character) or kind == "Cf" or character in _VARIATIONS:
        return ""
    # Vowel signs of Indic and other scripts are marks that spell, so they stay.
    return character if kind in {"Mc", "Mn"} else " "

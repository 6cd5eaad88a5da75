"""Text as people write it, made comparable."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


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
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return tidy("".join(c if c.isalnum() else " " for c in plain))

"""Normal forms of what people write: letters, sounds, nicknames, dates, postcodes.

Both ways of matching, the table's and the single record's, start from these forms, so whatever
they do to a value they do to both.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

import jellyfish

from earlydoors.domain.matching.scripts import in_latin

LONGEST = 100  # letters of a value that are looked at
_APART = re.compile(r"[^a-z0-9]+")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_TITLES = frozenset("mr mrs ms miss mx dr sir dame lord lady prof professor rev revd".split())
# What stands where a name is not known, or not given yet: it says nothing of who they are.
NO_NAMES = frozenset("unknown tbc tba unnamed".split())
NOT_YET = frozenset("baby unborn infant newborn twin bump boy girl expected".split())
# Letters that do not come apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "\u0131": "i",
    }
)
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


@lru_cache(maxsize=65_536)
def plain(value: str) -> str:
    """Lower-case letters and digits, a single space between words; empty if nothing is left.

    Marks on letters go; apostrophes close up (`O’Neill` is `oneill`); whatever else is not a letter
    or a digit parts words. Letters of other scripts are put into Latin ones: see `scripts`.
    """
    text = value[: LONGEST * 2].casefold()
    if not text.isascii():
        text = in_latin(text.translate(_LETTERS))
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
        text = re.sub("['’‘`\u00b4]", "", text)
    else:
        text = text.replace("'", "").replace("`", "")
    return _APART.sub(" ", text)[:LONGEST].strip()


def letters(value: str) -> str:
    """The words of a name without titles and digits."""
    words = (_NOT_LETTERS.sub("", word) for word in plain(value).split())
    return " ".join(word for word in words if word and word not in _TITLES)


def given_name(value: str) -> str:
    """The words of a first name; empty where all there is stands for a name not given yet."""
    text = letters(value)
    return "" if (NO_NAMES | NOT_YET).issuperset(text.split()) else text


def words(text: str, least: int = 2) -> list[str]:
    """The different words of a plain text that have at least so many letters, in order."""
    return sorted({word for word in text.split() if len(word) >= least})


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """How a plain text sounds in English, words run together; empty if it cannot be told."""
    joined = text.replace(" ", "")
    return str(jellyfish.metaphone(joined)) or joined[:4] if joined else ""


@lru_cache(maxsize=1)
def _roots() -> dict[str, str]:
    roots: dict[str, str] = {}
    for names in _groups("nicknames.txt"):
        for name in names:
            roots.setdefault(name, names[0])
    for names in _groups("spellings.txt"):
        first = next((roots[name] for name in names if name in roots), names[0])
        for name in names:
            roots.setdefault(name, first)
    return roots


def _groups(listing: str) -> list[list[str]]:
    """The groups of names of a list, a line each."""
    lines = (files(__package__) / listing).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def root(text: str) -> str:
    """The name that the first word of a given name stands for: `william` for `bill`."""
    first = text.split(" ", 1)[0]
    return _roots().get(first, first)


@lru_cache(maxsize=65_536)
def eight_digits(value: str, month_first: bool = False) -> str:
    """A date as `YYYYMMDD`, without asking whether there was such a day: a slip is still evidence.

    What cannot be read as a date keeps its digits, so that a date with one digit lost can still
    be compared with a whole one. Empty if there is none.
    """
    text = plain(value)
    parts = text.split()
    if len(parts) > 3 and len(parts[0]) in {1, 2, 4}:
        parts = parts[:3]  # a time of day follows
    parts = [str(_MONTHS.get(part[:3], part)) for part in parts]
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        year, month, day = parts
        if len(day) == 4:
            year, month, day = (day, year, month) if month_first else (day, month, year)
        if len(year) == 4 and len(month) <= 2 and len(day) <= 2:
            return f"{year}{int(month):02d}{int(day):02d}"
    return re.sub(r"\D", "", text)[:8]


def day_month_swapped(date: str) -> str:
    """The date with day and month in each other's place."""
    return date[:4] + date[6:8] + date[4:6] if len(date) == 8 else date


def run_together(value: str) -> str:
    """Letters and digits without anything between: postcodes, identifiers, house numbers."""
    return plain(value).replace(" ", "")


def area_of(postcode: str) -> str:
    """The outward part of a UK postcode; of any other code its first letters, all but two."""
    uk = re.fullmatch(r"([a-z]{1,2}\d[a-z\d]?)\d[a-z]{2}", postcode)
    if uk:
        return uk[1]
    return postcode[: max(2, len(postcode) - 2)]


def phone_digits(value: str) -> str:
    """The last nine digits of a telephone number, the same with and without a country code."""
    return re.sub(r"\D", "", value)[-9:]


def without_one(text: str) -> list[str]:
    """The text, and the text with each of its letters taken out in turn.

    Two texts that differ by one letter more, less, other or exchanged share one of these.
    """
    return sorted({text, *(text[:n] + text[n + 1 :] for n in range(len(text)))})

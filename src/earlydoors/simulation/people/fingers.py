"""What fingers and ears do to a word."""

import unicodedata
from random import Random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_NEXT_TO = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs",
    "y": "tuh", "z": "xas",
}  # fmt: skip
_HEARD = (
    ("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ea", "ee"), ("th", "t"), ("ie", "y"), ("ll", "l"),
    ("tt", "t"), ("nn", "n"), ("ss", "s"), ("sh", "ch"), ("ey", "y"), ("y", "ie"), ("ai", "ay"),
    ("our", "or"), ("ough", "uff"), ("wr", "r"), ("kn", "n"), ("x", "cks"), ("c", "k"), ("k", "c"),
    ("u", "oo"), ("i", "e"), ("e", "i"), ("a", "e"), ("o", "a"),
)  # fmt: skip
_NOT_APART = str.maketrans("łŁøØđĐß", "lLoOdDs")


def typed(draw: Random, text: str) -> str:
    """The text with one slip of the fingers: a letter lost, doubled, exchanged or another."""
    places = [n for n, letter in enumerate(text) if letter.isalnum()]
    if len(places) < 2:
        return text
    place = draw.choice(places[1:] if draw.random() < 0.8 else places)  # the first is seldom wrong
    letter, way = text[place], draw.random()
    if way < 0.25:
        return text[:place] + text[place + 1 :]
    if way < 0.4:
        return text[:place] + letter.lower() + text[place:]
    if way < 0.65 and place + 1 < len(text) and text[place + 1] != letter:
        return text[:place] + text[place + 1] + letter + text[place + 2 :]
    if letter.isdigit():
        return text[:place] + other_digit(draw, letter) + text[place + 1 :]
    beside = draw.choice(_NEXT_TO.get(letter.lower(), _LETTERS))
    return text[:place] + (beside.upper() if letter.isupper() else beside) + text[place + 1 :]


def other_digit(draw: Random, digit: str) -> str:
    """Another digit."""
    return draw.choice(_DIGITS.replace(digit, ""))


def wrong_digit(draw: Random, text: str) -> str:
    """The text with another digit in one place."""
    places = [n for n, letter in enumerate(text) if letter.isdigit()]
    place = draw.choice(places)
    return text[:place] + other_digit(draw, text[place]) + text[place + 1 :]


def heard(draw: Random, text: str) -> str:
    """The text with one sound written otherwise; as it was if nothing in it can be."""
    return exchanged(draw, text, _HEARD)


def exchanged(draw: Random, text: str, sounds: tuple[tuple[str, str], ...]) -> str:
    """The text with one of several groups of letters written as its other."""
    lower = text.lower()
    there = [
        pair for pair in sounds if pair[0] in lower[1:] or (pair[1] and lower.startswith(pair[0]))
    ]
    if not there:
        return text
    was, becomes = draw.choice(there)
    place = lower.find(was, 0 if lower.startswith(was) else 1)
    made = text[:place] + becomes + text[place + len(was) :]
    return made[:1].upper() + made[1:]


def without_marks(text: str) -> str:
    """The text in plain letters."""
    apart = unicodedata.normalize("NFKD", text.translate(_NOT_APART))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

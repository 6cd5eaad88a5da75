"""Letters of other scripts in Latin ones, so that a name is found however it was written down.

Not a transliteration to print: only good enough that `Олена` meets `Olena`, that `محمد` meets
`Mohammed` by its sound, and that a name in any script meets itself. `scripts.txt` has the
tables. Every other script goes by the names of its letters in Unicode: DEVANAGARI LETTER KA is
`ka`.
"""

import unicodedata
from functools import lru_cache
from importlib.resources import files

_SILENT = "-"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """What stands for a letter, and for those that say something else where a word begins."""
    text = (files(__package__) / "scripts.txt").read_text(encoding="utf-8")
    anywhere: dict[str, str] = {}
    opening: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            letter, says = line.split()
            into = opening if letter.startswith("^") else anywhere
            into[letter.removeprefix("^")] = "" if says == _SILENT else says
    return anywhere, opening


def in_latin(text: str) -> str:
    """The text with letters of other scripts put into Latin ones; what is no letter stays."""
    if text.isascii():
        return text
    parts: list[str] = []
    before = " "
    for character in unicodedata.normalize("NFC", text):
        says, takes_vowel = _letter(character)
        if not before.isalpha():
            says = _tables()[1].get(character, says)
        before = character
        # In the scripts of South Asia a consonant carries an a until a sign says otherwise.
        if takes_vowel and parts and parts[-1].endswith("a") and len(parts[-1]) > 1:
            parts[-1] = parts[-1][:-1]
        parts.append(says)
    return "".join(parts)


@lru_cache(maxsize=4096)
def _letter(character: str) -> tuple[str, bool]:
    """What a character says, and whether it takes the vowel of the one before."""
    known, bare = _tables()[0], unicodedata.normalize("NFD", character)[0]
    if character in known or bare in known:
        return known.get(character, known.get(bare, "")), False
    kind = unicodedata.category(character)
    name = unicodedata.name(character, "")
    if name.startswith("LATIN ") or kind not in {"Lo", "Ll", "Lm", "Mc", "Mn"}:
        return character, False
    if unicodedata.combining(character) and "VIRAMA" not in name:
        return character, False
    last = name.rsplit(" ", 1)[-1].lower()
    if name.startswith("CJK "):
        # Written by meaning: a letter for each digit of its number, so that it meets itself.
        return "".join(chr(ord("a") + int(digit, 16)) for digit in last.rsplit("-", 1)[-1]), False
    if "VIRAMA" in name:
        return "", True
    if "VOWEL SIGN" in name:
        return last, True
    if "LETTER" in name or "SYLLABLE" in name:
        return last if last.isascii() and last.isalpha() else "", False
    return ("m" if last in {"anusvara", "candrabindu"} else ""), False

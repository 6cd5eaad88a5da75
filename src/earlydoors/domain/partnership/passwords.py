"""What a password has to be: long, and nothing that someone else would try first.

No rule about capitals, digits or signs, and no expiry: they make passwords worse (NIST SP 800-63B-4
section 3.1.1; OWASP ASVS 5.0, V6.2).
"""

import logging
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from earlydoors.foundation.leaked import is_leaked
from earlydoors.foundation.profile.current import current

_log = logging.getLogger(__name__)

SHORTEST = 15
LONGEST = 128
# What is left of a password once a name, a common password and the like are taken out of it.
LEAST_OF_ONES_OWN = 8
_LEAST_LETTERS = 4  # shorter words of a name are in half of all good passwords
_LEAST_KNOWN = 6  # shorter common passwords lie in any sentence
_LEAST_SIGNS = 5  # different ones
_RUN = 4  # signs that follow each other on a keyboard or in the alphabet
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOOKS_LIKE = str.maketrans("013457@$!|", "oieastasil")
_OF_THE_PRODUCT = (
    "early doors",
    "earlydoors",
    "early help",
    "earlyhelp",
    "password",
    "welcome",
    "letmein",
)

HINT = (
    f"At least {SHORTEST} characters. Four words that do not belong together are easy to remember "
    "and hard to guess."
)


def weakness(password: str, own_words: Iterable[str], common: Collection[str]) -> str:
    """Why a password will not do, as a sentence; nothing when it will.

    `own_words` are those of the person and the place: names, sign-in name, agency. `common` are
    passwords that many people have, in small letters.
    """
    if len(password) < SHORTEST:
        return f"Make it longer: at least {SHORTEST} characters. Four words will do."
    if len(password) > LONGEST:
        return f"Make it shorter: {LONGEST} characters at most."
    plain = password.casefold()
    if len(set(plain)) < _LEAST_SIGNS:
        return "Choose something else: this repeats itself."
    if len(_without_runs(plain)) < LEAST_OF_ONES_OWN:
        return "Choose something else: these keys lie beside each other."
    if plain in common or _halved(plain) in common:
        return "Choose something else: many people have this password."
    words = sorted({*_words(own_words), *_OF_THE_PRODUCT}, key=len, reverse=True)
    if len(_without(plain, words)) < LEAST_OF_ONES_OWN:
        return "Choose something else: this is made of your name, or words that go with this place."
    if any(len(_without(plain, [known])) < LEAST_OF_ONES_OWN for known in _within(plain, common)):
        return "Choose something else: this is a common password with little added to it."
    return ""


class HardToGuess:
    """Django's way to ask: its `validate` raises `ValidationError` with the sentence."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` for a password that will not do."""
        said = weakness(password, own_words_of(user), common_passwords())
        if not said and _was_stolen(password):
            said = "Choose something else: this password was stolen somewhere, so others try it."
        if said:
            raise ValidationError(said)

    def get_help_text(self) -> str:
        """What to do, before it is typed."""
        return HINT


def _was_stolen(password: str) -> bool:
    """Whether the installation's file of stolen passwords has it, if there is such a file. One that
    cannot be read today stops nobody from choosing a password; the installation's page tells."""
    file = settings.LEAKED_PASSWORDS
    try:
        return file is not None and is_leaked(password, file)
    except OSError:
        _log.exception("The file of leaked passwords cannot be read")
        return False


def own_words_of(member: Any) -> list[str]:
    """The words that someone who knows a member would try: the member's own, and the area's."""
    area = current()
    own = ("name", "username", "email", "job_title") if member is not None else ()
    return [area.name, area.partnership, *(str(getattr(member, name, "")) for name in own)]


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Passwords that many people have: the list of twenty thousand that comes with Django."""
    return frozenset(CommonPasswordValidator().passwords)


def _words(texts: Iterable[str]) -> set[str]:
    found = {part for text in texts for part in re.split(r"[^\w]+|_", text.casefold())}
    return {word for word in found if len(word) >= _LEAST_LETTERS}


def _without(plain: str, words: Iterable[str]) -> str:
    """What is left when these words, digits and signs are taken out, in either spelling."""
    shortest = plain
    for form in (plain, plain.translate(_LOOKS_LIKE)):
        left = form
        for word in words:
            left = left.replace(word, " ").replace(word.translate(_LOOKS_LIKE), " ")
        if left != form:
            shortest = min(shortest, re.sub(r"[\W\d_]", "", left), key=len)
    return shortest


def _without_runs(plain: str) -> str:
    left = plain
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for size in range(len(row), _RUN - 1, -1):
            for start in range(len(row) - size + 1):
                left = left.replace(row[start : start + size], "")
    return left


def _halved(plain: str) -> str:
    """The piece that a password repeats, or the password itself."""
    for size in range(1, len(plain) // 2 + 1):
        piece = plain[:size]
        if (piece * (len(plain) // size + 1))[: len(plain)] == plain:
            return piece
    return plain


def _within(plain: str, common: Collection[str]) -> Iterator[str]:
    """The common passwords that lie within this one, in either spelling."""
    for form in {plain, plain.translate(_LOOKS_LIKE)}:
        for start in range(len(form)):
            for end in range(start + _LEAST_KNOWN, len(form) + 1):
                if form[start:end] in common:
                    yield form[start:end]

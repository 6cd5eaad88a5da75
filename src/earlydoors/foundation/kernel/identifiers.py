"""The numbers by which health and schools know someone, read as people write them and checked.

NHS number: ten digits, modulus 11 (NHS Data Dictionary). UPN: a check letter, modulus 23, before
twelve characters (DfE, Unique pupil numbers: a guide for schools and local authorities). ULN: ten
digits, modulus 11 (Learning Records Service). The first two checks are those of `python-stdnum`.
"""

import re
from collections.abc import Callable

from stdnum.gb import nhs, upn

_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]")
_DRESSING = re.compile("[\\s.\u2010-\u2015-]+")
_ULN_NOT_KNOWN = "9999999999"
DIGITS = 10


class UnreadableNumberError(ValueError):
    """What was typed is no such number. Says what to do."""


def read_nhs_number(text: str) -> str:
    """The ten digits of an NHS number. Raises `UnreadableNumberError`."""
    digits = _digits(text, "An NHS number", "943 476 5919")
    if not nhs.is_valid(digits):
        raise UnreadableNumberError(_slip("NHS number"))
    return digits


def read_upn(text: str) -> str:
    """The thirteen characters of a unique pupil number, also a temporary one, which ends in a
    letter. The authority's number in it is not checked: authorities come and go.

    Raises `UnreadableNumberError`.
    """
    compact = _compact(text)
    if len(compact) != 13:
        raise UnreadableNumberError(
            f"A UPN has 13 letters and numbers, such as B801200005001; this has {len(compact)}"
        )
    if not _UPN.fullmatch(compact):
        raise UnreadableNumberError(
            "A UPN is a letter, then 12 numbers of which the last may be a letter, never I, O or S"
        )
    if upn.calc_check_digit(compact[1:]) != compact[0]:
        raise UnreadableNumberError(_slip("UPN"))
    return compact


def read_uln(text: str) -> str:
    """The ten digits of a unique learner number. Raises `UnreadableNumberError`."""
    digits = _digits(text, "A ULN", "9276308686")
    if digits[0] == "0":
        raise UnreadableNumberError("A ULN does not begin with 0")
    if digits == _ULN_NOT_KNOWN:
        raise UnreadableNumberError("9999999999 stands for a ULN that is not known: leave it empty")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True))
    if total % 11 != 10:
        raise UnreadableNumberError(_slip("ULN"))
    return digits


READERS: dict[str, Callable[[str], str]] = {
    "nhs": read_nhs_number,
    "upn": read_upn,
    "uln": read_uln,
}


def numbers_in(text: str) -> tuple[str, ...]:
    """Every identifier that a whole text may be, made comparable; none for other text."""
    found = []
    for read in READERS.values():
        try:
            found.append(read(text))
        except UnreadableNumberError:
            continue
    return tuple(dict.fromkeys(found))


def spaced(kind: str, number: str) -> str:
    """A number as it is written: an NHS number is 943 476 5919."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if kind == "nhs" else number


def _compact(text: str) -> str:
    return _DRESSING.sub("", text).upper()


def _digits(text: str, what: str, example: str) -> str:
    compact = _compact(text)
    if not (compact.isascii() and compact.isdecimal()):
        raise UnreadableNumberError(f"{what} is made of {DIGITS} digits, such as {example}")
    if len(compact) != DIGITS:
        raise UnreadableNumberError(
            f"{what} has {DIGITS} digits, such as {example}; this has {len(compact)}"
        )
    return compact


def _slip(what: str) -> str:
    return (
        f"There is no such {what}: its check does not come out. Look for a wrong digit, or two "
        "that changed places"
    )

"""Numbers by which health and schools know the made-up people: right by their checks, nobody's.

NHS numbers that begin with 999 are kept for testing and never given to a patient. They end after a
million; those beyond begin with 998, 997 and so on down to 900. No health service of the United
Kingdom gives out a number that begins with 9 (NHS Data Dictionary, NHS number: England and Wales
begin with 4, 6 and 7, Northern Ireland with 3, Scotland with a day of birth; from general
knowledge). UPNs are of authorities 999 and below, which there are not. A person's own number
decides, so no two people share one.
"""

from typing import Final

MOST_IN_FAMILY: Final = 16
_FIRST = 4  # of a family: these have numbers close together, so that they suffice for the most
_OTHERS = 50_000_000  # the numbers of whoever comes after those begin here
_MOST = 100_000_000  # so many numbers begin with 9
_WITHIN = 1_000_000  # numbers after three digits
_PUPILS = 10_000_000  # of an authority and a year
_STEP = 387_421  # no factor in common with a million: neighbours' numbers do not look alike
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def close_together(number: int) -> int:
    """The number of a person of whom there is room for `MOST_IN_FAMILY` in each family, with little
    room between: the first four of a quarter of a million families have the first million."""
    family, place = divmod(number, MOST_IN_FAMILY)
    if place < _FIRST:
        return family * _FIRST + place
    return _OTHERS + family * (MOST_IN_FAMILY - _FIRST) + place - _FIRST


def nhs_number(number: int) -> str | None:
    """The NHS number of the n-th person; None for the one in eleven that has no check digit, and
    beyond the first hundred million.
    """
    if not 0 <= number < _MOST:
        return None
    beyond, within = divmod(number, _WITHIN)
    nine = f"{999 - beyond}{within * _STEP % _WITHIN:06d}"
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else f"{nine}{check}"


def upn(number: int, began: int) -> str:
    """The unique pupil number of the n-th person who began school in a year."""
    beyond, within = divmod(number, _PUPILS)
    twelve = f"{999 - beyond}{within // 1000:04d}{began % 100:02d}{within % 1000:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(twelve, 2))
    return _UPN_LETTERS[total % 23] + twelve

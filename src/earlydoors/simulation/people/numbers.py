"""Numbers by which health and schools know the made-up people: right by their checks, nobody's.

NHS numbers that begin with 999 are kept for testing and never given to a patient. UPNs are of an
authority 999, which there is not. A person's own number decides, so no two people share one.
"""

_WITHIN = 1_000_000  # numbers after 999
_STEP = 387_421  # no factor in common with a million: neighbours' numbers do not look alike
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(number: int) -> str | None:
    """The NHS number of the n-th person; None for the one in eleven that has no check digit, and
    beyond the first million.
    """
    if not 0 <= number < _WITHIN:
        return None
    nine = f"999{number * _STEP % _WITHIN:06d}"
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else f"{nine}{check}"


def upn(number: int, began: int) -> str:
    """The unique pupil number of the n-th person who began school in a year."""
    twelve = f"999{number // 1000 % 10_000:04d}{began % 100:02d}{number % 1000:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(twelve, 2))
    return _UPN_LETTERS[total % 23] + twelve

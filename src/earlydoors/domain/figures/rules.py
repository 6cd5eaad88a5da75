"""Keeping small numbers back, so that nobody can be known by a figure.

A number smaller than the profile's `least`, but nought, is told as small. Where a total is told
with its parts, a single small part is the total less the rest: then further parts are kept back,
until what is told leaves every small number open, or no part is told at all. A total that is small
itself has no parts told.

Each total may be divided in several ways (by month, by outcome, by place). No part stands in two
divisions, so that each is kept by itself: knowing the total tells nothing more of the other.
"""

from collections.abc import Sequence
from enum import StrEnum


class Kept(StrEnum):
    """Why a number is not told: it is small, or it would give a small one away."""

    SMALL = "small"
    ANOTHER = "another"


type Told = int | Kept


def told(number: int, least: int) -> Told:
    """A number by itself, with no parts."""
    return Kept.SMALL if 0 < number < least else number


def told_parts(parts: Sequence[int], least: int) -> tuple[Told, ...]:
    """The parts of a total that is their sum, in the order given.

    What is kept back is chosen by order and never by size: to choose by size would tell it. Of a
    small total no part is told: it leaves too little open.
    """
    small = [place for place, part in enumerate(parts) if 0 < part < least]
    large = [place for place, part in enumerate(parts) if part >= least]
    if not small:
        return tuple(parts)
    # Of this total the parts can all be small in one way alone, each the largest there is: then a
    # table of which nothing is told must have other reasons as well.
    if sum(parts) == len(parts) * (least - 1):
        return (Kept.ANOTHER,) * len(parts)
    for more in range(len(large) + 1):
        beside = large[:more]
        if _is_open([parts[place] for place in (*small, *beside)], len(small), least):
            return tuple(
                Kept.SMALL if place in small else Kept.ANOTHER if place in beside else part
                for place, part in enumerate(parts)
            )
    return (Kept.ANOTHER,) * len(parts)


def _is_open(hidden: Sequence[int], small: int, least: int) -> bool:
    """Whether each of the `small` numbers could be any small one, as far as the sum of all that is
    hidden says; the others are known to be `least` or more."""
    known, others, beside = sum(hidden), small - 1, len(hidden) - small
    enough = known >= (least - 1) + others + beside * least
    return enough and (beside > 0 or known - 1 <= others * (least - 1))


def told_median(days: float | None, number: int, least: int) -> Told | None:
    """Days that are the middle, or near the end, of so many: told where enough stand behind it,
    nothing where none do."""
    if not number or days is None:
        return None
    return round(days) if number >= least else Kept.SMALL

"""Which of two answers is offered first when two records are joined, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from earlydoors.foundation.kernel.text import folded

KEPT: Final = "kept"
OTHER: Final = "other"
NUMBER: Final = "number_"
"""What the fact of an identifier begins with: `number_nhs`."""
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], "not_known")
_TOGETHER: Final = ("given_name", "family_name")


@dataclass(frozen=True)
class Version:
    """What one record says of a fact: the value, and when it was written there."""

    value: Any
    at: datetime

    @property
    def is_known(self) -> bool:
        """Whether the record says anything."""
        return self.value not in _NOTHING


@dataclass(frozen=True)
class Offer:
    """The answer to begin with: `kept` or `other`, and why, in words."""

    which: str
    why: str


def differ(one: Any, two: Any) -> bool:
    """Whether two values of a fact differ by more than capitals, accents and marks."""
    if one in _NOTHING and two in _NOTHING:
        return False
    if isinstance(one, str) and isinstance(two, str):
        return folded(one) != folded(two)
    if isinstance(one, list) and isinstance(two, list):
        return sorted(one) != sorted(two)
    return bool(one != two)


def offer(kept: Version, other: Version) -> Offer:
    """What to begin with: what is known before what is not, then what was written down later."""
    if not other.is_known:
        return Offer(KEPT, "only this record says so")
    if not kept.is_known:
        return Offer(OTHER, "only this record says so")
    if other.at > kept.at:
        return Offer(OTHER, "written down later")
    return Offer(KEPT, "written down later" if kept.at > other.at else "written down first")


def offers(
    kept: Mapping[str, Version],
    other: Mapping[str, Version],
    *,
    unborn_kept: bool,
    unborn_other: bool,
) -> dict[str, Offer]:
    """What to begin with for every fact that differs.

    Where one was written down before the birth and the other after it, the names are those of the
    child born.
    """
    found = {
        fact: offer(mine, other[fact])
        for fact, mine in kept.items()
        if differ(mine.value, other[fact].value)
    }
    if unborn_kept != unborn_other:
        born = OTHER if unborn_kept else KEPT
        for fact in _TOGETHER:
            if fact in found and (other if born == OTHER else kept)[fact].is_known:
                found[fact] = Offer(born, "the name given at the birth")
    return found

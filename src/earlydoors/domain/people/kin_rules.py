"""What two people can be to each other, and what is to be checked before it is written down."""

from datetime import date
from typing import Final
from uuid import UUID

from earlydoors.domain.people.derived import Ties
from earlydoors.domain.people.kin import KinPerson
from earlydoors.domain.people.relations import BY_BIRTH, OF, PARENTS, SIBLINGS
from earlydoors.foundation.kernel.dates import age_on, day

YOUNGEST: Final = {
    "mother": 10, "father": 10, "parent": 10, "adoptive_parent": 10, "step_parent": 5,
    "foster_carer": 5, "kinship_carer": 5, "special_guardian": 5, "grandparent": 24,
    "great_grandparent": 40, "godparent": 0,
}  # fmt: skip
"""By how many years someone is older at least, without a word that it is right. Ours, to catch a
slip of the year or of two people taken for each other; no law."""
_FOR_LIFE: Final = BY_BIRTH | {
    "full_sibling", "half_sibling", "sibling", "adopted_sibling", "grandparent",
    "great_grandparent", "aunt_uncle", "cousin",
}  # fmt: skip
MOST_PARENTS: Final = 2


def impossible(
    one: KinPerson, kind: str, other: KinPerson, ties: Ties, ancestors: frozenset[UUID]
) -> str:
    """Why `one` cannot be that to `other`, as a sentence; empty when they can.

    `ties` are those of both with anyone, `ancestors` everyone that `one` descends from.
    """
    if one.id == other.id:
        return "Choose two different people."
    if kind in PARENTS and (other.id in ancestors or other.id in ties.parents(one.id)):
        return f"{one.name} descends from {other.name}, so they cannot be their parent."
    if kind in BY_BIRTH and one.id in ties.parents(other.id, BY_BIRTH):
        return f"{one.name} is already written down as a parent of {other.name}."
    near = one.id in ties.parents(other.id) or other.id in ties.parents(one.id)
    if near and (kind == "partner" or kind in SIBLINGS):
        return f"{one.name} and {other.name} are parent and child."
    if kind in BY_BIRTH:
        return _birth(one, kind, other, ties)
    if kind in SIBLINGS and (sure := ties.sure_sibling(one.id, other.id)):
        says = OF[sure].asks.lower()
        return f"It follows from their parents that they are {says}: nothing is to be written down."
    return ""


def _birth(one: KinPerson, kind: str, other: KinPerson, ties: Ties) -> str:
    by_birth = ties.parents(other.id, BY_BIRTH)
    if kind == "mother" and ties.parents(other.id, ("mother",)):
        return (
            f"A mother who gave birth to {other.name} is on record. Choose another way, or take "
            "that off first if it was never true."
        )
    if len(by_birth) >= MOST_PARENTS:
        return f"Two parents by birth are on record for {other.name}."
    if one.born and other.born and one.born >= other.born:
        return (
            f"{one.name} was born on {day(one.born)} and {other.name} on {day(other.born)}: a "
            "parent is older than their child."
        )
    return ""


def doubtful(one: KinPerson, kind: str, other: KinPerson) -> str:
    """What is to be looked at again before it is written down; empty when nothing is."""
    begins = other.born or other.due
    if kind not in YOUNGEST or one.born is None or begins is None:
        return ""
    older = age_on(one.born, begins)
    if older >= YOUNGEST[kind]:
        return ""
    if older < 0:
        return f"{one.name} is younger than {other.name}. Is it right?"
    when = "is due" if other.born is None else "was born"
    return f"{one.name} was {older} when {other.name} {when}. Is it right?"


def days_wrong(kind: str, began: date | None, ended: date | None, today: date) -> tuple[str, str]:
    """Which day cannot be, as the field and a sentence; two empty texts when both can."""
    if began and began > today:
        return "began_on", "The day it began cannot be later than today."
    if ended and ended > today:
        return "ended_on", "The day it ended cannot be later than today."
    if began and ended and ended < began:
        return "ended_on", "The day it ended is before the day it began."
    if ended and kind in _FOR_LIFE:
        return "ended_on", (
            "Nobody stops being that. If it was never true, take it off with a reason."
        )
    return "", ""

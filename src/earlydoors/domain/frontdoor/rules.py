"""How a request or a conversation stands on its clock, and whom it is about, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.kernel.working_days import working_days_between

NOBODY_NAMED = "a family not named yet"


@dataclass(frozen=True)
class Clock:
    """How long is left, in words. `late` once the day has passed, `soon` today and tomorrow."""

    says: str
    late: bool = False
    soon: bool = False

    @property
    def stands(self) -> str:
        """The same as the end of a sentence: is due tomorrow, was due on 2 March 2026."""
        return self.says if self.says.startswith("was ") else f"is {self.says}"


def clock(due_on: date, today: date) -> Clock:
    """How a clock in working days stands: due today, due tomorrow, 2 working days late.

    A day that passed on a weekend or holiday is late by no working day yet; it says which day.
    """
    away = (due_on - today).days
    if away == 0:
        return Clock("due today", soon=True)
    if away == 1:
        return Clock("due tomorrow", soon=True)
    working = abs(working_days_between(today, due_on))
    days = f"{working} working day{'' if working == 1 else 's'}"
    if away > 0:
        return Clock(f"due in {days}", soon=working <= 1)
    return Clock(f"{days} late" if working else f"was due on {day(due_on)}", late=True)


class Named(Protocol):
    """Someone a request is about."""

    given_name: str
    family_name: str
    relation: str


def about(people: Iterable[Named]) -> str:
    """Whom a request is about: the children, else everyone named.

    Sophie and Leo Armstrong; Zara Shah and Kai Whitlock.
    """
    everyone = list(people)
    named = [one for one in everyone if one.relation == "child"] or everyone
    if not named:
        return NOBODY_NAMED
    families: dict[str, list[str]] = {}
    for one in named:
        families.setdefault(one.family_name, []).append(one.given_name)
    return _listed([f"{_listed(given)} {family}".strip() for family, given in families.items()])


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two (given, family) names have a first and a family name in common."""
    return all(
        set(folded(mine).split()) & set(folded(theirs).split())
        for mine, theirs in zip(one, other, strict=True)
    )

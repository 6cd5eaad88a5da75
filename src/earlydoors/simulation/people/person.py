"""A made-up person: who they are in truth, and what others may have written instead."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from earlydoors.simulation.people.places import Home


class Twin(NamedTuple):
    """The twin with whom somebody may be confused."""

    given_name: str
    nhs: str | None
    upn: str | None


@dataclass(slots=True)
class Person:
    """The truth about somebody. `number` is who they are, `role` their part in the family.

    `household` is the kind of family they are in, `parents` are the numbers of a child's parents
    who are in it, `wed` whether its couple is married.
    """

    number: int
    family: int
    role: str
    given_name: str
    family_name: str
    birth_date: date
    sex: str
    origin: str
    ethnicity: str
    home: Home
    line: str  # the part of the surname that is passed on
    nhs: str | None = None
    upn: str | None = None
    second_name: str | None = None
    known_by: str | None = None  # another first name, by which friends and school know them
    other_surname: str | None = None  # what another form takes for the surname
    former_surname: str | None = None
    former_home: Home | None = None
    due: date | None = None  # of a child born within the year: the date that was expected
    twin: Twin | None = None
    household: str = ""
    parents: tuple[int, ...] = ()
    wed: bool = False

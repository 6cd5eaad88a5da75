"""What somebody asks the register: a record as it was typed, made ready to be looked up."""

import re
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.matching.entries import Called, Lived, Told, has_no_name_yet, told_of

_DIGITS = re.compile(r"[^0-9A-Za-z]+")
_UPN = re.compile(r"[A-Za-z]\d{9,12}[0-9A-Za-z]")
OLDEST = 120  # years: nobody asked about was born before


@dataclass(frozen=True)
class Asked:
    """A record as it was typed. Whatever is empty says nothing.

    `born_from` and `born_to` are years, for when only an age or a year is known. `due_on` is for a
    child not yet born. `number` is an NHS number or a UPN, slips and all.
    """

    given_name: str = ""
    family_name: str = ""
    born_on: date | None = None
    born_from: int | None = None
    born_to: int | None = None
    due_on: date | None = None
    sex: str = ""
    address: str = ""
    postcode: str = ""
    number: str = ""

    def told(self) -> Told:
        """The record in the form that the register keeps."""
        names = [Called(self.given_name, self.family_name)]
        if has_no_name_yet(self.given_name):
            # By now the child may have one: then what it was called before says nothing against.
            names.append(Called("", self.family_name))
        births = [(_eight(self.born_on), "now"), (_eight(self.due_on), "due")]
        return told_of(
            names=names,
            births=[(day, sort) for day, sort in births if day],
            sex=sex_of(self.sex),
            homes=[Lived(self.address, self.postcode)],
            numbers=number_kinds(self.number),
        )

    @property
    def years(self) -> range:
        """The years of birth to look for where no day is known."""
        if self.born_on or self.due_on or self.born_from is None:
            return range(0)
        return range(self.born_from, (self.born_to or self.born_from) + 1)


def years_of(age: int, today: date) -> tuple[int, int]:
    """The years in which someone of an age was born."""
    return today.year - age - 1, today.year - age


def sex_of(sex: str) -> str:
    """The sex where it tells people apart, else nothing: what is not known says nothing."""
    return sex if sex in {"female", "male"} else ""


def number_kinds(text: str) -> list[tuple[str, str]]:
    """A number by the kind it looks to be of, slips and all; nothing for other text."""
    compact = _DIGITS.sub("", text)[:20]
    if _UPN.fullmatch(compact):
        return [("upn", compact)]
    if compact.isdigit() and 9 <= len(compact) <= 11:
        return [("nhs", compact)]
    return []


def _eight(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""

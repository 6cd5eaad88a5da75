"""The kinds of column, and what is prepared from each for comparing.

`prepared` makes from a value as it was written the columns that the comparisons read. Each field
is prepared by itself, so a table can be prepared by its distinct values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from earlydoors.domain.matching.conditions import Value
from earlydoors.domain.matching.spelling import (
    area_of,
    day_month_swapped,
    eight_digits,
    given_name,
    letters,
    phone_digits,
    plain,
    root,
    run_together,
    sound,
    words,
)


class Kind(StrEnum):
    """How a column is read and compared."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    DATE = "date"
    POSTCODE = "postcode"
    NUMBER = "number"
    TEXT = "text"
    IDENTIFIER = "identifier"
    EMAIL = "email"
    PHONE = "phone"
    CODE = "code"


@dataclass(frozen=True)
class Field:
    """A field of a person: its key, its kind, and what it is called in a sentence."""

    key: str
    kind: Kind
    called: str = ""
    month_first: bool = False

    @property
    def noun(self) -> str:
        """What it is called in a sentence."""
        return self.called or self.key.replace("_", " ")


# What a mapping can name without saying its kind.
KNOWN = {
    field.key: field
    for field in (
        Field("given_name", Kind.GIVEN_NAME, "first name"),
        Field("family_name", Kind.FAMILY_NAME, "surname"),
        Field("birth_date", Kind.DATE, "date of birth"),
        Field("sex", Kind.CODE, "sex"),
        Field("house_number", Kind.NUMBER, "house number"),
        Field("street", Kind.TEXT, "street"),
        Field("locality", Kind.TEXT, "neighbourhood"),
        Field("town", Kind.TEXT, "town"),
        Field("region", Kind.CODE, "region"),
        Field("postcode", Kind.POSTCODE, "postcode"),
        Field("birth_place", Kind.TEXT, "place of birth"),
        Field("occupation", Kind.TEXT, "occupation"),
        Field("identifier", Kind.IDENTIFIER, "identifier"),
        Field("email", Kind.EMAIL, "email address"),
        Field("phone", Kind.PHONE, "telephone number"),
    )
}

_HOME_KINDS = {Kind.FAMILY_NAME, Kind.POSTCODE, Kind.NUMBER, Kind.PHONE}
_HOME = {"street", "locality", "town", "region"}
LISTS = frozenset({"words"})  # prepared columns that hold a list, by what their names end in
_PREPARED: Mapping[Kind, tuple[str, ...]] = {
    Kind.GIVEN_NAME: ("", "root", "sound", "words"),
    Kind.FAMILY_NAME: ("", "sound", "words"),
    Kind.DATE: ("", "swapped"),
    Kind.POSTCODE: ("", "area"),
    Kind.NUMBER: ("",),
    Kind.TEXT: ("", "sound", "words"),
    Kind.IDENTIFIER: ("",),
    Kind.EMAIL: ("", "user"),
    Kind.PHONE: ("",),
    Kind.CODE: ("",),
}


def columns_of(field: Field) -> list[str]:
    """The names of the prepared columns of a field."""
    return [f"{field.key}_{part}" if part else field.key for part in _PREPARED[field.kind]]


def is_of_home(field: Field) -> bool:
    """Whether people who live together have it in common: surname, address, telephone."""
    return field.kind in _HOME_KINDS or field.key in _HOME


def is_list(column: str) -> bool:
    """Whether a prepared column holds a list of words."""
    return column.rsplit("_", 1)[-1] in LISTS


def prepared(field: Field, written: str | None) -> dict[str, Value]:
    """The prepared columns of a field for a value as it was written. Nothing known is None."""
    return prepared_of(field, normal(field, written) if written else "")


def prepared_of(field: Field, text: str) -> dict[str, Value]:
    """The prepared columns of a field for a normal form, which is empty if nothing is known."""
    key = field.key
    made: dict[str, Value] = dict.fromkeys(columns_of(field))
    if not text:
        return made
    made[key] = text
    match field.kind:
        case Kind.GIVEN_NAME | Kind.FAMILY_NAME:
            made[f"{key}_sound"] = sound(text) or None
            made[f"{key}_words"] = list(words(text))
            if field.kind is Kind.GIVEN_NAME:
                made[f"{key}_root"] = root(text)
        case Kind.TEXT:
            made[f"{key}_sound"] = sound(text) or None
            made[f"{key}_words"] = list(words(text, least=4))
        case Kind.DATE:
            made[f"{key}_swapped"] = day_month_swapped(text)
        case Kind.POSTCODE:
            made[f"{key}_area"] = area_of(text)
        case Kind.EMAIL:
            made[f"{key}_user"] = text.split(" at ", 1)[0]
    return made


def normal(field: Field, written: str) -> str:
    """The normal form of a value as it was written; empty if nothing is left."""
    match field.kind:
        case Kind.GIVEN_NAME:
            return given_name(written)
        case Kind.FAMILY_NAME:
            return letters(written)
        case Kind.DATE:
            return eight_digits(written, field.month_first)
        case Kind.POSTCODE | Kind.NUMBER | Kind.IDENTIFIER:
            return run_together(written)
        case Kind.PHONE:
            return phone_digits(written)
        case Kind.EMAIL:
            return plain(written.replace("@", " at "))
        case _:
            return plain(written)


def prepared_record(
    fields: tuple[Field, ...], written: Mapping[str, str | None]
) -> dict[str, Value]:
    """A whole record, prepared: what one comparison of two people reads."""
    made: dict[str, Value] = {}
    for field in fields:
        made |= prepared(field, written.get(field.key))
    return made

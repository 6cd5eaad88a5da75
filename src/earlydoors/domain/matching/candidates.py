"""Which pairs are looked at: two records that share a key.

Comparing everyone with everyone is out of reach, so each record gets keys, and those that share
one are compared. No key asks that a whole column be equal: each puts together two loose signs of
different grounds (how a name sounds and the year of birth; the start of a name and the area of the
postcode; the street and the day and month), so that a record with slips in most of its columns
still shares some key with its copies. A key that too many share says little and is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from earlydoors.domain.matching.fields import Field, Kind
from earlydoors.domain.matching.spelling import (
    area_of,
    day_month_swapped,
    root,
    sound,
    without_one,
    words,
)

NAME = "name"  # the ground of all names, so that their order does not matter
SLIP = "slip"  # the text, or the text without one of its letters
SOUNDS = 4  # letters of a sound that are looked at
_STARTS = 3


@dataclass(frozen=True)
class Sign:
    """A loose sign of a record: where it comes from and which sort it is.

    `alone`: it is a key by itself. `joins`: it makes keys with others. `single`: nobody has two.
    """

    ground: str
    sort: str
    alone: bool = False
    joins: bool = True
    single: bool = False

    @property
    def column(self) -> str:
        """Its column among the signs of a table."""
        return f"{self.ground}__{self.sort}"


def signs_of(field: Field) -> tuple[Sign, ...]:
    """The sorts of sign that a field gives."""
    key = field.key
    match field.kind:
        case Kind.GIVEN_NAME | Kind.FAMILY_NAME:
            return (Sign(NAME, "sound"), Sign(NAME, "start"))
        case Kind.DATE:
            return (
                Sign(key, SLIP, alone=True, joins=False),
                Sign(key, "month", single=True),
                Sign(key, "birthday", single=True),
                Sign(key, "year", single=True),
            )
        case Kind.POSTCODE:
            return (Sign(key, SLIP, alone=True, joins=False), Sign(key, "area", single=True))
        case Kind.NUMBER:
            return (Sign(key, "whole", single=True),)
        case Kind.TEXT:
            return (Sign(key, "whole", alone=True, joins=False, single=True), Sign(key, "word"))
        case Kind.IDENTIFIER | Kind.EMAIL | Kind.PHONE:
            return (Sign(key, SLIP, alone=True, joins=False),)
        case Kind.CODE:
            return ()


def signs(field: Field, normal: str, *, slips: bool = True) -> dict[str, list[str]]:
    """The signs of a field's normal form, by their sort; without `slips` all but those."""
    match field.kind:
        case Kind.GIVEN_NAME | Kind.FAMILY_NAME:
            parts = words(normal, least=2) or normal.split()
            heard = {root(normal), *parts} if field.kind is Kind.GIVEN_NAME else {*parts}
            return {
                "sound": sorted({sound(part)[:SOUNDS] for part in heard} - {""}),
                "start": sorted({part[:_STARTS] for part in parts}),
            }
        case Kind.DATE:
            return _date(normal, slips=slips)
        case Kind.POSTCODE:
            return {SLIP: without_one(normal) if slips else [], "area": [area_of(normal)]}
        case Kind.TEXT:
            heard = {sound(part)[:SOUNDS] for part in words(normal, least=3)} - {""}
            return {"whole": [sound(normal)], "word": sorted(heard)}
        case Kind.NUMBER:
            return {"whole": [normal]}
        case Kind.CODE:
            return {}
        case _:
            return {SLIP: without_one(normal) if slips else []}


def _date(date: str, *, slips: bool) -> dict[str, list[str]]:
    slipped = set(without_one(date)) if slips else set()
    if len(date) != 8:
        return {SLIP: sorted(slipped), "month": [], "birthday": [], "year": [date[:4]]}
    if slips:
        slipped.add(day_month_swapped(date))
    day_and_month = "".join(sorted((date[4:6], date[6:8])))
    return {
        SLIP: sorted(slipped),
        "month": [date[:6]],
        "birthday": [day_and_month],
        "year": [date[:4]],
    }


@dataclass(frozen=True)
class Family:
    """A sort of key: one sign, or two put together."""

    one: Sign
    two: Sign | None = None

    @property
    def once(self) -> bool:
        """Whether nobody has two keys of this sort."""
        return self.one.single and (self.two is None or self.two.single)


def families(fields: tuple[Field, ...]) -> Iterator[Family]:
    """The sorts of key for the fields that there are."""
    all_signs = list(dict.fromkeys(sign for field in fields for sign in signs_of(field)))
    names = [field for field in fields if field.kind in {Kind.GIVEN_NAME, Kind.FAMILY_NAME}]
    if names:
        yield Family(Sign(NAME, "sound"), Sign(NAME, "sound"))
    for sign in all_signs:
        if sign.alone:
            yield Family(sign)
    joining = [sign for sign in all_signs if sign.joins]
    for place, one in enumerate(joining):
        for two in joining[place + 1 :]:
            if one.ground != two.ground:
                yield Family(one, two)

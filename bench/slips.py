"""The ways in which a record is typed badly, each of its own kind: what recall is measured by."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from bench.people import Names, Someone
from earlydoors.domain.matching.asking import Asked

_KEYS = {"a": "qsz", "e": "wrd", "i": "uok", "o": "ipl", "n": "bmh", "s": "adw", "t": "ryg"}
_EARS = (("ph", "f"), ("ck", "k"), ("ee", "ea"), ("th", "t"), ("ll", "l"), ("ey", "y"), ("c", "k"))


def slipped(draw: random.Random, text: str) -> str:
    """The text with one letter more, less, other, or exchanged with the next."""
    if len(text) < 3:
        return text + "e"
    place = draw.randrange(1, len(text) - 1)
    match draw.randrange(4):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            return text[:place] + draw.choice("aeinrst") + text[place:]
        case 2:
            return text[:place] + draw.choice(_KEYS.get(text[place], "aeu")) + text[place + 1 :]
        case _:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _heard(text: str) -> str:
    for one, two in _EARS:
        if one in text:
            return text.replace(one, two, 1)
    return text + "e"


def _plain(who: Someone, **other: object) -> Asked:
    said: dict[str, object] = {
        "given_name": who.given_name,
        "family_name": who.family_name,
        "born_on": who.born_on,
        **other,
    }
    return Asked(**said)  # type: ignore[arg-type] # fields of Asked by name


def _turned(day: date) -> date:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day + timedelta(days=10)


def _year(draw: random.Random, day: date) -> date:
    return day.replace(year=day.year + draw.choice((-10, -1, 1)), day=min(day.day, 28))


def _nickname(names: Names, who: Someone) -> str:
    return (names.nicknames.get(who.given_name) or [_heard(who.given_name)])[0]


def _number(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits))
    return digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]


type Slip = Callable[[random.Random, Names, Someone], Asked | None]

SLIPS: dict[str, Slip] = {
    "nothing wrong": lambda d, n, w: _plain(w),
    "sounds alike": lambda d, n, w: _plain(w, family_name=_heard(w.family_name)),
    "nickname": lambda d, n, w: _plain(w, given_name=_nickname(n, w)),
    "slip in the surname": lambda d, n, w: _plain(w, family_name=slipped(d, w.family_name)),
    "slips in both names": lambda d, n, w: _plain(
        w, given_name=slipped(d, w.given_name), family_name=slipped(d, w.family_name)
    ),
    "names exchanged": lambda d, n, w: _plain(
        w, given_name=w.family_name, family_name=w.given_name
    ),
    "initial": lambda d, n, w: _plain(w, given_name=w.given_name[0]),
    "half of a double name": lambda d, n, w: (
        _plain(w, family_name=w.family_name.split("-")[1]) if "-" in w.family_name else None
    ),
    "old surname": lambda d, n, w: (
        _plain(w, family_name=w.old_family_name) if w.old_family_name else None
    ),
    "day and month exchanged": lambda d, n, w: _plain(w, born_on=_turned(w.born_on)),
    "wrong year": lambda d, n, w: _plain(w, born_on=_year(d, w.born_on)),
    "slip in the surname and a wrong day": lambda d, n, w: _plain(
        w,
        family_name=slipped(d, w.family_name),
        born_on=w.born_on + timedelta(days=d.choice((1, -1, 10))),
    ),
    "slips in both names and a wrong day, same street": lambda d, n, w: Asked(
        given_name=slipped(d, w.given_name),
        family_name=slipped(d, w.family_name),
        born_on=w.born_on + timedelta(days=d.choice((1, -1, 10))),
        address=w.address,
        postcode=w.postcode,
    ),
    "only the year, and the address": lambda d, n, w: Asked(
        given_name=slipped(d, w.given_name),
        family_name=w.family_name,
        born_from=w.born_on.year,
        address=w.address,
        postcode=w.postcode,
    ),
    "no birth date, old address": lambda d, n, w: (
        Asked(
            given_name=w.given_name,
            family_name=slipped(d, w.family_name),
            address=w.old_address,
            postcode=w.old_postcode,
        )
        if w.old_address
        else None
    ),
    "number with a slip, slips in both names": lambda d, n, w: (
        Asked(
            given_name=slipped(d, w.given_name),
            family_name=slipped(d, w.family_name),
            number=_number(d, w.nhs),
        )
        if w.nhs
        else None
    ),
}
"""Each kind of slip by its name; None where a person cannot be typed so."""

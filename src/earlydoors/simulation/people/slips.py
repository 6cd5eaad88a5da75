"""Dirt: what another agency wrote of somebody, and, kept apart from it, which slips it made.

The kinds and their rates are in `slips.yaml`. A slip is a function that changes what is written and
says whether it changed anything; one that cannot happen to somebody changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from earlydoors.simulation.people.fingers import (
    exchanged,
    heard,
    typed,
    without_marks,
    wrong_digit,
)
from earlydoors.simulation.people.names import FEMALE, MALE, Origin, origins
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.places import Home, Places

type Written = dict[str, str | None]

COLUMNS = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "house_number",
    "street",
    "postcode",
    "nhs",
    "upn",
)
_FIRST_YEAR = 1900
_LATER = 9  # years that a wrong figure may add to a birth, so that few are in time to come
_SHORT = {
    "Street": "St",
    "Road": "Rd",
    "Lane": "Ln",
    "Avenue": "Ave",
    "Close": "Cl",
    "Terrace": "Tce",
    "Drive": "Dr",
    "Grove": "Gr",
    "Court": "Ct",
    "Crescent": "Cres",
    "Gardens": "Gdns",
    "Place": "Pl",
}
_UNNAMED = ("Baby", "Unborn", "Unborn Baby", "Baby Girl", "Baby Boy")


@dataclass(frozen=True)
class Rates:
    """How often each kind of slip is made, and what is missing from records."""

    kinds: Mapping[str, float]
    missing: Mapping[str, float]
    registered: Mapping[str, float]


@cache
def rates() -> Rates:
    """The rates of `slips.yaml`."""
    told: dict[str, Any] = yaml.safe_load(
        (files(__package__) / "slips.yaml").read_text(encoding="utf-8")
    )
    kinds = {key: float(one["rate"]) for key, one in told["kinds"].items()}
    return Rates(kinds, told["missing"], told["registered"])


def as_is(person: Person) -> Written:
    """The truth, in columns."""
    home = person.home
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "house_number": home.house_number,
        "street": home.street,
        "postcode": home.postcode,
        "nhs": person.nhs,
        "upn": person.upn,
    }


def registered(person: Person, draw: Random) -> Written:
    """What the register holds of somebody: the truth, less what it was never told."""
    written = as_is(person)
    _leave_out(written, rates().registered, draw)
    return written


class Agency:
    """Another agency, which knows people of its own and writes as it does."""

    def __init__(self, seed: int, places: Places) -> None:
        self._seed, self._places = seed, places

    def record(self, person: Person, *, surely: str | None = None) -> tuple[Written, list[str]]:
        """What it wrote of somebody, and the kinds of slip that show in it.

        `surely` makes one kind wherever it can happen; the others come at their rates.
        """
        draw = Random(f"{self._seed}:{person.number}")  # noqa: S311 - made up, nothing secret
        hand = _Hand(person, as_is(person), draw, self._places)
        made = []
        for kind, rate in rates().kinds.items():
            if draw.random() >= rate and kind != surely:
                continue
            before = dict(hand.written)
            if SLIPS[kind](hand):
                made.append((kind, [c for c in COLUMNS if hand.written[c] != before[c]]))
        _leave_out(hand.written, rates().missing, draw)
        shown = [
            kind for kind, columns in made if any(hand.written[c] is not None for c in columns)
        ]
        return hand.written, shown


def _leave_out(written: Written, shares: Mapping[str, float], draw: Random) -> None:
    for column, share in shares.items():
        if draw.random() < share:
            written[column] = None


@dataclass
class _Hand:
    """A record while it is written."""

    person: Person
    written: Written
    draw: Random
    places: Places
    lives: Home | None = None

    def put(self, column: str, value: str | None) -> bool:
        """Write something else in a column; whether it is other than before."""
        changed = bool(value) and value != self.written[column]
        if changed:
            self.written[column] = value
        return changed

    def text(self, column: str) -> str:
        """What is written in a column."""
        return self.written[column] or ""

    @property
    def origin(self) -> Origin:
        """Where the name is from."""
        return origins()[self.person.origin]


def _moved(hand: _Hand) -> bool:
    home = hand.person.former_home or hand.places.home(hand.draw, near=hand.person.home)
    hand.lives = home
    hand.written |= {
        "house_number": home.house_number,
        "street": home.street,
        "postcode": home.postcode,
    }
    return True


def _old_postcode(hand: _Hand) -> bool:
    if hand.lives or not hand.person.former_home:
        return False
    return hand.put("postcode", hand.person.former_home.postcode)


def _old_surname(hand: _Hand) -> bool:
    return hand.put("family_name", hand.person.former_surname)


def _other_surname(hand: _Hand) -> bool:
    return hand.put("family_name", hand.person.other_surname)


def _before_birth(hand: _Hand) -> bool:
    if not hand.person.due:
        return False
    hand.written |= {"birth_date": hand.person.due.isoformat(), "sex": None, "nhs": None}
    return hand.put("given_name", hand.draw.choice(_UNNAMED))


def _known_by(hand: _Hand) -> bool:
    return hand.put("given_name", hand.person.known_by)


def _short_form(hand: _Hand) -> bool:
    forms = origins()["english"].short_forms.get(hand.text("given_name"))
    return bool(forms) and hand.put("given_name", hand.draw.choice(forms or ("",)))


def _spelling(hand: _Hand) -> bool:
    """Another spelling of a word of the first name, or else of the surname."""
    for column in ("given_name", "family_name"):
        for known in (hand.origin.spellings, origins()["english"].spellings):
            text = hand.text(column)
            for part in (text, *text.split()):
                if part in known:
                    return hand.put(column, text.replace(part, hand.draw.choice(known[part]), 1))
    return False


def _transliterated(hand: _Hand) -> bool:
    column = hand.draw.choice(("given_name", "family_name"))
    return hand.put(column, exchanged(hand.draw, hand.text(column), hand.origin.sounds))


def _second_name(hand: _Hand) -> bool:
    second = hand.person.second_name
    return bool(second) and hand.put("given_name", f"{hand.text('given_name')} {second}")


def _middle_only(hand: _Hand) -> bool:
    return hand.put("given_name", hand.person.second_name)


def _initial(hand: _Hand) -> bool:
    return hand.put("given_name", hand.text("given_name")[:1])


def _one_barrel(hand: _Hand) -> bool:
    parts = hand.text("family_name").replace("-", " ").split()
    longer = [part for part in parts if len(part) > 3]
    return len(parts) > 1 and bool(longer) and hand.put("family_name", hand.draw.choice(longer))


def _hyphen_lost(hand: _Hand) -> bool:
    changed = False
    for column in ("given_name", "family_name"):
        text, between = hand.text(column), hand.draw.choice((" ", ""))
        changed |= hand.put(column, text.replace("-", between).replace("'", between))
    return changed


def _marks_lost(hand: _Hand) -> bool:
    changed = False
    for column in ("given_name", "family_name"):
        changed |= hand.put(column, without_marks(hand.text(column)))
    return changed


def _heard(hand: _Hand) -> bool:
    column = hand.draw.choice(("given_name", "family_name"))
    return hand.put(column, heard(hand.draw, hand.text(column)))


def _typed(column: str) -> "Slip":
    return lambda hand: hand.put(column, typed(hand.draw, hand.text(column)))


def _names_swapped(hand: _Hand) -> bool:
    given, family = hand.text("given_name"), hand.text("family_name")
    hand.written |= {"given_name": family, "family_name": given}
    return given != family


def _day_month(hand: _Hand) -> bool:
    year, month, day = hand.text("birth_date").split("-")
    return int(day) <= 12 and hand.put("birth_date", f"{year}-{day}-{month}")


def _wrong_year(hand: _Hand) -> bool:
    year, rest = hand.text("birth_date").split("-", 1)
    turned = int(year[:2] + year[3] + year[2])
    other = hand.draw.choice([int(year) + step for step in (-10, -1, -1, 1, 1, 10)] + [turned])
    return hand.put("birth_date", f"{other:04d}-{rest}")


def _wrong_digit(hand: _Hand) -> bool:
    """A wrong figure that still makes a date: any form would refuse another."""
    for _ in range(20):
        made = wrong_digit(hand.draw, hand.text("birth_date"))
        try:
            read = date.fromisoformat(made)
        except ValueError:
            continue
        if _FIRST_YEAR <= read.year <= hand.person.birth_date.year + _LATER:
            return hand.put("birth_date", made)
    return False


def _rounded(hand: _Hand) -> bool:
    return hand.put("birth_date", f"{hand.text('birth_date')[:4]}-01-01")


def _wrong_sex(hand: _Hand) -> bool:
    return hand.put("sex", {MALE: FEMALE, FEMALE: MALE}.get(hand.text("sex")))


def _street_short(hand: _Hand) -> bool:
    name, _, kind = hand.text("street").rpartition(" ")
    return kind in _SHORT and hand.put("street", f"{name} {_SHORT[kind]}")


def _wrong_number(hand: _Hand) -> bool:
    return hand.put("house_number", str(1 + int(hand.draw.random() * 90)))


def _number_slip(hand: _Hand) -> bool:
    there = [column for column in ("nhs", "upn") if hand.written[column]]
    if not there:
        return False
    column = hand.draw.choice(there)
    return hand.put(column, wrong_digit(hand.draw, hand.text(column)))


def _twins_number(hand: _Hand) -> bool:
    twin = hand.person.twin
    if not twin:
        return False
    theirs = {"nhs": twin.nhs, "upn": twin.upn}
    return any(hand.put(column, value) for column, value in theirs.items())


type Slip = Callable[[_Hand], bool]
SLIPS: Mapping[str, Slip] = {
    "moved": _moved,
    "old_postcode": _old_postcode,
    "old_surname": _old_surname,
    "other_surname": _other_surname,
    "before_birth": _before_birth,
    "known_by": _known_by,
    "short_form": _short_form,
    "spelling": _spelling,
    "transliterated": _transliterated,
    "second_name": _second_name,
    "middle_only": _middle_only,
    "initial": _initial,
    "one_barrel": _one_barrel,
    "hyphen_lost": _hyphen_lost,
    "marks_lost": _marks_lost,
    "heard": _heard,
    "typed_first_name": _typed("given_name"),
    "typed_surname": _typed("family_name"),
    "names_swapped": _names_swapped,
    "day_month": _day_month,
    "wrong_year": _wrong_year,
    "wrong_digit": _wrong_digit,
    "rounded": _rounded,
    "wrong_sex": _wrong_sex,
    "typed_street": _typed("street"),
    "street_short": _street_short,
    "typed_postcode": _typed("postcode"),
    "wrong_number": _wrong_number,
    "number_slip": _number_slip,
    "twins_number": _twins_number,
}

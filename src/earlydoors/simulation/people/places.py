"""Homes: a number, a street, a postcode of the area that cannot be anyone's."""

from functools import cache
from random import Random
from typing import NamedTuple

from earlydoors.simulation.people.figures import Figures, streets
from earlydoors.simulation.people.names import Pick, by_share

NEVER_LAST = "CIKMOV"  # letters that no inward code has
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_NEAR = 0.6  # of moves, those within the locality
_HIGHEST = 90


class Home(NamedTuple):
    """An address, and the locality of the area it is in."""

    house_number: str
    street: str
    town: str
    postcode: str
    locality: str


class Places:
    """Where people of an area live."""

    def __init__(self, figures: Figures) -> None:
        self._localities = by_share({one.key: one.share for one in figures.localities})
        self._towns: dict[str, list[tuple[str, str]]] = {
            one.key: [(town, code) for town, codes in one.towns.items() for code in codes]
            for one in figures.localities
        }
        self._flats = figures.shares["flats"]

    def home(self, draw: Random, near: Home | None = None) -> Home:
        """A home; mostly in the same locality if it is to be near another."""
        stays = near is not None and draw.random() < _NEAR
        locality = near.locality if near and stays else self._localities(draw)
        town, outward = draw.choice(self._towns[locality])
        middle = int(draw.random() * 10 * len(_LETTERS))
        last = draw.choice(NEVER_LAST)
        postcode = f"{outward} {middle % 10}{_LETTERS[middle // 10]}{last}"
        number = str(1 + int(draw.random() * _HIGHEST))
        if draw.random() < self._flats:
            number += draw.choice("abcd")
        return Home(number, street_of(postcode), town, postcode, locality)


def street_of(postcode: str) -> str:
    """The street of a postcode, always the same."""
    first, kind = streets()
    mixed = 0
    for letter in postcode:
        mixed = (mixed * 131 + ord(letter)) % 1_000_003
    return f"{first[mixed % len(first)]} {kind[mixed // len(first) % len(kind)]}"


@cache
def codes_of(pairs: tuple[tuple[str, float], ...]) -> Pick:
    """What to draw codes with, made once."""
    return by_share(dict(pairs))

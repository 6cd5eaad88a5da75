"""A made-up register of any size, streamed: households that share a surname and an address.

Names follow the frequencies of English registers in their shape: the commonest surname is about one
in a hundred people and the commonest first name two, and half of all people have a name that is
rare. The commonest are names that people have, the others are put together from syllables. Seeded,
and person by person, so that memory does not grow with the register.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, product

from bench.copies import KINDS, STREETS, SURNAMES, TOWNS, nicknames

TODAY = date(2026, 11, 22)
BLOCK = 10_000  # people
_FAMILY_NAMES, _GIVEN_NAMES = 20_000, 3_000
_PER_POSTCODE = 40  # people
_BEGINS = (
    "ash brad har hol lang mid nor pen rad sel thorn wal whit wood black cald dun el fair gar hay"
    " kirk lam mar oak pres quin rams sand tat ul var wain yard"
).split()
_MIDDLES = ["", "er", "ing", "les", "en", "o", "ar", "in", "el"]
_ENDS = (
    "ton ley worth field ham bury by stead wick ford gate well more croft shaw den cott land ridge"
    " brook son man ard ski ova enko idis escu dottir poulos wala"
).split()
_GIVEN = "ka li mo ra sa ta ve zi ja no de fi be na lu".split()
_GIVEN_ENDS = "na ra lin ya an is el ette on us ia ey o ko sha".split()


@dataclass
class Someone:
    """A person of the register."""

    number: int
    household: int
    given_name: str
    family_name: str
    born_on: date
    sex: str
    address: str
    postcode: str
    old_family_name: str = ""
    old_address: str = ""
    old_postcode: str = ""
    nhs: str = ""


@dataclass
class Names:
    """The names there are, by how common they are."""

    family: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    nicknames: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draw = random.Random(5)  # noqa: S311 - made up, nothing secret
        made = ["".join(parts) for parts in product(_BEGINS, _MIDDLES, _ENDS)]
        draw.shuffle(made)
        more = ["".join(parts) for parts in product(_BEGINS, _MIDDLES, _MIDDLES, _ENDS)]
        draw.shuffle(more)
        self.family = list(dict.fromkeys([*SURNAMES, *made, *more]))[:_FAMILY_NAMES]
        groups = nicknames()
        self.nicknames = {group[0]: group[1:] for group in groups}
        firsts = [group[0] for group in groups]
        draw.shuffle(firsts)
        built = ["".join(parts) for parts in product(_GIVEN, _GIVEN, _GIVEN_ENDS)]
        draw.shuffle(built)
        self.given = list(dict.fromkeys([*firsts, *built]))[:_GIVEN_NAMES]
        self._family_weights = list(accumulate(1 / (n + 12) for n in range(len(self.family))))
        self._given_weights = list(accumulate(1 / (n + 8) for n in range(len(self.given))))

    def a_family_name(self, draw: random.Random) -> str:
        name = draw.choices(self.family, cum_weights=self._family_weights)[0]
        if draw.random() < 0.03:
            name += "-" + draw.choices(self.family, cum_weights=self._family_weights)[0]
        return name

    def a_given_name(self, draw: random.Random) -> str:
        return draw.choices(self.given, cum_weights=self._given_weights)[0]


def block(names: Names, number: int) -> Iterator[Someone]:
    """The ten thousand people of a district. Each block can be made again by itself."""
    draw = random.Random(number + 1)  # noqa: S311 - made up, nothing secret
    first = number * BLOCK
    made = 0
    while made < BLOCK:
        household = first + made
        surname = names.a_family_name(draw)
        address, postcode = a_home(draw, number)
        moved = a_home(draw, number) if draw.random() < 0.25 else ("", "")
        twin: date | None = None
        for place in range(min(draw.choice((1, 2, 3, 4)), BLOCK - made)):
            born = _born(draw, child=place > 0 or draw.random() < 0.3)
            if twin and draw.random() < 0.03:
                born = twin
            twin = born
            yield Someone(
                number=first + made,
                household=household,
                given_name=names.a_given_name(draw),
                family_name=surname if draw.random() < 0.85 else names.a_family_name(draw),
                born_on=born,
                sex=draw.choice(("female", "male")),
                address=address,
                postcode=postcode,
                old_family_name=names.a_family_name(draw) if draw.random() < 0.06 else "",
                old_address=moved[0],
                old_postcode=moved[1],
                nhs=f"{(first + made + 1) * 7_654_319 % 9_999_999_967:010d}"
                if draw.random() < 0.6
                else "",
            )
            made += 1


def a_home(draw: random.Random, district: int) -> tuple[str, str]:
    """An address and its postcode: forty people share one, and streets are named alike."""
    code = district * (BLOCK // _PER_POSTCODE) + draw.randrange(BLOCK // _PER_POSTCODE)
    pick = random.Random(code // 3)  # noqa: S311 - a street has three postcodes
    saint = pick.choice(_BEGINS) if pick.random() < 0.6 else ""
    street = f"{saint}{pick.choice(STREETS)} {pick.choice(KINDS)}"
    letters = "abdefghjlnpqrstuwxyz"
    unit = letters[code % 20] + letters[code // 20 % 20]
    sector, outward = code // 400 % 9 + 1, code // 3600 % 60 + 1
    area = ("CA", "LA", "NE")[code // 216_000 % 3]
    town = TOWNS[outward % len(TOWNS)]
    house = draw.randrange(1, 90)
    return f"{house} {street}, {town}".title(), f"{area}{outward} {sector}{unit}".upper()


def _born(draw: random.Random, *, child: bool) -> date:
    if child:
        return TODAY - timedelta(days=draw.randrange(18 * 365))
    return TODAY - timedelta(days=draw.randrange(18 * 365, 75 * 365))

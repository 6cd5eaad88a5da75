"""The loose keys by which a record finds its candidates in the register.

A key is a number made from two signs of different grounds, each of them loose: how a part of the
name sounds or begins, with part of the birth date, of the postcode, or the street. However a record
was misspelt, some two signs of it are still right. Strong signs are keys by themselves: the whole
birth date, the postcode, the halves of a number. Keys are chosen so that, in a register of a
million, a key that is worth anything is shared by few: one that more share is passed over (see
`index`), and another, made of more, is there to take its place.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from zlib import crc32

from earlydoors.domain.matching.conditions import Prepared
from earlydoors.domain.matching.entries import MOST_WORDS, Told
from earlydoors.domain.matching.spelling import day_month_swapped, sound

_SOUNDS = 4  # letters of a sound that are looked at
_STREET_SOUNDS = 6
_STARTS = 3
_HALF = 5  # letters of a number that are looked at, at its start and at its end
_LEAST_NUMBER = 8
_KINDS = frozenset(
    "road street avenue lane close drive crescent court gardens grove place square terrace park way"
    " walk hill view row rise mews".split()
)


def kept_keys(told: Told) -> list[int]:
    """The keys under which a person is kept."""
    return sorted({_number(key) for key in _keys(told)})


def asked_keys(told: Told, years: Iterable[int] = ()) -> list[int]:
    """The keys under which to look for a record that somebody typed: day and month also in each
    other's place, and for `years` of birth where no day is known."""
    found = set(_keys(told))
    for one in told.get("birth", ()):
        date = str(one.has["birth_date"])
        if len(date) == 8:
            found.add(f"d|{day_month_swapped(date)}")
    pairs = list(_pairs(told))
    found |= {f"Y|{year}|{pair}" for year in years for pair in pairs}
    return sorted({_number(key) for key in found})


def _number(key: str) -> int:
    unsigned = crc32(key.encode())
    return unsigned - (1 << 32) if unsigned >= 1 << 31 else unsigned


def _keys(told: Told) -> Iterator[str]:
    signs = set(_signs(told))
    pairs = set(_pairs(told))
    yield from pairs
    for one in told.get("birth", ()):
        yield from _of_birth(str(one.has["birth_date"]), signs, pairs)
    for one in told.get("home", ()):
        yield from _of_home(one.has, signs)
    for kind in ("nhs", "upn"):
        for one in told.get(kind, ()):
            yield from _of_number(kind, str(one.has[kind]))


def _signs(told: Told) -> Iterator[str]:
    """How the parts of the names sound and begin; which part it is does not matter."""
    for given, family in _parts(told):
        for part in {*given, *family}:
            yield from _signs_of(part)


@lru_cache(maxsize=65_536)
def _signs_of(part: str) -> tuple[str, ...]:
    return tuple(filter(None, (_sound(part), _start(part))))


def _sound(part: str) -> str:
    heard = sound(part)[:_SOUNDS]
    return f"s{heard}" if heard else ""


def _start(part: str) -> str:
    return f"t{part[:_STARTS]}"


def _parts(told: Told) -> Iterator[tuple[set[str], set[str]]]:
    """The parts of each given name, with what it is short for, and of each family name."""
    for one in told.get("name", ()):
        given = _words(one.has, "given_name")
        root = one.has["given_name_root"]
        if isinstance(root, str):
            given.add(root)
        yield given, _words(one.has, "family_name")


def _words(has: Prepared, key: str) -> set[str]:
    words = has[f"{key}_words"]
    if isinstance(words, list) and words:
        return set(words[:MOST_WORDS])
    whole = has[key]
    return {whole} if isinstance(whole, str) else set()


def _pairs(told: Told) -> Iterator[str]:
    """A given and a family name together, in whatever order: by sound, by start, by initial."""
    for given, family in _parts(told):
        for one, two in product(given, family):
            first, second = _sound(one), _sound(two)
            if first and second:
                yield "p|" + "|".join(sorted((first, second)))
            yield "q|" + "|".join(sorted((_start(one), _start(two))))
            if second:
                yield f"i|{one[0]}|{second}"


def _of_birth(date: str, signs: set[str], pairs: set[str]) -> Iterator[str]:
    yield f"d|{date}"
    if len(date) != 8:
        return
    year, month, day = date[:4], date[4:6], date[6:8]
    birthday = "".join(sorted((month, day)))
    for sign in signs:
        yield f"m|{year}{month}|{sign}"
        yield f"n|{year}-{day}|{sign}"
        yield f"b|{birthday}|{sign}"
    for pair in pairs:
        yield f"Y|{year}|{pair}"


def _of_home(has: Prepared, signs: set[str]) -> Iterator[str]:
    postcode, street, number = has["postcode"], has["street"], has["house_number"]
    if isinstance(postcode, str):
        yield f"c|{postcode}"
        if len(postcode) >= 5:
            for sign in signs:
                yield f"e|{postcode[:-2]}|{sign}"
                yield f"f|{postcode[-3:]}|{sign}"
    if isinstance(street, str):
        heard = _street_sound(street)
        yield from (f"g|{heard}|{sign}" for sign in signs)
        if isinstance(number, str):
            yield f"h|{heard}|{number}"


@lru_cache(maxsize=65_536)
def _street_sound(street: str) -> str:
    words = street.split()
    if len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    return sound(" ".join(words))[:_STREET_SOUNDS]


def _of_number(kind: str, number: str) -> Iterator[str]:
    """Halves: a number with one slip has one of them whole, or else its outer parts."""
    if len(number) < _LEAST_NUMBER:
        return
    yield f"{kind}1|{number[:_HALF]}"
    yield f"{kind}2|{number[-_HALF:]}"
    yield f"{kind}3|{number[:3]}|{number[-3:]}"

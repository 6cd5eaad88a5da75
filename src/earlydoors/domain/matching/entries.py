"""What the register knows of a person, put so that it can be compared: groups of ways to tell them.

A person has more than one name and lived in more than one place, so each group (the name, the home,
the birth date, the numbers) holds every telling of it. A record that somebody types is put in the
same form, so that keys and comparisons read both alike. Plain data goes in; nothing here knows of
the database.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from earlydoors.domain.matching.conditions import Prepared, Value
from earlydoors.domain.matching.fields import KNOWN, Field, Kind, columns_of, prepared
from earlydoors.domain.matching.spelling import NO_NAMES, NOT_YET, plain

COUNTED = ("given_name", "family_name")  # fields whose frequent values count for less
FORM = 1  # of what is kept in the index: raised when it changes, so that old rows are made anew
NOW = "now"
MOST_TELLINGS = 9  # of a group: a pathological record must not slow every search
MOST_WORDS = 6  # of a name

FIELDS = {
    **{
        key: KNOWN[key]
        for key in (
            "given_name", "family_name", "birth_date", "sex", "house_number", "street", "postcode",
        )
    },
    "nhs": Field("nhs", Kind.IDENTIFIER, "NHS number"),
    "upn": Field("upn", Kind.IDENTIFIER, "UPN"),
}  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("given_name", "family_name"),
    "birth": ("birth_date",),
    "sex": ("sex",),
    "home": ("house_number", "street", "postcode"),
    "nhs": ("nhs",),
    "upn": ("upn",),
}
"""What moves together: the parts of one name, the parts of one address."""

_BABY = "namelessbaby"  # a word of its own: `given_name` reads what stands for no name as nothing
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_WITHIN = re.compile(r"^(?:flat|unit|apartment|apt|room|floor|c/o)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+\s?[a-z]?)\b[\s,]*(.*)$", re.IGNORECASE)
_SHORT_KINDS = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "dr": "drive", "cres": "crescent", "ct": "court", "gdns": "gardens", "gr": "grove",
    "pl": "place", "sq": "square", "terr": "terrace", "tce": "terrace", "pk": "park",
}  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """One way a group is told: its prepared columns, and of which sort each part is.

    `of` has a sort for each field that is not of today: `previous`, `known_as`, `earlier`, `due`.
    """

    has: Prepared
    of: Mapping[str, str]


type Told = Mapping[str, tuple[Telling, ...]]


@dataclass(frozen=True)
class Called:
    """A name as it was written, and of which sort it is: `now`, or a kind of other name."""

    given_name: str
    family_name: str
    sort: str = NOW


@dataclass(frozen=True)
class Lived:
    """A home as it was written, and whether they live there now."""

    says: str
    postcode: str = ""
    now: bool = True


def told_of(
    *,
    names: Iterable[Called] = (),
    births: Iterable[tuple[str, str]] = (),
    sex: str = "",
    homes: Iterable[Lived] = (),
    numbers: Iterable[tuple[str, str]] = (),
) -> Told:
    """Everything that tells a person, prepared.

    `births` are dates with their sort (`now`, or `due` for an expected date); `numbers` are pairs
    of a kind (`nhs`, `upn`) and the number.
    """
    given = {
        "name": [_name(*one) for one in _names(list(names))],
        "birth": [_telling("birth", {"birth_date": d}, {"birth_date": s}) for d, s in births],
        "sex": [_telling("sex", {"sex": sex}, {})],
        "home": [_home(one) for one in homes],
    }
    for kind, number in numbers:
        if kind in GROUPS:
            given.setdefault(kind, []).append(_telling(kind, {kind: number}, {}))
    return {group: found for group, tellings in given.items() if (found := _different(tellings))}


def _different(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Those that say something, each once, the first the one of today."""
    kept: list[Telling] = []
    for one in tellings:
        says = any(value is not None for value in one.has.values())
        if says and all(one.has != other.has for other in kept):
            kept.append(one)
            if len(kept) == MOST_TELLINGS:
                break
    return tuple(kept)


def _telling(group: str, written: Mapping[str, str], sorts: Mapping[str, str]) -> Telling:
    has: dict[str, Value] = {}
    for key in GROUPS[group]:
        has |= _prepared(key, written[key])
    return Telling(has, {key: sort for key, sort in sorts.items() if sort != NOW})


@lru_cache(maxsize=16_384)
def _prepared(key: str, written: str) -> Mapping[str, Value]:
    """A field prepared: names and streets come again and again."""
    return prepared(FIELDS[key], written)


def _names(names: list[Called]) -> list[tuple[str, str, str, str]]:
    """The names as they go together, then every given name with every family name; each part with
    its sort. A part that was kept when the other changed is still of today."""
    given: dict[str, str] = {}
    family: dict[str, str] = {}
    for one in names:
        for part, sorts in ((one.given_name, given), (one.family_name, family)):
            if part:
                sorts.setdefault(part, one.sort)
    pairs = [(one.given_name, one.family_name) for one in names if one.family_name or not family]
    pairs += product(given, family)
    return [
        (first, given.get(first, NOW), last, family.get(last, NOW))
        for first, last in dict.fromkeys(pairs)
    ]


def _name(given: str, given_of: str, family: str, family_of: str) -> Telling:
    return _telling(
        "name",
        {"given_name": first_name_of(given), "family_name": name_of(family)},
        {"given_name": given_of, "family_name": family_of},
    )


@lru_cache(maxsize=16_384)
def name_of(written: str) -> str:
    """A part of a name without what stands for no name, and no longer than names are."""
    words = [word for word in plain(written).split() if word not in NO_NAMES]
    return " ".join(words[:MOST_WORDS])


def first_name_of(written: str) -> str:
    """A first name; whatever a child is called that has none yet is `_BABY`."""
    words = name_of(written).split()
    names = [word for word in words if word not in NOT_YET]
    return " ".join(names) if names or not words else _BABY


def has_no_name_yet(written: str) -> bool:
    """Whether a first name stands for a child that has none yet."""
    return first_name_of(written) == _BABY


def _home(lived: Lived) -> Telling:
    sort = NOW if lived.now else "earlier"
    parts = address(lived.says, lived.postcode)
    return _telling("home", parts, dict.fromkeys(parts, sort))


def address(says: str, postcode: str = "") -> dict[str, str]:
    """House number, street and postcode of an address written in one line, whichever are there."""
    found = _POSTCODE.search(postcode or says)
    rest = _POSTCODE.sub("", says[:300])
    parts = [part.strip() for part in re.split(r"[,\n;]", rest) if part.strip()]
    outer = [part for part in parts if not _WITHIN.match(part)] or parts
    number = street = ""
    for place, part in enumerate(outer):
        numbered = _NUMBERED.match(part)
        if numbered:
            number = numbered[1]
            street = numbered[2] or (outer[place + 1] if place + 1 < len(outer) else "")
            break
    street = street or (outer[0] if outer else "")
    code = found[1] + found[2] if found else postcode
    return {"house_number": number, "street": _street(street), "postcode": code}


def _street(written: str) -> str:
    words = plain(written).split()
    return " ".join([*words[:-1], _SHORT_KINDS.get(words[-1], words[-1])]) if words else ""


@lru_cache(maxsize=1)
def _columns() -> dict[str, tuple[str, ...]]:
    return {
        group: tuple(column for key in keys for column in columns_of(FIELDS[key]))
        for group, keys in GROUPS.items()
    }


def place_of(group: str, column: str) -> int:
    """Where a prepared column stands in the kept text of a group."""
    return _columns()[group].index(column)


def as_text(told: Told) -> str:
    """What is known as the text that the index keeps."""
    columns = _columns()
    rows = {
        group: [[[one.has[c] for c in columns[group]], dict(one.of)] for one in tellings]
        for group, tellings in told.items()
    }
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=True)


def from_text(text: str) -> Told:
    """What the index keeps, as it was before `as_text`."""
    columns = _columns()
    rows: dict[str, list[tuple[list[Value], dict[str, Any]]]] = json.loads(text)
    return {
        group: tuple(Telling(dict(zip(columns[group], has, strict=True)), of) for has, of in given)
        for group, given in rows.items()
    }

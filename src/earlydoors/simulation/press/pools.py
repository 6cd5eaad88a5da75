"""The sentences that printed families are told in: pools by key, and by what the family faces."""

from functools import cache
from random import Random
from typing import Any

from earlydoors.simulation.pages import read


@cache
def _pools() -> dict[str, Any]:
    return read("texts", "pools.yaml")


@cache
def beside(key: str) -> tuple[Any, ...]:
    """What may be told of a family beside its story, by the key of a list."""
    return tuple(read("texts", "beside.yaml")[key])


@cache
def themes() -> tuple[str, ...]:
    """What families face, by key."""
    return tuple(_pools()["themes"])


@cache
def areas_of(theme: str) -> tuple[str, ...]:
    """The areas of life that a theme touches, by their general names."""
    return tuple(_pools()["themes"][theme]["areas"])


@cache
def is_written(key: str) -> bool:
    """Whether there are sentences for a key."""
    return key in _pools()["anyone"] or any(key in theme for theme in _pools()["themes"].values())


@cache
def lines_of(theme: str, key: str) -> tuple[str, ...]:
    """The sentences for a key: the theme's own where it has some, then anyone's; a key with a
    number falls back on the key without. Raises `KeyError` for none."""
    own, anyone = _pools()["themes"][theme], _pools()["anyone"]
    while True:
        found = own.get(key) or anyone.get(key)
        if found:
            return tuple(found)
        shorter, _, number = key.rpartition("_")
        if not number.isdecimal() and shorter not in anyone:
            raise KeyError(key)
        key = shorter


def pick(theme: str, key: str, draw: Random) -> str:
    """One of the sentences for a key."""
    lines = lines_of(theme, key)
    return lines[int(draw.random() * len(lines))]

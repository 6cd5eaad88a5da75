"""The figures that the made-up people follow, read from `figures.yaml` and `places.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from earlydoors.simulation.people.names import Pick, by_share, listed

EVERYWHERE = "everywhere"
MANY_ORIGINS = "many_origins"


@dataclass(frozen=True)
class Band:
    """Ages in completed years, from and to, both within."""

    first: int
    last: int
    share: float


@dataclass(frozen=True)
class Spread:
    """An age, in years: its mean, how it spreads, and its bounds."""

    mean: float
    spread: float
    least: float
    most: float


@dataclass(frozen=True)
class Locality:
    """Part of an area, with its towns and the outward codes of their postcodes."""

    key: str
    share: float
    towns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Figures:
    """What is asked of the people of an area. Shares are of 1."""

    ages: tuple[Band, ...]
    children: Pick
    kinds: Pick
    mother: Spread
    father: Spread
    shares: Mapping[str, float]
    origins: Mapping[str, float]
    ethnicity: Mapping[str, Mapping[str, float]]
    mixed: Mapping[str, str]
    localities: tuple[Locality, ...]
    asked: Mapping[str, Any]


@cache
def streets() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first and the last words of street names."""
    told = _read("places.yaml")["streets"]
    return tuple(listed(told["first"])), tuple(listed(told["kind"]))


@cache
def figures_for(area: str = EVERYWHERE, *, mix: str | None = None) -> Figures:
    """The figures of an area, by the key of its profile; of no place if there are none for it.

    `mix` takes the origins of names from another entry, such as `many_origins`.
    """
    told, places = _read("figures.yaml"), _read("places.yaml")
    mixes = told["origins"]
    here = places.get(area, places[EVERYWHERE])
    return Figures(
        ages=tuple(Band(b["from"], b["to"], b["share"]) for b in told["children_by_age"]["shares"]),
        children=by_share(told["children_in_a_family"]["shares"]),
        kinds=by_share(told["kinds"]["shares"]),
        mother=_spread(told["mother_at_first_birth"]),
        father=_spread(told["father_older_by"]),
        shares={key: one["share"] for key, one in told.items() if "share" in one},
        origins=mixes.get(mix or area, mixes[EVERYWHERE])["shares"],
        ethnicity=told["ethnicity"]["of_origin"],
        mixed=told["ethnicity"]["mixed"],
        localities=tuple(
            Locality(one["key"], one["share"], {t: tuple(c) for t, c in one["towns"].items()})
            for one in here["localities"]
        ),
        asked=told,
    )


def _spread(told: dict[str, float]) -> Spread:
    return Spread(told["mean"], told["spread"], told.get("from", -12), told.get("to", 25))


@cache
def _read(name: str) -> dict[str, Any]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    return told

"""The figures that a simulated partnership is asked for, read from `marginals.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from earlydoors.simulation.pages import read
from earlydoors.simulation.people.names import Pick, by_share

RETURNING = ("advice_returned", "returned")
SAYING_NO = ("refused", "refused_then_yes", "panel_refused")
OFFERED = (
    "met", "returned", "one_goes_on", "moved", "withdrew", "up_and_down", "to_social_care",
    "panel_met", "panel_up_and_down",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is asked of an area."""

    paths: Mapping[str, float]
    repeats: float
    refusals: float
    conversations: float
    absent: float
    drift: float
    stops: tuple[float, float]
    pauses: Mapping[int, float]
    second_records: float
    unborn: float
    caseload: float
    schools: float
    open_at_once: float
    gains: Mapping[str, float]
    spread: float
    unnamed_fathers: float
    special_guardians: float
    two_homes: float
    told_before: Mapping[int, float]
    since: float
    near: float

    @property
    def events(self) -> Pick:
        """What to draw how many events of before are told with."""
        return by_share(self.told_before)

    @property
    def pause(self) -> Pick:
        """What to draw weeks with."""
        return by_share(self.pauses)


@cache
def asked_of(area: str) -> Asked:
    """What is asked of an area, by the key of its profile.

    The paths are weighed so that the area's own shares of families that come back, and that say no,
    come out.
    """
    told: dict[str, Any] = read("press", "marginals.yaml")
    repeats = told["repeat_requests"]
    repeat = repeats.get(area, repeats["anywhere"])["share"]
    refusal = told["refusals"]["share"]
    return Asked(
        paths=_weighed(told["paths"]["shares"], repeat, refusal),
        repeats=repeat,
        refusals=refusal,
        conversations=told["conversations"]["share"],
        absent=told["panels"]["absent"],
        drift=told["drift"]["share"],
        stops=(told["drift"]["stops"]["from"], told["drift"]["stops"]["to"]),
        pauses={int(weeks): share for weeks, share in told["pauses"]["shares"].items()},
        second_records=told["second_records"]["share"],
        unborn=told["unborn"]["share"],
        caseload=told["caseload"]["families"],
        schools=told["schools"]["families"],
        open_at_once=told["open_at_once"]["share"],
        gains=told["distance_travelled"]["gains"],
        spread=told["distance_travelled"]["spread"],
        unnamed_fathers=told["unnamed_fathers"]["share"],
        special_guardians=told["special_guardians"]["share"],
        two_homes=told["two_homes"]["share"],
        told_before=told["events_before"]["shares"],
        since=told["events_since"]["share"],
        near=told["near"]["share"],
    )


def _weighed(shares: Mapping[str, float], repeat: float, refusal: float) -> dict[str, float]:
    """Shares of paths in which those who say no are so many of those who are offered help, and
    those who ask again so many of all."""
    paths = dict(shares)
    no = sum(paths[path] for path in SAYING_NO)
    offered = no + sum(paths[path] for path in OFFERED)
    _scale(paths, SAYING_NO, refusal * offered / no)
    _scale(paths, OFFERED, (1 - refusal) * offered / (offered - no))
    # Who says no and then yes asked twice within the year too.
    again = (*RETURNING, "refused_then_yes")
    once = [path for path in paths if path not in again]
    wanted = repeat - paths["refused_then_yes"]
    _scale(paths, RETURNING, wanted / sum(paths[path] for path in RETURNING))
    _scale(paths, once, (1 - repeat) / sum(paths[path] for path in once))
    return paths


def _scale(paths: dict[str, float], some: Any, by: float) -> None:
    for path in some:
        paths[path] *= by

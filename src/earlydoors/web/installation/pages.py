"""What the page of this installation shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from earlydoors.domain.partnership.queries import Working


class Finding(Protocol):
    """One thing that was looked at, as `earlydoors doctor` tells it."""

    @property
    def what(self) -> str: ...
    @property
    def well(self) -> bool: ...
    @property
    def seen(self) -> str: ...
    @property
    def mend(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """An agency: how many work there, and who looks after their accounts."""

    name: str
    people: int
    unseen: int
    ended: int
    looked_after_by: str


@dataclass(frozen=True)
class Installation:
    """The page: what is to be mended, what is well, and who works where."""

    wrong: Sequence[Finding]
    well: Sequence[Finding]
    places: Sequence[Place]
    people: int
    signed_in: int
    failed: int


def installation(
    findings: Iterable[Finding], agencies: Iterable[Working], *, signed_in: int, failed: int
) -> Installation:
    """Build the page: what is wrong comes before what is well."""
    found = list(findings)
    places = tuple(
        Place(
            one.agency.name,
            one.people,
            one.unseen,
            one.ended,
            ", ".join(one.looked_after_by) or "Nobody",
        )
        for one in agencies
    )
    return Installation(
        wrong=tuple(one for one in found if not one.well),
        well=tuple(one for one in found if one.well),
        places=places,
        people=sum(one.people for one in places),
        signed_in=signed_in,
        failed=failed,
    )

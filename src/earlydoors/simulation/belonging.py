"""Who is who in a family of a story: relationships, parental responsibility, those who matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from earlydoors.domain.people.answering import make_responsible
from earlydoors.domain.people.connections import connect
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import place_at
from earlydoors.domain.people.relating import relate
from earlydoors.simulation.acts import Someone, home_of
from earlydoors.simulation.clockwork import Stage


@dataclass(frozen=True)
class Tie:
    """`who` is the `kind` of each of `whom`, by their given names. `basis` is why they have
    parental responsibility, `years` for how long it has been so."""

    who: str
    kind: str
    whom: tuple[str, ...]
    state: str = ""
    basis: str = ""
    says: str = ""
    years: int | None = None
    over_for: int | None = None


@dataclass(frozen=True)
class Near:
    """Someone who matters and is none of the family's people."""

    name: str
    kind: str
    role: str = ""
    agency: str = ""
    brings: str = ""
    about: str = ""


def relate_people(
    stage: Stage, *, day: int, by: str, ties: Sequence[Tie], near: Sequence[Near] = (), told: str
) -> None:
    """Write down who is who, as `told` says."""
    signed: dict[str, Any] = {"by": stage.who(by), "at": stage.at(day, "16:40")}
    source: dict[str, Any] = {"said_by": "parent", "said_says": told}
    people = {one.person.given_name: one.person for one in stage.household.members.all()}
    for tie in ties:
        for name in tie.whom:
            _tie(stage, tie, people[tie.who], people[name], {**source, **signed})
    for one in near:
        connect(
            family=stage.household,
            kind=one.kind,
            name=one.name,
            role=one.role,
            agency=one.agency,
            brings=one.brings,
            about=people[one.about] if one.about else None,
            **source,
            **signed,
        )


def _tie(stage: Stage, tie: Tie, who: Person, whom: Person, given: dict[str, Any]) -> None:
    began = stage.first_day - timedelta(days=365 * tie.years) if tie.years else None
    ended = stage.first_day - timedelta(days=365 * tie.over_for) if tie.over_for else None
    relate(
        person=who,
        kind=tie.kind,
        other=whom,
        state=tie.state,
        says=tie.says,
        began_on=began,
        ended_on=ended,
        **given,
    )
    if tie.basis:
        make_responsible(child=whom, holder=who, basis=tie.basis, **given)


def live_at(stage: Stage, *, day: int, by: str, name: str, at: Someone, pattern: str) -> None:
    """Someone of the family is at another home at times."""
    place_at(
        person=stage.person(name),
        kind="home",
        says=home_of(stage, at),
        postcode=at.home[1] if stage.at_home else "",
        pattern=pattern,
        said_by="parent",
        family=stage.household,
        by=stage.who(by),
        at=stage.at(day, "16:45"),
    )

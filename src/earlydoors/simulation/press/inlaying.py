"""Playing each kind of inset once, with people who stand in for those whom it is told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction

from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.operations import begin_family, place_at, take_in, write_down
from earlydoors.domain.people.relating import relate
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.profile.schema import Profile
from earlydoors.simulation.press.capture import Row, begun, events_since, tables, written_since
from earlydoors.simulation.press.drawn import FIRST_DAY
from earlydoors.simulation.press.insets import (
    BY,
    CLOCK,
    COLUMNS,
    DETAILS,
    PREFIX,
    TELL,
    About,
)
from earlydoors.simulation.press.making import Making
from earlydoors.simulation.press.marks import Hole, Marks
from earlydoors.simulation.press.plate import Plate

_DAY: Final = date(2022, 3, 9)


@dataclass(frozen=True)
class StandIn:
    """Someone of the play: who they are in the family, and their year of birth."""

    relation: str
    born: int
    responsible: bool | None = None


_GROWN_UP = StandIn("other", 1985)
_CHILD = StandIn("child", 2015)
_FATHER = StandIn("father", 1985, responsible=True)
# Of each kind: who stands in, and what is given, something in every column that may have something.
_PLAYED: Final[Mapping[str, tuple[tuple[StandIn, ...], Mapping[str, Any]]]] = {
    # Partners: of them alone it is said how they stand to each other.
    "tie": (
        (_GROWN_UP, _GROWN_UP),
        {"kind": "partner", "state": "separated", "began_on": _DAY, "ended_on": _DAY},
    ),
    "responsible": ((_FATHER, _CHILD), {"basis": "registered"}),
    "home": ((_CHILD,), {"says": "1 Street", "postcode": "CA1 1AA", "pattern": "At times"}),
    "former_home": (
        (_CHILD,),
        {"says": "1 Street", "postcode": "CA1 1AA", "began_on": _DAY, "ended_on": _DAY},
    ),
    "event": (
        (),
        {"about": "loss", "says": "A", "when_says": "B", "first_on": _DAY, "last_on": _DAY},
    ),
    "event_of": (
        (_CHILD,),
        {"about": "loss", "says": "A", "when_says": "B", "first_on": _DAY, "last_on": _DAY},
    ),
    "near": ((), {"kind": "friend", "name": "A", "role": "B", "brings": "C"}),
}


class _Inlaid(Making):
    """An inset's rows: what is given is a hole by what its column means."""

    def _holes(
        self, table: str, row: Row, at: datetime, known: dict[Any, datetime]
    ) -> dict[str, Hole]:
        given = [one for one in COLUMNS.get(table, ()) if row[one] not in (None, "")]
        return {one: Hole("given", (one,)) for one in given}


def play_insets(profile: Profile, by: Any) -> dict[str, Plate]:
    """The plates of all kinds of insets, within the caller's transaction; `by` are the players by
    part. What was written stays: the caller takes it back."""
    found = {}
    for kind, (cast, given) in _PLAYED.items():
        family, people = _family_of(cast, by[BY])
        with transaction.atomic():
            first = begun()
            TELL[kind](About(family, people, given, by[BY], _moment(CLOCK)))
            found[PREFIX + kind] = _plate(kind, profile, family, people, by, first)
    return found


def _plate(
    kind: str,
    profile: Profile,
    family: Family,
    people: Sequence[Person],
    by: Any,
    first: int,
) -> Plate:
    ids = {str(family.pk): Hole("bound", ("family",))}
    ids |= {str(one.pk): Hole("bound", (number,)) for number, one in enumerate(people)}
    actor = by[BY]
    ids[str(actor.member.pk)] = Hole("part", (BY, "member_id"))
    texts = {
        actor.member.name: Hole("part", (BY, "name")),
        actor.agency.name: Hole("part", (BY, "agency_name")),
        actor.membership.role_name: Hole("part", (BY, "role_name")),
    }
    making = _Inlaid(PREFIX + kind, profile, Marks(ids=ids, texts=texts), {}, {}, ())
    events = [
        {**row, "details": {**row["details"], **_given(DETAILS.get(kind, ()))}}
        for row in events_since(first)
    ]
    return making.plate(list(written_since(first, tables())), events)


def _given(names: Sequence[str]) -> dict[str, Hole]:
    return {one: Hole("given", (one,)) for one in names}


def _family_of(cast: Sequence[StandIn], by: Any) -> tuple[Family, list[Person]]:
    signed: dict[str, Any] = {"by": by, "at": _moment("09:00")}
    family = begin_family(name="Inset", **signed)
    people = []
    for one in cast:
        person = write_down(given_name="A", born_on=date(one.born, 2, 1), **signed)
        take_in(
            family=family,
            person=person,
            relation=one.relation,
            parental_responsibility=one.responsible,
            on=FIRST_DAY,
            **signed,
        )
        people.append(person)
        place_at(person=person, kind="home", says="2 Street", family=family, **signed)
    if _FATHER in cast:
        relate(person=people[0], kind="father", other=people[1], **signed)
    return family, people


def _moment(clock: str) -> datetime:
    return datetime.combine(FIRST_DAY, time.fromisoformat(clock), tzinfo=LONDON)

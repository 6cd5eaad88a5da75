"""Insets: what is told of some families and not of others, beside the story that all have.

Who is whose mother, who answers for a child, where someone lives at times, what happened before: a
few rows each, and as many of them as a family has. An inset is played once, with people who stand
in for those whom it is about, and printed for whoever it is true of.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from earlydoors.domain.chronology.events import write_event
from earlydoors.domain.chronology.rules import Span
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.answering import make_responsible
from earlydoors.domain.people.connections import connect
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.operations import end_place, place_at
from earlydoors.domain.people.relating import relate

WHO_IS_WHO: Final = "who_is_who"  # the places of a story where insets are told
SINCE: Final = "since"
CLOCK: Final = "16:50"  # when insets are told, on their day
BY: Final = "lead"  # who tells them
PREFIX: Final = "inset "  # of the names of their plates


class Inset(NamedTuple):
    """One thing that is told: its kind, the slots of whom it is about, and what is so of them."""

    kind: str
    whom: tuple[str, ...]
    given: Mapping[str, Any]


class Opening(NamedTuple):
    """Where insets are told in a story: the name of the place, and its moment, as in London."""

    name: str
    at: datetime


class About(NamedTuple):
    """Whom an inset is told of, who tells it, and when."""

    family: Family
    people: Sequence[Person]
    given: Mapping[str, Any]
    by: Actor
    at: datetime

    @property
    def signed(self) -> dict[str, Any]:
        """By whom and when."""
        return {"by": self.by, "at": self.at}


def _tie(about: About) -> None:
    one, other = about.people
    # What looks like a slip is what is so: these are the ages that were drawn.
    relate(person=one, other=other, said_by="parent", sure=True, **about.given, **about.signed)


def _responsible(about: About) -> None:
    holder, child = about.people
    make_responsible(holder=holder, child=child, said_by="parent", **about.given, **about.signed)


def _home(about: About) -> None:
    (person,) = about.people
    place_at(
        person=person,
        kind="home",
        said_by="parent",
        family=about.family,
        **about.given,
        **about.signed,
    )


def _former_home(about: About) -> None:
    (person,) = about.people
    given = {**about.given}
    ended_on = given.pop("ended_on")
    place = place_at(
        person=person, kind="home", said_by="parent", family=about.family, **given, **about.signed
    )
    end_place(place=place, on=ended_on, family=about.family, **about.signed)


def _event(about: About) -> None:
    given = about.given
    write_event(
        family=about.family,
        about=given["about"],
        says=given["says"],
        when=Span(given["first_on"], given["last_on"], given["when_says"]),
        people=about.people,
        source=Source("parent"),
        **about.signed,
    )


def _near(about: About) -> None:
    connect(family=about.family, said_by="family", **about.given, **about.signed)


TELL: Final[Mapping[str, Callable[[About], None]]] = {
    "tie": _tie,
    "responsible": _responsible,
    "home": _home,
    "former_home": _former_home,
    "event": _event,
    "event_of": _event,
    "near": _near,
}
# The columns that hold what is given, where a play has something in them, and the details of the
# evidence that do.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "people_relationship": ("kind", "state", "began_on", "ended_on"),
    "people_responsibility": ("basis",),
    "people_place": ("says", "postcode", "pattern", "began_on", "ended_on"),
    "chronology_event": ("about", "says", "when_says", "first_on", "last_on"),
    "people_connection": ("kind", "name", "role", "brings"),
}
DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "tie": ("kind",), "responsible": ("basis",), "near": ("kind",),
}  # fmt: skip

"""The register compared with itself: pairs that may be one person, put on the list for somebody.

Heavy, and outside the process that serves pages: whole tables are matched.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final
from uuid import UUID

import duckdb
import pyarrow as pa
from django.db.models import Prefetch

import earlydoors.domain.matching
from earlydoors.config.faults import CannotRun
from earlydoors.domain.joining.models import Apart, Pair
from earlydoors.domain.joining.operations import propose
from earlydoors.domain.joining.queries import joined_away
from earlydoors.domain.matching import linkage
from earlydoors.domain.matching.fields import KNOWN, Field, Kind, prepared_record
from earlydoors.domain.matching.mapping import CannotMatch
from earlydoors.domain.matching.model import Model, from_text, probability
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Identifier, Name, Person, Place

WRITTEN: Final = "register"
FIELDS: Final = (
    *(
        KNOWN[key]
        for key in (
            "given_name", "family_name", "birth_date", "sex", "house_number", "street", "postcode",
        )
    ),
    Field("nhs", Kind.IDENTIFIER, "NHS number"),
    Field("upn", Kind.IDENTIFIER, "UPN"),
)  # fmt: skip
"""What the register knows of a person that tells them from another."""
_SLAB: Final = 2_000  # people read at once
_TWICE: Final = 0.05  # of everybody, taken to be on record twice: where a given model begins
_NUMBERED: Final = re.compile(r"^(\d+\s?[a-z]?)\b[\s,]*(.*)$", re.IGNORECASE)
type Row = dict[str, str | None]


@dataclass(frozen=True)
class Found:
    """What came of it: pairs that are new on the list, and pairs that were known already."""

    new: int
    passed_over: int


def model_in(path: Path | None) -> Model | None:
    """The model of a file; without one the register's own where it ships, else none.

    Raises:
        CannotMatch: the file is not a model.
    """
    own = files(earlydoors.domain.matching).joinpath("register.json")
    if path is None and not own.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8") if path else own.read_text(encoding="utf-8")
        return from_text(text)
    except (OSError, ValueError) as error:
        raise CannotMatch(f"{path or own}: {error}") from error


def keeper(username: str, today: date) -> Actor:
    """Whoever keeps the register, by the name they sign in with.

    Raises:
        CannotRun: nobody has that name, or their role does not keep the register.
    """
    member = Member.objects.filter(username=username).first()
    actor = actor_for(member, today, needs=Right.KEEP_REGISTER) if member else None
    if actor is None:
        raise CannotRun(f"Nobody signs in as {username}.")
    if not actor.may(Right.KEEP_REGISTER):
        role = actor.membership.role_name
        raise CannotRun(f"The role of {actor.name}, {role}, cannot {Right.KEEP_REGISTER}.")
    return actor


def find(
    *,
    by: Actor,
    at: datetime,
    model: Model | None = None,
    least: float = 0.5,
    tell: Callable[[str], None] = lambda _: None,
) -> Found:
    """Put every pair that is at least so likely on the list; never joins.

    A pair that is on the list, joined or marked as two people is passed over.

    Raises:
        CannotMatch: there is nothing to learn from, and no model was given.
    """
    tell("Reading the register")
    people, rows = _register(model.fields if model else FIELDS)
    everybody = len({*people})
    if everybody < 2:
        return Found(0, 0)
    if model is not None:
        # How rare a match is among all pairs goes with the size of the register.
        model = model.with_prior(2 * _TWICE / everybody)
    with duckdb.connect() as connection:
        fields = model.fields if model else FIELDS
        connection.register(WRITTEN, _table(fields, rows))
        # Each pair by itself: a person with two names is two rows here, and no group.
        linked = linkage.link(connection, fields, WRITTEN, model=model, alone=True, tell=tell)
    tell("Listing the pairs")
    likely = _by_person(people, linked.pairs.rows(), least)
    known = _known()
    new = 0
    for (one, two), (weight, left, right) in likely.items():
        if frozenset((one, two)) in known:
            continue
        propose(
            one=Person.objects.get(pk=one),
            two=Person.objects.get(pk=two),
            reasons=_why(linked.model, rows[left], rows[right]),
            came_from="register",
            strength=weight,
            by=by,
            at=at,
        )
        new += 1
    return Found(new, len(likely) - new)


def _known() -> set[frozenset[UUID]]:
    pairs = Pair.objects.values_list("first", "second")
    marks = Apart.objects.filter(lifted_at=None).values_list("first", "second")
    return {frozenset(both) for both in (*pairs, *marks)}


def _by_person(
    people: list[UUID], pairs: Iterable[tuple[int, int, float]], least: float
) -> dict[tuple[UUID, UUID], tuple[float, int, int]]:
    """The best weight of each two people with its rows, the likeliest first."""
    best: dict[tuple[UUID, UUID], tuple[float, int, int]] = {}
    for left, right, weight in pairs:
        one, two = sorted((people[left], people[right]))
        if one == two or probability(weight) < least:
            continue
        if (one, two) not in best or best[one, two][0] < weight:
            best[one, two] = (weight, left, right)
    return dict(sorted(best.items(), key=lambda item: (-item[1][0], item[0])))


def _why(model: Model, left: Row, right: Row) -> str:
    weighed = model.weigh(
        prepared_record(model.fields, left), prepared_record(model.fields, right), lambda *_: None
    )
    return weighed.in_words


def _table(fields: tuple[Field, ...], rows: list[Row]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "unique_id": pa.array(range(len(rows)), pa.int32()),
        "side": pa.array([0] * len(rows), pa.int32()),
    }
    for field in fields:
        columns[field.key] = pa.array([row.get(field.key) for row in rows], pa.string())
    return pa.table(columns)


def _register(fields: tuple[Field, ...]) -> tuple[list[UUID], list[Row]]:
    """Whose each row is, and the rows: one for each name of everybody who is on record."""
    people: list[UUID] = []
    rows: list[Row] = []
    everybody = (
        Person.objects.exclude(joined_away())
        .order_by("pk")
        .prefetch_related(
            Prefetch("names", Name.objects.filter(removed_on=None).order_by("pk")),
            Prefetch(
                "places", Place.objects.filter(kind="home", ended_on=None).order_by("-created_at")
            ),
            Prefetch("identifiers", Identifier.objects.filter(removed_on=None)),
        )
    )
    wanted = {field.key for field in fields}
    for person in everybody.iterator(chunk_size=_SLAB):
        for row in _rows(person):
            people.append(person.pk)
            rows.append({key: value or None for key, value in row.items() if key in wanted})
    return people, rows


def _rows(person: Person) -> Iterator[Row]:
    born_on = person.born_on.isoformat() if person.born_on else None
    row: Row = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": born_on,
        "sex": "" if person.sex == "not_known" else person.sex,
    }
    for place in person.places.all()[:1]:
        row |= _address(place)
    row |= {one.kind: one.value for one in person.identifiers.all()}
    yield row
    for name in person.names.all():
        parts = {"given_name": name.given_name, "family_name": name.family_name}
        yield row | {key: value for key, value in parts.items() if value}


def _address(place: Place) -> Row:
    """House number, street and postcode of an address in one line."""
    first = place.says.split(",")[0].strip()
    numbered = _NUMBERED.match(first)
    number, street = (numbered[1], numbered[2]) if numbered else ("", first)
    return {"house_number": number, "street": street, "postcode": place.postcode}

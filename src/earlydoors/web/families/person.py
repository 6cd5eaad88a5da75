"""Someone's page: what is known, where they live and go, from whom that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from earlydoors.domain.information.disputing import disagreements_in
from earlydoors.domain.joining.models import Joining
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.joining.queries import joined_into
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import (
    SEXES,
    ContactRoute,
    Family,
    FamilyMember,
    Identifier,
    KeptFrom,
    Name,
    Person,
    Place,
    Told,
)
from earlydoors.domain.people.queries import identifiers_of, names_beside, routes_to
from earlydoors.domain.people.rules import CODED
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design import parts
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import knowing
from earlydoors.web.families.belonging import Belonging, belonging, home_mates
from earlydoors.web.families.disputed import beside
from earlydoors.web.families.earlier import earlier_versions, in_words
from earlydoors.web.families.pages import Earlier, age_and_relation, listed, whereabouts
from earlydoors.web.families.questions import MEMBER_LABELS, PERSON_LABELS
from earlydoors.web.families.scope import Frame, frame

_GROUPS = {"about": "About them", "needs": "Disability and learning"}
_MOVED = {"home": "Moved house"}
_YES_NO = {True: "Yes", False: "No", None: ""}


@dataclass(frozen=True)
class KeptLine:
    """From whom a place is kept, why, and the way to lift it."""

    name: str
    why: str
    since: str
    lift: str | None


@dataclass(frozen=True)
class PlaceCard:
    """A place where someone lives or goes."""

    kind: str
    says: str
    days: str
    notes: tuple[str, ...]
    source: str
    mend: str | None
    move: tuple[str, str] | None
    kept: tuple[KeptLine, ...]
    keep: str | None
    end: str | None


@dataclass(frozen=True)
class Line:
    """A name, a number, a way to reach someone: what it is, what to know of it, who said so."""

    kind: str
    says: str
    notes: tuple[str, ...]
    source: str
    mend: str | None


@dataclass(frozen=True)
class Group:
    """Some of what is known about someone, under its heading."""

    title: str
    rows: tuple[parts.Row, ...]
    edit: str | None


@dataclass(frozen=True)
class Secret:
    """Places of others that this person must not learn of, for one reason."""

    places: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class JoinedLine:
    """Another record of theirs that was joined with this one, and the way to see or undo that."""

    says: str
    href: str | None


@dataclass(frozen=True)
class PersonPage:
    """The page."""

    frame: Frame
    name: str
    detail: str
    died: str
    rows: tuple[parts.Row, ...]
    disputed: tuple[str, ...]
    edit: str | None
    groups: tuple[Group, ...]
    reach: tuple[Line, ...]
    add_route: str | None
    birth: bool
    names: tuple[Line, ...]
    add_name: str | None
    numbers: tuple[Line, ...]
    add_numbers: tuple[tuple[str, str], ...]
    places: tuple[PlaceCard, ...]
    earlier_places: tuple[PlaceCard, ...]
    add_place: str | None
    must_not_learn: tuple[Secret, ...]
    belongs: Belonging
    earlier: tuple[Earlier, ...]
    restate: str | None
    leave: str | None
    left: str
    not_for: tuple[str, ...]
    joined: tuple[JoinedLine, ...]
    same: str | None


def address_of(family: Family, person: Person) -> str:
    """Where someone's page is."""
    return reverse("families:person", args=[family.pk, person.pk])


def said(person: Person, name: str) -> str:
    """A fact known of a person, in words; nothing when it is not known."""
    value: Any = getattr(person, name)
    if name in CODED:
        return in_words(name, value)
    if name == "sex":
        return "" if value == "not_known" else dict(SEXES)[value]
    if isinstance(value, date):
        return day(value)
    if value is None or isinstance(value, bool):
        return _YES_NO[value]
    return str(value)


def page(request: PageRequest, family: Family, member: FamilyMember) -> PersonPage:
    """Build the page."""
    person = member.person
    may = request.actor.may(Right.DESCRIBE)
    keys = [family.pk, person.pk]

    def to(route: str, *more: object) -> str | None:
        return reverse(f"families:{route}", args=[*keys, *more]) if may else None

    disputed = disagreements_in(family)

    def noted[L: (Line, PlaceCard)](row: Any, line: L) -> L:
        return replace(line, notes=(*line.notes, *beside(row, disputed)))

    places = list(
        person.places.select_related("setting")
        .prefetch_related("kept_from__person")
        .order_by("ended_on", "kind", "created_at")
    )
    numbers = identifiers_of(person)
    belongs, kin = belonging(
        family, person, request.actor, request.today, may=may, disputed=disputed
    )
    mates = home_mates(kin.homes, kin, person.pk)
    sources = {one.fact: _told(one) for one in person.said.all()}
    rows = _rows(person, PERSON_LABELS, sources)
    labels = PERSON_LABELS | knowing.LABELS["about"] | knowing.LABELS["needs"]
    versions = earlier_versions(person, labels) + earlier_versions(member, MEMBER_LABELS)
    return PersonPage(
        frame=frame(request, family, ""),
        name=person.full_name,
        detail=age_and_relation(member, request.today),
        rows=(*rows, *_in_family(member, known=bool(belongs.answers_for))),
        died=day(person.died_on) if person.died_on else "",
        edit=to("edit_person"),
        groups=tuple(
            Group(title, _rows(person, knowing.LABELS[key], sources), to("known", key))
            for key, title in _GROUPS.items()
        ),
        disputed=(*beside(person, disputed), *beside(member, disputed)),
        reach=tuple(noted(one, _route(one, to)) for one in routes_to(person)),
        add_route=to("add_route"),
        birth=person.is_unborn,
        names=tuple(noted(one, _name(one, to)) for one in names_beside(person)),
        add_name=to("add_name"),
        numbers=tuple(noted(one, _number(one, to)) for one in numbers),
        add_numbers=tuple(
            (href, says)
            for kind, says in Identifier.KINDS
            if kind not in {one.kind for one in numbers} and (href := to("number", kind))
        ),
        places=tuple(
            noted(one, _card(one, to, mates.get(one.pk, "")))
            for one in places
            if one.ended_on is None
        ),
        earlier_places=tuple(
            noted(one, _card(one, to)) for one in places if one.ended_on is not None
        ),
        add_place=to("add_place"),
        must_not_learn=_secrets(person),
        belongs=belongs,
        earlier=tuple(sorted(versions, key=lambda v: v.until, reverse=True)),
        restate=to("restate") if member.left_on is None else None,
        leave=to("leave") if member.left_on is None else None,
        left=day(member.left_on) if member.left_on else "",
        not_for=tuple(
            dict.fromkeys(
                kept.person.full_name
                for place in places
                for kept in place.kept_from.all()
                if kept.lifted_on is None
            )
        ),
        joined=tuple(_joined(one, request) for one in joined_into(person)),
        same=reverse("joining:notice", args=keys) if may else None,
    )


def _joined(joining: Joining, request: PageRequest) -> JoinedLine:
    may = join_records.holds(request.actor, joining.kept, joining.other)
    return JoinedLine(
        f"Joined from two records on {day(local_day(joining.created_at))}",
        reverse("joining:joining", args=[joining.pk]) if may else None,
    )


def _rows(
    person: Person, labels: Mapping[str, str], sources: Mapping[str, str]
) -> tuple[parts.Row, ...]:
    """What is known, each with who said so. Where all of it was said by somebody, the one who said
    most of it is named once, after it."""
    known = [(name, label, text) for name, label in labels.items() if (text := said(person, name))]
    told = [sources.get(name, "") for name, _, _ in known]
    often = max(told, key=told.count, default="")
    shared = often if all(told) and told.count(often) > 1 else ""
    rows = [
        parts.Row(label, text, source="" if source == shared else source)
        for (_, label, text), source in zip(known, told, strict=True)
    ]
    if shared:
        alone = all(source == shared for source in told)
        rows.append(parts.Row("Who said so" if alone else "Who said the rest", shared))
    return tuple(rows)


def _told(row: Told) -> str:
    """Who said so, and the day it was written down; nothing where nobody is named."""
    return f"{row.source}, {day(local_day(row.changed_at))}" if row.source else ""


def _route(route: ContactRoute, to: Any) -> Line:
    safe = "" if route.safe == "care" else route.get_safe_display()
    return Line(
        kind=route.get_kind_display(),
        says=route.value,
        notes=tuple(filter(None, (safe, route.how))),
        source=_told(route),
        mend=to("mend_route", route.pk),
    )


def _in_family(member: FamilyMember, *, known: bool) -> list[parts.Row]:
    rows = []
    if member.parental_responsibility is not None and not known:
        rows.append(parts.Row("Parental responsibility", _YES_NO[member.parental_responsibility]))
    if member.lives_here is not None:
        rows.append(parts.Row("Lives in the household", _YES_NO[member.lives_here]))
    rows.append(parts.Row("In the family since", day(member.joined_on)))
    return rows


def _days(began_on: date | None, ended_on: date | None) -> str:
    began = f"since {day(began_on)}" if began_on else ""
    ended = f"until {day(ended_on)}" if ended_on else ""
    days = ", ".join(filter(None, (began, ended)))
    return days[:1].upper() + days[1:]


def _name(name: Name, to: Any) -> Line:
    days = _days(name.began_on, name.ended_on)
    return Line(
        kind=name.get_kind_display(),
        says=name.full_name,
        notes=(days,) if days else (),
        source=_told(name),
        mend=to("mend_name", name.pk),
    )


def _number(one: Identifier, to: Any) -> Line:
    return Line(
        kind=one.get_kind_display(),
        says=one.shown,
        notes=(code_list("nhs_number_status").says(one.status),) if one.status else (),
        source=_told(one),
        mend=to("number", one.kind),
    )


def _card(place: Place, to: Any, mates: str = "") -> PlaceCard:
    current = place.ended_on is None
    home = "" if place.main else "Another home"
    moved = to("move", place.pk) if current and place.kind != "other" else None
    standing = [kept for kept in place.kept_from.all() if kept.lifted_on is None]
    return PlaceCard(
        kind=place.get_kind_display(),
        says=whereabouts(place).says,
        days=_days(place.began_on, place.ended_on),
        notes=tuple(filter(None, (": ".join(filter(None, (home, place.pattern))), mates))),
        source=_told(place),
        mend=to("mend_place", place.pk),
        move=(moved, _MOVED.get(place.kind, "Changed to another")) if moved else None,
        kept=tuple(_kept(one, to) for one in standing),
        keep=to("keep_place", place.pk),
        end=to("end_place", place.pk) if current else None,
    )


def _kept(kept: KeptFrom, to: Any) -> KeptLine:
    return KeptLine(
        name=kept.person.full_name,
        why=kept.why,
        since=day(local_day(kept.created_at)),
        lift=to("lift", kept.pk),
    )


def _secrets(person: Person) -> tuple[Secret, ...]:
    """What is kept from someone, by reason; a home that several share is told once."""
    kept = (
        person.must_not_learn.filter(lifted_on=None)
        .select_related("place__person")
        .order_by("created_at", "id")
    )
    whose: dict[str, dict[tuple[str, str], list[str]]] = {}
    for one in kept:
        place = one.place
        named = whose.setdefault(one.why, {})
        named.setdefault((place.get_kind_display(), place.says), []).append(place.person.called)
    return tuple(
        Secret(
            tuple(f"{kind} of {listed(names)}: {says}" for (kind, says), names in places.items()),
            why,
        )
        for why, places in whose.items()
    )

"""Someone's page: what is known, where they live and go, from whom that is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import (
    SEXES,
    Family,
    FamilyMember,
    KeptFrom,
    Name,
    Person,
    Place,
)
from earlydoors.domain.people.queries import names_beside
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design import parts
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.pages import Earlier, age_and_relation, listed, whereabouts
from earlydoors.web.families.questions import MEMBER_LABELS, PERSON_LABELS
from earlydoors.web.families.scope import Frame, frame

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
    kept: tuple[KeptLine, ...]
    keep: str | None
    end: str | None


@dataclass(frozen=True)
class NameLine:
    """Another name of someone: what kind of name, since and until when, who said so."""

    kind: str
    says: str
    days: str
    source: str
    mend: str | None


@dataclass(frozen=True)
class Secret:
    """Places of others that this person must not learn of, for one reason."""

    places: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class PersonPage:
    """The page."""

    frame: Frame
    name: str
    detail: str
    rows: tuple[parts.Row, ...]
    edit: str | None
    birth: bool
    names: tuple[NameLine, ...]
    add_name: str | None
    places: tuple[PlaceCard, ...]
    earlier_places: tuple[PlaceCard, ...]
    add_place: str | None
    must_not_learn: tuple[Secret, ...]
    earlier: tuple[Earlier, ...]
    restate: str | None
    leave: str | None
    left: str
    not_for: tuple[str, ...]


def address_of(family: Family, person: Person) -> str:
    """Where someone's page is."""
    return reverse("families:person", args=[family.pk, person.pk])


def said(person: Person, name: str) -> str:
    """A fact known of a person, in words; nothing when it is not known."""
    value: Any = getattr(person, name)
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

    places = list(
        person.places.select_related("setting")
        .prefetch_related("kept_from__person")
        .order_by("ended_on", "kind", "created_at")
    )
    rows = [
        parts.Row(label, text) for n, label in PERSON_LABELS.items() if (text := said(person, n))
    ]
    versions = earlier_versions(person, PERSON_LABELS) + earlier_versions(member, MEMBER_LABELS)
    return PersonPage(
        frame=frame(request, family, ""),
        name=person.full_name,
        detail=age_and_relation(member, request.today),
        rows=(*rows, *_in_family(member)),
        edit=to("edit_person"),
        birth=person.is_unborn,
        names=tuple(_name(one, to) for one in names_beside(person)),
        add_name=to("add_name"),
        places=tuple(_card(one, to) for one in places if one.ended_on is None),
        earlier_places=tuple(_card(one, to) for one in places if one.ended_on is not None),
        add_place=to("add_place"),
        must_not_learn=_secrets(person),
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
    )


def _in_family(member: FamilyMember) -> list[parts.Row]:
    rows = []
    if member.parental_responsibility is not None:
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


def _name(name: Name, to: Any) -> NameLine:
    return NameLine(
        kind=name.get_kind_display(),
        says=name.full_name,
        days=_days(name.began_on, name.ended_on),
        source=name.source,
        mend=to("mend_name", name.pk),
    )


def _card(place: Place, to: Any) -> PlaceCard:
    standing = [kept for kept in place.kept_from.all() if kept.lifted_on is None]
    return PlaceCard(
        kind=place.get_kind_display(),
        says=whereabouts(place).says,
        days=_days(place.began_on, place.ended_on),
        kept=tuple(_kept(one, to) for one in standing),
        keep=to("keep_place", place.pk),
        end=to("end_place", place.pk) if place.ended_on is None else None,
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

"""Joining two records of one person: everything hangs on one of them, and nothing is lost."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.joining.models import Joining, Pair, Taken
from earlydoors.domain.joining.operations import propose
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.joining.pointers import Mover
from earlydoors.domain.joining.queries import are_apart, now_of, pair_of, top_layer
from earlydoors.domain.joining.rules import KEPT, NUMBER, OTHER
from earlydoors.domain.joining.signals import people_joined
from earlydoors.domain.joining.states import PAIR
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.facts import Source, note_sources
from earlydoors.domain.people.keeping import families_of, inherit
from earlydoors.domain.people.models import (
    Identifier,
    KeptFrom,
    Name,
    Person,
    Place,
    Relationship,
    Said,
)
from earlydoors.domain.people.names import add_name
from earlydoors.domain.people.operations import PERSON_FIELDS, correct
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.wall.acting import crossing


@crossing("joining")
@transaction.atomic
def join(
    *,
    kept: Person,
    other: Person,
    why: str,
    by: Actor,
    at: datetime,
    taking: Mapping[str, str] | None = None,
) -> Joining:
    """Two records are one person: `other` hangs on `kept`, with everything that points at it.

    `taking` says for a fact (a field of a person, or `number_nhs` and its like) which record is
    right, `kept` or `other`; where it says nothing, the kept record stays as it is. Raises
    `NotAllowed` where one of them is not open to the actor, and `UnableTo` for a joining that
    cannot be: see `must_be_joinable`.
    """
    taking = dict(taking or {})
    kept, other = _locked(kept, other)
    join_records(by, kept, other)
    must_be_joinable(kept, other, why=why, taking=taking)
    pair = _pair(kept, other, why, by, at)
    joining = Joining.make(
        by=by,
        at=at,
        pair=pair,
        kept=kept,
        other=other,
        why=why.strip(),
        layer=top_layer(kept, other) + 1,
    )
    mover = Mover(joining, by, at)
    names = {one.pk for one in Name.objects.filter(person__in=[kept, other])}
    _settle_numbers(mover, taking)
    called = (kept.given_name, kept.family_name, kept.known_as, kept.is_unborn)
    _take_facts(joining, [fact for fact in sorted(taking) if taking[fact] == OTHER], by, at)
    mover.move_all()
    mover.rename_in_answers()
    _keep_homes_kept(kept, by, at)
    for given_name, family_name, known_as, unborn in (
        called,
        (other.given_name, other.family_name, other.known_as, other.is_unborn),
    ):
        _keep_names(kept, given_name, family_name, known_as, unborn=unborn, by=by, at=at)
    for made in Name.objects.filter(person=kept).exclude(pk__in=names).order_by("pk"):
        mover.note("people.name", made.pk, "removed_on", "made")
    pair.refresh_from_db()
    pair.change(by=by, at=at, state=PAIR.move("join", pair.state))
    _tell(joining, "people.joined", by, at)
    people_joined.send(Joining, joining=joining)
    return joining


def _not_held_for_two(kept: Person, other: Person) -> None:
    """Raises `UnableTo` where what is on record only makes sense of two people."""
    for place_of, person in ((kept, other), (other, kept)):
        if KeptFrom.objects.filter(place__person=place_of, person=person, lifted_on=None).exists():
            raise UnableTo(
                f"A place of {place_of.full_name} is kept private from {person.full_name}, "
                "so somebody held them for two people, for safety. Find out first, and lift that "
                "if it was wrong."
            )
    kin = Relationship.objects.filter(removed_on=None).filter(
        Q(person=kept, other=other) | Q(person=other, other=kept)
    )
    if (said := kin.first()) is not None:
        raise UnableTo(
            f"{said.person.full_name} is written down as {said.get_kind_display().lower()} of "
            f"{said.other.full_name}. Nobody is related to themselves: take that off first, if it "
            "was never true."
        )


def _keep_homes_kept(kept: Person, by: Actor, at: datetime) -> None:
    """A place that was kept from someone in either family is kept from them in both now.

    The mark stays when the joining is undone: whoever may not learn of a place has not learnt it.
    """
    families = families_of(kept)
    for place in Place.objects.filter(person=kept).order_by("created_at", "pk"):
        inherit(place, families, by, at)


def must_be_joinable(
    kept: Person, other: Person, *, why: str, taking: Mapping[str, str] | None = None
) -> None:
    """Raises `UnableTo` with a sentence: for one record twice, without a reason, for a record that
    hangs on another, for two marked as two people or related to each other, for a place that is
    kept from the other themself, and for two numbers of a kind of which nobody chose one."""
    taking = taking or {}
    strangers = set(taking) - PERSON_FIELDS - {NUMBER + kind for kind, _ in Identifier.KINDS}
    if strangers or set(taking.values()) - {KEPT, OTHER}:
        raise TypeError(f"There is no such choice: {', '.join(sorted(strangers)) or taking}.")
    if kept == other:
        raise UnableTo("This is the same record. Choose another one.")
    if now_of(kept.pk) != kept.pk or now_of(other.pk) != other.pk:
        raise UnableTo("One of these records was joined with another already. Look again.")
    mark = are_apart(kept, other)
    if mark is not None:
        raise UnableTo(
            f"They were marked as two people on {day(local_day(mark.created_at))}: "
            f"{mark.get_why_display().lower()}. Lift that first, and say why."
        )
    _not_held_for_two(kept, other)
    if not why.strip():
        raise UnableTo("Say how you know that they are the same person.")
    for kind, says in two_numbers(kept, other):
        if NUMBER + kind not in taking:
            raise UnableTo(
                f"The two records have different numbers: choose which {says} is theirs."
            )


def two_numbers(kept: Person, other: Person) -> list[tuple[str, str]]:
    """The kinds of number, with their names, of which each record has one of its own."""
    held = Identifier.objects.filter(removed_on=None)
    kinds = [set(held.filter(person=one).values_list("kind", flat=True)) for one in (kept, other)]
    return [(kind, says) for kind, says in Identifier.KINDS if kind in kinds[0] & kinds[1]]


def _locked(kept: Person, other: Person) -> tuple[Person, Person]:
    """Both rows, locked in one order whoever comes first; nothing can point at them anew until
    the joining is whole."""
    rows = Person.objects.select_for_update(of=("self",)).order_by("pk")
    found: dict[UUID, Person] = {one.pk: one for one in rows.filter(pk__in=[kept.pk, other.pk])}
    return found[kept.pk], found[other.pk]


def _pair(kept: Person, other: Person, why: str, by: Actor, at: datetime) -> Pair:
    found = pair_of(kept, other) or propose(
        one=kept, two=other, reasons=why, came_from="worker", by=by, at=at
    )
    pair = Pair.objects.select_for_update(of=("self",)).get(pk=found.pk)
    PAIR.move("join", pair.state)
    return pair


def _settle_numbers(mover: Mover, taking: Mapping[str, str]) -> None:
    """Of two numbers of a kind the one that was not chosen is set aside, on record."""
    joining = mover.joining
    for kind, _ in two_numbers(joining.kept, joining.other):
        loser = joining.kept if taking[NUMBER + kind] == OTHER else joining.other
        mover.end("people.identifier", loser.identifiers.get(kind=kind, removed_on=None))


def _take_facts(joining: Joining, facts: list[str], by: Actor, at: datetime) -> None:
    """Write facts of the other record into the kept one, each with who had said it there."""
    kept, other = joining.kept, joining.other
    facts = [
        fact
        for fact in facts
        if fact in PERSON_FIELDS and getattr(kept, fact) != getattr(other, fact)
    ]
    mine = {one.fact: one for one in Said.objects.filter(person=kept, fact__in=facts)}
    theirs = {one.fact: one for one in Said.objects.filter(person=other, fact__in=facts)}
    for fact in facts:
        said = mine.get(fact)
        Taken.make(
            by=by,
            at=at,
            joining=joining,
            fact=fact,
            was=as_json(getattr(kept, fact)),
            became=as_json(getattr(other, fact)),
            was_said_by=said.said_by if said else "",
            was_said_says=said.said_says if said else "",
            was_told_at=said.changed_at if said else None,
        )
    if facts:
        correct(person=kept, by=by, at=at, **{fact: getattr(other, fact) for fact in facts})
    for fact, said in theirs.items():
        source = Source(said.said_by, said.said_says)
        # It was said on the day it was said, whenever the records are joined.
        note_sources(person=kept, facts=[fact], source=source, by=by, at=said.changed_at)


def as_json(value: Any) -> Any:
    """A fact as it is kept: a day as text."""
    return value.isoformat() if isinstance(value, date) else value


def _keep_names(
    kept: Person,
    given_name: str,
    family_name: str,
    known_as: str,
    *,
    unborn: bool,
    by: Actor,
    at: datetime,
) -> None:
    """What they were called on a record stays a name of theirs, so that a search finds them."""
    kind = "before_birth" if unborn and not kept.is_unborn else "alias"
    for kind_of, given, family, now in (
        (kind, given_name, family_name, kept.full_name),
        ("known_as", known_as, "", kept.known_as),
    ):
        name = folded(f"{given} {family}")
        if not name or name == folded(now):
            continue
        if not kept.names.filter(search_name=name, removed_on=None).exists():
            add_name(person=kept, kind=kind_of, given_name=given, family_name=family, by=by, at=at)


def _tell(joining: Joining, verb: str, by: Actor, at: datetime) -> None:
    name = joining.kept.full_name
    says = f"Two records of {name} were found to be of one person and joined. {joining.why}"
    places = joining.kept.families.filter(left_on=None).select_related("family")
    families = {one.family_id: one.family for one in places.order_by("joined_on", "pk")}
    for family in families.values():
        tell(verb, says, family=family, subject=joining, by=by, at=at)
    if not families:
        record(verb, subject=joining, by=by, at=at)

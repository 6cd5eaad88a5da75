"""Which records are held, which came up for review, and who may read of it."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from earlydoors.domain.information.holdings import records_of
from earlydoors.domain.joining.queries import now_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.queries import holding
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, FamilyMember, Person
from earlydoors.domain.retention.models import Certificate, Hold, Review
from earlydoors.domain.retention.rules import ids_of, reference_of
from earlydoors.domain.retention.states import FINAL
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

ACROSS: Final = "retention"  # the way across the wall: see domain/wall.toml


@crossing(ACROSS)
def family_by_reference(actor: Actor, reference: str) -> Family:
    """The family whose record has exactly this reference, restricted or not.

    Raises `NotAllowed`, and `UnableTo` where no record has it.
    """
    actor.must(Right.INFORM)
    found = list(Family.objects.filter(pk__range=ids_of(reference))[:2])
    if len(found) != 1:
        raise UnableTo("No record has this reference. Ask for it once more, letter by letter.")
    return found[0]


def holds_for(actor: Actor) -> QuerySet[Hold]:
    """The holds that an actor may read: all for the information guardian, none for others."""
    found = Hold.objects.select_related("created_by", "lifted_by")
    return found if actor.may(Right.INFORM) else found.none()


def hold_for(actor: Actor, hold_id: UUID) -> Hold:
    """A hold within scope. Raises `Hold.DoesNotExist`."""
    return holds_for(actor).get(pk=hold_id)


def all_records_of(person_id: UUID) -> list[UUID]:
    """Every record of somebody: theirs, the one it is joined with today, and all that hang on it.

    What points at a person from here does not move with a joining, so it is found from both ends.
    """
    return records_of(Person.objects.get(pk=now_of(person_id)))


def families_of_person(person_id: UUID) -> list[UUID]:
    """The families that somebody is or was in, by any of their records."""
    found = FamilyMember.objects.filter(person__in=all_records_of(person_id)).order_by("created_at")
    return list(dict.fromkeys(found.values_list("family_id", flat=True)))


def holds_on(family_id: UUID) -> list[Hold]:
    """The holds that stand on a family's record: its own, and those on anybody who is in it."""
    people = set(FamilyMember.objects.filter(family=family_id).values_list("person_id", flat=True))
    every: set[UUID] = set()
    for person_id in people:
        every.update(all_records_of(person_id))
    standing = Hold.objects.filter(lifted_at=None)
    return list(standing.filter(Q(family=family_id) | Q(person__in=every)).order_by("created_at"))


@crossing(ACROSS)
def held_among(family_ids: Iterable[UUID]) -> set[UUID]:
    """Which of some families' records are held."""
    asked = set(family_ids)
    standing = Hold.objects.filter(lifted_at=None)
    held = set(standing.filter(family__in=asked).values_list("family_id", flat=True)) - {None}
    for person_id in standing.filter(person__isnull=False).values_list("person_id", flat=True):
        held |= asked & set(families_of_person(person_id))
    return {one for one in held if one is not None}


@crossing(ACROSS)
def held_records(hold: Hold) -> list[UUID]:
    """The families whose records a hold is on."""
    if hold.person_id is not None:
        return families_of_person(hold.person_id)
    return [hold.family_id] if hold.family_id is not None else []


def reviews_for(actor: Actor) -> QuerySet[Review]:
    """The records that came up, for the information guardian; none for others."""
    found = Review.objects.select_related("proposed_by", "agreed_by", "kept_by")
    return found if actor.may(Right.INFORM) else found.none()


def waiting_reviews(actor: Actor) -> QuerySet[Review]:
    """Those that wait for somebody or for the night, the oldest first."""
    return reviews_for(actor).exclude(state__in=FINAL).order_by("due_on", "pk")


def review_for(actor: Actor, review_id: UUID) -> Review:
    """A record that came up, within scope. Raises `Review.DoesNotExist`."""
    return reviews_for(actor).get(pk=review_id)


def for_whom(actor: Actor) -> tuple[int, int]:
    """How many records wait for a decision of an actor, and how many for another's agreement."""
    found = waiting_reviews(actor).order_by()
    decide = found.filter(Q(state="waiting") | Q(state="proposed") & ~Q(proposed_by=actor.member))
    return decide.count(), found.filter(state="proposed", proposed_by=actor.member).count()


def guardians(today: date) -> int:
    """How many people may decide about records today."""
    return holding(Right.INFORM, today).values("member").distinct().order_by().count()


def certificates_for(actor: Actor, reference: str = "") -> QuerySet[Certificate]:
    """The certificates of disposal, the latest first; of one record where its reference is given.

    Raises `UnableTo` for what is no reference. There are none for whoever is no guardian.
    """
    found = Certificate.objects.select_related("proposed_by", "agreed_by")
    if not actor.may(Right.INFORM):
        return found.none()
    if reference:
        found = found.filter(reference=reference_of(ids_of(reference)[0]))
    return found.order_by("-done_at", "pk")


def certificate_for(actor: Actor, certificate_id: UUID) -> Certificate:
    """A certificate within scope. Raises `Certificate.DoesNotExist`."""
    return certificates_for(actor).get(pk=certificate_id)

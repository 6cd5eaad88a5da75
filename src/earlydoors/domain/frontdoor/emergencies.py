"""Opening a record in an emergency: a child cannot wait for somebody to answer.

Whoever opens it says why and for how long, and reads; to write, they join the team. Those who watch
over who looks at records are told at once and look at each opening; then the family is told, where
that is safe.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access import operations as access
from earlydoors.domain.access.models import EMERGENCY as IN_EMERGENCY
from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import families_of, grants_of, not_shut, sees_everything
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.involvement import told_of
from earlydoors.domain.frontdoor.models import EmergencyOpening
from earlydoors.domain.frontdoor.states import EMERGENCY
from earlydoors.domain.frontdoor.tasks import opened_in_emergency
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

HOURS: Final = (1, 4, 24)
"""How long a record may be opened for, in hours. Assumed: no guidance names a length."""

ACROSS: Final = "emergency"  # the way across the wall: see domain/wall.toml


@dataclass(frozen=True)
class Review:
    """What was found of an opening. `not_safe_why` is empty where the family is to be told."""

    verdict: str
    finding: str
    not_safe_why: str = ""


@crossing(ACROSS)
def family_to_open(actor: Actor, family_id: UUID, at: datetime) -> Family:
    """A family that an actor may open in an emergency: one that they were told of within a day, or
    see the summary of. Raises `Family.DoesNotExist` for any other."""
    actor.must(Right.SEE_FAMILIES)
    told = told_of(actor, at).filter(family=family_id).exists()
    if not told and not families_of(actor).filter(pk=family_id).exists():
        raise Family.DoesNotExist
    return Family.objects.get(pk=family_id)


@crossing(ACROSS)
@transaction.atomic
def open_in_emergency(
    *, family: Family, why: str, hours: int, by: Actor, at: datetime
) -> EmergencyOpening:
    """Open a family's record to oneself for some hours, and tell those who watch over it.

    Raises `Family.DoesNotExist` as `family_to_open`, and `UnableTo` without a reason, for another
    length than `HOURS`, or where the record is open already.
    """
    family = family_to_open(by, family.pk, at)
    if not why.strip():
        raise UnableTo("Say why it cannot wait.")
    if hours not in HOURS:
        raise UnableTo("Choose for how long, from the list.")
    if sees_everything(by, family.pk):
        raise UnableTo("This family’s record is open to you already.")
    given = access.grant(
        family=family,
        member=by.member,
        because=IN_EMERGENCY,
        until=at + timedelta(hours=hours),
        by=by,
        at=at,
    )
    made = EmergencyOpening.make(
        by=by, at=at, family=family, grant=given, agency=by.agency, why=why.strip()
    )
    record(
        "emergency.opened",
        subject=made,
        by=by,
        at=at,
        family_id=family.pk,
        details={"hours": hours},
    )
    opened_in_emergency.defer(opening_id=str(made.pk))
    return made


@transaction.atomic
def close_early(*, opening: EmergencyOpening, by: Actor, at: datetime) -> None:
    """Close the door before its time. Raises `UnableTo` for whoever did not open it."""
    if opening.created_by_id != by.member.pk:
        raise UnableTo("Whoever opened a record closes it.")
    access.end(grants=Grant.objects.filter(pk=opening.grant_id), by=by, at=at)


@transaction.atomic
def review(
    *, opening: EmergencyOpening, found: Review, by: Actor, at: datetime
) -> EmergencyOpening:
    """Say whether it was right to open a record, and whether the family can be told.

    Raises `UnableTo` for a finding without words, for one's own opening, and where somebody has
    looked at it before.
    """
    by.must(Right.WATCH)
    fresh = EmergencyOpening.objects.select_for_update().get(pk=opening.pk)
    unsafe = found.not_safe_why.strip()
    state = EMERGENCY.move("keep_from_family" if unsafe else "review", fresh.state)
    if fresh.created_by_id == by.member.pk:
        raise UnableTo("Somebody else looks at what you opened yourself.")
    if not found.finding.strip() or found.verdict not in {"right", "wrong"}:
        raise UnableTo("Write what you found, and whether it was right.")
    fresh.change(
        by=by,
        at=at,
        state=state,
        verdict=found.verdict,
        finding=found.finding.strip(),
        not_safe_why=unsafe,
        reviewed_at=at,
        reviewed_by=by.member,
    )
    details = {"verdict": found.verdict}
    record(
        "emergency.reviewed",
        subject=fresh,
        by=by,
        at=at,
        family_id=fresh.family_id,
        details=details,
    )
    return fresh


@transaction.atomic
def tell(*, opening: EmergencyOpening, on: date, by: Actor, at: datetime) -> EmergencyOpening:
    """Record that the family was told that their record was opened in an emergency.

    Raises `NotAllowed` for whoever does not work with the family, and `UnableTo` for a day to come
    or before it was opened, and where it is not the time to tell them.
    """
    work_with(by, opening.family, Right.MEET)
    fresh = EmergencyOpening.objects.select_for_update().get(pk=opening.pk)
    state = EMERGENCY.move("tell", fresh.state)
    if on > local_day(at):
        raise UnableTo("The day they were told cannot be later than today.")
    if on < local_day(fresh.created_at):
        raise UnableTo("They cannot have been told before the record was opened.")
    fresh.change(by=by, at=at, state=state, told_on=on, told_by=by.member)
    record("emergency.told", subject=fresh, by=by, at=at, family_id=fresh.family_id)
    return fresh


def openings_for(actor: Actor) -> QuerySet[EmergencyOpening]:
    """The openings that an actor may read of: all for whoever watches, one's own, and those of
    families whose whole record is open to them otherwise. To a role that looks at no families not
    even one's own are open."""
    if actor.may(Right.WATCH):
        return _openings()
    if not actor.may(Right.SEE_FAMILIES):
        return EmergencyOpening.objects.none()
    scope = Q(created_by=actor.member)
    if actor.may(Right.MEET):
        held = grants_of(actor).filter(extent="full", family=OuterRef("family"))
        scope |= Q(Exists(held.exclude(because=IN_EMERGENCY)))
    return _openings().filter(scope, not_shut(actor))


@crossing(ACROSS)
def opening_for(actor: Actor, opening_id: UUID) -> EmergencyOpening:
    """An opening within scope, with its family. Raises `EmergencyOpening.DoesNotExist`."""
    return openings_for(actor).select_related("family", "grant").get(pk=opening_id)


@crossing(ACROSS)
def openings(actor: Actor) -> list[EmergencyOpening]:
    """Those an actor may read of, what waits first, then the latest."""
    found = openings_for(actor).select_related("family", "grant").order_by("-created_at")
    return sorted(found[:_MOST], key=lambda one: one.state != "waiting")


def to_review(actor: Actor) -> QuerySet[EmergencyOpening]:
    """Those that wait for somebody who watches, the oldest first."""
    if not actor.may(Right.WATCH):
        return EmergencyOpening.objects.none()
    waiting = _openings().filter(state="waiting").exclude(created_by=actor.member)
    return waiting.order_by("created_at")


def to_tell(actor: Actor) -> QuerySet[EmergencyOpening]:
    """Those whose family an actor is to tell: whoever leads, else the front door."""
    helped = Episode.objects.filter(family=OuterRef("family"), closed_at=None)
    scope = Q(Exists(helped.filter(lead=actor.member)))
    if actor.may(Right.TRIAGE):
        scope |= ~Q(Exists(helped.filter(lead__isnull=False)))
    found = _openings().filter(scope, state="to_tell", family__in=families_of(actor))
    return found.select_related("family").order_by("reviewed_at")


def _openings() -> QuerySet[EmergencyOpening]:
    return EmergencyOpening.objects.select_related("agency", "created_by", "reviewed_by", "told_by")


_MOST: Final = 200

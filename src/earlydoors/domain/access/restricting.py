"""Restricting a family's record to a few people by name, letting somebody in, and lifting it.

The few hold a grant because they are named. What others hold rests while the restriction stands,
and is theirs again when it is lifted, as far as its reason still holds. See ADR 19.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from earlydoors.domain.access.models import NAMED, Grant, Notice, Restriction
from earlydoors.domain.access.operations import end, grant
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import named_for, restriction_of, standing
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member, Membership
from earlydoors.domain.partnership.queries import holding
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

WAY: Final = "restricted"  # the way across the wall: see domain/wall.toml
HOURS: Final = (1, 4, 24)
"""How long whoever watches may let somebody in, in hours. Assumed, as for an emergency."""
NOBODY_TO_LIFT: Final = (
    "Name at least one person who may lift it again: a coordinator or a team manager."
)


@transaction.atomic
def restrict(
    *,
    family: Family,
    kind: str,
    why: str,
    named: Iterable[Member],
    by: Actor,
    at: datetime,
    until: datetime | None = None,
) -> Restriction:
    """Restrict a family's record to a few people: to everybody else it is shut at once.

    Raises `NotAllowed` for whoever may not restrict it; `UnableTo` without a reason or anybody
    named, for somebody who does not work with families here today, where none of those named could
    lift it, for an end that has passed, and for a record that is restricted already.
    """
    work_with(by, family, Right.RESTRICT)
    Family.objects.select_for_update().get(pk=family.pk)
    few = {member.pk: member for member in named}
    _told(kind, why)
    if not few:
        raise UnableTo("Choose to whom the record stays open.")
    _working([*few], at)
    if until is not None and until <= at:
        raise UnableTo("The day it ends has passed already.")
    if restriction_of(family) is not None:
        raise UnableTo("This record is restricted already.")
    _end_lapsed(family, by, at)
    for member in few.values():
        grant(family=family, member=member, because=NAMED, until=until, by=by, at=at)
    made = Restriction.make(
        by=by, at=at, family=family, kind=kind, why=why.strip(), began_at=at, until=until
    )
    record(
        "family.restricted",
        subject=made,
        by=by,
        at=at,
        family_id=family.pk,
        details={"kind": kind, "named": sorted(str(pk) for pk in few)},
    )
    return made


@transaction.atomic
def name_another(*, restriction: Restriction, member: Member, by: Actor, at: datetime) -> Grant:
    """Open a restricted record to one more of the few. Raises as `restrict`."""
    fresh = _held(restriction, by)
    _working([member.pk], at, lifts=False)
    made = grant(family=fresh.family, member=member, because=NAMED, until=fresh.until, by=by, at=at)
    _say("family.named", fresh, by, at, member)
    return made


@transaction.atomic
def take_off(*, restriction: Restriction, member: Member, by: Actor, at: datetime) -> None:
    """Shut a restricted record to one of the few.

    Raises `NotAllowed` as `restrict`, and `UnableTo` where nobody would be left who may lift it.
    """
    fresh = _held(restriction, by)
    left = [one.member_id for one in named_for(fresh) if one.until == fresh.until]
    if not _who_lift([one for one in left if one and one != member.pk], at).exists():
        raise UnableTo(NOBODY_TO_LIFT)
    end(grants=_named(fresh).filter(member=member), by=by, at=at)
    _say("family.taken_off", fresh, by, at, member)


@transaction.atomic
def lift(*, restriction: Restriction, why: str, by: Actor, at: datetime) -> Restriction:
    """End a restriction: whoever held access before holds it again, as far as it has not ended.

    Raises `NotAllowed` as `restrict`, and `UnableTo` without a reason.
    """
    if not why.strip():
        raise UnableTo("Say why the record need not be restricted any more.")
    fresh = _held(restriction, by)
    fresh.change(by=by, at=at, ended_at=at, ended_by=by.member, ended_why=why.strip())
    record("family.restriction_lifted", subject=fresh, by=by, at=at, family_id=fresh.family_id)
    end(grants=_named(fresh), by=by, at=at)
    return fresh


@crossing(WAY)
@transaction.atomic
def let_in(
    *, restriction: Restriction, member: Member, hours: int, why: str, by: Actor, at: datetime
) -> Grant:
    """Let somebody into a restricted record for some hours, because a child cannot wait or none of
    the few is there. Whoever watches over looks does it, sees nothing of the record, and cannot
    let themselves in; the few are told.

    Raises `NotAllowed` for other roles, and `UnableTo` without a reason, for another length than
    `HOURS`, and for somebody who does not work with families here today.
    """
    by.must(Right.WATCH)
    if not why.strip():
        raise UnableTo("Say why it cannot wait.")
    if hours not in HOURS:
        raise UnableTo("Choose for how long, from the list.")
    if member.pk == by.member.pk:
        raise UnableTo("You cannot let yourself in.")
    _working([member.pk], at, lifts=False)
    fresh = Restriction.objects.filter(standing()).select_related("family").get(pk=restriction.pk)
    made = grant(
        family=fresh.family,
        member=member,
        because=NAMED,
        until=at + timedelta(hours=hours),
        by=by,
        at=at,
    )
    tell_those_within([fresh.family_id], about="let_in", whose=member, by=by, at=at)
    record(
        "family.let_in",
        subject=fresh,
        by=by,
        at=at,
        family_id=fresh.family_id,
        details={"to": str(member.pk), "hours": hours, "why": why.strip()},
    )
    return made


def tell_those_within(
    families: Iterable[UUID], *, about: str, by: Actor, at: datetime, whose: Member | None = None
) -> None:
    """Leave a notice for those who hold these families' records. Where there are none, one is
    written all the same, in one question: how long an answer takes tells nothing."""
    told: list[UUID | None] = [*families]
    Notice.objects.bulk_create(
        Notice(
            created_at=at,
            created_by=by.member,
            changed_at=at,
            changed_by=by.member,
            family_id=one,
            about=about,
            whose=whose or by.member,
            agency=None if whose else by.agency,
        )
        for one in (told or [None])
    )


@transaction.atomic
def deal_with(*, notice: Notice, says: str, by: Actor, at: datetime) -> Notice:
    """Write down what followed from a notice. Raises `UnableTo` without words."""
    if not says.strip():
        raise UnableTo("Write what you did about it.")
    fresh = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if fresh.dealt_at is None and fresh.family_id is not None:
        fresh.change(by=by, at=at, dealt_at=at, dealt_by=by.member, dealt_says=says.strip())
        record("notice.dealt_with", subject=fresh, by=by, at=at, family_id=fresh.family_id)
    return fresh


def _told(kind: str, why: str) -> None:
    if kind not in dict(Restriction.KINDS):
        raise UnableTo("Choose what sort of record it is.")
    if not why.strip():
        raise UnableTo("Say why the record is restricted.")


def _held(restriction: Restriction, by: Actor) -> Restriction:
    """The restriction, locked, for one of the few who may restrict."""
    work_with(by, restriction.family, Right.RESTRICT)
    fresh = Restriction.objects.select_for_update(of=("self",)).select_related("family")
    found = fresh.filter(standing(), pk=restriction.pk).first()
    if found is None:
        raise UnableTo("This record is not restricted any more.")
    return found


def _working(few: list[UUID], at: datetime, *, lifts: bool = True) -> None:
    today = local_day(at)
    here = holding(Right.SEE_FAMILIES, today).filter(member__in=few)
    if set(here.values_list("member", flat=True)) != set(few):
        raise UnableTo("Choose people who work with families here today.")
    if lifts and not _who_lift(few, at).exists():
        raise UnableTo(NOBODY_TO_LIFT)


def _who_lift(few: Iterable[UUID], at: datetime) -> QuerySet[Membership]:
    return holding(Right.RESTRICT, local_day(at)).filter(member__in=list(few))


def _named(restriction: Restriction) -> QuerySet[Grant]:
    return Grant.objects.filter(family=restriction.family_id, because=NAMED)


def _end_lapsed(family: Family, by: Actor, at: datetime) -> None:
    """A restriction whose moment has passed ended by itself then, with what it gave."""
    for one in family.restrictions.filter(ended_at=None, until__lte=at):
        one.change(by=by, at=at, ended_at=one.until, ended_by=by.member)
        end(grants=_named(one), by=by, at=at)


def _say(verb: str, one: Restriction, by: Actor, at: datetime, member: Member) -> None:
    record(
        verb, subject=one, by=by, at=at, family_id=one.family_id, details={"who": str(member.pk)}
    )

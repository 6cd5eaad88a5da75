"""Granting and ending access, in the transaction of what causes it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from earlydoors.domain.access.models import EMERGENCY, WIDER, Grant
from earlydoors.domain.access.pace import tally
from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Member
from earlydoors.domain.partnership.queries import holding
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day


@transaction.atomic
def grant(
    *,
    family: Family,
    because: str,
    by: Actor,
    at: datetime,
    member: Member | None = None,
    desk: Desk | None = None,
    extent: str = "full",
    until: datetime | None = None,
    agency: Agency | None = None,
) -> Grant:
    """Open a family to a member or a desk, for good or until a moment.

    An open grant for the same reason is kept, and made as wide and as long as what is asked. One
    whose time is over is ended, as of the moment it closed by itself. It is theirs in the name of
    `agency`; where none is given, of the one in which they work, if that is one alone.
    """
    if member is not None and agency is None:
        agency = by.agency if member.pk == by.member.pk else _works_in(member, local_day(at))
    same = {"family": family, "member": member, "desk": desk, "because": because}
    found = Grant.objects.filter(**same, ended_at=None).first()
    if found is not None and found.until is not None and found.until <= at:
        found.change(by=by, at=at, ended_at=found.until, ended_by=by.member)
        found = None
    if found is not None:
        wider = max(extent, found.extent, key=WIDER.index)
        longer = None if until is None or found.until is None else max(until, found.until)
        # Two agencies for the same reason: it is theirs in both.
        whose = found.agency if found.agency == agency else None
        if (wider, longer, whose) != (found.extent, found.until, found.agency):
            found.change(by=by, at=at, extent=wider, until=longer, agency=whose)
            record("access.widened", subject=found, by=by, at=at, family_id=family.pk)
        return found
    made = Grant.make(by=by, at=at, extent=extent, began_at=at, until=until, agency=agency, **same)
    record(
        "access.granted",
        subject=made,
        by=by,
        at=at,
        family_id=family.pk,
        details={
            "to": str(member.pk if member else desk.pk if desk else ""),
            "because": because,
            **({"until": until.isoformat()} if until else {}),
        },
    )
    return made


@transaction.atomic
def narrow(*, grants: QuerySet[Grant], extent: str, by: Actor, at: datetime) -> int:
    """Let open grants show no more than this from now on; returns how many showed more."""
    narrowed = 0
    for one in grants.filter(ended_at=None):
        if WIDER.index(one.extent) > WIDER.index(extent):
            one.change(by=by, at=at, extent=extent)
            record("access.narrowed", subject=one, by=by, at=at, family_id=one.family_id)
            narrowed += 1
    return narrowed


def _works_in(member: Member, today: date) -> Agency | None:
    """The agency in which somebody works with families on a day, if it is one alone."""
    found = {one.agency for one in holding(Right.SEE_FAMILIES, today).filter(member=member)}
    return found.pop() if len(found) == 1 else None


@transaction.atomic
def limit(*, grants: QuerySet[Grant], until: datetime | None, by: Actor, at: datetime) -> int:
    """Let open grants last until a moment, or for good; returns how many lasted otherwise.

    One whose time is over is begun anew. The moment must lie ahead.
    """
    changed = 0
    for one in grants.filter(ended_at=None):
        over = one.until is not None and one.until <= at
        if over:
            one.change(by=by, at=at, ended_at=one.until, ended_by=by.member)
            grant(
                family=one.family,
                member=one.member,
                desk=one.desk,
                because=one.because,
                extent=one.extent,
                until=until,
                by=by,
                at=at,
            )
        elif one.until != until:
            one.change(by=by, at=at, until=until)
            record(
                "access.limited",
                subject=one,
                by=by,
                at=at,
                family_id=one.family_id,
                details={"until": until.isoformat() if until else ""},
            )
        else:
            continue
        changed += 1
    return changed


@transaction.atomic
def end(*, grants: QuerySet[Grant], by: Actor, at: datetime) -> int:
    """End open grants; returns how many. The door closes on the holder's next request."""
    ended = 0
    # One's own last: behind the wall nobody reaches the others once theirs is over.
    for one in sorted(grants.filter(ended_at=None), key=lambda one: one.member_id == by.member.pk):
        one.change(by=by, at=at, ended_at=at, ended_by=by.member)
        record("access.ended", subject=one, by=by, at=at, family_id=one.family_id)
        ended += 1
    return ended


@transaction.atomic
def leave_work(*, family: Family, member: Member, by: Actor, at: datetime) -> None:
    """Close what someone's work with the family opened to them, once they work with it no more.

    Whoever asked for help goes on seeing that it is under way, and no more than that.
    """
    held = family.grants.filter(member=member, ended_at=None)
    end(grants=held.filter(because__in=["team", "agency_help"]), by=by, at=at)
    narrow(grants=held.filter(because="asked"), extent="summary", by=by, at=at)


@transaction.atomic
def look(*, family: Family, part: str, by: Actor, at: datetime) -> list[Grant]:
    """Record that someone looks at a family, and why they may; returns the grants that let them.

    `part` names what is looked at, such as `overview`. Looking is recorded as well as changing, so
    that the family can be told who looked. Raises `Family.DoesNotExist` where no grant is open, and
    `TooMuch` for whoever opens more families in an hour than work needs; one that was opened in an
    emergency is not counted.
    """
    held = list(grants_of(by).filter(family=family).order_by("began_at", "id"))
    if not held:
        raise Family.DoesNotExist
    counts = all(one.because != EMERGENCY for one in held)
    if counts:
        tally.must_be_open(by.member, family.pk, at)
    full = any(one.extent == "full" for one in held)
    record(
        "family.looked",
        subject=family,
        by=by,
        at=at,
        family_id=family.pk,
        details={
            "part": part,
            "because": sorted({one.because for one in held}),
            "extent": "full" if full else "summary",
        },
    )
    if counts:
        # After the evidence, which all wait for in turn: two looks never wait for each other.
        tally.opened(by.member, family.pk, at)
    return held

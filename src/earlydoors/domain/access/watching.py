"""Watching over looks: reading the report of them, and writing down what was found."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from earlydoors.domain.access.models import LookedInto
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.chain import Event, record, record_all
from earlydoors.foundation.kernel.refusals import UnableTo

LONGEST = 2000


@transaction.atomic
def read_report(*, part: str, days: int, by: Actor, at: datetime) -> None:
    """Record that somebody reads the report of unusual looks, or takes it as a file.

    Raises `NotAllowed` for a role that does not watch over looks.
    """
    by.must(Right.WATCH)
    record(
        "looks.report_read", subject=by.member, by=by, at=at, details={"part": part, "days": days}
    )


@transaction.atomic
def read_looks_of(*, member: Member, families: Iterable[Family], by: Actor, at: datetime) -> None:
    """Record that somebody reads a member's looks, and which families were named to them there.

    Each family's own list of who looked has it too. Raises as `read_report`.
    """
    by.must(Right.WATCH)
    said = {"part": "name", "because": ["watches"], "extent": "name"}
    named = [Event("family.looked", one, one.pk, said) for one in families]
    record_all([Event("looks.member_read", member), *named], by=by, at=at)


@transaction.atomic
def look_into(
    *,
    member: Member,
    since: datetime,
    until: datetime,
    outcome: str,
    says: str,
    by: Actor,
    at: datetime,
    passed_to: str = "",
) -> LookedInto:
    """Write down what was found about a member's looks between two moments. The report does not
    tell of those looks again.

    Raises `NotAllowed` as above, and `UnableTo` for one's own looks, for looks to come, and where
    it is not said to whom they were passed on.
    """
    by.must(Right.WATCH)
    if member.pk == by.member.pk:
        raise UnableTo("Somebody else must look into your own looks.")
    if not since < until <= at:
        raise UnableTo("Open this page again: it does not say which looks you mean.")
    if outcome == "passed_on" and not passed_to.strip():
        raise UnableTo("Say to whom you passed it on.")
    made = LookedInto.make(
        by=by,
        at=at,
        member=member,
        since=since,
        until=until,
        outcome=outcome,
        passed_to=passed_to.strip() if outcome == "passed_on" else "",
        says=says,
    )
    details = {"member": str(member.pk), "outcome": outcome}
    record("looks.looked_into", subject=made, by=by, at=at, details=details)
    return made

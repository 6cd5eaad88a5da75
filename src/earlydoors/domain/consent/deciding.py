"""Deciding to share, or not to, without the family's agreement; and telling them of it later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.models import DecisionPerson, SharingDecision
from earlydoors.domain.consent.operations import Share, has_come
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo


@dataclass(frozen=True)
class Reasons:
    """What a decision rests on. `risk` is the harm a child may come to; `why` weighs it; `need` is
    the part that whoever is told has in keeping the child safe, and why they need to know."""

    risk: str
    why: str
    why_not_agreed: str
    why_not_agreed_says: str = ""
    advice: str = ""
    what: str = ""
    need: str = ""
    sent_how: str = ""
    protects: str = ""


@dataclass(frozen=True)
class Telling:
    """Whether the family knows: on which day they were told, or why they were not."""

    how: str
    on: date | None = None
    why_not: str = ""


@transaction.atomic
def decide(
    *,
    family: Family,
    people: Collection[Person],
    whom: Share,
    decided_by: Member,
    decided_on: date,
    reasons: Reasons,
    telling: Telling,
    by: Actor,
    at: datetime,
) -> SharingDecision:
    """Record that something was shared without agreement, or that it was decided not to.

    `whom` says with whom, and by `shares` which of the two it is. Raises `UnableTo` where it names
    nobody's information, people who are not of the family or a day to come, where it shares without
    saying what, how and why they need it, or does not say why the family was not told.
    """
    work_with(by, family, Right.RECORD_CONSENT)
    has_come(decided_on, at)
    _sound(family, people, whom, reasons)
    _telling_is_sound(telling, at)
    made = SharingDecision.make(
        by=by,
        at=at,
        family=family,
        shares=whom.shares,
        decided_on=decided_on,
        decided_by=decided_by,
        agency=whom.agency,
        setting=whom.setting,
        named=whom.named,
        told_family=telling.how,
        told_family_on=telling.on,
        not_told_why=telling.why_not,
        **vars(reasons),
    )
    for person in people:
        DecisionPerson.make(by=by, at=at, decision=made, person=person)
    done = "was shared" if made.shares else "was not shared"
    tell(
        "sharing.decided",
        f"Information {done} with {made.whom} without agreement. Decided by {decided_by.name}.",
        family=family,
        subject=made,
        by=by,
        at=at,
    )
    return made


def _sound(family: Family, people: Collection[Person], whom: Share, reasons: Reasons) -> None:
    members = set(family.members.values_list("person", flat=True))
    if not people or any(one.pk not in members for one in people):
        raise UnableTo("Say whose information it is: people of this family.")
    if whom.agency is None and not whom.named.strip():
        raise UnableTo("Say who is to be told.")
    if not reasons.risk.strip() or not reasons.why.strip():
        raise UnableTo("Write down the risk, and why you decided so.")
    if whom.shares and not (reasons.what.strip() and reasons.sent_how.strip()):
        raise UnableTo("Write down what was shared, and how it was sent.")
    if whom.shares and not reasons.need.strip():
        raise UnableTo("Write down what part they have in keeping the child safe.")


def _telling_is_sound(telling: Telling, at: datetime) -> None:
    if telling.how in {"before", "after"}:
        if telling.on is None:
            raise UnableTo("Say on what day the family was told.")
        has_come(telling.on, at)
    elif not telling.why_not.strip():
        raise UnableTo("Say why the family was not told, or not yet.")


@transaction.atomic
def tell_family(
    *, decision: SharingDecision, on: date, by: Actor, at: datetime, seen: datetime | None = None
) -> SharingDecision:
    """The family has been told of a decision that they did not know of.

    Raises `UnableTo` when they know already, or for a day before the decision or to come;
    `OutOfDate` when somebody changed it since `seen`.
    """
    work_with(by, decision.family, Right.RECORD_CONSENT)
    fresh = SharingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if seen is not None and fresh.changed_at != seen:
        raise OutOfDate("Somebody else has changed this since you opened it.")
    if fresh.family_knows:
        raise UnableTo("It is recorded already that the family was told.")
    if on < fresh.decided_on:
        raise UnableTo("They cannot have been told before it was decided.")
    has_come(on, at)
    fresh.change(by=by, at=at, told_family="after", told_family_on=on)
    tell(
        "sharing.told",
        f"The family was told what was decided about sharing with {fresh.whom}.",
        family=fresh.family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh

"""Saying that one knows a family, or somebody, outside one's work: no record of theirs is open
then, by any way, until somebody else decides that it may be. See ADR 19."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from earlydoors.domain.access.models import Declaration
from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.access.restricting import WAY, tell_those_within
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, FamilyMember, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.wall.acting import crossing

NOT_THEIRS = NotAllowed("Your manager, or somebody who restricts records, decides that.")


@crossing(WAY)
@transaction.atomic
def declare(
    *,
    whom: str,
    kind: str,
    says: str,
    by: Actor,
    at: datetime,
    family: Family | None = None,
    person: Person | None = None,
) -> Declaration:
    """Say whom one knows, and how. Every record of theirs is shut to the member from then on, and
    those who work with the family are told. The answer is the same whether there is a record.

    `family` for a record at hand, `person` for who was found by what was typed, neither where
    nobody was. Raises `NotAllowed` for a role that does not look at families, and `UnableTo` where
    it is not said whom or how.
    """
    by.must(Right.SEE_FAMILIES)
    if not whom.strip():
        raise UnableTo("Say whom you know.")
    if kind not in dict(Declaration.KINDS) or not says.strip():
        raise UnableTo("Say how you know them.")
    families = [family.pk] if family is not None else _of(person)
    tell_those_within(families, about="declared", by=by, at=at)
    made = Declaration.make(
        by=by,
        at=at,
        member=by.member,
        agency=by.agency,
        family=family,
        person=person,
        whom=whom.strip(),
        kind=kind,
        says=says.strip(),
    )
    record("connection.declared", subject=made, by=by, at=at, details={"kind": kind})
    return made


@transaction.atomic
def end_declaration(*, declaration: Declaration, why: str, by: Actor, at: datetime) -> Declaration:
    """Decide that somebody's declaration stands no more. What they hold for the family is open to
    them again, as far as its reason still holds.

    Raises `NotAllowed` for the member themselves, and for whoever neither manages in their agency
    nor holds the family's whole record; `UnableTo` without a reason.
    """
    if not may_end(declaration, by):
        raise NOT_THEIRS
    if not why.strip():
        raise UnableTo("Say why they may work with the family after all.")
    fresh = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
    if fresh.ended_at is not None:
        return fresh
    fresh.change(by=by, at=at, ended_at=at, ended_by=by.member, ended_why=why.strip())
    record(
        "connection.ended", subject=fresh, by=by, at=at, family_id=fresh.family_id,
        details={"why": why.strip()},
    )  # fmt: skip
    return fresh


def may_end(declaration: Declaration, by: Actor) -> bool:
    """Whether somebody decides on a declaration: never whoever made it."""
    if declaration.member_id == by.member.pk or not by.may(Right.RESTRICT):
        return False
    same = by.agency is not None and declaration.agency_id == by.agency.pk
    of_theirs = declaration.family_id is not None and sees_everything(by, declaration.family_id)
    return same or of_theirs


def _of(person: Person | None) -> Iterable[UUID]:
    """The families somebody is in. Asked for also where nobody is meant."""
    rows = FamilyMember.objects.filter(person__in=[person.pk if person else UUID(int=0)])
    return list(rows.values_list("family_id", flat=True).distinct())

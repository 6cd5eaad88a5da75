"""Recording a family's yes, its limits, its end, and its no."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.access.operations import end, grant, limit
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.effects import Effects, effects_of
from earlydoors.domain.consent.models import (
    Agreement,
    Covered,
    Heard,
    Refusal,
    Sharing,
    standing_now,
)
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Member, Setting
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.records.models import FormRecord
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo

NOT_YET = "The day of the family’s answer cannot be later than today."
BEFORE_IT_BEGAN = "The last day cannot be before the day on which they agreed."
OVER_ALREADY = "That day is over. Enter a last day that is today or later."


@dataclass(frozen=True)
class Share:
    """One agency, or one other by name, and whether it may be told."""

    shares: bool
    agency: Agency | None = None
    setting: Setting | None = None
    named: str = ""
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """What one person said when they were asked (`SAID`), or why they were not; and of a young
    person how it was judged whether they can decide (`JUDGED`)."""

    person: Person
    said: str
    why_not: str = ""
    judged: str = ""
    judged_how: str = ""


@dataclass(frozen=True)
class Terms:
    """What an agreement is about: whose information, which parts of it, and how it was explained.

    `heard` is what each of those asked said; the one who agrees need not be among them.
    """

    covers: Collection[Person] = ()
    parts: Collection[str] = ()
    heard: Collection[Answer] = ()
    helped_by: Collection[str] = ()
    language: str = ""


UNSAID = Terms()
"""Nothing written down beside who agreed and with whom is shared."""


@transaction.atomic
def give(
    *,
    family: Family,
    person: Person,
    agreed_on: date,
    told_how: str,
    in_writing: bool,
    shares: Iterable[Share],
    form_record: FormRecord,
    by: Actor,
    at: datetime,
    purpose: str = "",
    until: date | None = None,
    terms: Terms = UNSAID,
) -> Agreement:
    """Record that a person agreed, and with whom what is known may be shared.

    An earlier agreement of the same person is replaced by this one. `until` is its last day: access
    that rests on it ends with that day, by itself. Raises `UnableTo` when it is not written (early
    help asks for explicit, written consent before an assessment), its day has not come, it would
    end before it began or is over already, or its `terms` name somebody who is not of the family,
    or do not say why somebody was not asked or how a young person was judged.
    """
    work_with(by, family, Right.RECORD_CONSENT)
    has_come(agreed_on, at)
    if not in_writing:
        raise UnableTo(
            "Early help needs agreement in writing. Ask for a signature, then record it."
        )
    _ends_ahead(agreed_on, until, at)
    heard = _heard(family, person, terms)
    for earlier in family.agreements.filter(standing_now(), person=person):
        earlier.change(
            by=by, at=at, withdrawn_at=at, withdrawn_by=by.member, withdrawn_why="Given anew"
        )
    agreement = Agreement.make(
        by=by,
        at=at,
        family=family,
        person=person,
        agreed_on=agreed_on,
        until=until,
        told_how=told_how,
        in_writing=in_writing,
        purpose=purpose,
        form_record=form_record,
        parts=list(terms.parts),
        helped_by=list(terms.helped_by),
        language=terms.language,
    )
    for one in terms.covers:
        Covered.make(by=by, at=at, agreement=agreement, person=one)
    for answer in heard:
        Heard.make(by=by, at=at, agreement=agreement, **vars(answer))
    told = [_share(agreement, share, by, at) for share in shares]
    with_whom = ", ".join(s.whom for s in told if s.shares) or "nobody yet"
    not_with = ", ".join(s.whom for s in told if not s.shares)
    says = f"{person.full_name} agreed to early help, and to sharing with {with_whom}"
    says += f", until {day(until)}." if until else "."
    tell(
        "consent.given",
        says + (f" Not with {not_with}." if not_with else ""),
        family=family,
        subject=agreement,
        by=by,
        at=at,
    )
    _close_doors(family, by, at)
    return agreement


def _heard(family: Family, person: Person, terms: Terms) -> list[Answer]:
    """What each said, the one who agrees first; checked."""
    own = next((one for one in terms.heard if one.person == person), Answer(person, "agreed"))
    if own.said != "agreed":
        raise UnableTo(f"{person.full_name} cannot both agree and not.")
    heard = [own, *(one for one in terms.heard if one.person != person)]
    members = set(family.members.filter(left_on=None).values_list("person", flat=True))
    named = [*terms.covers, *(one.person for one in terms.heard)]
    if any(one.pk not in members for one in named):
        raise UnableTo("An agreement is about people of this family.")
    for one in heard:
        if one.said == "not_asked" and not one.why_not.strip():
            raise UnableTo(f"Say why {one.person.full_name} was not asked.")
        if bool(one.judged) != bool(one.judged_how.strip()):
            raise UnableTo(f"Say what you judged of {one.person.full_name}, and how.")
    return heard


def has_come(on: date, at: datetime) -> None:
    """Raises `UnableTo` for a day that is still to come."""
    if on > local_day(at):
        raise UnableTo(NOT_YET)


def _ends_ahead(agreed_on: date, until: date | None, at: datetime) -> None:
    if until is not None and until < agreed_on:
        raise UnableTo(BEFORE_IT_BEGAN)
    if until is not None and until < local_day(at):
        raise UnableTo(OVER_ALREADY)


def _share(agreement: Agreement, share: Share, by: Actor, at: datetime) -> Sharing:
    return Sharing.make(
        by=by,
        at=at,
        agreement=agreement,
        agency=share.agency,
        setting=share.setting,
        named=share.named,
        shares=share.shares,
        note=share.note,
    )


def _close_doors(family: Family, by: Actor, at: datetime) -> None:
    """End what members hold by the family's word, where the family no longer gives it."""
    found = _follow(family, by, at)
    closed = [grant.pk for grant in found.losing]
    end(grants=family.grants.filter(pk__in=closed), by=by, at=at)


@transaction.atomic
def let_in(
    *,
    family: Family,
    member: Member,
    because: str,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
) -> None:
    """Open a family to a member for a reason that rests on the family's word (`BY_AGREEMENT`), for
    as long as that word lasts; `agency` as `access.grant` takes it."""
    grant(family=family, member=member, because=because, agency=agency, by=by, at=at)
    _follow(family, by, at)


def _follow(family: Family, by: Actor, at: datetime) -> Effects:
    """Let what members hold by the family's word last as long as that word does. Someone whose time
    was over comes back with a new agreement, if they are still of the team."""
    found = effects_of(family, agreements_of(family), at)
    for held, until in found.lasting:
        limit(grants=family.grants.filter(pk=held.pk), until=until, by=by, at=at)
    return found


@transaction.atomic
def withdraw(*, agreement: Agreement, why: str, by: Actor, at: datetime) -> Agreement:
    """End an agreement. Access that rested on it ends in the same moment."""
    work_with(by, agreement.family, Right.RECORD_CONSENT)
    if agreement.withdrawn_at is not None:
        raise UnableTo("This agreement has already been withdrawn.")
    if agreement.has_ended(at):
        raise UnableTo("This agreement has already ended by itself.")
    agreement.change(by=by, at=at, withdrawn_at=at, withdrawn_by=by.member, withdrawn_why=why)
    tell(
        "consent.withdrawn",
        f"{agreement.person.full_name} withdrew their agreement.",
        family=agreement.family,
        subject=agreement,
        by=by,
        at=at,
    )
    _close_doors(agreement.family, by, at)
    return agreement


@transaction.atomic
def refuse(
    *,
    family: Family,
    person: Person,
    refused_on: date,
    why: str,
    reassurance: str,
    universal_help: str,
    told_what_is_recorded: bool,
    section_17: str,
    section_17_why: str,
    form_record: FormRecord,
    by: Actor,
    at: datetime,
) -> Refusal:
    """Record a no.

    Raises `UnableTo` when the family was not told what is recorded and why, or the day has not
    come.
    """
    work_with(by, family, Right.RECORD_CONSENT)
    has_come(refused_on, at)
    if not told_what_is_recorded:
        raise UnableTo("Tell the family what is recorded and why, then record their answer.")
    refusal = Refusal.make(
        by=by,
        at=at,
        family=family,
        person=person,
        refused_on=refused_on,
        why=why,
        reassurance=reassurance,
        universal_help=universal_help,
        told_what_is_recorded=told_what_is_recorded,
        section_17=section_17,
        section_17_why=section_17_why,
        form_record=form_record,
    )
    tell(
        "consent.refused",
        f"{person.full_name} said no for now. Meanwhile: {universal_help}",
        family=family,
        subject=refusal,
        by=by,
        at=at,
    )
    return refusal

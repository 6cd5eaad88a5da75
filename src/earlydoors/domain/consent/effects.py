"""What the family's word does to who sees its record: the same rules say it beforehand, grant it
and take it away, so that what was said and what happens cannot differ."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.queries import IsShut
from earlydoors.domain.consent.models import Agreement, Sharing
from earlydoors.domain.consent.queries import (
    BY_AGREEMENT,
    agreements_of,
    is_told,
    sharing_in,
    told_until,
)
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.prepared import attach


@dataclass(frozen=True)
class Effects:
    """What members hold by the family's word, under agreements that stand or would stand.

    `losing` closes, `returning` had ended and begins anew, `lasting` is until when what goes on
    goes on. `told` and `told_no_more` name whom the family lets be told now and did not before.
    """

    losing: tuple[Grant, ...] = ()
    returning: tuple[Grant, ...] = ()
    lasting: tuple[tuple[Grant, datetime | None], ...] = field(default=())
    told: tuple[str, ...] = ()
    told_no_more: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Who gains and who loses, as one word; nothing where nobody does."""
        changed = (
            *(f"-{one.pk}" for one in self.losing),
            *(f"+{one.pk}" for one in self.returning),
        )
        return hashlib.sha256(" ".join(sorted(changed)).encode()).hexdigest() if changed else ""


def effects_of(family: Family, standing: Sequence[Agreement], at: datetime) -> Effects:
    """What follows for access from these agreements of a family, at a moment."""
    words, before = sharing_in(standing), sharing_in(agreements_of(family))
    held = list(_rested(family))
    open_ = {one.pk for one in held if one.until is None or one.until > at}
    shut = _shut(family) if held else set()
    lasting = [(one, until) for one in held for until in _until(one, words, standing)]
    kept = {one.pk for one, _ in lasting}
    return Effects(
        losing=tuple(one for one in held if one.pk in open_ - kept),
        returning=tuple(one for one, _ in lasting if one.pk not in open_ | shut),
        lasting=tuple(lasting),
        told=_more(words, before),
        told_no_more=_more(before, words),
    )


def if_given(
    family: Family,
    person: Person,
    *,
    agreed_on: date,
    until: date | None,
    words: Iterable[tuple[bool, Agency | None, Setting | None, str]],
) -> list[Agreement]:
    """The agreements that would stand if a person agreed so. Nothing of it is written."""
    new = Agreement(family=family, person=person, agreed_on=agreed_on, until=until)
    told = [
        Sharing(agreement=new, shares=shares, agency=agency, setting=setting, named=named)
        for shares, agency, setting, named in words
    ]
    attach([new], "sharings", told, "agreement")
    return [*(one for one in agreements_of(family) if one.person_id != person.pk), new]


def if_withdrawn(agreement: Agreement) -> list[Agreement]:
    """The agreements that would stand without one."""
    return [one for one in agreements_of(agreement.family) if one != agreement]


def done_at(family: Family, moment: datetime) -> Effects:
    """What a word of the family did to access at the moment at which it was recorded, from the
    grants themselves."""
    held = family.grants.filter(because__in=BY_AGREEMENT, member__isnull=False)
    # What ended by itself before, and was begun anew then, was not taken away at that moment.
    lost = _with_members(held.filter(ended_at=moment).filter(Q(until=None) | Q(until__gt=moment)))
    earlier = held.filter(ended_at__lt=moment, ended_at=F("until"))
    over = set(earlier.values_list("member", "because"))
    begun = _with_members(held.filter(began_at=moment))
    back = [one for one in begun if (one.member_id, one.because) in over]
    return Effects(losing=tuple(lost), returning=tuple(back))


def _until(
    grant: Grant, words: Sequence[Sharing], standing: Sequence[Agreement]
) -> list[datetime | None]:
    """Until when the family's word lets a grant go on; nothing where it does not."""
    told = [
        told_until(standing, held.agency, held.setting)
        for held in (grant.member.memberships.all() if grant.member else ())
        if held.agency and is_told(words, held.agency, held.setting)
    ]
    ends = [one for one in told if one is not None]
    if not told:
        return []
    return [max(ends) if len(ends) == len(told) else None]


def _more(now: Iterable[Sharing], then: Iterable[Sharing]) -> tuple[str, ...]:
    known = {one.whom for one in then if one.shares}
    return tuple(one.whom for one in now if one.shares and one.whom not in known)


def _rested(family: Family) -> QuerySet[Grant]:
    held = family.grants.filter(ended_at=None, because__in=BY_AGREEMENT, member__isnull=False)
    return _with_members(held)


def _shut(family: Family) -> set[object]:
    """What rests, because the record is restricted to others or its holder knows the family."""
    held = family.grants.filter(ended_at=None, because__in=BY_AGREEMENT, member__isnull=False)
    return set(held.filter(IsShut("family", "member")).values_list("pk", flat=True))


def _with_members(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return (
        grants.select_related("member")
        .prefetch_related("member__memberships__agency", "member__memberships__setting")
        .order_by("member__name", "began_at")
    )

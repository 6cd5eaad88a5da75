"""Records come up for review by themselves once their time is over, each night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from earlydoors.domain.people.models import Family
from earlydoors.domain.retention.ageing import facts
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.queries import ACROSS
from earlydoors.domain.retention.rules import Due, Facts, due, is_over, what_of
from earlydoors.domain.retention.states import FINAL, REVIEW
from earlydoors.foundation.audit.chain import Event, Signature, record_all
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.information import RetentionRule
from earlydoors.foundation.profile.schema import Profile
from earlydoors.foundation.wall.acting import crossing


@dataclass(frozen=True)
class ByItself:
    """What the installation does by itself at night, as the evidence names it."""

    audit_id: str = "installation"
    audit_name: str = "The installation"
    audit_agency: str = ""
    audit_role: str = "Does at night what the rules say"


@dataclass(frozen=True)
class Came:
    """How many records came up, and how many are within their time again."""

    up: int
    overtaken: int


def rule_for(found: Facts, profile: Profile) -> RetentionRule:
    """The rule of the profile that a record falls under: there is one for each sort."""
    what = what_of(found)
    return next(rule for rule in profile.information.retention if rule.what == what)


def stands(found: Facts, profile: Profile) -> tuple[RetentionRule, Due | None]:
    """By which rule a record is kept, and when its time is over."""
    rule = rule_for(found, profile)
    return rule, due(found, rule)


@crossing(ACROSS)
@transaction.atomic
def bring_up(*, profile: Profile, at: datetime, by: Signature | None = None) -> Came:
    """Bring up each record whose time is over, and take from the list what is within its time
    again: because somebody asked for help since, or a rule was changed."""
    signed, today = by or ByItself(), local_day(at)
    open_ = {
        one.family_id: one
        for one in Review.objects.select_for_update().exclude(state__in=FINAL).order_by("pk")
    }
    new: list[Review] = []
    over: set[UUID] = set()
    for family_id, found in facts(Family.objects.all()):
        rule, when = stands(found, profile)
        if not is_over(when, today) or when is None:
            continue
        over.add(family_id)
        if family_id not in open_:
            new.append(_came_up(family_id, rule, when, at))
    Review.objects.bulk_create(new, batch_size=500)
    gone = [one for family_id, one in open_.items() if family_id not in over]
    _overtake(gone, at)
    record_all(
        [
            *(Event("retention.came_up", one, one.family_id, {"rule": one.rule}) for one in new),
            *(Event("retention.overtaken", one, one.family_id) for one in gone),
        ],
        by=signed,
        at=at,
    )
    return Came(len(new), len(gone))


def _came_up(family_id: UUID, rule: RetentionRule, when: Due, at: datetime) -> Review:
    return Review(
        family_id=family_id,
        state_since=at,
        came_up_at=at,
        rule=rule.key,
        event=when.event,
        counted_from=when.counted_from,
        due_on=when.due_on,
    )


def _overtake(gone: Iterable[Review], at: datetime) -> None:
    for one in gone:
        one.state, one.state_since = REVIEW.move("overtake", one.state), at
        one.save(update_fields=["state", "state_since"])

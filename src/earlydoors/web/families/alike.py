"""Families that may have been meant: someone in them is like what was typed, however badly."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from earlydoors.domain.access.finding import few_held
from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.joining.queries import joined_away
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.index import MOST_WEIGHED
from earlydoors.domain.matching.known import (
    MOST_LOOKED_THROUGH,
    Likeness,
    known,
    known_among,
)
from earlydoors.domain.matching.ranking import Strength
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.families.listing import Found, Meant, families_seen, found_in, sought

MOST = 10


def alike(
    actor: Actor, typed: str, today: date, profile: Profile, shown: Collection[UUID]
) -> list[Found]:
    """Families that may have been meant, the likeliest first, without those shown already.

    Only people of families whose whole record is open are looked at: the reason tells of a name.
    """
    asked = _asked(typed, today)
    if not asked:
        return []
    members = _open_members(actor).filter(left_on=None).exclude(family__in=shown)
    best: dict[UUID, Likeness] = {}
    for one in asked:
        for likeness in _alike_among(one, actor, members):
            kept = best.get(likeness.person_id)
            if _worth(likeness, single=len(asked) > 1) and (
                kept is None or likeness.strength > kept.strength
            ):
                best[likeness.person_id] = likeness
    return _families(actor, members.filter(person__in=best), best, today, profile)


def on_record(actor: Actor, asked: Asked) -> list[tuple[Person, Likeness]]:
    """People of the families whose whole record is open who are likely the one asked about, the
    likeliest first."""
    found = _alike_among(asked, actor, _open_members(actor))
    likely = {one.person_id: one for one in found if one.strength >= Strength.LIKELY}
    people = Person.objects.exclude(joined_away()).in_bulk(list(likely))
    return [(people[pk], one) for pk, one in likely.items() if pk in people]


def _open_members(actor: Actor) -> QuerySet[FamilyMember]:
    full = grants_of(actor).filter(family=OuterRef("family"), extent="full")
    return FamilyMember.objects.filter(Exists(full))


def _alike_among(asked: Asked, actor: Actor, members: QuerySet[FamilyMember]) -> Iterable[Likeness]:
    """The people among these members of the actor's who may be the one asked about, the likeliest
    first."""
    held = few_held(actor)
    if held is not None:
        members = members.filter(family__among=held)
        ids = list(members.values_list("person", flat=True).distinct()[: MOST_LOOKED_THROUGH + 1])
        if len(ids) <= MOST_LOOKED_THROUGH:
            return known_among(asked, ids) if ids else ()
    found = {one.person_id: one for one in known(asked, MOST_WEIGHED)}
    seen = members.filter(person__in=found).values_list("person", flat=True)
    open_to_them = set(seen)
    return [one for pk, one in found.items() if pk in open_to_them]


def _worth(likeness: Likeness, *, single: bool) -> bool:
    """Whether to show it. Of a single word, read as either name, nothing may speak against it: the
    other twin has the birthday too."""
    if single:
        return bool(likeness.reasons) and not likeness.against
    return likeness.itself


def _asked(typed: str, today: date) -> list[Asked]:
    """What was typed as one record; a single word as a first name, and as a surname."""
    wanted = sought(typed, today)
    born_on = None if wanted.any_year else wanted.born_on
    words = wanted.words
    if len(words) == 1 and len(words[0]) > 1:
        return [Asked(words[0], "", born_on), Asked("", words[0], born_on)]
    if len(words) > 1:
        return [Asked(" ".join(words[:-1]), words[-1], born_on)]
    compact = "".join(c for c in typed if c.isalnum())
    return [Asked(number=compact)] if any(c.isdigit() for c in compact) else []


def _families(
    actor: Actor,
    members: QuerySet[FamilyMember],
    best: dict[UUID, Likeness],
    today: date,
    profile: Profile,
) -> list[Found]:
    if not best:
        return []
    meant: dict[UUID, list[Meant]] = {}
    order = list(best)
    rows = members.select_related("person")
    for one in sorted(rows, key=lambda member: order.index(member.person_id)):
        meant.setdefault(one.family_id, []).append(Meant(one, best[one.person_id].why))
    keys = list(meant)[:MOST]
    seen = families_seen(actor, today, profile, "name").filter(pk__in=keys)
    found = {one.family.pk: one for one in found_in(actor, seen, today)}
    return [replace(found[key], meant=tuple(meant[key])) for key in keys if key in found]

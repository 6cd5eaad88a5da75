"""Pairs: proposed, looked at, left open, marked as two people, and the mark lifted."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.joining.models import Apart, Pair
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.joining.queries import are_apart, now_of, of_both, pair_of
from earlydoors.domain.joining.states import OPEN, PAIR
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing


@crossing("joining")
@transaction.atomic
def propose(
    *,
    one: Person,
    two: Person,
    reasons: str,
    came_from: str,
    by: Actor,
    at: datetime,
    strength: float = 0,
) -> Pair:
    """Put two records on the list of those that may be one person; a pair that waits is kept.

    Raises `UnableTo` for one record twice, without a reason, for a record that hangs on another
    already, and for two that are marked as two people.
    """
    if one == two:
        raise UnableTo("This is the same record. Choose another one.")
    if not reasons.strip():
        raise UnableTo("Say why they may be the same person.")
    if now_of(one.pk) != one.pk or now_of(two.pk) != two.pk:
        raise UnableTo("One of these records was joined with another already. Look again.")
    mark = are_apart(one, two)
    if mark is not None:
        raise UnableTo(
            f"They were marked as two people on {day(local_day(mark.created_at))}: "
            f"{mark.get_why_display().lower()}."
        )
    found = pair_of(one, two)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            pair = Pair.make(
                by=by,
                at=at,
                first=one,
                second=two,
                came_from=came_from,
                reasons=reasons.strip(),
                strength=strength,
            )
    except IntegrityError:
        # Somebody put them on the list in the same moment.
        return Pair.objects.get(of_both(one.pk, two.pk))
    record("pair.proposed", subject=pair, by=by, at=at, details={"from": came_from})
    return pair


@crossing("joining")
@transaction.atomic
def look_at(*, pair: Pair, by: Actor, at: datetime) -> None:
    """Record that someone looks at two records side by side, once for each family of theirs.

    Raises `NotAllowed` for whoever may not see both.
    """
    join_records(by, pair.first, pair.second)
    families = FamilyMember.objects.filter(person__in=[pair.first_id, pair.second_id])
    seen = dict.fromkeys(families.order_by("joined_on", "pk").values_list("family_id", flat=True))
    held: dict[object, set[str]] = {}
    for family_id, because in grants_of(by).values_list("family_id", "because"):
        held.setdefault(family_id, set()).add(because)
    for family_id in seen:
        record(
            "family.looked",
            subject=pair,
            by=by,
            at=at,
            family_id=family_id,
            details={
                "part": "joining",
                "because": sorted(held.get(family_id, {"register"})),
                "extent": "full",
            },
        )


@crossing("joining")
@transaction.atomic
def leave_open(*, pair: Pair, note: str, by: Actor, at: datetime) -> Pair:
    """Nobody is sure yet: the pair stays on the list, with what is still to be found out.

    Raises `UnableTo` without a note, and for a pair that is decided.
    """
    if not note.strip():
        raise UnableTo("Say what you are not sure of, so that the next one need not begin again.")
    fresh = _locked(pair)
    join_records(by, fresh.first, fresh.second)
    fresh.change(by=by, at=at, state=PAIR.move("leave_open", fresh.state), note=note.strip())
    record("pair.left_open", subject=fresh, by=by, at=at)
    return fresh


@crossing("joining")
@transaction.atomic
def set_apart(*, pair: Pair, why: str, says: str, by: Actor, at: datetime) -> Apart:
    """Mark two records as two people for good: they are not put on the list again.

    `why` is a key of `Apart.WHY`. Raises `UnableTo` for another reason without words, and for a
    pair that is decided.
    """
    if why not in dict(Apart.WHY):
        raise UnableTo("Choose why they are two people.")
    if why == "other" and not says.strip():
        raise UnableTo("Say how you know that they are two people.")
    fresh = _locked(pair)
    join_records(by, fresh.first, fresh.second)
    fresh.change(by=by, at=at, state=PAIR.move("set_apart", fresh.state))
    mark = Apart.make(
        by=by, at=at, first=fresh.first, second=fresh.second, why=why, says=says.strip()
    )
    for family_id in _families_of(fresh):
        record(
            "people.set_apart", subject=mark, by=by, at=at, family_id=family_id,
            details={"why": why},
        )  # fmt: skip
    return mark


@crossing("joining")
@transaction.atomic
def lift_apart(*, pair: Pair, why: str, by: Actor, at: datetime) -> Pair:
    """The two may be one person after all: the pair waits again. The mark stays on record.

    Raises `UnableTo` without a reason, and for a pair that is not marked.
    """
    if not why.strip():
        raise UnableTo("Say why they may be one person after all.")
    fresh = _locked(pair)
    join_records(by, fresh.first, fresh.second)
    state = PAIR.move("lift", fresh.state)
    mark = are_apart(fresh.first, fresh.second)
    if mark is not None:
        mark.change(by=by, at=at, lifted_at=at, lifted_by=by.member, lifted_why=why.strip())
        for family_id in _families_of(fresh):
            record("people.apart_lifted", subject=mark, by=by, at=at, family_id=family_id)
    return fresh.change(by=by, at=at, state=state)


def _locked(pair: Pair) -> Pair:
    rows = Pair.objects.select_for_update(of=("self",)).select_related("first", "second")
    return rows.get(pk=pair.pk)


def _families_of(pair: Pair) -> list[UUID]:
    places = FamilyMember.objects.filter(person__in=[pair.first_id, pair.second_id], left_on=None)
    return list(places.order_by("family_id").values_list("family_id", flat=True).distinct())


def is_open(pair: Pair) -> bool:
    """Whether the pair waits for somebody to decide."""
    return pair.state in OPEN

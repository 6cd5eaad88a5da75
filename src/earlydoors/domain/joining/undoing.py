"""Undoing a joining: everything that pointed at either record returns to where it was."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.joining.joins import as_json
from earlydoors.domain.joining.models import Joining, Moved
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.joining.pointers import STAYS, model_of, pointers, put_back
from earlydoors.domain.joining.queries import builds_on
from earlydoors.domain.joining.signals import joining_undone
from earlydoors.domain.joining.states import PAIR
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.facts import Source, note_sources
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.operations import correct
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

_ORDER = {"moved": 0, "ended": 1}
"""What moved returns first: then nothing holds the place of what was ended."""


@crossing("joining")
@transaction.atomic
def undo(*, joining: Joining, why: str, by: Actor, at: datetime) -> Joining:
    """They are two people after all: the record is two again, each with what was its.

    What somebody changed since stays as they left it, and what was written since stays with the
    record that was kept: `written_since` lists it. Raises `NotAllowed` as `join`, and `UnableTo`
    without a reason, when it is undone already, and when a later joining builds on it.
    """
    rows = Joining.objects.select_for_update(of=("self",)).select_related("pair")
    fresh = rows.get(pk=joining.pk)
    people = Person.objects.select_for_update(of=("self",)).order_by("pk")
    found = {one.pk: one for one in people.filter(pk__in=[fresh.kept_id, fresh.other_id])}
    fresh.kept, fresh.other = found[fresh.kept_id], found[fresh.other_id]
    join_records(by, fresh.kept, fresh.other)
    must_be_undoable(fresh, why)
    told = _families(fresh)
    rows_touched = sorted(fresh.moved.all(), key=lambda one: (_ORDER.get(one.how, 2), str(one.pk)))
    for moved in rows_touched:
        if not put_back(moved, fresh, by, at):
            moved.change(by=by, at=at, stayed=True)
    _give_back_facts(fresh, by, at)
    fresh.change(by=by, at=at, undone_at=at, undone_by=by.member, undone_why=why.strip())
    pair = fresh.pair
    pair.change(by=by, at=at, state=PAIR.move("undo", pair.state), note=why.strip())
    says = f"Two records of {fresh.kept.full_name} that were joined are two again. {why.strip()}"
    for family in {**told, **_families(fresh)}.values():
        tell("people.joining_undone", says, family=family, subject=fresh, by=by, at=at)
    joining_undone.send(Joining, joining=fresh)
    return fresh


def must_be_undoable(joining: Joining, why: str) -> None:
    """Raises `UnableTo` with a sentence; see `undo`."""
    if joining.undone_at is not None:
        raise UnableTo("This joining has already been undone.")
    later = builds_on(joining)
    if later is not None:
        raise UnableTo(
            f"A later joining, of {later.other.full_name} with {later.kept.full_name} on "
            f"{day(local_day(later.created_at))}, builds on this one. Undo that one first."
        )
    if not why.strip():
        raise UnableTo("Say how you know that they are two people.")


def _families(joining: Joining) -> dict[object, Family]:
    people = (joining.kept, joining.other)
    return {
        place.family_id: place.family
        for one in people
        for place in one.families.filter(left_on=None).select_related("family").order_by("pk")
    }


def _give_back_facts(joining: Joining, by: Actor, at: datetime) -> None:
    """The kept record says again what it said, unless somebody has changed that since."""
    kept = joining.kept
    back: dict[str, Any] = {}
    for taken in joining.taken.order_by("fact"):
        if as_json(getattr(kept, taken.fact)) != taken.became:
            taken.change(by=by, at=at, stayed=True)
            continue
        was: Any = taken.was
        back[taken.fact] = date.fromisoformat(was) if taken.fact.endswith("_on") and was else was
    if back:
        correct(person=kept, by=by, at=at, **back)
    for taken in joining.taken.filter(fact__in=back).order_by("fact"):
        source = Source(taken.was_said_by, taken.was_said_says)
        said_at = taken.was_told_at or at
        note_sources(person=kept, facts=[taken.fact], source=source, by=by, at=said_at)


def written_since(joining: Joining) -> list[models.Model]:
    """What somebody wrote to the kept record after the joining, oldest first: it stays with it
    when the joining is undone, and they say whose it is."""
    until = joining.undone_at
    ours = {(one.table, one.row) for one in Moved.objects.filter(joining__kept=joining.kept_id)}
    found: list[Any] = []
    for pointer in pointers():
        if pointer.key in STAYS or not hasattr(pointer.model, "created_at"):
            continue
        if pointer.table.startswith("joining."):
            continue
        rows = pointer.rows(joining.kept).filter(created_at__gte=joining.created_at)
        if until is not None:
            rows = rows.filter(created_at__lte=until)
        found += [row for row in rows if (pointer.table, str(row.pk)) not in ours]
    return sorted(found, key=lambda row: (row.created_at, str(row.pk)))


def stayed_as_changed(joining: Joining) -> list[models.Model]:
    """Rows that the undoing left where they were, because somebody had changed them since."""
    return [
        model_of(one.table)._default_manager.get(pk=one.row)
        for one in joining.moved.filter(stayed=True).order_by("table", "row")
    ]

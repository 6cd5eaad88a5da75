"""Taking a file back: everything as it was before, but for what was changed since."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError

from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.audit.chain import Event, record, record_all

AT_A_TIME = 200
_UNDONE = ("outcome", "left_says")
# Parts before the people they are of.
_ORDER = ("people.said", "people.identifier", "people.name", "people.place", "people.person")
_LEFT = {
    "people.person": "the person",
    "people.said": "who said it",
    "people.identifier": "a number",
    "people.name": "a name",
    "people.place": "a place",
    "partnership.setting": "the school",
}


@transaction.atomic
def undo_some(*, import_id: UUID, by: Actor, at: datetime, rows: int = AT_A_TIME) -> bool:
    """Take back the next rows, the last loaded first. Returns whether there is more to do.

    What the file made is taken off again, and what it changed is put back, unless somebody
    changed it since or something else points at it now: that is left as it is, and said with the
    row. The database keeps the versions of what is taken off.
    """
    file = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state != "undoing":
        return False
    batch = list(file.rows.filter(outcome="loaded").order_by("-number")[:rows])
    if not batch:
        file.change(by=by, at=at, state=IMPORT.move("undone", file.state))
        left = file.rows.filter(outcome="left").count()
        record("import.undone", subject=file, by=by, at=at, details={"left": left})
        return False
    events: list[Event] = []
    kept = _on_record(batch)
    for row in batch:
        events += _take_back(row, kept, by, at)
    Row.keep(batch, *_UNDONE)
    record_all(events, by=by, at=at)
    return True


type Kept = dict[tuple[str, str], models.Model]


def _on_record(batch: list[Row]) -> Kept:
    wanted: dict[str, set[str]] = {}
    for row in batch:
        for step in row.wrote:
            wanted.setdefault(step["of"], set()).add(step["id"])
    return {
        (label, str(one.pk)): one
        for label, ids in wanted.items()
        for one in apps.get_model(label)._default_manager.filter(pk__in=ids)
    }


class _CannotUndo(Exception):
    """Someone new cannot be taken off, so nothing that belongs to them is."""


def _take_back(row: Row, kept: Kept, by: Actor, at: datetime) -> list[Event]:
    made_person = any(step["of"] == "people.person" and step["was"] is None for step in row.wrote)
    subjects = _subjects(row, kept)
    left: list[str] = []
    try:
        with transaction.atomic():
            for step in _in_order(row.wrote):
                standing = kept.get((step["of"], step["id"]))
                if standing is None or _one_step(step, standing, by, at):
                    continue
                left.append(_LEFT[step["of"]])
                if made_person:
                    raise _CannotUndo
    except _CannotUndo:
        subjects = []
    row.outcome = "left" if left else "undone"
    row.left_says = ", ".join(dict.fromkeys(left))[:300]
    return subjects


def _subjects(row: Row, kept: Kept) -> list[Event]:
    """What to record, put together before anything loses its id."""
    if row.wrote and row.wrote[0]["of"] == "partnership.setting":
        setting = kept.get((row.wrote[0]["of"], row.wrote[0]["id"]))
        return _events(setting, row) if setting else []
    person = Person.objects.filter(pk=row.person_id).first() if row.person_id else None
    return _events(person, row) if person else []


def _in_order(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts before the person they are of, and of each sort the last written first."""
    order = {label: n for n, label in enumerate(_ORDER)}
    numbered = sorted(enumerate(steps), key=lambda one: (order.get(one[1]["of"], 0), -one[0]))
    return [step for _, step in numbered]


def _events(standing: models.Model, row: Row) -> list[Event]:
    details = {"import": str(row.of_id)}
    families: list[UUID | None] = []
    if isinstance(standing, Person):
        held = FamilyMember.objects.filter(person=standing.pk, left_on=None)
        families = [*held.values_list("family_id", flat=True)]
    return [Event("import.took_back", standing, one, details) for one in families or [None]]


def _one_step(step: Mapping[str, Any], standing: models.Model, by: Actor, at: datetime) -> bool:
    """Take back one thing. Returns whether it could be."""
    if step["was"] is None:
        return _unchanged_since_made(step, standing) and _taken_off(standing)
    if any(_plain(getattr(standing, name)) != said for name, said in step["now"].items()):
        return False
    was = {name: _as_kept(standing, name, value) for name, value in step["was"].items()}
    if isinstance(standing, Recorded):
        standing.change(by=by, at=at, **was)
    else:
        for name, value in was.items():
            setattr(standing, name, value)
        standing.save(update_fields=list(was))
    return True


def _unchanged_since_made(step: Mapping[str, Any], standing: models.Model) -> bool:
    if isinstance(standing, Recorded):
        return standing.changed_at == standing.created_at
    return all(_plain(getattr(standing, name)) == said for name, said in step["now"].items())


def _taken_off(standing: models.Model) -> bool:
    try:
        with transaction.atomic():
            standing.delete()
    except ProtectedError:
        # Somebody has built on it since: it is in a family, or a worker belongs to it.
        return False
    return True


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _as_kept(standing: models.Model, name: str, value: Any) -> Any:
    fields = {one.name: one for one in standing._meta.concrete_fields}
    return fields[name].to_python(value)

"""Taking a file back: everything as it was before, but for what was changed since."""

from collections.abc import Mapping, Sequence
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
from earlydoors.foundation.wall.acting import crossing

AT_A_TIME = 200
_UNDONE = ("outcome", "left_says")
# Parts before the people they are of.
_ORDER = ("people.said", "people.identifier", "people.name", "people.place", "people.person")
# What a row makes whole: its parts are worth nothing without it.
_WHOLE = ("people.person", "partnership.setting")
_LEFT = {
    "people.person": "the person",
    "people.said": "who said it",
    "people.identifier": "a number",
    "people.name": "a name",
    "people.place": "a place",
    "partnership.setting": "the school",
}


@crossing("imports")
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
    kept = _on_record(batch)
    # What to record is put together before anything loses its id.
    subjects = _subjects(batch, kept)
    events = [subjects[row.pk] for row in _take_off([r for r in batch if _made(r)], kept)]
    for row in batch:
        if not _made(row):
            _put_back(row, kept, by, at)
            events.append(subjects[row.pk])
    Row.keep(batch, *_UNDONE)
    record_all([one for some in events for one in some], by=by, at=at)
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


def _made(row: Row) -> bool:
    """Whether the row made someone, or a school, rather than changed them."""
    return any(step["was"] is None and step["of"] in _WHOLE for step in row.wrote)


def _take_off(rows: Sequence[Row], kept: Kept) -> list[Row]:
    """Take off what these rows made, each row whole or not at all. Returns those taken off.

    All of them at once if that can be; where something stands in the way, it is looked for in
    halves, so that one child who is in a family now does not slow the others down.
    """
    if not rows:
        return []
    if all(_is_untouched(row, kept) for row in rows) and _deleted(rows):
        for row in rows:
            row.outcome = "undone"
        return list(rows)
    if len(rows) == 1:
        rows[0].outcome, rows[0].left_says = "left", _LEFT[_whole(rows[0])]
        return []
    middle = len(rows) // 2
    return _take_off(rows[:middle], kept) + _take_off(rows[middle:], kept)


def _whole(row: Row) -> str:
    return str(next(step["of"] for step in row.wrote if step["of"] in _WHOLE))


def _is_untouched(row: Row, kept: Kept) -> bool:
    return all(
        (standing := kept.get((step["of"], step["id"]))) is not None
        and _unchanged_since_made(step, standing)
        for step in row.wrote
    )


def _deleted(rows: Sequence[Row]) -> bool:
    ids: dict[str, list[str]] = {}
    for row in rows:
        for step in row.wrote:
            ids.setdefault(step["of"], []).append(step["id"])
    try:
        with transaction.atomic():
            for label in sorted(ids, key=_place):
                apps.get_model(label)._default_manager.filter(pk__in=ids[label]).delete()
    except ProtectedError:
        # Somebody has built on it since: it is in a family, or a worker belongs to it.
        return False
    return True


def _put_back(row: Row, kept: Kept, by: Actor, at: datetime) -> None:
    """Put back what a row changed, but for what was changed since."""
    left: list[str] = []
    for step in _in_order(row.wrote):
        standing = kept.get((step["of"], step["id"]))
        if standing is not None and not _one_step(step, standing, by, at):
            left.append(_LEFT[step["of"]])
    row.outcome = "left" if left else "undone"
    row.left_says = ", ".join(dict.fromkeys(left))[:300]


def _subjects(batch: Sequence[Row], kept: Kept) -> dict[int, list[Event]]:
    """What to record of each row: for the person, once for each family they are in, or for the
    school."""
    people = Person.objects.in_bulk([row.person_id for row in batch if row.person_id])
    families: dict[UUID, list[UUID]] = {}
    members = FamilyMember.objects.filter(person__in=people, left_on=None)
    for person_id, family_id in members.values_list("person_id", "family_id"):
        families.setdefault(person_id, []).append(family_id)
    found: dict[int, list[Event]] = {}
    for row in batch:
        subject: models.Model | None = people.get(row.person_id) if row.person_id else None
        subject = subject or kept.get((row.wrote[0]["of"], row.wrote[0]["id"]))
        told: list[UUID | None] = [*families.get(row.person_id, [])] if row.person_id else []
        details = {"import": str(row.of_id)}
        found[row.pk] = (
            [Event("import.took_back", subject, one, details) for one in told or [None]]
            if subject
            else []
        )
    return found


def _place(label: str) -> int:
    return _ORDER.index(label) if label in _ORDER else 0


def _in_order(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts before the person they are of, and of each sort the last written first."""
    numbered = sorted(enumerate(steps), key=lambda one: (_place(one[1]["of"]), -one[0]))
    return [step for _, step in numbered]


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
        return False
    return True


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _as_kept(standing: models.Model, name: str, value: Any) -> Any:
    fields = {one.name: one for one in standing._meta.concrete_fields}
    return fields[name].to_python(value)

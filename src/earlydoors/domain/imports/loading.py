"""Loading a file, some rows at a time, each lot whole or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from earlydoors.domain.imports import schools
from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.comparing import Plan, Standing, compare, standing_of
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.imports.who import Who, who_are
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import FamilyMember, Identifier, Name, Person, Place, Said
from earlydoors.domain.people.operations import search_name_of
from earlydoors.foundation.audit.chain import Event, record, record_all
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.wall.acting import crossing

AT_A_TIME = 500
LOADED = ("verdict", "problems", "person_id", "outcome", "wrote")
_SINCE = "What is on record has changed since the file was looked through. Send this row again."


@crossing("imports")
@transaction.atomic
def load_some(*, import_id: UUID, by: Actor, at: datetime, rows: int = AT_A_TIME) -> bool:
    """Load the next rows of a file. Returns whether there is more to do.

    Does nothing where the file is not being loaded. What a call has loaded is kept with the rows
    it came from in one transaction, so that a call that is cut off leaves nothing, and the next
    goes on exactly where the last that was finished ended.
    """
    file = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state != "loading":
        return False
    waiting = file.rows.filter(
        outcome="", verdict__in=["changes", "same", "new", "decide", "closes"]
    )
    batch = list(waiting.order_by("number")[:rows])
    if not batch:
        return _finish(file, by, at)
    loader = _Loader(file, by, at)
    events = loader.people(batch) if file.kind == PEOPLE else schools.load(file, batch)
    Row.keep(batch, *LOADED)
    record_all(events, by=by, at=at)
    file.upto = max(file.upto, batch[-1].number)
    file.save(update_fields=["upto"])
    return True


def _finish(file: Import, by: Actor, at: datetime) -> bool:
    counted = file.rows.filter(outcome="loaded").count()
    file.change(
        by=by, at=at, state=IMPORT.move("loaded", file.state), loaded_at=at, loaded_by=by.member
    )
    record("import.loaded", subject=file, by=by, at=at, details={"rows": counted})
    return False


def is_wanted(file: Import, row: Row) -> bool:
    """Whether a row of a person is to be written at all: of someone known, or of someone new where
    the importer said that new people are wanted, and why."""
    if row.decision == "out" or (row.verdict == "decide" and not row.decision):
        return False
    is_new = row.decision == "new" or (row.verdict == "new" and not row.decision)
    return file.adds_new if is_new else True


class _Loader:
    """Writes the people of one lot of rows, all rows of a table in one statement."""

    def __init__(self, file: Import, by: Actor, at: datetime) -> None:
        self.file, self.by, self.at = file, by, at
        told = "school" if file.setting_id else "paper"
        self.source = {"said_by": told, "said_says": file.source_says}
        self.stamp = {
            "created_at": at, "created_by": by.member, "changed_at": at, "changed_by": by.member,
        }  # fmt: skip
        self.made: dict[type[Any], list[Any]] = {
            model: [] for model in (Person, Identifier, Name, Place, Said)
        }
        self.changed: list[tuple[Any, dict[str, Any]]] = []
        self.events: list[tuple[str, Person, list[str]]] = []

    def people(self, batch: Sequence[Row]) -> list[Event]:
        """Write what these rows bring. Returns what to record."""
        wanted = []
        for row in batch:
            row.outcome = "nothing"
            if is_wanted(self.file, row):
                wanted.append(row)
        now = self._but_for_this_file(who_are([row.values for row in wanted]))
        chosen = {row.person_id for row in wanted if row.person_id}
        locked = Person.objects.select_for_update().filter(pk__in=chosen).order_by("pk")
        list(locked.values_list("pk"))
        standing = standing_of(chosen, [row.values for row in wanted])
        for row, who in zip(wanted, now, strict=True):
            self._row(row, who, standing)
        return self._write()

    def _but_for_this_file(self, found: Sequence[Who]) -> list[Who]:
        """Who rows are about, without likeness to people whom other rows of the file are about:
        brothers and sisters are alike, and it was looked at before that the rows differ."""
        alike = {one.person_id for who in found for one in who.possible}
        rows = self.file.rows.filter(person_id__in=alike, outcome="loaded")
        others = set(rows.values_list("person_id", flat=True))
        return [
            replace(who, possible=tuple(p for p in who.possible if p.person_id not in others))
            for who in found
        ]

    def _row(self, row: Row, who: Who, standing: Standing) -> None:
        person = standing.people.get(row.person_id) if row.person_id else None
        if not _still_holds(row, who, person):
            row.verdict, row.problems = "problem", [["", _SINCE]]
            return
        plan = compare(
            row.values, person, standing, school=self.file.setting, takes=tuple(row.takes)
        )
        if plan.problem:
            row.verdict, row.problems = "problem", [list(plan.problem)]
            return
        if person is None:
            person = self._someone_new(row, plan)
        elif plan.news:
            self._someone_known(row, person, plan)
        else:
            return
        row.outcome = "loaded"
        # The same number cannot go to two people within one lot either.
        standing.holders |= dict.fromkeys(plan.numbers, person.pk)

    def _someone_new(self, row: Row, plan: Plan) -> Person:
        facts = plan.facts
        person = Person(id=uuid4(), search_name=search_name_of(facts), **facts, **self.stamp)
        self.made[Person].append(person)
        _note(row, person, None, {})
        for fact in facts:
            self._add(row, Said(person=person, fact=fact, **self.source))
        self._beside(row, person, plan)
        row.person_id = person.pk
        self.events.append(("person.written_down", person, plan.news))
        return person

    def _someone_known(self, row: Row, person: Person, plan: Plan) -> None:
        if plan.facts:
            self._former_name(row, person, plan)
            known = {
                name: getattr(person, name) for name in ("given_name", "known_as", "family_name")
            }
            now = {**plan.facts, "search_name": search_name_of(known | plan.facts)}
            self._change(row, person, now)
            standing = {one.fact: one for one in person.said.filter(fact__in=list(plan.facts))}
            for fact in plan.facts:
                if fact in standing:
                    self._change(row, standing[fact], dict(self.source))
                else:
                    self._add(row, Said(person=person, fact=fact, **self.source))
        for place, on in plan.ends:
            self._change(row, place, {"ended_on": on})
        self._beside(row, person, plan)
        self.events.append(("person.filled_in", person, plan.news))

    def _former_name(self, row: Row, person: Person, plan: Plan) -> None:
        """A name that gives way to the file's stays a name of theirs, and goes on finding them."""
        if not {"given_name", "family_name"} & set(plan.facts):
            return
        old = {"given_name": person.given_name, "family_name": person.family_name}
        self._name(row, person, {"kind": "previous", **old})

    def _beside(self, row: Row, person: Person, plan: Plan) -> None:
        for kind, value in plan.numbers:
            self._add(row, Identifier(person=person, kind=kind, value=value, **self.source))
        for name in plan.names:
            self._name(row, person, name)
        for place in plan.places:
            self._add(row, Place(person=person, **place))

    def _name(self, row: Row, person: Person, name: dict[str, str]) -> None:
        search = folded(f"{name['given_name']} {name['family_name']}")
        self._add(row, Name(person=person, search_name=search, **name, **self.source))

    def _add(self, row: Row, made: Any) -> None:
        for name, value in self.stamp.items():
            setattr(made, name, value)
        self.made[type(made)].append(made)
        _note(row, made, None, {})

    def _change(self, row: Row, kept: Any, now: dict[str, Any]) -> None:
        was = {name: getattr(kept, name) for name in now}
        for name, value in now.items():
            setattr(kept, name, value)
        self.changed.append((kept, now))
        _note(row, kept, was, now)

    def _write(self) -> list[Event]:
        for kept, now in self.changed:
            kept.change(by=self.by, at=self.at, **now)
        for model, made in self.made.items():
            model.objects.bulk_create(made, batch_size=1000)
        families: dict[UUID, list[UUID]] = {}
        people = [person.pk for _, person, _ in self.events]
        for person_id, family_id in FamilyMember.objects.filter(
            person__in=people, left_on=None
        ).values_list("person_id", "family_id"):
            families.setdefault(person_id, []).append(family_id)
        events = []
        for verb, person, news in self.events:
            details = {"changed": sorted(news), "import": str(self.file.pk)}
            told: list[UUID | None] = [*families.get(person.pk, [])]
            events += [Event(verb, person, one, details) for one in told or [None]]
        return events


def _still_holds(row: Row, who: Who, person: Person | None) -> bool:
    """Whether the register still says what it said when the file was looked through."""
    if row.person_id and person is None:
        return False
    if row.decision == "person":
        return True
    if row.decision == "new":
        seen = {one["person"] for one in row.possible}
        return who.person_id is None and {str(one.person_id) for one in who.possible} <= seen
    return who.person_id == row.person_id and not who.possible


def _note(row: Row, made: Any, was: dict[str, Any] | None, now: dict[str, Any]) -> None:
    """Keep with a row what it wrote, so that it can be taken back."""
    row.wrote.append(
        {
            "of": made._meta.label_lower,
            "id": str(made.pk),
            "was": _plain(was) if was is not None else None,
            "now": _plain(now),
        }
    )


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }

"""Everything that points at a person, found in the models themselves: a new foreign key to Person
moves with a joining and returns with its undoing without a line here.

What cannot hang on one record twice (both in one family) stays with the other record, ended where
it would still count; `ENDS` says how. What must not move at all, `STAYS` says, and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, models, transaction

from earlydoors.domain.joining.models import Joining, Moved
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from earlydoors.foundation.kernel.dates import local_day

STAYS: Final = {
    "people.said.person": "It says who told a fact of that record; a fact taken brings its own.",
    "matching.entry.person": "The index is made anew by whoever hears of the joining.",
    "retention.hold.person": "A hold is found from every record joined with the one it is on.",
    "joining.joining.kept": "What was joined with what stays written as it was.",
    "joining.joining.other": "What was joined with what stays written as it was.",
}
"""Pointers that a joining never moves, each with its reason."""
ENDS: Final = {
    "people.familymember": ("left_on", ""),
    "people.identifier": ("removed_on", "removed_why"),
    "people.relationship": ("removed_on", "removed_why"),
    "people.responsibility": ("removed_on", "removed_why"),
    "episodes.teamplace": ("left_on", ""),
}
"""How a row that cannot move is ended, where it would count twice: its day, and its reason."""
STAYS_BESIDE: Final = {"consent.agreement": "family"}
"""Rows that stay with the other record where the kept one has its own beside them. A later word of
one person outweighs their earlier one: two agreements made one would say more than either did."""
ONCE_IS_ENOUGH: Final = {
    "people.place": ("kind", "says", "postcode", "setting", "ended_on"),
    "people.contactroute": ("kind", "value", "safe", "how", "ended_on"),
    "people.name": ("kind", "search_name", "removed_on"),
}
"""Rows that stay with the other record where the kept one has the very same, and nothing hangs on
them: one home is not two because it was written down twice."""
ANSWERS: Final = {"records.sectionanswers": ("answers", "unread")}
"""Tables whose JSON may name a person of the family by id."""
NO_PEOPLE: Final = {
    "people.person.disabilities": "codes",
    "people.person.sen_needs": "codes",
    "consent.agreement.helped_by": "codes",
    "consent.agreement.parts": "keys of the profile",
    "frontdoor.supportrequest.descriptors": "keys of the profile",
    "imports.import.headings": "what stands over the columns of a file",
    "imports.import.columns": "which column is which",
    "imports.import.choices": "authorities and phases of schools",
    "joining.moved.was": "what stood in a column",
    "joining.moved.became": "what stands in a column",
    "joining.taken.was": "a fact",
    "joining.taken.became": "a fact",
    "studies.study.tables": "keys",
    "studies.study.facts": "keys",
    "studies.extract.rows": "numbers of rows",
}
"""JSON that never names a person in a way that has to move."""
_SET_ASIDE: Final = "Set aside when two records of them were joined."


@dataclass(frozen=True)
class Pointer:
    """A column of a table that holds a person."""

    model: type[models.Model]
    column: str

    @property
    def table(self) -> str:
        """The table as `Moved` names it."""
        return self.model._meta.label_lower

    @property
    def key(self) -> str:
        """The column in full: `people.place.person`."""
        return f"{self.table}.{self.column}"

    def rows(self, person: Person) -> models.QuerySet[Any]:
        """The rows that hold this person here."""
        return self.model._default_manager.filter(**{self.column: person}).order_by("pk")


def pointers() -> Iterator[Pointer]:
    """Every column of every table that holds a person, hidden relations too."""
    for found in Person._meta.get_fields(include_hidden=True):
        relation: Any = found
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield Pointer(relation.related_model, relation.field.name)


def model_of(table: str) -> type[models.Model]:
    """The model of a table as `Moved` names it."""
    return apps.get_model(table)


@dataclass(frozen=True)
class Mover:
    """One joining's hand: moves rows, and writes down each."""

    joining: Joining
    by: Actor
    at: datetime

    def note(self, table: str, row: object, column: str, how: str, **values: Any) -> None:
        """Write down what was done to a row."""
        Moved.make(
            by=self.by,
            at=self.at,
            joining=self.joining,
            table=table,
            row=str(row),
            column=column,
            how=how,
            **values,
        )

    def move_all(self) -> None:
        """Hang everything that points at the other record on the one that is kept."""
        for pointer in pointers():
            if pointer.key not in STAYS:
                for row in pointer.rows(self.joining.other):
                    self._move(pointer, row)

    def _move(self, pointer: Pointer, row: Any) -> None:
        column, kept, other = pointer.column, self.joining.kept, self.joining.other
        was, became = str(other.pk), str(kept.pk)
        if not self._may_move(pointer, row) or not _point(pointer.model, row.pk, column, kept):
            if not self.end(pointer.table, row):
                self.note(pointer.table, row.pk, column, "left", was=was, became=was)
            return
        self.note(pointer.table, row.pk, column, "moved", was=was, became=became)

    def _may_move(self, pointer: Pointer, row: Any) -> bool:
        beside = STAYS_BESIDE.get(pointer.table)
        once = ONCE_IS_ENOUGH.get(pointer.table)
        columns = (beside,) if beside else once or ()
        if not columns or (once and _is_pointed_at(row)):
            return True
        same = _where(row, columns)
        return not pointer.rows(self.joining.kept).filter(**same).exists()

    def end(self, table: str, row: Any) -> bool:
        """End a row that both records have. Whether there was something to end."""
        column, reason = ENDS.get(table, ("", ""))
        if not column or getattr(row, column) is not None:
            return False
        day = local_day(self.at)
        fields: dict[str, Any] = {column: day}
        if reason:
            fields[reason] = _SET_ASIDE
        row.change(by=self.by, at=self.at, **fields)
        self.note(table, row.pk, column, "ended", was=None, became=day.isoformat())
        return True

    def rename_in_answers(self) -> None:
        """Let answers that name the other record name the one that is kept."""
        other, kept = str(self.joining.other.pk), str(self.joining.kept.pk)
        for table, columns in ANSWERS.items():
            rows = model_of(table)._default_manager.filter(
                form_record__family__members__person__in=[
                    self.joining.other_id,
                    self.joining.kept_id,
                ]
            )
            for row in rows.distinct().order_by("pk"):
                for column in columns:
                    self._rename(table, row, column, other, kept)

    def _rename(self, table: str, row: Any, column: str, other: str, kept: str) -> None:
        answers = getattr(row, column)
        was = {key: value for key, value in answers.items() if _names(value, other)}
        if not was:
            return
        became = {key: _renamed(value, other, kept) for key, value in was.items()}
        type(row)._default_manager.filter(pk=row.pk).update(**{column: answers | became})
        self.note(table, row.pk, column, "answer", was=was, became=became)


def _where(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    """What finds the rows that say the same in these columns."""
    said = {column: getattr(row, column) for column in columns}
    return {
        f"{column}__isnull" if value is None else column: True if value is None else value
        for column, value in said.items()
    }


def _is_pointed_at(row: Any) -> bool:
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    )


def _point(model: type[models.Model], row: object, column: str, person: Person) -> bool:
    """Hang a row on a person; false where the database says it cannot be.

    Who changed the row last, and when, is left as it is: what was said is the same.
    """
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=row).update(**{column: person})
    except IntegrityError:
        return False
    return True


def _names(value: Any, person: str) -> bool:
    return person in value if isinstance(value, list) else bool(value == person)


def _renamed(value: Any, was: str, becomes: str) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(becomes if one == was else one for one in value))
    return becomes


def put_back(moved: Moved, joining: Joining, by: Actor, at: datetime) -> bool:
    """Put a row back to what it was. False where somebody has changed it since: then it stays."""
    model = model_of(moved.table)
    row: Any = model._default_manager.select_for_update(of=("self",)).get(pk=moved.row)
    if moved.how == "moved":
        here = getattr(row, f"{moved.column}_id")
        return here == joining.kept_id and _point(model, row.pk, moved.column, joining.other)
    if moved.how == "ended":
        return _unend(moved, row, by, at)
    if moved.how == "made":
        if row.removed_on is None:
            row.change(by=by, at=at, removed_on=local_day(at), removed_why=_UNDONE)
        return True
    if moved.how == "answer":
        return _put_answers_back(moved, row)
    return True


_UNDONE: Final = "Written down by a joining that was undone."


def _unend(moved: Moved, row: Any, by: Actor, at: datetime) -> bool:
    if str(getattr(row, moved.column)) != moved.became:
        return False
    _, reason = ENDS[moved.table]
    fields: dict[str, Any] = {moved.column: None}
    if reason:
        fields[reason] = ""
    try:
        with transaction.atomic():
            row.change(by=by, at=at, **fields)
    except IntegrityError:
        return False
    return True


def _put_answers_back(moved: Moved, row: Any) -> bool:
    answers = dict(getattr(row, moved.column))
    was, became = moved.was or {}, moved.became or {}
    same = {key for key, value in became.items() if answers.get(key) == value}
    answers |= {key: was[key] for key in same}
    type(row)._default_manager.filter(pk=row.pk).update(**{moved.column: answers})
    return len(same) == len(became)

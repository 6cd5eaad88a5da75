"""What would go with a family's record, found in the models themselves, so that a new table cannot
be forgotten; and who stays, because somebody else's record still names them.

All that points at the family goes, and all that points at that. Of its people those go whom nothing
else names. Whatever is not known to be a person's own keeps them: a new table errs on keeping.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from earlydoors.domain.imports.models import Row
from earlydoors.domain.information.models import Copy, Gathering, InformationRequest
from earlydoors.domain.information.states import FINAL
from earlydoors.domain.joining.models import Joining, Moved
from earlydoors.domain.people.models import Family, KeptFrom, Relationship, Responsibility
from earlydoors.domain.retention.models import Hold
from earlydoors.domain.retention.queries import all_records_of
from earlydoors.foundation.kernel.dates import end_of
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.policies import ours

FAMILY, PERSON, FORM = "people.family", "people.person", "records.formrecord"
# What is somebody's own, or says of two records how they are alike: it keeps nobody on record.
OWN: Final = frozenset({
    "people.name", "people.identifier", "people.said", "people.contactroute", "people.place",
    "people.keptfrom", "people.account", "people.relationship", "people.responsibility",
    "matching.entry", "joining.pair", "joining.apart", "joining.joining", "access.declaration",
    "information.informationrequest", "retention.hold",
})  # fmt: skip
# What hangs above: it goes where nothing else hangs on it.
ABOVE: Final = (FORM, "frontdoor.conversation")
NAMED_ELSEWHERE: Final = "The record of another family names them"
IN_A_FILE: Final = "An agency named them since, in a file that it sent"
KIN: Final = "They belong to somebody whom the record of another family names"

type Rows = dict[str, set[Any]]


@dataclass
class Going:
    """The rows of each table that go, the people who go, and how many stay for which reason."""

    family_id: UUID
    rows: Rows = field(default_factory=dict)
    people: set[UUID] = field(default_factory=set)
    stay: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each table go."""
        return {label: len(ids) for label, ids in sorted(self.rows.items()) if ids}


@cache
def _pointing() -> dict[str, tuple[tuple[type[models.Model], str], ...]]:
    """By table, every column of every table that points at it."""
    found: dict[str, list[tuple[type[models.Model], str]]] = {}
    for model in ours():
        for one in model._meta.concrete_fields:
            if isinstance(one, models.ForeignKey):
                found.setdefault(one.related_model._meta.label_lower, []).append((model, one.name))
    return {label: tuple(columns) for label, columns in found.items()}


def _ids(model: type[models.Model], column: str, values: Iterable[Any]) -> set[Any]:
    found = model._default_manager.filter(**{f"{column}__in": list(values)})
    return set(found.order_by().values_list("pk", flat=True))


def _with_all_below(rows: Rows) -> Rows:
    """Rows, with all that points at them, and all that points at that; people are let be."""
    edge = {label: set(ids) for label, ids in rows.items()}
    while edge:
        found: Rows = {}
        for label, ids in edge.items():
            for model, column in _pointing().get(label, ()):
                below = model._meta.label_lower
                new = _ids(model, column, ids) - rows.get(below, set())
                if new:
                    found.setdefault(below, set()).update(new)
        for label, ids in found.items():
            rows.setdefault(label, set()).update(ids)
        edge = found
    return rows


def _held_by(rows: Rows, target: str) -> set[Any]:
    """What some rows point at in one table."""
    found: set[Any] = set()
    for model, column in _pointing().get(target, ()):
        ids = rows.get(model._meta.label_lower)
        if ids:
            held = model._default_manager.filter(pk__in=ids, **{f"{column}__isnull": False})
            found |= set(held.order_by().values_list(f"{column}_id", flat=True))
    return found


def _with_what_hangs_above(rows: Rows) -> Rows:
    """With the forms and conversations that only these rows are of."""
    for label in reversed(ABOVE):
        wanted = _held_by(rows, label) - rows.get(label, set())
        for model, column in _pointing()[label]:
            inside = rows.get(model._meta.label_lower, set())
            others = model._default_manager.filter(**{f"{column}__in": wanted}).exclude(
                pk__in=inside
            )
            if model._meta.label_lower == "records.sectionanswers":
                continue  # they are the form's own
            wanted -= set(others.order_by().values_list(f"{column}_id", flat=True))
        if label != FORM:
            wanted -= set(_of_another_family(label, wanted))
        if wanted:
            rows.setdefault(label, set()).update(wanted)
    return _with_all_below(rows)


def _of_another_family(label: str, ids: Iterable[Any]) -> Iterator[Any]:
    held = apps.get_model(label)._default_manager.filter(pk__in=list(ids), family__isnull=False)
    yield from held.order_by().values_list("pk", flat=True)


class _People:
    """Who of those that a record names goes with it, and who stays and why."""

    def __init__(self, rows: Rows, since: date) -> None:
        self._rows, self._since = rows, since
        self.stays: dict[UUID, str] = {}
        self.all: set[UUID] = set()
        new = self._with_joined(_held_by(rows, PERSON))
        while new:
            self.all |= new
            self._keep(new)
            loose = new - set(self.stays)
            new = self._with_joined(set(_kin(loose))) - self.all
        self._keep_kin()

    @property
    def goes(self) -> set[UUID]:
        """Those who go."""
        return self.all - set(self.stays)

    def _with_joined(self, people: set[UUID]) -> set[UUID]:
        found = set(people)
        for one in people:
            found.update(all_records_of(one))
        return found

    def _keep(self, people: set[UUID]) -> None:
        for person_id, why in self._named(people):
            for record in all_records_of(person_id):
                self.stays.setdefault(record, why)

    def _named(self, people: set[UUID]) -> Iterator[tuple[UUID, str]]:
        """Whom something else names, with why they stay for it."""
        for model, column in _pointing()[PERSON]:
            label = model._meta.label_lower
            if label in OWN:
                continue
            others = model._default_manager.filter(**{f"{column}__in": people})
            others = others.exclude(pk__in=self._rows.get(label, set()))
            for person_id in others.order_by().values_list(f"{column}_id", flat=True):
                yield person_id, NAMED_ELSEWHERE
        lines = Row.objects.filter(person_id__in=people, of__created_at__gt=end_of(self._since))
        for person_id in lines.order_by().values_list("person_id", flat=True):
            if person_id is not None:
                yield person_id, IN_A_FILE

    def _keep_kin(self) -> None:
        """Whoever belongs to somebody that another record names, and whoever must not learn where
        somebody lives who stays: that record would not be whole without them."""
        beside = {one for one in _kin(set(self.stays)) if one in self.all}
        kept_from = KeptFrom.objects.filter(place__person__in=set(self.stays))
        beside |= set(kept_from.order_by().values_list("person_id", flat=True)) & self.all
        for person_id in beside - set(self.stays):
            for record in all_records_of(person_id):
                self.stays.setdefault(record, KIN)


def _kin(people: set[UUID]) -> Iterator[UUID]:
    pairs = (
        (Relationship, "person", "other"),
        (Relationship, "other", "person"),
        (Responsibility, "child", "holder"),
        (Responsibility, "holder", "child"),
    )
    for model, one, other in pairs:
        found = model._default_manager.filter(**{f"{one}__in": people, f"{other}__isnull": False})
        yield from found.order_by().values_list(f"{other}_id", flat=True)


def going(family_id: UUID, since: date) -> Going:
    """What would go with a family's record, whose time is counted from a day.

    Raises `UnableTo` where something in it belongs to another family's record too, and where what
    is on record of somebody it names is held or asked for.
    """
    rows = _with_what_hangs_above(_with_all_below({FAMILY: {family_id}}))
    people = _People(rows, since)
    _nobody_waits(people.all)
    if people.goes:
        rows.setdefault(PERSON, set()).update(people.goes)
        rows = _with_what_hangs_above(_with_all_below(rows))
        lines = Row.objects.filter(person_id__in=people.goes)
        rows["imports.row"] = set(lines.order_by().values_list("pk", flat=True))
    _with_copies(rows, set(people.stays))
    _with_moves(rows)
    _only_of(family_id, rows)
    _only_these(people, rows)
    stay: dict[str, int] = {}
    joined = set(Joining.objects.filter(undone_at=None).values_list("other_id", flat=True))
    for person_id, why in people.stays.items():
        if person_id not in joined and person_id in people.all:
            stay[why] = stay.get(why, 0) + 1
    return Going(family_id, {k: v for k, v in rows.items() if v}, people.goes, stay)


def _with_copies(rows: Rows, stay: set[UUID]) -> None:
    """What was gathered from the record for somebody who stays, and the copies made of it, tell
    what stood in it."""
    over = InformationRequest.objects.filter(person__in=stay, state__in=FINAL)
    for model in (Gathering, Copy):
        found = set(model._default_manager.filter(request__in=over).values_list("pk", flat=True))
        rows.setdefault(model._meta.label_lower, set()).update(found)
    _with_all_below(rows)


def _with_moves(rows: Rows) -> None:
    """A joining of two who stay may have written down what stood in a row that goes."""
    for label, ids in list(rows.items()):
        told = Moved.objects.filter(table=label, row__in=[str(one) for one in ids])
        rows.setdefault("joining.moved", set()).update(told.values_list("pk", flat=True))


def _nobody_waits(people: set[UUID]) -> None:
    """Neither may anybody whom the record names be held, members of the family or not, nor ask."""
    if Hold.objects.filter(lifted_at=None, person__in=people).exists():
        raise UnableTo("What is on record of somebody whom it names is held.")
    asked = InformationRequest.objects.filter(person__in=people)
    if asked.exclude(state__in=FINAL).exists():
        raise UnableTo("Somebody whom it names asks about the information held on them.")


def _only_of(family_id: UUID, rows: Rows) -> None:
    for model, column in _pointing()[FAMILY]:
        ids = rows.get(model._meta.label_lower)
        others = ~Q(**{column: family_id}) & Q(**{f"{column}__isnull": False})
        if ids and model._default_manager.filter(others, pk__in=ids).exists():
            raise UnableTo(
                "Something in this record belongs to the record of another family too. It cannot"
                " be disposed of by itself."
            )


def _only_these(people: _People, rows: Rows) -> None:
    if rows.get(PERSON, set()) - people.goes or len(rows[FAMILY]) != 1:
        raise UnableTo("More would go than one record. It cannot be disposed of by itself.")


def family_of(family_id: UUID) -> Family:
    """The family of a record, held so that nothing can point at it meanwhile."""
    return Family.objects.select_for_update().get(pk=family_id)

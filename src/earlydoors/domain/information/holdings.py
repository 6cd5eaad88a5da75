"""Where something is held on somebody: found in the models themselves, so that a new table cannot
be forgotten. A guard fails for a table of families that is neither reached nor set outside.

A row is held on a person where one of its columns holds them; where it says nothing of any one
person and hangs on a family of theirs; or where it hangs on a row that is about them. A row about
somebody else of the family is that person's, and is not gathered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from earlydoors.domain.joining.models import Joining
from earlydoors.domain.people.models import Family, FamilyMember, Person
from earlydoors.foundation.wall.policies import ours

OUTSIDE: Final[Mapping[str, str]] = {
    "history.rowversion": "Earlier versions are gathered with the row that they are of.",
    "audit.auditevent": "Evidence of acts. Who looked stands on a page of its own, to print.",
    "audit.verification": "That the evidence was walked through.",
    "profile.keptprofile": "The area's own words. Nothing of a family.",
    "practice.practicemark": "Says that everyone here is invented.",
    "partnership.agency": "The area's own partners.",
    "partnership.desk": "The area's own desks.",
    "partnership.invitation": "An invitation to work here.",
    "partnership.locality": "The area's own places.",
    "partnership.member": "An account to sign in with. A worker's, or one shown to its owner.",
    "partnership.membership": "The role of a worker, or of an account that its owner is shown.",
    "partnership.setting": "The area's own places of work.",
    "matching.entry": "An index made anew from the rows that are gathered.",
    "matching.frequency": "How many people have a name; nobody in particular.",
    "matching.key": "An index made anew from the rows that are gathered.",
    "consent.evidencefile": "A file itself: the copy names it, and it is given beside the copy.",
    "access.pace": "How many families a worker opened within an hour, kept for a day.",
    "access.lookedinto": "What was found about a worker's looks.",
    "panels.panelattendance": "Which workers came to a panel.",
    "panels.panelmeeting": "When a panel sits.",
    "imports.import": "Of a file, not of anybody in it. Its rows about the person are gathered.",
    "web.keptwriting": "What somebody was writing, kept for a day at most.",
    "web.signedin": "Where an account is signed in; shown to its owner.",
    "web.signinattempt": "Guesses at passwords, kept for a day.",
    "web.submission": "That a form was sent, kept for a month.",
    "information.gathering": "The work on a copy for somebody.",
    "information.passage": "Copies of rows that are gathered themselves.",
    "information.copy": "What somebody was given before, and has.",
    "retention.certificate": "What is left of a record that was disposed of. It names nobody.",
    "retention.review": "Whether the record's time is over; the copy tells the rules themselves.",
    "studies.study": "What an analyst asks and a guardian decided. Nothing of a family.",
    "studies.studykey": "The secret of a study's pseudonyms.",
    "studies.extract": "That tables without names were taken away.",
    "information.harmtest": "Whether seeing the record could harm somebody: no part of the record.",
}
"""Tables that a copy for somebody leaves out, each with its reason."""

ACTED: Final[Mapping[str, str]] = {
    "consent.agreement.person": "Who agreed. What was agreed is about everyone of the family.",
    "consent.refusal.person": "Who said no. What was refused is about everyone of the family.",
    "plan.outcome.set_by": "Who set it. The plan is the family's.",
    "plan.action.person": "Who does it. The plan is the family's.",
}
"""Columns that hold who did something: the row is the whole family's."""

NEVER_BY: Final[Mapping[str, str]] = {
    "people.keptfrom.person": "The row would tell somebody that a place is kept from them.",
}
"""Columns by which a row is never gathered."""

BESIDE: Final[Mapping[str, str]] = {"imports.row": "person_id"}
"""Tables that hold somebody's id without being tied to them by the database."""

NAMED: Final[Mapping[str, tuple[str, str, str]]] = {
    "frontdoor.supportrequest": ("frontdoor.requestperson", "request", "person"),
}
"""Tables whose rows are also held on whoever a row of another names: that, and its two columns."""

_FAMILY, _PERSON = "people.family", "people.person"
_FORM, _ANSWERS = "records.formrecord", "records.sectionanswers"


@dataclass(frozen=True)
class Reach:
    """How the rows of a table are found: the columns that hold the person, the way to a family,
    and the ways to a row that is about the person."""

    label: str
    about: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    family: str = ""
    through: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The table's model."""
        return apps.get_model(self.label)

    @property
    def found(self) -> bool:
        """Whether any way leads to it."""
        return bool(self.about or self.family or self.through)


def reaches() -> list[Reach]:
    """How each table of families is reached, in the order of the apps."""
    return [one for one in _all().values() if one.label not in OUTSIDE and one.found]


def unreached() -> list[str]:
    """Tables that neither hold anything on a person nor are set outside."""
    return [one.label for one in _all().values() if one.label not in OUTSIDE and not one.found]


@cache
def _all() -> dict[str, Reach]:
    tables = {m._meta.label_lower: m for m in ours() if not m._meta.auto_created}
    found = {label: _direct(label, model) for label, model in tables.items()}
    while True:
        before = found
        found = {label: one if one.found else _hung(one, found) for label, one in before.items()}
        if found == before:
            return found


def _keys(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            yield field, field.related_model._meta.label_lower


def _direct(label: str, model: type[models.Model]) -> Reach:
    """By its own columns: those that hold a person, else its family."""
    if label == _PERSON:
        return Reach(label, about=("pk",))
    if label == _FAMILY:
        return Reach(label, family="pk")
    held = [
        field
        for field, to in _keys(model)
        if to == _PERSON and not {f"{label}.{field.name}"} & (set(ACTED) | set(NEVER_BY))
    ]
    about = tuple(field.name for field in held) + tuple(filter(None, [BESIDE.get(label)]))
    family = next((field.name for field, to in _keys(model) if to == _FAMILY), "")
    optional = about if all(field.null for field in held) and label not in BESIDE else ()
    # Whoever holds a place in a family is named by it, and so is the family.
    return Reach(label, about, optional, family if optional or not about else "")


def _hung(one: Reach, found: Mapping[str, Reach]) -> Reach:
    """By a row that it hangs on, whose own way is known."""
    for field, to in _keys(apps.get_model(one.label)):
        other = found.get(to)
        if other is None or not other.found or to in OUTSIDE or to in {_PERSON, one.label}:
            continue
        if to == _FORM and one.label != _ANSWERS:
            continue  # what a form is of says more surely whose it is
        family = f"{field.name}__{other.family}" if other.family else ""
        ways = (*other.through, *(() if other.optional and other.family else other.about))
        return Reach(one.label, family=family, through=tuple(f"{field.name}__{w}" for w in ways))
    return one


def _with_family(one: Reach, found: Mapping[str, Reach]) -> str:
    """The way to a family of a table whose columns may hold a person, or nobody."""
    if one.family or not one.optional:
        return one.family
    for field, to in _keys(one.model):
        other = found.get(to)
        if other and other.family and to not in OUTSIDE and to not in {_PERSON, one.label}:
            return f"{field.name}__{other.family}"
    return ""


def records_of(person: Person) -> list[UUID]:
    """The person's record, and the records that were joined to it."""
    found, edge = [person.pk], [person.pk]
    while edge:
        edge = list(
            Joining.objects.filter(kept__in=edge, undone_at=None)
            .exclude(other__in=found)
            .values_list("other_id", flat=True)
        )
        found += edge
    return found


def families_of(records: list[UUID]) -> list[Family]:
    """The families that somebody is or was in."""
    held = FamilyMember.objects.filter(person__in=records).values("family")
    return list(Family.objects.filter(pk__in=held).order_by("created_at", "pk"))


def rows(one: Reach, records: list[UUID], families: list[UUID]) -> models.QuerySet[Any]:
    """The rows of a table held on somebody, by the records and the families that are theirs."""
    every = Q(pk__in=[])
    for column in (*one.about, *one.through):
        every |= Q(**{f"{column}__in": records})
    way = _with_family(one, _all())
    if way:
        of_family = Q(**{f"{way}__in": families})
        for column in one.optional:
            of_family &= Q(**{f"{column}__isnull": True})
        every |= of_family
    model = one.model
    if one.label in NAMED:
        names, container, column = NAMED[one.label]
        named = apps.get_model(names)._default_manager.filter(**{f"{column}__in": records})
        every |= Q(pk__in=named.values(container))
    if one.label in {_FORM, _ANSWERS}:
        column = "pk" if one.label == _FORM else "form_record"
        of_nobody = Q() if one.label == _FORM else Q(person__isnull=True)
        every |= Q(**{f"{column}__in": _forms(records, families)}) & of_nobody
    order = "created_at" if "created_at" in {f.name for f in model._meta.get_fields()} else "pk"
    found = model._default_manager.filter(every)
    if one.through:  # a way may lead to a row twice
        found = model._default_manager.filter(pk__in=found.order_by().values("pk"))
    return found.order_by(order, "pk")


def _forms(records: list[UUID], families: list[UUID]) -> list[UUID]:
    """The forms of what is held on somebody: a request's form is tied to no family itself."""
    found: set[UUID | None] = set()
    for one in reaches():
        for field, to in _keys(one.model):
            if to == _FORM and one.label != _ANSWERS:
                of_them = rows(one, records, families)
                found |= set(of_them.order_by().values_list(f"{field.name}_id", flat=True))
    return [one for one in found if one is not None]

"""Guards over what a joining moves: a new table that points at a person has to be thought about."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from earlydoors.domain.joining.pointers import (
    ANSWERS,
    ENDS,
    NO_PEOPLE,
    ONCE_IS_ENOUGH,
    STAYS,
    STAYS_BESIDE,
    Pointer,
    model_of,
    pointers,
)
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models import Person
from earlydoors.foundation.wall.policies import wall

OURS = [m for m in apps.get_models() if m.__module__.startswith("earlydoors.")]
POINTERS = list(pointers())
# Rows that stay with the other record as they are where the kept one has the same: they say
# nothing of it any more, or say again what the kept record's own row says.
LEFT = {
    "people.keptfrom": "the same place is kept from the kept record already",
    "records.sectionanswers": "the page about the other record stays beside the kept one's",
    "chronology.eventperson": "the event names the kept record already",
    "consent.covered": "the agreement covers the kept record already",
    "consent.heard": "what both said then stands as it was said",
    "consent.decisionperson": "the decision is about the kept record already",
    "plan.attendance": "the meeting shows both, as both were invited",
    "plan.score": "both scores of one day stand",
    "joining.pair": "the pair of the two themselves, and one with a third that both have",
    "joining.apart": "the mark of a third that both have",
}


def named(pointer: Pointer) -> str:
    return pointer.key


def test_every_column_that_holds_a_person_is_found() -> None:
    """Found from the other side: in the columns of every table."""
    columns = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model is Person
    }
    assert columns == {one.key for one in POINTERS}
    assert len(columns) >= 24


@pytest.mark.parametrize("pointer", POINTERS, ids=named)
def test_what_moves_keeps_its_versions(pointer: Pointer) -> None:
    """A row that moves is one whose history is kept, or it stays, with a reason."""
    if pointer.key not in STAYS and pointer.table != "people.account":
        assert issubclass(pointer.model, Recorded), f"{pointer.key}: add it to STAYS, or record it"


def _unique(model: type[models.Model], column: str) -> bool:
    field: Any = model._meta.get_field(column)
    return field.unique or any(
        column in one.fields or any(column in str(expression) for expression in one.expressions)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint)
    )


@pytest.mark.parametrize("pointer", POINTERS, ids=named)
def test_what_one_person_has_once_says_what_becomes_of_the_second(pointer: Pointer) -> None:
    if _unique(pointer.model, pointer.column) and pointer.key not in STAYS:
        assert pointer.table in ENDS or pointer.table in LEFT, (
            f"{pointer.key} is unique: say in ENDS how a row is ended that both records have, or "
            "here why it is left"
        )


def test_what_ends_a_row_is_a_column_of_it() -> None:
    for table, (day, reason) in ENDS.items():
        fields = {field.name for field in model_of(table)._meta.get_fields()}
        assert {day, *filter(None, [reason])} <= fields, table
    for table, beside in STAYS_BESIDE.items():
        assert model_of(table)._meta.get_field(beside).remote_field
    for table, columns in ONCE_IS_ENOUGH.items():
        assert all(model_of(table)._meta.get_field(column) for column in columns)


def test_every_json_says_whether_it_names_people() -> None:
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in OURS
        if issubclass(model, Recorded)
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    answered = {f"{table}.{column}" for table, columns in ANSWERS.items() for column in columns}
    assert found == answered | set(NO_PEOPLE), "say in pointers.py whether it names people"


@pytest.mark.parametrize("pointer", POINTERS, ids=lambda one: one.key)
def test_the_wall_lets_a_joining_move_it(pointer: Pointer) -> None:
    """A row that the joining does not find would stay with a record that nobody opens any more."""
    if pointer.key in STAYS or pointer.table in wall().open:
        return
    way = next(one for one in wall().ways if one.name == "joining")
    assert pointer.table in way.reads
    assert pointer.table in way.writes

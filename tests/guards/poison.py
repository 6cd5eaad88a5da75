"""Harm written into everything that anybody may write, behind the back of every form.

A form may refuse some of it today and let it in tomorrow, and a file or another system may bring
it. So it is put where pages read: into the rows.
"""

import json
import tomllib
from typing import Any, Final

from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from tests.guards.test_models import CLASSES, OURS

from earlydoors.domain.information.releasing import as_json

TAG, ATTRIBUTE = "x-harm", "onharm"
# A formula in a table, a way out of an attribute, an element, an expression of the typesetter's.
HARM: Final = f'=1+1"\'><{TAG} {ATTRIBUTE}=1>#panic("x")'
# Evidence, earlier versions and kept profiles cannot be changed, not even here.
_KEPT: Final = {"audit", "history", "profile", "practice"}
# What is chosen from a list or has a form of its own, though it is text.
_NOT_PROSE: Final = {
    "password", "username", "email", "token_hash", "kind", "state", "because", "extent", "postcode",
    "search_name", "value", "fact", "about", "sex", "ethnicity", "area", "decision", "role",
    "level", "route", "reason", "path", "reach", "key", "parts",
}  # fmt: skip

# Made by the product itself from what is written, and read back by it alone.
_MADE: Final = {"matching.Entry.told", "information.Copy.document"}
# A document kept as the text of its file: the harm goes into what it says.
_FILES: Final = {"information.Copy.content"}


def prose() -> list[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Every field that holds what somebody wrote of a person or a family."""
    classes = tomllib.loads(CLASSES.read_text())
    found = []
    for model in OURS:
        if model._meta.app_label in _KEPT:
            continue
        said = classes[model._meta.label_lower]
        for name in [*said["personal"], *said["special"]]:
            field: Any = model._meta.get_field(name)
            made = f"{model._meta.label}.{name}" in _MADE
            if made or field.many_to_many or not field.concrete or field.is_relation:
                continue
            if _is_prose(field) or isinstance(field, models.JSONField):
                found.append((model, field))
    return found


def _is_prose(field: Any) -> bool:
    if field.name in _NOT_PROSE or field.choices:
        return False
    if isinstance(field, models.TextField):
        return True
    return isinstance(field, models.CharField) and (field.max_length or 0) > len(HARM)


def poison() -> set[str]:
    """Write the harm before every text there is; the fields whose rules refused it."""
    refused = set()
    for model, field in prose():
        try:
            with transaction.atomic():
                if isinstance(field, models.JSONField):
                    _poison_documents(model, field)
                elif str(field) in _FILES:
                    _poison_files(model, field)
                else:
                    _poison_text(model, field)
        except DatabaseError:
            refused.add(f"{model._meta.label}.{field.name}")
    return refused


def _poison_text(model: type[models.Model], field: Any) -> None:
    harmed = Left(Concat(Value(HARM), F(field.name)), field.max_length or 100_000)
    model._base_manager.exclude(**{field.name: ""}).update(**{field.name: harmed})


def _poison_documents(model: type[models.Model], field: Any) -> None:
    for row in model._base_manager.all():
        harmed = _harmed(getattr(row, field.name))
        model._base_manager.filter(pk=row.pk).update(**{field.name: harmed})


def _poison_files(model: type[models.Model], field: Any) -> None:
    for row in model._base_manager.all():
        harmed = as_json(_harmed(json.loads(getattr(row, field.name))))
        model._base_manager.filter(pk=row.pk).update(**{field.name: harmed})


def _harmed(value: Any) -> Any:
    """A document with the harm before every sentence in it; a single word may be a key."""
    if isinstance(value, dict):
        return {key: _harmed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_harmed(one) for one in value]
    return f"{HARM}{value}" if isinstance(value, str) and " " in value else value

"""Keeps the index true: it hears of every person, name, place and number as it is written.

It is done in the transaction of the writing, so the index is never behind and a writing that is
taken back takes its part of the index with it.
"""

from typing import Any
from uuid import UUID

from django.db.models.signals import post_save

from earlydoors.domain.matching.index import refresh
from earlydoors.domain.people.models import Identifier, KeptFrom, Name, Person, Place


def begin() -> None:
    """Listen from now on."""
    for model in (Person, Name, Place, Identifier, KeptFrom):
        post_save.connect(_written, sender=model, dispatch_uid=f"matching.{model.__name__}")


def _written(instance: Any, raw: bool = False, **_: Any) -> None:
    # A dump is loaded row by row, before what its rows point at: the index is made after it.
    if not raw:
        refresh(_whose(instance))


def _whose(instance: Person | Name | Place | Identifier | KeptFrom) -> UUID:
    if isinstance(instance, Person):
        return instance.pk
    if isinstance(instance, KeptFrom):
        return instance.place.person_id
    return instance.person_id

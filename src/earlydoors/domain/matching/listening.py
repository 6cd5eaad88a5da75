"""Keeps the index true: it hears of every person, name, place and number as it is written.

It is done in the transaction of the writing, so the index is never behind and a writing that is
taken back takes its part of the index with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save

from earlydoors.domain.joining.models import Joining
from earlydoors.domain.joining.queries import now_of
from earlydoors.domain.joining.signals import joining_undone, people_joined
from earlydoors.domain.matching.index import forget, refresh
from earlydoors.domain.people.models import Identifier, KeptFrom, Name, Person, Place
from earlydoors.foundation.wall.acting import crossing

REGISTER = "register"  # the way across the wall: see domain/wall.toml

_HEARD = (Person, Name, Place, Identifier, KeptFrom)


def begin() -> None:
    """Listen from now on."""
    _hear()
    people_joined.connect(_joined, dispatch_uid="matching.joined")
    joining_undone.connect(_parted, dispatch_uid="matching.parted")


def _hear() -> None:
    for model in _HEARD:
        post_save.connect(_written, sender=model, dispatch_uid=f"matching.{model.__name__}")


@contextmanager
def deaf() -> Iterator[None]:
    """Hear of nobody who is written down meanwhile, in this whole process: for what is taken back
    anyway, and for what `filling` puts into the index afterwards."""
    for model in _HEARD:
        post_save.disconnect(sender=model, dispatch_uid=f"matching.{model.__name__}")
    try:
        yield
    finally:
        _hear()


@crossing(REGISTER)
def _joined(joining: Joining, **_: Any) -> None:
    # A joining moves rows without saving them, so it is heard of by its own signal.
    forget(joining.other_id)
    refresh(joining.kept_id)


@crossing(REGISTER)
def _parted(joining: Joining, **_: Any) -> None:
    refresh(joining.kept_id)
    refresh(joining.other_id)


@crossing(REGISTER)
def _written(instance: Any, raw: bool = False, **_: Any) -> None:
    # A dump is loaded row by row, before what its rows point at: the index is made after it.
    if not raw:
        person_id = _whose(instance)
        # What is said of a record that hangs on another is not found by that record any more.
        if now_of(person_id) == person_id:
            refresh(person_id)


def _whose(instance: Person | Name | Place | Identifier | KeptFrom) -> UUID:
    if isinstance(instance, Person):
        return instance.pk
    if isinstance(instance, KeptFrom):
        return instance.place.person_id
    return instance.person_id

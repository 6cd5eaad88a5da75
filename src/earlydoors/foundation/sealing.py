"""What is encrypted in the database, by keys that are kept apart from it, and how keys change.

A sealed value begins with the mark of its key, so that it can be told which keys are still needed
without opening anything. Sealing is for what nobody searches, compares or counts: whoever has the
database alone, or a copy of it, cannot read it. The first key seals; all of them open.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Count
from django.db.models.functions import Substr

_MARK: Final = 8  # bytes

if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:  # it takes no parameter where the program runs
    _Bytes = models.BinaryField


class SealedError(RuntimeError):
    """A sealed value does not open: its key is missing, or it was altered."""


def mark_of(key: str) -> str:
    """What a key is known by; it says nothing of the key itself."""
    return hashlib.sha256(f"mark of {key}".encode()).hexdigest()[:_MARK]


def seal(content: bytes) -> bytes:
    """Content as it is kept, by the first of the installation's keys."""
    key = settings.SEALING_KEYS[0]
    return mark_of(key).encode() + _cipher(key).encrypt(content)


def unseal(sealed: bytes) -> bytes:
    """The content itself. Raises `SealedError`."""
    mark = sealed[:_MARK].decode("ascii", "replace")
    key = next((one for one in settings.SEALING_KEYS if mark_of(one) == mark), None)
    if key is None:
        raise SealedError(f"The key {mark} is not among the keys of this installation.")
    try:
        return _cipher(key).decrypt(sealed[_MARK:])
    except InvalidToken:
        raise SealedError(f"What was sealed by the key {mark} has been altered.") from None


@lru_cache(maxsize=8)
def _cipher(key: str) -> Fernet:
    return Fernet(key)


class SealedBytes(_Bytes):
    """Bytes that are sealed in the database and open in the program."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The sealed bytes."""
        sealed = None if value is None else seal(bytes(value))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """The bytes themselves. Raises `SealedError`."""
        return None if value is None else unseal(bytes(value))


def sealed_fields() -> Iterator[SealedBytes]:
    """Every sealed column of the product."""
    for model in apps.get_models():
        yield from (one for one in model._meta.concrete_fields if isinstance(one, SealedBytes))


def in_use() -> dict[str, int]:
    """How many values each key has sealed, by its mark."""
    found: dict[str, int] = {}
    for field in sealed_fields():
        rows = field.model._default_manager.exclude(**{field.name: None})
        marks = rows.annotate(mark=_Mark(field.name)).values("mark").annotate(many=Count("pk"))
        for one in marks.order_by():
            mark = bytes(one["mark"]).decode("ascii", "replace")
            found[mark] = found.get(mark, 0) + one["many"]
    return found


def reseal() -> Iterator[int]:
    """Seal by the first key what another sealed, a value at a time; yields how many so far.

    It can be broken off and begun again. Raises `SealedError` for a value that does not open.
    """
    mark, many = mark_of(settings.SEALING_KEYS[0]).encode(), 0
    for field in sealed_fields():
        rows = field.model._default_manager.annotate(mark=_Mark(field.name)).exclude(mark=mark)
        for key in rows.values_list("pk", flat=True).iterator(chunk_size=500):
            with transaction.atomic():
                row = field.model._default_manager.select_for_update().get(pk=key)
                row.save(update_fields=[field.name])
            many += 1
            yield many


class _Mark(Substr):
    """The first bytes of a sealed column, as they lie in the database."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 1, _MARK, output_field=models.BinaryField())

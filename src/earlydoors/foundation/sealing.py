"""What is encrypted in the database, by keys that are kept apart from it, and how keys change.

A sealed value begins with the mark of its key and the name of its algorithm, so that it can be told
which keys are still needed, and what is to be sealed anew, without opening anything. Both are bound
to what follows. (Values without a name are Fernet's, which sealed before.) Sealing is for what
nobody searches, compares or counts: whoever has the database alone, or a copy of it, cannot read
it. The first key seals; all of them open.
"""

import base64
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

from earlydoors.foundation import ciphers

_MARK: Final = 8  # bytes
_SIGN: Final = b":"  # stands round the name of an algorithm, and nowhere in what Fernet made

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
    head = _head(key)
    return head + ciphers.close(_bytes_of(key), head, content)


def unseal(sealed: bytes) -> bytes:
    """The content itself. Raises `SealedError`."""
    mark = sealed[:_MARK].decode("ascii", "replace")
    key = next((one for one in settings.SEALING_KEYS if mark_of(one) == mark), None)
    if key is None:
        raise SealedError(f"The key {mark} is not among the keys of this installation.")
    try:
        return _opened(key, sealed)
    except (InvalidToken, ciphers.DoesNotOpenError):
        raise SealedError(f"What was sealed by the key {mark} has been altered.") from None


def _opened(key: str, sealed: bytes) -> bytes:
    if sealed[_MARK : _MARK + 1] != _SIGN:
        return _fernet(key).decrypt(sealed[_MARK:])
    name, sign, closed = sealed[_MARK + 1 :].partition(_SIGN)
    head = sealed[: _MARK + 1] + name + sign
    return ciphers.disclose(name.decode("ascii", "replace"), _bytes_of(key), head, closed)


def _head(key: str) -> bytes:
    """What stands in the open before a value that is sealed today."""
    return b"".join((mark_of(key).encode(), _SIGN, ciphers.NOW.encode(), _SIGN))


def _bytes_of(key: str) -> bytes:
    return base64.urlsafe_b64decode(key)


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
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
        marks = rows.annotate(mark=_Head(field.name)).values("mark").annotate(many=Count("pk"))
        for one in marks.order_by():
            mark = bytes(one["mark"]).decode("ascii", "replace")
            found[mark] = found.get(mark, 0) + one["many"]
    return found


def outdated() -> int:
    """How many values another key or another algorithm than today's has sealed."""
    return sum(_not_of_today(field).count() for field in sealed_fields())


def reseal() -> Iterator[int]:
    """Seal by the first key and the algorithm of today what others sealed, a value at a time;
    yields how many so far.

    It can be broken off and begun again. Raises `SealedError` for a value that does not open.
    """
    many = 0
    for field in sealed_fields():
        rows = _not_of_today(field)
        for key in rows.values_list("pk", flat=True).iterator(chunk_size=500):
            with transaction.atomic():
                row = field.model._default_manager.select_for_update().get(pk=key)
                row.save(update_fields=[field.name])
            many += 1
            yield many


def _not_of_today(field: SealedBytes) -> models.QuerySet[Any]:
    head = _head(settings.SEALING_KEYS[0])
    rows = field.model._default_manager.exclude(**{field.name: None})
    found: models.QuerySet[Any] = rows.annotate(head=_Head(field.name, len(head)))
    return found.exclude(head=head)


class _Head(Substr):
    """The first bytes of a sealed column, as they lie in the database; by default its mark."""

    def __init__(self, name: str, length: int = _MARK) -> None:
        super().__init__(name, 1, length, output_field=models.BinaryField())

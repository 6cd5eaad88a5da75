"""One way for every word of a page to the family, so that none can be forgotten.

A page is built from plain texts and then goes through `made_safe` whole: whatever must not reach
the reader is taken out of every text in it, at any depth. Pictures are drawn after that, from what
is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from markupsafe import Markup

from earlydoors.domain.people.models import Person
from earlydoors.domain.people.queries import secrets_from
from earlydoors.domain.people.rules import without


def must_not_reach(person: Person) -> tuple[str, ...]:
    """Every text that must not reach this person."""
    return tuple(secrets_from(person))


def made_safe[T](page: T, secrets: Sequence[str]) -> T:
    """The page with every secret taken out of every text.

    Raises `TypeError` for markup and for anything else it cannot look into: what cannot be looked
    into is not shown.
    """
    return cast(T, _safe(page, secrets))


def _safe(value: Any, secrets: Sequence[str]) -> Any:
    if isinstance(value, Markup):
        raise TypeError("Draw it after the page was made safe, from what is left.")
    if isinstance(value, str):
        return without(value, secrets)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _safe(getattr(value, one.name), secrets) for one in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple | list):
        return type(value)(_safe(one, secrets) for one in value)
    if isinstance(value, Mapping):
        return {_safe(key, secrets): _safe(one, secrets) for key, one in value.items()}
    if value is None or type(value).__name__ in _PLAIN:
        return value
    raise TypeError(f"A page to the family cannot hold a {type(value).__name__}.")


_PLAIN = {"bool", "int", "float", "date", "datetime", "time", "UUID"}

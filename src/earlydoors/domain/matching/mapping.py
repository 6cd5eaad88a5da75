"""The mapping file: which column of a table is what. docs/how-to/match-tables.md tells its form.

```toml
id = "rec_id"

[columns]
given_name = "given_name"
street = ["address_1", "address_2"]
town = { left = "suburb", right = "city" }
school = { column = "school_name", kind = "text", called = "school" }
```
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from earlydoors.domain.matching.fields import KNOWN, Field, Kind

SIDES = ("left", "right")
FULL_NAME = "full_name"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
_SETTINGS = {"column", "kind", "called", "month_first", *SIDES}


class CannotMatch(Exception):
    """The tables cannot be matched, in a sentence that says why and what would mend it."""


@dataclass(frozen=True)
class Columns:
    """Where a field is in each table: the names of one or more columns, for left and right."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def of(self, side: int) -> tuple[str, ...]:
        """The columns of the left table (0) or the right one (1)."""
        return self.right if side else self.left


@dataclass(frozen=True)
class TableMap:
    """The column of the ids, the fields and their columns; `full_name` where a name is in one."""

    id: Columns
    fields: tuple[Field, ...]
    columns: Mapping[str, Columns]
    full_name: Columns | None = None


def read_map(text: str) -> TableMap:
    """Read a mapping file.

    Raises:
        CannotMatch: it is not TOML, or says something that it cannot say.
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotMatch(f"The mapping file is not TOML: {error}.") from error
    unknown = sorted(read.keys() - {"id", "columns"})
    if unknown:
        raise CannotMatch(f'The mapping file has "{unknown[0]}"; it can have id and [columns].')
    if "id" not in read:
        raise CannotMatch('The mapping file does not say which column is the id: id = "…".')
    said = read.get("columns")
    if not isinstance(said, dict) or not said:
        raise CannotMatch("The mapping file has no [columns].")
    fields, columns = [], {}
    full_name = _columns(FULL_NAME, said.pop(FULL_NAME)) if FULL_NAME in said else None
    for key, value in said.items():
        fields.append(_field(key, value))
        columns[key] = _columns(key, value)
    if full_name is not None:
        taken = {"given_name", "family_name"} & columns.keys()
        if taken:
            raise CannotMatch(f"The mapping file has both full_name and {min(taken)}: keep one.")
        fields = [KNOWN["given_name"], KNOWN["family_name"], *fields]
    if all(field.kind is Kind.CODE for field in fields):
        raise CannotMatch("The mapping file has no column by which a person could be told apart.")
    return TableMap(_columns("id", read["id"]), tuple(fields), columns, full_name)


def _field(key: str, value: object) -> Field:
    if not _KEY.fullmatch(key) or key.endswith(("_l", "_r")) or key in {"written", "side"}:
        raise CannotMatch(
            f'"{key}" cannot be the name of a field: use small letters, digits and underscores.'
        )
    said = value if isinstance(value, dict) else {}
    wrong = sorted(said.keys() - _SETTINGS)
    if wrong:
        raise CannotMatch(f'{key} has "{wrong[0]}"; it can have {", ".join(sorted(_SETTINGS))}.')
    known = KNOWN.get(key)
    if known is None and "kind" not in said:
        near = ", ".join(KNOWN)
        raise CannotMatch(f"{key} is not one of {near}, so it has to say its kind.")
    kind = said.get("kind", known.kind if known else "")
    if kind not in list(Kind):
        raise CannotMatch(f'{key} is of kind "{kind}"; kinds are {", ".join(Kind)}.')
    called = str(said.get("called", known.called if known else ""))
    return Field(key, Kind(kind), called, bool(said.get("month_first", False)))


def _columns(key: str, value: object) -> Columns:
    if isinstance(value, dict):
        whole = value.get("column")
        sides = [value.get(side, whole) for side in SIDES]
    else:
        sides = [value, value]
    return Columns(_names(key, sides[0]), _names(key, sides[1]))


def _names(key: str, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise CannotMatch(f"{key} does not name a column (or a list of columns).")
    return tuple(str(name).strip() for name in names)

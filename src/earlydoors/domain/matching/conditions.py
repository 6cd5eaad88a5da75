"""What can be said of two values, each said once and readable both as SQL and by Python.

The SQL is over the columns of a pair, `name_l` and `name_r`, and DuckDB's or Spark's, which call a
few functions otherwise. `holds` answers for two prepared records. Values are plain ASCII, so that
letters and bytes are the same thing; a property test holds that both ways answer alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

type Value = str | list[str] | None
type Prepared = Mapping[str, Value]

LETTERS = "letters"  # what the column ends in that tells which letters a text has
MARKS = "marks"  # and that which tells which words a list has
_BITS = {
    letter: 1 << place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789 ", 1)
}


@dataclass(frozen=True)
class Dialect:
    """What a database calls a thing that others call otherwise."""

    likeness: str = "jaro_winkler_similarity({0}, {1})"
    in_common: str = "list_has_any({0}, {1})"
    letters_apart: str = "bit_count(xor({0}, {1}))"


DUCKDB = Dialect()
SPARK = Dialect(
    "jaro_winkler({0}, {1})", "arrays_overlap({0}, {1})", "cast(bit_count({0} ^ {1}) as int)"
)


class Condition(Protocol):
    """Something that holds of a pair or does not. What is not known never holds."""

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        """The condition over `_l` and `_r` columns."""

    def holds(self, left: Prepared, right: Prepared) -> bool:
        """Whether it holds of two prepared records."""


def letters_in(text: str) -> int:
    """Which letters a text has: a bit for each letter, digit and the blank, one for all others."""
    found = 0
    for letter in set(text):
        found |= _BITS.get(letter, 1)
    return found


def _text(record: Prepared, column: str) -> str | None:
    value = record.get(column)
    return value if isinstance(value, str) else None


def _list(record: Prepared, column: str) -> list[str]:
    value = record.get(column)
    return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Same:
    """Both have the same text."""

    column: str

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        return f"{self.column}_l = {self.column}_r"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        one = _text(left, self.column)
        return one is not None and one == _text(right, self.column)


@dataclass(frozen=True)
class Crossed:
    """What the one has in one column, the other has in another, either way round."""

    column: str
    other: str

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        one, two = self.column, self.other
        return f"({one}_l = {two}_r or {two}_l = {one}_r)"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        pairs = (
            (_text(left, self.column), _text(right, self.other)),
            (_text(left, self.other), _text(right, self.column)),
        )
        return any(one is not None and one == two for one, two in pairs)


@dataclass(frozen=True)
class Slips:
    """At most so many letters more, less or other, in texts of a least length.

    With `exchanges`, two neighbours that changed places count as one slip, not two.
    """

    column: str
    most: int
    least: int = 1
    exchanges: bool = True

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        c, most = self.column, self.most
        letters = f"{c}_{LETTERS}"
        near = f"levenshtein({c}_l, {c}_r) <= {most}"
        if self.exchanges:
            damerau = f"damerau_levenshtein({c}_l, {c}_r) <= {most}"
            if most == 1:  # an exchange leaves the letters as they are, and costs far more to find
                damerau = (
                    f"({letters}_l = {letters}_r and length({c}_l) = length({c}_r) and {damerau})"
                )
            near = f"({near} or {damerau})"
        # A slip brings one letter that the other has not, and takes one: cheap to see, and true of
        # few pairs, so the distance is measured for few.
        apart = dialect.letters_apart.format(f"{letters}_l", f"{letters}_r")
        return (
            f"(length({c}_l) >= {self.least} and length({c}_r) >= {self.least}"
            f" and abs(length({c}_l) - length({c}_r)) <= {most}"
            f" and {apart} <= {2 * most} and {near})"
        )

    def holds(self, left: Prepared, right: Prepared) -> bool:
        one, two = _text(left, self.column), _text(right, self.column)
        if one is None or two is None or min(len(one), len(two)) < self.least:
            return False
        if abs(len(one) - len(two)) > self.most:
            return False
        measure = DamerauLevenshtein if self.exchanges else Levenshtein
        distance: int = measure.distance(one, two)
        return distance <= self.most


@dataclass(frozen=True)
class Alike:
    """Jaro-Winkler similarity of at least so much, from 0 to 1."""

    column: str
    least: float

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        likeness = dialect.likeness.format(f"{self.column}_l", f"{self.column}_r")
        return f"{likeness} >= {self.least}"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        one, two = _text(left, self.column), _text(right, self.column)
        if one is None or two is None:
            return False
        return JaroWinkler.similarity(one, two) >= self.least


@dataclass(frozen=True)
class Shares:
    """A word of the one's column is a word of the other's column."""

    column: str
    other: str

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        one, two = self.column, self.other
        there = dialect.in_common.format(f"{one}_l", f"{two}_r")
        if one == two:
            return there
        return f"({there} or {dialect.in_common.format(f'{two}_l', f'{one}_r')})"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        return not set(_list(left, self.column)).isdisjoint(_list(right, self.other)) or (
            not set(_list(left, self.other)).isdisjoint(_list(right, self.column))
        )


@dataclass(frozen=True)
class SamePart:
    """The same letters from one place to another, counted from 1, in texts that reach there."""

    column: str
    first: int
    last: int

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        c, length = self.column, self.last - self.first + 1
        return (
            f"(length({c}_l) >= {self.last} and length({c}_r) >= {self.last}"
            f" and substr({c}_l, {self.first}, {length}) = substr({c}_r, {self.first}, {length}))"
        )

    def holds(self, left: Prepared, right: Prepared) -> bool:
        one, two = _text(left, self.column), _text(right, self.column)
        if one is None or two is None or min(len(one), len(two)) < self.last:
            return False
        part = slice(self.first - 1, self.last)
        return one[part] == two[part]


@dataclass(frozen=True)
class Initial:
    """One has a single letter, with which the other begins."""

    column: str

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        c = self.column
        return (
            f"((length({c}_l) = 1 or length({c}_r) = 1)"
            f" and substr({c}_l, 1, 1) = substr({c}_r, 1, 1))"
        )

    def holds(self, left: Prepared, right: Prepared) -> bool:
        one, two = _text(left, self.column), _text(right, self.column)
        if not one or not two:
            return False
        return 1 in {len(one), len(two)} and one[0] == two[0]


@dataclass(frozen=True)
class Any:
    """One of several holds."""

    conditions: tuple[Condition, ...]

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        return f"({' or '.join(one.sql(dialect) for one in self.conditions)})"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        return any(one.holds(left, right) for one in self.conditions)


@dataclass(frozen=True)
class All:
    """Each of several holds."""

    conditions: tuple[Condition, ...]

    def sql(self, dialect: Dialect = DUCKDB) -> str:
        return f"({' and '.join(one.sql(dialect) for one in self.conditions)})"

    def holds(self, left: Prepared, right: Prepared) -> bool:
        return all(one.holds(left, right) for one in self.conditions)


def any_of(*conditions: Condition) -> Condition:
    """One of these."""
    return Any(conditions)


def all_of(*conditions: Condition) -> Condition:
    """All of these."""
    return All(conditions)

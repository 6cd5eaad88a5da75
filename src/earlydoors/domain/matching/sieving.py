"""Pairs that cannot weigh enough are left out before any likeness is measured.

Most candidates turn out to be two people, and measuring how alike their names are is what weighing
costs. What a comparison can say at most is seen from cheap things: how long two texts are, which
letters and which words they have, whether they are the same. Where even the most that each can say
is too little together, the pair would have come out below the least weight, so nothing is lost; a
property test holds that.
"""

import math
from collections.abc import Iterator

import duckdb

from earlydoors.domain.matching.comparisons import Comparison, comparisons
from earlydoors.domain.matching.conditions import (
    LETTERS,
    MARKS,
    Alike,
    All,
    Any,
    Condition,
    Crossed,
    Initial,
    Same,
    SamePart,
    Shares,
    Slips,
)
from earlydoors.domain.matching.fields import Field
from earlydoors.domain.matching.model import Model
from earlydoors.domain.matching.splinking import COUNTED, PEOPLE

CHEAP = "cheap"
_SLACK = 1e-6  # bits, and parts of a likeness: for what numbers lose in adding
_WINKLER = 0.4  # of what is not alike, at most so much is made good by beginning alike


def prepare_sieve(connection: duckdb.DuckDBPyConnection, fields: tuple[Field, ...]) -> None:
    """Make `cheap`: of each record the numbers that the sieve looks at."""
    columns, joins = {"unique_id": "p.unique_id"}, ""
    for comparison in comparisons(fields):
        key = comparison.key
        columns |= _numbered(key) | _sized(key)
        columns[f"{key}_log"] = f"coalesce(log2(greatest(n_{key}.n - 1, 1)), 0)"
        for condition in _simple(comparison):
            columns |= _columns(condition)
        joins += f" left join {COUNTED}{key} n_{key} on n_{key}.{key} = p.{key}"
    made = ", ".join(f"{expression} as {name}" for name, expression in columns.items())
    connection.execute(f"create or replace table {CHEAP} as select {made} from {PEOPLE} p{joins}")  # noqa: S608 - names of our own


def sieve(
    connection: duckdb.DuckDBPyConnection, model: Model, pairs: str, sieved: str, least: float
) -> None:
    """Put those pairs of a table into another that may weigh the least weight by this model."""
    columns = [row[0] for row in connection.sql(f"describe {CHEAP}").fetchall()][1:]
    both = ", ".join(f"l.{column} as {column}_l, r.{column} as {column}_r" for column in columns)
    texts = [comparison.key for comparison in model.comparisons]
    conditions = [condition for one in model.comparisons for condition in _simple(one)]
    alike = sorted({one.column for one in conditions if isinstance(one, Alike)})
    first = [f"{_apart(text)}, {_longer(text)}" for text in texts]
    first += [_jaro(column) for column in alike]
    second = [_winkler(column) for column in alike]
    third = [_otherwise(model, comparison) for comparison in model.comparisons]
    most = [_most(connection, model, comparison) for comparison in model.comparisons]
    prior = math.log2(model.prior / (1 - model.prior))
    # The sum is kept before it is looked at: a filter would have each of its parts reckoned as
    # often as it is named.
    connection.execute(
        f"""
        create or replace table {sieved} as
        select match_key, join_key_l, join_key_r, {prior!r} + {" + ".join(most)} as most from (
          select {", ".join(["*", *third])} from (
            select {", ".join(["*", *second])} from (
              select {", ".join(["*", *first])} from (
                select b.*, {both} from {pairs} b
                join {CHEAP} l on l.unique_id = b.join_key_l
                join {CHEAP} r on r.unique_id = b.join_key_r
              )
            )
          )
        )
        """  # noqa: S608 - names and numbers of our own
    )
    connection.execute(f"delete from {sieved} where most < {least - _SLACK!r}")  # noqa: S608 - names of our own
    connection.execute(f"alter table {sieved} drop column most")


def _simple(comparison: Comparison) -> Iterator[Condition]:
    """The conditions of a comparison's levels, taken apart."""
    waiting = [level.condition for level in comparison.levels if level.condition]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Any | All):
            waiting += one.conditions
        else:
            yield one


def _numbered(column: str, value: str = "") -> dict[str, str]:
    """A number that is the same where the texts are; nothing is a number too."""
    return {f"{column}_id": f"hash({value or f'p.{column}'})"}


def _sized(column: str) -> dict[str, str]:
    """How long it is, its first letter, and which letters it has; 0 where nothing is known."""
    return {
        f"{column}_size": f"coalesce(length(p.{column}), 0)::integer",
        f"{column}_share": f"coalesce(1 / length(p.{column}), 0)::double",
        f"{column}_first": f"coalesce(ascii(p.{column}), 0)::integer",
        f"{column}_{LETTERS}": f"coalesce(p.{column}_{LETTERS}, 0)",
    }


def _columns(condition: Condition) -> dict[str, str]:
    """The cheap columns for a condition, beside those that every field has."""
    match condition:
        case Same(column):
            return _numbered(column)
        case Crossed(column, other):
            return _numbered(column) | _numbered(other)
        case Shares(column, other):
            return {f"{one}_{MARKS}": f"coalesce(p.{one}_{MARKS}, 0)" for one in (column, other)}
        case SamePart(column, first, last):
            part = f"substr(p.{column}, {first}, {last - first + 1})"
            return _numbered(f"{column}_{first}_{last}", part)
        case _:
            return {}


def _apart(column: str) -> str:
    letters = f"{column}_{LETTERS}"
    return f"bit_count(xor({letters}_l, {letters}_r)) as {column}_apart"


def _longer(column: str) -> str:
    return f"abs({column}_size_l - {column}_size_r) as {column}_longer"


def _jaro(column: str) -> str:
    """The most that Jaro's likeness can be: letters that the other has not are alike to none."""
    c, letters = column, f"{column}_{LETTERS}"
    matched = (
        f"least({c}_size_l - bit_count({letters}_l & ~{letters}_r),"
        f" {c}_size_r - bit_count({letters}_r & ~{letters}_l))"
    )
    return f"({matched} * ({c}_share_l + {c}_share_r) + 1) / 3 as {c}_jaro"


def _winkler(column: str) -> str:
    """The most that Jaro and Winkler's can be: what begins otherwise gets nothing on top."""
    c = column
    return (
        f"{c}_jaro + ({c}_first_l = {c}_first_r)::integer * {_WINKLER} * (1 - {c}_jaro)"
        f" as {c}_alike"
    )


def _may(condition: Condition) -> str:
    """What is true of a pair's cheap columns wherever the condition holds of the pair."""
    match condition:
        case Same(column):
            return f"{column}_id_l = {column}_id_r"
        case Crossed(column, other):
            return f"({column}_id_l = {other}_id_r or {other}_id_l = {column}_id_r)"
        case Slips(column, most, least):
            return (
                f"({column}_apart <= {2 * most} and {column}_longer <= {most}"
                f" and {column}_size_l >= {least} and {column}_size_r >= {least})"
            )
        case Alike(column, least):
            return f"{column}_alike >= {least - _SLACK!r}"
        case Shares(column, other):
            one, two = f"{column}_{MARKS}", f"{other}_{MARKS}"
            there = f"({one}_l & {two}_r) <> 0"
            return there if one == two else f"({there} or ({two}_l & {one}_r) <> 0)"
        case SamePart(column, first, last):
            part = f"{column}_{first}_{last}_id"
            return (
                f"({part}_l = {part}_r and {column}_size_l >= {last} and {column}_size_r >= {last})"
            )
        case Initial(column):
            return (
                f"({column}_first_l = {column}_first_r"
                f" and ({column}_size_l = 1 or {column}_size_r = 1))"
            )
        case Any(conditions):
            return f"({' or '.join(map(_may, conditions))})"
        case All(conditions):
            return f"({' and '.join(map(_may, conditions))})"
        case _:
            return "true"


def _otherwise(model: Model, comparison: Comparison) -> str:
    """The most bits that a comparison can say of two that are not the same.

    All of it is reckoned for every pair, without branches: that is what a database does fastest.
    """
    key = comparison.key
    floor = model.levels[key, comparison.levels[-1].key].bits
    more = ["0"]
    for level in comparison.levels[1:-1]:
        bits = model.levels[key, level.key].bits - floor
        if level.condition and bits > 0:
            more.append(f"({_may(level.condition)})::integer * {bits!r}::double")
    return f"{floor!r}::double + greatest({', '.join(more)}) as {key}_otherwise"


def _most(connection: duckdb.DuckDBPyConnection, model: Model, comparison: Comparison) -> str:
    """The most bits that a comparison can say; nothing where a side is unknown."""
    key, same = comparison.key, comparison.levels[0]
    known = model.levels[key, same.key]
    total = connection.sql(f"select coalesce(sum(n), 0) from {COUNTED}{key}").fetchall()[0][0]  # noqa: S608 - names of our own
    rarest = math.log2(known.m * (int(total) + 1 / known.u))
    is_same = f"({key}_id_l = {key}_id_r)::integer"
    return (
        f"({key}_size_l > 0 and {key}_size_r > 0)::integer * ({key}_otherwise + {is_same}"
        f" * ({rarest!r}::double - {key}_log_l - {key}_otherwise))"
    )

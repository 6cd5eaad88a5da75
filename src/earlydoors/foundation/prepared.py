"""Questions that are put to the database again and again: written once, planned once.

Django writes the SQL of a query anew each time that it is asked, and PostgreSQL plans it anew. On a
page of forty small questions that is most of the time. A prepared question is written once in a
process and planned once in a connection; after that only its arguments travel.

The function that builds the query is handed stand-ins and never an argument, so what the question
says cannot depend on whose it is. What depends on an actor's role is asked in the ordinary way.
"""

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created
from django.db.models import (
    CharField,
    DateField,
    Expression,
    ForeignKey,
    Lookup,
    Model,
    QuerySet,
    UUIDField,
)
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:  # it takes no parameter where the program runs
    _Lookup = Lookup

_AT_ONCE = 200  # planned questions that a connection keeps

_A_WORD = re.compile(r"[a-z_]+")

type Argument = UUID | date | datetime | int | str | Sequence[UUID] | Sequence[date] | None


class Given(Expression):
    """Where an argument will stand in the question."""

    def __init__(self, place: int) -> None:
        """`place` counts the arguments from nought."""
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A parameter, which is this stand-in itself until the question is asked."""
        return "%s", [self]


class Fixed(Expression):
    """A word of the question itself, such as a state, and no argument of it.

    What is planned once is planned without its arguments: the server cannot know that of all
    requests few wait, nor that an index of those that wait has them, unless the question says so.
    """

    def __init__(self, word: str) -> None:
        """Raises `ValueError` for anything but a key of our own: it is written out as it stands."""
        if not _A_WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word of a question.")
        super().__init__(output_field=CharField())
        self.word = word

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The word between its marks."""
        return f"'{self.word}'", []


def fixed(*words: str) -> list[Fixed]:
    """Words for `__in`, for the server to know when it plans."""
    return [Fixed(word) for word in words]


class Among(_Lookup):
    """`column = ANY(keys)`: one question, however many keys there are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The lookup in SQL."""
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*of_left, *of_right]


UUIDField.register_lookup(Among)
ForeignKey.register_lookup(Among)
DateField.register_lookup(Among)


def _plan_once(connection: Any, **_: Any) -> None:
    """Whatever is planned once in a connection is planned for all values: the wall asks the same
    of each, and to plan it anew costs more than any value could save."""
    connection.connection.prepared_max = _AT_ONCE
    connection.connection.execute("SET plan_cache_mode = force_generic_plan")


connection_created.connect(_plan_once, dispatch_uid="prepared.plan_once")


class _Cursor(psycopg.Cursor[Any]):
    """A cursor whose statements the server plans once in a connection."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        return super().execute(query, params, prepare=True)


class _Writer(SQLCompiler):
    """What wrote the question, and reads the rows of its answers."""

    question: tuple[str, Sequence[Any]] = ("", ())

    def execute_sql(self, *_: Any, **__: Any) -> Any:
        """The rows, in the slabs in which Django's readers ask for them and hand them back."""
        sql, parameters = self.question
        connection: Any = self.connection
        connection.cursor().close()  # opens the connection, and looks whether it still holds
        kind = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        with kind(_Cursor(connection.connection)) as cursor:
            cursor.execute(sql, parameters)
            return [cursor.fetchall()]


@dataclass(frozen=True)
class _Written:
    """A question in SQL, in the place of the query it was written from."""

    writer: _Writer
    sql: str
    parameters: tuple[Any, ...]
    values_select: tuple[str, ...] = ()

    def chain(self) -> "_Written":
        return self

    def get_compiler(self, using: str) -> _Writer:
        writer = copy.copy(self.writer)
        writer.connection = connections[using]
        writer.question = self.sql, self.parameters
        return writer

    def with_arguments(self, given: Sequence[Argument]) -> "_Written":
        placed = (given[p.place] if isinstance(p, Given) else p for p in self.parameters)
        return replace(self, parameters=tuple(placed))


class Prepared[T: Model, R]:
    """A question; called with its arguments, it answers with rows."""

    def __init__(self, build: Callable[..., "QuerySet[T, R]"]) -> None:
        """`build` makes the query from as many stand-ins as it takes arguments."""
        self._build = build
        self._asked: QuerySet[T, R] | None = None
        self.__doc__ = build.__doc__

    def __call__(self, *given: Argument) -> "list[R]":
        """The rows."""
        template = self._asked if self._asked is not None else self._written(len(given))
        asked = template.all()
        asked.query = template.query.with_arguments(given)  # type: ignore[attr-defined]
        return list(asked)

    def _written(self, many: int) -> "QuerySet[T, R]":
        made = self._build(*map(Given, range(many)))
        writer = _Writer(made.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        sql, parameters = writer.as_sql()
        template = made.all()
        template.query = _Written(writer, sql, tuple(parameters))  # type: ignore[assignment]
        self._asked = template
        return template


def prepared[T: Model, R](build: "Callable[..., QuerySet[T, R]]") -> Prepared[T, R]:
    """The question that a function builds, to be asked again and again."""
    return Prepared(build)


def attach(rows: Iterable[Model], name: str, related: Iterable[Any], by: str) -> None:
    """Give each row those that point to it by their field `by`, as `prefetch_related(name)`
    would; and each of those its row."""
    of: dict[object, list[Any]] = {}
    for one in related:
        of.setdefault(getattr(one, f"{by}_id"), []).append(one)
    for row in rows:
        for one in of.get(row.pk, ()):
            setattr(one, by, row)
        fetched = getattr(row, name).all()
        # Where Django itself keeps what was fetched; it has no public door to it.
        vars(fetched)["_result_cache"] = of.get(row.pk, [])
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = fetched

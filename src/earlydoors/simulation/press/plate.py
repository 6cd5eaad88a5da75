"""A plate: the rows of one story as templates with holes, and when each came to be.

A template is text with a `%s` for each hole, and the numbers of those holes among the plate's
needs. A need is a hole in one of the ways that it may be written: bare as COPY wants it, within
JSON, or as a whole JSON value.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from earlydoors.foundation.kernel.dates import LONDON, day
from earlydoors.simulation.press.marks import FOUND, Hole, Marks

# The ways in which a hole may be written.
BARE, WITHIN, WHOLE, SIGNED, SIGNED_WHOLE = range(5)
# What a text may say that is a family's own without being marked: an id, a day.
_SPOKEN = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d{2}-\d{2}|\b\d{1,2} [A-Z][a-z]+ \d{4}\b)"
)
_A_NEED = {"id", "text", "area"}
_ESCAPES = {ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t", ord("\r"): "\\r"}


class Need(NamedTuple):
    """A hole and the way in which it is written."""

    hole: Hole
    way: int


class Template(NamedTuple):
    """Text with holes: `text % pick(values)`. `groups` are the parts of a family it is about."""

    text: str
    pick: Callable[[Sequence[str]], Any]
    groups: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class _One:
    """Picks a single value, as a tuple all the same."""

    number: int

    def __call__(self, values: Sequence[str]) -> tuple[str]:
        return (values[self.number],)


def _nothing(values: Sequence[str]) -> tuple[str, ...]:
    return ()


def _picker(numbers: Sequence[int]) -> Callable[[Sequence[str]], Any]:
    """What picks the values of a template, always as a tuple."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return _One(numbers[0]) if numbers else _nothing


class Kept(NamedTuple):
    """A row: the moments of its versions by their number, each version, and what history keeps."""

    table: str
    begins: tuple[int, ...]
    versions: tuple[Template, ...]
    earlier: tuple[Template, ...]


class Event(NamedTuple):
    """Evidence: its moment by number, the row but for its links, and what the hash is of."""

    moment: int
    row: Template
    signed: Template


class Spot(NamedTuple):
    """Where insets are told: the name of the place, its moment by number and as told in London,
    and how many pieces of evidence come before."""

    name: str
    moment: int
    at: datetime
    after: int


@dataclass
class Plate:
    """One story, ready to be printed.

    `people` are the numbers of the family's people's ids, by slot, `family` that of its own.
    """

    name: str
    needs: list[Need]
    moments: list[datetime]
    rows: list[Kept]
    events: list[Event]
    ids: int
    people: dict[str, int] = field(default_factory=dict)
    family: int = -1
    spots: list[Spot] = field(default_factory=list)


def escaped(text: str) -> str:
    """Text as COPY wants it."""
    if "\\" not in text and text.isprintable():
        return text
    return text.translate(_ESCAPES)


def as_json(value: Any, *, signed: bool = False) -> str:
    """JSON as it is stored; `signed` as it is hashed, where the order of keys counts."""
    if signed:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Writer:
    """Makes templates of the values of a play."""

    marks: Marks
    numbers: dict[Need, int] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    scale_keys: frozenset[str] = frozenset()
    areas: dict[str, Hole] = field(default_factory=dict)
    about: str = ""
    fresh: dict[str, int] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)

    def need(self, hole: Hole, way: int) -> int:
        """The number of a need."""
        asked = Need(hole, way)
        if asked not in self.numbers:
            self.numbers[asked] = len(self.needs)
            self.needs.append(asked)
        return self.numbers[asked]

    def template(self, pieces: Iterable[str | int], groups: int) -> Template:
        """A template of text and needs."""
        text, picked = [], []
        for piece in pieces:
            if isinstance(piece, int):
                text.append("%s")
                picked.append(piece)
            else:
                text.append(piece.replace("%", "%%"))
        return Template("".join(text), _picker(picked), groups, tuple(picked))

    def id(self, value: UUID | str) -> Hole | None:
        """The hole of an id: one made in the play, or that of a placeholder; else it stays."""
        written = str(value)
        if written in self.marks.ids:
            return self.marks.ids[written]
        if written in self.fresh:
            return Hole("id", (self.fresh[written],))
        return None

    def text(self, value: str, way: int) -> list[str | int]:
        """Text with the marks in it as holes."""
        if value in self.marks.texts:
            return [self.need(self.marks.texts[value], way)]
        found = self.id(value) if len(value) == 36 else None
        if found is not None:
            return [self.need(found, way)]
        for row in sorted(self.marks.rows, key=len, reverse=True):
            value = value.replace(row, self.marks.rows[row])
        pieces: list[str | int] = []
        for number, part in enumerate(FOUND.split(value)):
            if number % 2:
                pieces.append(self.need(self.marks.hole(part), way))
            elif part:
                pieces += self._with_ids(part, way)
        return pieces

    def _with_ids(self, part: str, way: int) -> list[str | int]:
        pieces: list[str | int] = []
        for number, piece in enumerate(_SPOKEN.split(part)):
            if number % 2 and (hole := self._spoken(piece)) is not None:
                pieces.append(self.need(hole, way))
            elif piece:
                pieces.append(_escape(piece, way))
        return pieces

    def _spoken(self, piece: str) -> Hole | None:
        """The hole of an id or of a day that a text says."""
        if len(piece) == 36 and piece.count("-") == 4:
            return self.id(piece)
        iso = piece.count("-") == 2
        for found in {**self.marks.days, **dict.fromkeys(self.days)}:
            if piece == (found.isoformat() if iso else day(found)):
                hole = self.day_of(found)
                return hole if iso else Hole(f"{hole.kind}_said", hole.which)
        return None

    def moment_of(self, value: datetime) -> Hole:
        """The hole of a moment."""
        local = value.astimezone(LONDON).replace(tzinfo=None)
        self.days.add(local.date())
        return Hole("at", (local,))

    def value(self, value: Any, hole: Hole | None = None) -> list[str | int]:
        """A column's value, as COPY wants it."""
        if hole is not None:
            return [self.need(hole, BARE)]
        match value:
            case None:
                return ["\\N"]
            case bool():
                return ["t" if value else "f"]
            case UUID():
                found = self.id(value)
                return [self.need(found, BARE)] if found else [str(value)]
            case datetime():
                return [self.need(self.moment_of(value), BARE)]
            case date():
                return [self.need(self.day_of(value), BARE)]
            case time():
                return [value.isoformat()]
            case str():
                return self.text(value, BARE)
            case dict() | list():
                return self.document(value)
        return [str(value)]

    def day_of(self, value: date) -> Hole:
        """The hole of a day: somebody's birth, or a day of the story."""
        if value in self.marks.days:
            return self.marks.days[value]
        self.days.add(value)
        return Hole("day", (value,))

    def whole(self, value: Any, hole: Hole | None = None) -> list[str | int]:
        """A column's value as JSON, as history keeps it."""
        if hole is not None:
            return [self.need(hole, WHOLE)]
        match value:
            case UUID() | datetime() | date():
                hole = (
                    self.id(value)
                    if isinstance(value, UUID)
                    else self.moment_of(value)
                    if isinstance(value, datetime)
                    else self.day_of(value)
                )
                return [self.need(hole, WHOLE)] if hole else [f'"{value}"']
            case time():
                return [f'"{value.isoformat()}"']
        return self.document(value)

    def document(self, value: Any, way: int = WITHIN, key: str = "") -> list[str | int]:
        """A JSON value with its holes."""
        signed = way == SIGNED
        match value:
            case dict():
                if value.keys() >= _A_NEED and value["area"] in self.areas:
                    value = {**value, "area": self.areas[value["area"]]}
                keys = sorted(value) if signed else list(value)
                parts = [
                    [
                        _escape(as_json(one), way, raw=True),
                        ":",
                        *self.document(value[one], way, one),
                    ]
                    for one in keys
                ]
                return ["{", *_joined(parts), "}"]
            case list() if value and all(isinstance(v, str) and v in self.people for v in value):
                present = tuple((self.people[one], self.fresh[one]) for one in value)
                return [self.need(Hole("people", present), SIGNED_WHOLE if signed else WHOLE)]
            case list():
                return ["[", *_joined([self.document(one, way) for one in value]), "]"]
            case Hole():
                return [self.need(value, SIGNED_WHOLE if signed else WHOLE)]
            case str():
                return ['"', *self.text(value, way), '"']
            case int() if key in self.scale_keys and not isinstance(value, bool):
                return [self.need(Hole("scale", (key, self.about)), WHOLE)]
        return [_escape(as_json(value), way, raw=True)]


def _joined(parts: list[list[str | int]]) -> list[str | int]:
    joined: list[str | int] = []
    for number, part in enumerate(parts):
        joined += [",", *part] if number else part
    return joined


def _escape(text: str, way: int, *, raw: bool = False) -> str:
    """Text of a plate in a way; `raw` is JSON already."""
    if way == BARE:
        return escaped(text)
    inner = text if raw else as_json(text)[1:-1]
    return inner if way == SIGNED else escaped(inner)


def written(value: Any, way: int) -> str:
    """What fills a hole, in a way."""
    if isinstance(value, str):  # nearly always
        return _text(value, way)
    if isinstance(value, date):
        return _text(value.isoformat(), way)
    if way != BARE:
        document = as_json(value)
        return escaped(document) if way == WHOLE else document
    if value is None:
        return "\\N"
    return str(value)[0].lower() if isinstance(value, bool) else escaped(str(value))


def _text(value: str, way: int) -> str:
    if way == BARE:
        return escaped(value)
    quoted = encode_basestring(value)
    if way in (WITHIN, SIGNED):
        quoted = quoted[1:-1]
    return quoted if way in (SIGNED, SIGNED_WHOLE) else escaped(quoted)


def utc(local: datetime) -> datetime:
    """A moment told in London."""
    return local.replace(tzinfo=LONDON).astimezone(UTC)

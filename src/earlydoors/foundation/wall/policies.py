"""The policies of the tables, worked out from the models and from what the wall's file says."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

FAMILY, PERSON = "people.family", "people.person"
HISTORY, EVIDENCE = "history_rowversion", "audit_auditevent"
_EARLIER = "public.wall_sees_row(table_name, row_id)"
_SIMPLE = "me|desks|agency|place|may|asked|kept|shut|hidden|shut_episode|shut_item"
_CALL = re.compile(rf"\b({_SIMPLE}|sees|all_of|any_of|knows|through|among)\(")
_THROUGH = re.compile(r"\bpublic\.wall_through_\('([\w.]+)', (\w+)\)")
_AMONG = re.compile(r"\bwall_among_\('([\w.]+)', '(\w+)', ")
_BY_FAMILY = re.compile(r"(?:sees|all_of)\((\w+)\)")
_BY_ANOTHER = re.compile(r"through\('([\w.]+)', (\w+)\)")


@dataclass(frozen=True)
class Walled:
    """How a table's rows are opened: to read, to be put in, and to nobody's change or to some."""

    label: str
    read: str
    insert: str
    summary: bool
    derived: bool

    @property
    def table(self) -> str:
        """The table's name."""
        return str(apps.get_model(self.label)._meta.db_table)


@dataclass(frozen=True)
class Way:
    """A named way across the wall: why it is needed, and what may be read and written by it;
    `opened` is written by it where the row is open, though it be in an emergency alone."""

    name: str
    why: str
    reads: frozenset[str]
    writes: frozenset[str]
    opened: frozenset[str]


@dataclass(frozen=True)
class Wall:
    """All that the wall's file says, with what follows from the models."""

    walled: Mapping[str, Walled]
    open: Mapping[str, str]
    deletes: Mapping[str, str]
    once: frozenset[str]
    ways: tuple[Way, ...]


def ours() -> list[type[models.Model]]:
    """The product's own models, those that join two others included."""
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m.__module__.startswith("earlydoors.")]


@cache
def wall() -> Wall:
    """The wall as declared. Raises `ValueError` for a table that stands neither behind it nor,
    with a reason, outside it."""
    said = tomllib.loads((folder() / "wall.toml").read_text(encoding="utf-8"))
    labels = {m._meta.label_lower for m in ours()}
    walled = {
        label: Walled(
            label,
            rule["read"],
            rule.get("insert", rule["read"]),
            rule.get("summary", False),
            derived=False,
        )
        for label, rule in said["walled"].items()
    }
    todo = sorted(labels - set(walled) - set(said["open"]))
    while todo:
        found = {label: rule for label in todo if (rule := _derived(label, walled, todo))}
        if not found:
            raise ValueError(
                f"Say in domain/wall.toml what opens {', '.join(todo)}, or why all may."
            )
        walled |= {
            label: Walled(label, rule, rule, summary=False, derived=True)
            for label, rule in found.items()
        }
        todo = [label for label in todo if label not in found]
    unknown = (set(walled) | set(said["open"]) | set(said["deletes"])) - labels
    if unknown:
        raise ValueError(f"domain/wall.toml names what is no table: {', '.join(sorted(unknown))}.")
    ways = tuple(
        Way(
            name,
            one["why"],
            *(_named(one.get(what, []), labels) for what in ("reads", "writes", "opened")),
        )
        for name, one in said["ways"].items()
    )
    return Wall(
        dict(sorted(walled.items())),
        said["open"],
        said["deletes"],
        frozenset(said["once"]["tables"]),
        ways,
    )


def folder() -> Path:
    """Where the wall's declaration lies."""
    return Path(settings.WALL)


def _named(names: list[str], labels: set[str]) -> frozenset[str]:
    """Labels; `people.*` stands for all of an app's, `*` for everything."""
    found = set()
    for name in names:
        alike = re.compile(name.replace(".", r"\.").replace("*", ".*"))
        some = {label for label in labels if alike.fullmatch(label)}
        if not some:
            raise ValueError(f"domain/wall.toml: {name} is no table.")
        found |= some
    return frozenset(found)


def _derived(label: str, walled: Mapping[str, Walled], waiting: list[str]) -> str | None:
    """What opens a table that the file does not name: its family; else what it hangs on; else
    its person. Nothing while that is not known."""
    keys = [
        (field, field.related_model._meta.label_lower)
        for field in apps.get_model(label)._meta.get_fields()
        if isinstance(field, models.ForeignKey) and not field.null
    ]
    family = next((field for field, to in keys if to == FAMILY), None)
    if family is not None:
        return f"all_of({family.column})"
    hangs = [(field, to) for field, to in keys if to in walled and to != PERSON and to != label]
    if hangs:
        field, to = hangs[0]
        return f"through('{to}', {field.column})"
    if any(to in waiting and to != label for _, to in keys):
        return None
    person = next((field for field, to in keys if to == PERSON), None)
    return f"knows({person.column})" if person is not None else None


def as_sql(condition: str, table: str, *, wholly: bool, writing: bool = False) -> str:
    """A condition of the file in the words of the database, for rows of a table.

    What the relation of access opens is asked in place, where the planner sees it; the functions
    answer for the rest. What was opened in an emergency, or no further than the summary, counts to
    read, and not to write.
    """
    text = _CALL.sub(lambda found: f"public.wall_{found[1]}_(", condition)
    extents = {"sees": wholly, "all_of": True, "any_of": False}
    for name, whole in extents.items():
        text = re.sub(
            rf"public\.wall_{name}_\((\w+)\)",
            _asked("open", "family_id", table, whole, writing),
            text,
        )
    text = re.sub(
        r"public\.wall_knows_\((\w+)\)", _asked("known", "person_id", table, wholly, writing), text
    )
    text = _THROUGH.sub(lambda found: _hanging(found[1], found[2], table, writing), text)
    text = _AMONG.sub(
        lambda found: f"{_function('among', *found.groups(), writing=writing)}(", text
    )
    # What is the same for every row is asked once for each query.
    text = re.sub(r"public\.wall_desks_\(\)", "((SELECT public.wall_desks())::uuid[])", text)
    text = re.sub(r"public\.wall_(me|agency|place)_\(\)", r"(SELECT public.wall_\1())", text)
    text = re.sub(r"public\.wall_may_\(('\w+')\)", r"(SELECT public.wall_may(\1))", text)
    text = re.sub(
        r"public\.wall_(shut|hidden)_\((\w+)\)",
        rf"coalesce({table}.\2 = ANY ((SELECT public.wall_\1())::uuid[]), false)",
        text,
    )
    return re.sub(r"wall_(asked|kept|shut_episode|shut_item)_\(", r"wall_\1(", text)


def _asked(view: str, key: str, table: str, wholly: bool, writing: bool) -> str:
    """The view of what is open, then the function; `\\1` stands for the row's column."""
    name = f"public.wall_{view}_{'all' if wholly else 'any'}"
    function = {"open": "wall_sees", "known": "wall_knows"}[view]
    but = " AND NOT w.read_only" if writing else ""
    extent = f"{str(wholly).lower()}, {str(writing).lower()}"
    return (
        f"(EXISTS (SELECT FROM {name} w WHERE w.{key} = {table}.\\1{but})"
        f" OR public.{function}({table}.\\1, {extent}))"
    )


def _hanging(label: str, column: str, table: str, writing: bool) -> str:
    """As `_asked`, for a row that hangs on one of another table."""
    but = " AND NOT w.read_only" if writing else ""
    return (
        f"(EXISTS (SELECT FROM public.{_view(label)} w WHERE w.id = {table}.{column}{but})"
        f" OR public.{_function('through', label, writing=writing)}({table}.{column}))"
    )


def _view(label: str) -> str:
    return f"wall_in_{apps.get_model(label)._meta.db_table}"


_VIEW = """
CREATE OR REPLACE VIEW public.{name} WITH (security_barrier) AS
    SELECT {table}.id, {read_only} AS read_only FROM public.{table} {rest}
"""


def views() -> dict[str, str]:
    """By name, and each after those that it asks, the views of the rows that open those of other
    tables, with whether they are open to be read alone."""
    found: dict[str, str] = {}

    def make(label: str) -> None:
        if _view(label) in found:
            return
        rule = wall().walled[label]
        for other, _ in _BY_ANOTHER.findall(rule.read):
            make(other)
        joins = _joins(label)
        # Where it cannot be told, it counts as one, and writing asks the function.
        rest = joins or f"WHERE {as_sql(rule.read, rule.table, wholly=True)}"
        found[_view(label)] = _VIEW.format(
            name=_view(label),
            table=rule.table,
            read_only="w.read_only" if joins else "true",
            rest=rest,
        )

    for one in wall().walled.values():
        for label, _ in _BY_ANOTHER.findall(f"{one.read} {one.insert}"):
            make(label)
    return found


def _joins(label: str) -> str:
    """How a row leads to its family where nothing but that opens it; else nothing."""
    rule = wall().walled[label]
    if by := _BY_FAMILY.fullmatch(rule.read):
        key = f"{rule.table}.{by[1]}"
        return f"JOIN public.wall_granted w ON w.family_id = {key} AND w.extent = 'full'"
    by = _BY_ANOTHER.fullmatch(rule.read)
    further = _joins(by[1]) if by else ""
    if not by or not further:
        return ""
    other = wall().walled[by[1]].table
    return f"JOIN public.{other} ON {other}.id = {rule.table}.{by[2]} {further}"


def _function(how: str, label: str, column: str | None = None, *, writing: bool = False) -> str:
    name = f"wall_{how}_{apps.get_model(label)._meta.db_table}"
    return "_".join([name, *([column] if column else []), *(["to_write"] if writing else [])])


_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
BEGIN
    RETURN wanted IS NOT NULL AND EXISTS (
        SELECT FROM public.{table} WHERE {table}.{column} = wanted AND ({condition})
    );
END $$
"""


def functions() -> Iterator[str]:
    """The functions by which a table's rows are opened by those of another: to read, to write."""
    asked: set[tuple[str, str, str]] = set()
    for one in wall().walled.values():
        for text in (one.read, one.insert):
            for label, column in re.findall(r"(?:through|among)\('([\w.]+)'(?:, '(\w+)')?", text):
                asked.add(("among" if column else "through", label, column))
    for how, label, column in sorted(asked):
        rule = wall().walled[label]
        for writing in (False, True):
            yield _FUNCTION.format(
                name=f"public.{_function(how, label, column or None, writing=writing)}",
                table=rule.table,
                column=column or "id",
                condition=as_sql(rule.read, rule.table, wholly=True, writing=writing),
            )


def policies() -> Iterator[tuple[str, list[str]]]:
    """Each table behind the wall, with the statements that put it there."""
    for label, one in wall().walled.items():
        reads = [way.name for way in wall().ways if label in way.reads | way.writes]
        writes = [way.name for way in wall().ways if label in way.writes]
        read = _or_by(reads, as_sql(one.read, one.table, wholly=not one.summary))
        change = _or_by(writes, _to_write(one, one.read))
        insert = _or_by(writes, _to_write(one, one.insert))
        after = f"public.wall_me() IS NOT NULL OR {_or_by(writes, 'false')}"
        on = f"ON public.{one.table} FOR"
        yield (
            one.table,
            [
                f"CREATE POLICY wall_read {on} SELECT USING ({read})",
                f"CREATE POLICY wall_insert {on} INSERT WITH CHECK ({insert})",
                f"CREATE POLICY wall_change {on} UPDATE USING ({change}) WITH CHECK ({after})",
                *_deletes(one, writes),
            ],
        )
    yield HISTORY, [f"CREATE POLICY wall_read ON public.{HISTORY} FOR SELECT USING ({_EARLIER})"]
    # Only the number and the hash can be asked for at all: see `building`.
    yield (
        EVIDENCE,
        [
            f"CREATE POLICY wall_read ON public.{EVIDENCE} FOR SELECT USING (true)",
            f"CREATE POLICY wall_insert ON public.{EVIDENCE} FOR INSERT WITH CHECK (true)",
        ],
    )


def _to_write(one: Walled, condition: str) -> str:
    """A condition as writing asks it; by a way that says so, what is open in an emergency too."""
    wholly = not one.summary
    text = as_sql(condition, one.table, wholly=wholly, writing=True)
    ways = [way.name for way in wall().ways if one.label in way.opened]
    if not ways:
        return text
    read = as_sql(condition, one.table, wholly=wholly)
    return f"({text}) OR ({_crosses(ways)} AND ({read}))"


def _deletes(one: Walled, writes: list[str]) -> Iterator[str]:
    """What may be deleted at all: of a family's record, only what a way made and nobody changed."""
    if one.label not in wall().deletes:
        return
    fields = {field.name for field in apps.get_model(one.label)._meta.get_fields()}
    when = _or_by(writes, _to_write(one, one.read))
    if {"created_at", "changed_at"} <= fields:
        when = f"{_or_by(writes, 'false')} AND created_at = changed_at".replace(" OR false", "")
    yield f"CREATE POLICY wall_delete ON public.{one.table} FOR DELETE USING ({when})"


def _or_by(ways: list[str], condition: str) -> str:
    return f"{_crosses(ways)} OR {condition}" if ways else condition


def _crosses(ways: list[str]) -> str:
    return f"(SELECT public.wall_crosses('{{{','.join(sorted(ways))}}}'))"

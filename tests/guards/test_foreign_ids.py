"""Ids of another family in what a form sends: nothing is ever written about whom it does not know.

Each form of each page is filled as its page offers it. Where it offers a record by its id, the id
of another family's record of the same kind is sent instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models, transaction
from django.test import Client
from tests.guards.expected import ROUTES
from tests.guards.test_injection import client_of
from tests.guards.test_models import OURS
from tests.guards.test_pages import NOWHERE, Route, address, by_state, in_state, shown
from tests.guards.world import World

# Of no family: who works where. And what a page keeps of what was typed, for whoever typed it.
_OF_NO_FAMILY = {"partnership", "web", "profile", "practice"}
_OFFERED = [
    model
    for model in OURS
    if isinstance(model._meta.pk, models.UUIDField) and model._meta.app_label not in _OF_NO_FAMILY
]


class Forms(HTMLParser):
    """The forms of a page: where each goes to, and what its fields would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._inside: dict[str, str] | None = None
        self._chosen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = {} if said.get("method", "").lower() == "post" else None
            if self._inside is not None:
                self.forms.append((said.get("action", ""), self._inside))
        if self._inside is None:
            return
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "select":
            self._chosen = name
        elif tag == "option" and self._chosen and value:
            self._inside.setdefault(self._chosen, value)
        elif tag == "textarea" and name:
            self._inside.setdefault(name, "Some words about it")
        elif tag in {"input", "button"} and name:
            self._take(said.get("type", "text"), name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        if tag == "select":
            self._chosen = ""

    def _take(self, kind: str, name: str, value: str) -> None:
        assert self._inside is not None
        if kind in {"radio", "checkbox", "hidden", "submit"}:
            self._inside.setdefault(name, value)
        elif kind != "file":
            date = "on" in name.split("_") or "date" in name or "when" in name
            self._inside.setdefault(name, value or ("1 June 2026" if date else "Some words"))


@contextmanager
def written() -> Iterator[list[str]]:
    """What is sent to the database to be written meanwhile."""
    seen: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        verb = str(sql).lstrip()[:6].upper()
        if verb in {"INSERT", "UPDATE"} and '"web_' not in str(sql)[:40]:
            seen.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


@dataclass(frozen=True)
class Offer:
    """A field in which a form offers a record by its id, and what else the form would send."""

    route: Route
    client: Client
    page: str
    into: str
    field: str
    fields: dict[str, str]
    kind: type[models.Model]


@pytest.mark.django_db
@by_state
def test_another_familys_ids_are_written_nowhere(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    offers = list(_offers(world, state))
    if not offers:
        return
    ours = {one: set(one._base_manager.values_list("pk", flat=True)) for one in _OFFERED}
    World("helping")
    for offer in offers:
        offered = offer.client.get(offer.page).content.decode()
        theirs = offer.kind._base_manager.exclude(pk__in=ours[offer.kind])
        other = next(str(one.pk) for one in theirs if str(one.pk) not in offered)
        with subtests.test(route=shown(offer.route), field=offer.field):
            sent = {**offer.fields, offer.field: other}
            with written() as lines:
                point = transaction.savepoint_create()
                answer = offer.client.post(offer.into, sent)
                transaction.savepoint_rollback(point)
            assert answer.status_code in {200, 302, 404, 409}
            assert not [line for line in lines if other in line]


def _offers(world: World, state: str) -> Iterator[Offer]:
    for route in in_state(state):
        wanted = ROUTES[route[0]]
        if wanted.posts or wanted.public or route in NOWHERE:
            continue
        client, path = client_of(world, wanted.who), address(world, route)
        answer = client.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Forms()
        page.feed(answer.content.decode())
        for action, fields in page.forms:
            for name, value in fields.items():
                kind = _kind_of(value)
                if kind is not None:
                    yield Offer(route, client, path, action or path, name, fields, kind)


def _kind_of(value: str) -> type[models.Model] | None:
    """What a value is the id of, if it is of anything of a family's."""
    try:
        key = UUID(value)
    except ValueError:
        return None
    found = (one for one in _OFFERED if one._base_manager.filter(pk=key).exists())
    return next(found, None)

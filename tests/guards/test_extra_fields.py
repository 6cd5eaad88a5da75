"""Mass assignment: a form that is sent with a value for every column there is writes what it asks.

Each form of each page is filled as its page offers it, and sent a second time with a field more for
every column of every table: nothing of those is ever written.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import models, transaction
from django.urls import reverse
from tests.guards.expected import ROUTES
from tests.guards.test_foreign_ids import Forms, written
from tests.guards.test_injection import client_of
from tests.guards.test_models import OURS
from tests.guards.test_pages import NOWHERE, Route, address, by_state, in_state, shown
from tests.guards.world import World

EXTRA = "x-extra"
NUMBER, YEAR = 7_654_321, "1897-03-04"
# As a question has them; a shorter mark would be met by chance in ids and hashes.
MARKS = (EXTRA, str(NUMBER), YEAR, "(1897, 3, 4")
# Their forms are refused as they are filled here, whatever else is in them.
_WRITES_NOTHING = {
    "agreed", "declined", "planning", "asked", "reviewed", "assessed again", "installed", "counted",
    "gone",
}  # fmt: skip


def more(fields: dict[str, str], stranger: str) -> dict[str, str]:
    """A value for every column that the form does not ask for itself, told from any other."""
    sent = {}
    for model in OURS:
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                sent[name] = _value(field, stranger)
    return {name: value for name, value in sent.items() if name not in fields}


def _value(field: "models.Field[Any, Any]", stranger: str) -> str:
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return stranger
    if isinstance(field, models.DateField):  # and moments
        return YEAR
    if isinstance(field, models.BooleanField):
        return "true"
    return str(NUMBER) if isinstance(field, models.IntegerField) else EXTRA


@pytest.mark.django_db
@by_state
def test_nothing_is_written_that_no_form_asks(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    stranger, wrote = str(uuid4()), 0
    for route, client, path, fields in _forms(world, state):
        with subtests.test(route=shown(route), path=path):
            with written() as lines:
                point = transaction.savepoint_create()
                answer = client.post(path, {**more(fields, stranger), **fields})
                transaction.savepoint_rollback(point)
            assert answer.status_code in {200, 302, 403, 404, 409}
            wrote += bool(lines)
            for line in lines:
                assert not [one for one in (*MARKS, stranger) if one in line]
    assert bool(wrote) != (state in _WRITES_NOTHING), f"{wrote} forms of this state wrote something"


def _forms(world: World, state: str) -> Iterator[tuple[Route, Any, str, dict[str, str]]]:
    for route in in_state(state):
        wanted = ROUTES[route[0]]
        if wanted.posts or wanted.public or route in NOWHERE:
            continue
        client, path = client_of(world, wanted.who), address(world, route)
        answer = client.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = Forms()
            page.feed(answer.content.decode())
            for action, fields in page.forms:
                # Who has signed out sends nothing more; that they are there takes no field.
                if action in {reverse("account:sign-out"), reverse("account:staying")}:
                    continue
                yield route, client, action or path, fields

"""What is written is shown as it was written: it never becomes a part of a page, a paper or a
table, nor of an address or a page's title."""

import csv
import io
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from tests.factories.partnership import signed_in
from tests.guards.expected import NO_PAGE, ROUTES
from tests.guards.poison import ATTRIBUTE, HARM, TAG, poison
from tests.guards.test_pages import NOWHERE, address, by_state, family_member, in_state, shown
from tests.guards.world import World

pytestmark = pytest.mark.usefixtures("assets")  # some answer with a paper, set in its typefaces

# Their one page asks only.
_TELLS_NOTHING = {"agreed", "planning"}


class Met(HTMLParser):
    """What a page is made of, as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: list[str] = []
        self.seen = False
        self._in_title = self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.seen |= HARM in (value or "")
            led = name in {"href", "src", "action", "formaction"} and value
            # An address stays in the browser, and in the logs of whatever it passes through.
            if led and TAG in unquote_plus(str(value)):
                self.broken.append(f"<{tag} {name}={value}>")
            if name == ATTRIBUTE or (led and str(value).strip().lower().startswith("javascript:")):
                self.broken.append(f"<{tag} {name}={value}>")
        if tag == TAG:
            self.broken.append(f"<{tag}>")
        self._in_title = tag == "title" and not self._in_body
        self._in_body |= tag == "body"

    def handle_data(self, data: str) -> None:
        self.seen |= HARM in data
        # So does a title, where somebody else looks at the same screen.
        if self._in_title and TAG in data:
            self.broken.append(f"<title>{data}")
        self._in_title = False


@pytest.mark.django_db
@by_state
def test_what_is_written_stays_text(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    opened = [route for route in in_state(state) if not ROUTES[route[0]].posts]
    # Before anything is harmed: the small world knows people by their names.
    addresses = {route: address(world, route) for route in opened}
    clients = {who: client_of(world, who) for who in {ROUTES[name].who for name, _ in opened}}
    refused = poison()
    seen = set()
    for route, path in addresses.items():
        wanted = ROUTES[route[0]]
        with subtests.test(route=shown(route)), transaction.atomic():
            answer = clients[wanted.who].get(path)
            right = NO_PAGE if route in NOWHERE else wanted.answers
            assert answer.status_code == right
            for name, value in answer.headers.items():
                assert TAG not in value, f"{name}: {value}"
            if _shows(answer):
                seen.add(route[0])
    assert not refused, "put them where the harm cannot go, or say why they cannot take it"
    assert seen or state in _TELLS_NOTHING, "no page of this state shows what was written"


def client_of(world: World, who: str) -> Client:
    return signed_in(family_member(world) if who == "parent" else world.actor(who))


def _shows(answer: Any) -> bool:
    content = b"".join(answer) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if kind == "application/pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return TAG in text
    told = content.decode()
    if kind == "text/html":
        met = Met()
        met.feed(told)
        assert not met.broken, met.broken
        return met.seen
    if kind == "text/csv":
        for line in csv.reader(io.StringIO(told)):
            assert not [cell for cell in line if cell.startswith(("=", "+", "@"))], line
    if kind == "image/svg+xml":
        assert f"<{TAG}" not in told
    return TAG in told

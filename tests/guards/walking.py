"""Asking every page of the small world as everybody: quickly, and without a trace."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.as_web import staying_the_web_login
from tests.factories.partnership import signed_in

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Membership
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind

ASKED = ("get", "post")
# What an answer is made into once it is known who may have it. Whether the door is open is said
# before, and how the pages look is what other guards see to.
_MADE = (
    ("django.template.backends.jinja2.Template.render", ""),
    ("earlydoors.web.design.papers.as_pdf", b""),
    ("vl_convert.vegalite_to_svg", "<svg/>"),
    ("vl_convert.svg_to_png", b""),
)
_DRAWN: ContextVar[bool] = ContextVar("_DRAWN", default=False)
_FORGETS = "psycopg._preparing.PrepareManager._should_discard"
_PLANS = 5_000  # that a connection keeps
_MANY = 50_000  # objects, between two looks for what can be forgotten


@dataclass(frozen=True)
class Answer:
    """How a page answered: its status, where it led, and what it said."""

    status: int
    to: str
    said: bytes
    wrote: frozenset[str] = frozenset()

    @property
    def opens(self) -> bool:
        """Whether the door was open, whatever lay behind it."""
        return self.status not in {403, 404, 405} and not self.to.startswith(_sign_in())


def _sign_in() -> str:
    return reverse("account:sign-in")


@contextmanager
def nothing_is_drawn() -> Iterator[None]:
    """Until the end of the block, what is opened is not made into a page, a picture or a paper,
    unless it is asked to be drawn."""
    with ExitStack() as stack:
        for name, made in _MADE:
            stack.enter_context(patch(name, _instead(resolve_name(name), made)))
        yield


def _instead(truly: Any, made: Any) -> Any:
    return lambda *args, **more: truly(*args, **more) if _DRAWN.get() else made


@contextmanager
def unsaid() -> Iterator[None]:
    """Until the end of the block, no refusal is written to the log: there are thousands."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def undone() -> Iterator[None]:
    """What is written in the block is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def many() -> Iterator[None]:
    """For a block of thousands of questions: nothing is drawn or said unless it is wanted, what
    stands already is not looked through again for what can be forgotten, and what the server has
    planned outlives every way back (the driver has it forgotten, since tables may have gone)."""
    before = gc.get_threshold()
    connection.connection.prepared_max = _PLANS
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MANY)
    try:
        with nothing_is_drawn(), unsaid(), patch(_FORGETS, lambda *_: False):
            yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Asker:
    """Somebody signed in, who can try every role."""

    def __init__(self, who: Actor) -> None:
        self.member = who.member
        self.client = signed_in(who)
        self._kept = self.client.cookies[settings.SESSION_COOKIE_NAME].value

    @contextmanager
    def as_a(self, kind: RoleKind) -> Iterator[None]:
        """Until the end of the block they hold a role of this kind and no other, and ask."""
        role = next(one for one in current().roles if one.kind == kind)
        Membership.objects.filter(member=self.member).update(
            kind=kind, role_key=role.key, role_name=role.name
        )
        with self.asking():
            yield

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A block in which they ask, and nothing else is done."""
        with staying_the_web_login(), _a_point() as self._back:
            yield

    def ask(self, path: str, method: str, *, drawn: bool = False) -> Answer:
        """Ask a page; nothing of it stays."""
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self._kept
        before = _DRAWN.set(drawn)
        try:
            return _asked(self.client, path, method)
        finally:
            _DRAWN.reset(before)
            self._back()


@contextmanager
def _a_point() -> Iterator[Callable[[], None]]:
    """A point of the transaction, and the way back to it, however often."""
    with undone():

        def back() -> None:
            connection.connection.execute("ROLLBACK TO SAVEPOINT here")
            transaction.set_rollback(False)
            connection.run_on_commit = []

        connection.connection.execute("SAVEPOINT here")
        yield back


def asked(client: Client, path: str, method: str) -> Answer:
    """What a page answers; nothing of it stays."""
    with unsaid(), undone():
        return _asked(client, path, method)


def _asked(client: Client, path: str, method: str) -> Answer:
    with _written() as wrote:
        answer: Any = getattr(client, method)(path)
        said = b"".join(answer) if answer.streaming else answer.content
    return Answer(answer.status_code, answer.headers.get("Location", ""), said, frozenset(wrote))


@contextmanager
def _written() -> Iterator[set[str]]:
    """The tables of which a row was written meanwhile."""
    wrote: set[str] = set()

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        said = str(sql).lstrip()
        if said[:6] in {"INSERT", "UPDATE", "DELETE"} and context["cursor"].rowcount:
            wrote.add(said.split('"')[1])
        return result

    with connection.execute_wrapper(watch):
        yield wrote

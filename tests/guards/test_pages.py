"""Every page of the product: who may come there, and that looking changes nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.factories.partnership import actor, signed_in, worker
from tests.guards.expected import NO_PAGE, ROUTES, SHUT, Expected
from tests.guards.world import World, routes

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import families_of, grants_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.operations import join
from earlydoors.domain.people.models import Family
from earlydoors.domain.people.operations import give_account
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind

pytestmark = pytest.mark.usefixtures("assets")  # some answer with a paper, set in its typefaces

type Route = tuple[str, tuple[str, ...]]

ALL = sorted(routes())
STATES = sorted({wanted.state for wanted in ROUTES.values()})
by_state = pytest.mark.parametrize("state", STATES)
# A plan's form asks nothing of one person alone, so such an address leads nowhere.
NOWHERE = {("plans:section", ("person_id", "plan_id", "section_key"))}
_WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
_TOLD = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=()",
    "cache-control": "no-store",
}
_INLINE = re.compile(r"<script(?![^>]* src=)|<style|<[^>]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
# The record of the look, with word of it to the few who hold a restricted record, and the sign-in's
# own row.
_MAY_BE_WRITTEN = {"access_notice", "audit_auditevent", "django_session", "frontdoor_enquiry"}


def shown(route: Route) -> str:
    return f"{route[0]}({', '.join(route[1])})"


def in_state(state: str) -> list[Route]:
    return [route for route in ALL if route[0] in ROUTES and ROUTES[route[0]].state == state]


def address(world: World, route: Route) -> str:
    name, takes = route
    values = {part: world.value(name, part) for part in takes}
    if name == "assessments:section" and {"person_id", "section_key"} <= set(takes):
        form = world.help.assessment.form_record.form
        values["section_key"] = next(s.key for s in form.sections if s.repeat == "each_child")
    return reverse(name, kwargs=values)


def family_member(world: World) -> Actor:
    """The parent, signed in as herself."""
    role = next(r.key for r in current().roles if r.kind == RoleKind.FAMILY_MEMBER)
    at = world.help.at
    member = join(
        username=f"parent-{uuid4()}",
        name="Kelly",
        role_key=role,
        profile=current(),
        password="early doors practice",
        on=at.date(),
        at=at,
    )
    give_account(person=world.help.parent, account_of=member, by=world.help.coordinator, at=at)
    return actor(member)


def knows_the_summary(world: World) -> Actor:
    """A practitioner who asked for help for the family once, and knows that it is under way."""
    asker = worker(name="Una Hale")
    grant(
        family=world.help.family,
        member=asker.member,
        because="asked",
        extent="summary",
        by=world.help.coordinator,
        at=world.help.at,
    )
    return asker


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that are written to meanwhile."""
    seen: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        found = _WRITES.match(str(sql))
        if found:
            seen.append(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def test_every_route_says_who_may_come() -> None:
    named = {name for name, _ in ALL}
    assert named - set(ROUTES) == set(), "add them to tests/guards/expected.py"
    assert set(ROUTES) - named == set(), "they are gone: take them out of expected.py"


@pytest.mark.django_db
@by_state
def test_access_is_as_expected(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    parent = family_member(world)
    clients = {
        "family": signed_in(parent),
        "outsider": signed_in(world.help.outsider),
        "parent": signed_in(parent),
        "summary": signed_in(knows_the_summary(world)),
    }
    for route in in_state(state):
        wanted = ROUTES[route[0]]
        if wanted.who not in clients:
            clients[wanted.who] = signed_in(world.actor(wanted.who))
        with subtests.test(route=shown(route)):
            path = address(world, route)
            _is_open(route, path, clients[wanted.who])
            _is_shut_to_strangers(wanted, path)
            send = "post" if wanted.posts else "get"
            if wanted.public and wanted.posts:
                continue
            outsider = getattr(clients["outsider"], send)(path)
            assert outsider.status_code in wanted.outsider, f"outsider: {outsider.status_code}"
            family = getattr(clients["family"], send)(path)
            assert family.status_code in wanted.family, f"family: {family.status_code}"
            summary = getattr(clients["summary"], send)(path)
            met = wanted.summary or wanted.outsider
            assert summary.status_code in met, f"summary: {summary.status_code}"
            with everything_in_scope():
                _is_held_by_the_wall_alone(world, wanted, getattr(clients["outsider"], send)(path))


def _is_open(route: Route, path: str, client: Client) -> None:
    """Whose page it is comes there; and looking writes nothing but the record of the look."""
    wanted = ROUTES[route[0]]
    with writes() as written:
        answer = client.get(path)
    _refuses_strangers_code(answer)
    right = NO_PAGE if route in NOWHERE else 405 if wanted.posts else wanted.answers
    assert answer.status_code == right, f"{wanted.who} got {answer.status_code} at {path}"
    assert set(written) <= _MAY_BE_WRITTEN, f"looking at {path} wrote {set(written)}"


def _refuses_strangers_code(answer: Any) -> None:
    """The answer tells the browser what to refuse, and keeps to it itself."""
    told = {name.lower(): value for name, value in answer.headers.items()}
    policy = told["content-security-policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|\*|https?:", policy), policy
    for name, value in _TOLD.items():
        assert value in told[name], f"{name}: {told[name]}"
    kind = told.get("content-type", "")
    assert not kind.startswith("text/") or "charset=utf-8" in kind.lower(), kind
    if kind.startswith("text/html"):
        found = _INLINE.search(answer.content.decode())
        assert not found, f"inline: {found}"


@contextmanager
def everything_in_scope() -> Iterator[None]:
    """The application's own scoping is gone: every query of it finds every family and grant."""
    kept = {one: one.__code__ for one in (grants_of, families_of)}
    grants_of.__code__ = _every_grant.__code__
    families_of.__code__ = _every_family.__code__
    try:
        yield
    finally:
        for one, code in kept.items():
            one.__code__ = code


def _every_grant(actor: Actor) -> Any:
    return Grant.objects.filter(ended_at=None)


def _every_family(actor: Actor) -> Any:
    return Family.objects.all()


def _is_held_by_the_wall_alone(world: World, wanted: Expected, answer: Any) -> None:
    """An outsider meets what they always meet, and no page names the child."""
    assert answer.status_code in wanted.outsider, f"behind the wall: {answer.status_code}"
    if wanted.who != "outsider" and not wanted.public:
        told = b"".join(answer) if answer.streaming else answer.content
        assert world.help.child.given_name.encode() not in told


def _is_shut_to_strangers(wanted: Expected, path: str) -> None:
    stranger = getattr(Client(), "post" if wanted.posts else "get")(path)
    if wanted.public:
        right = wanted.stranger or (302 if wanted.posts else 200)
        assert stranger.status_code == right, f"public: {stranger}"
    else:
        assert stranger.status_code == 302, f"a stranger got {stranger.status_code} at {path}"
        assert reverse("account:sign-in") in stranger["Location"]


@pytest.mark.django_db
@by_state
def test_an_id_that_is_not_there_is_no_page(state: str, subtests: pytest.Subtests) -> None:
    """Each id of an address in turn is one that nobody has."""
    world = World(state)
    for route in in_state(state):
        wanted, (name, takes) = ROUTES[route[0]], route
        client = signed_in(world.actor("lead" if wanted.who == "parent" else wanted.who))
        for wrong in [part for part in takes if part.endswith("_id")]:
            with subtests.test(route=shown(route), wrong=wrong):
                values = {part: world.value(name, part) for part in takes}
                path = reverse(name, kwargs=values | {wrong: uuid4()})
                answer = client.post(path) if wanted.posts else client.get(path)
                assert answer.status_code == NO_PAGE, f"{path}: {answer.status_code}"


@pytest.mark.django_db
@by_state
def test_an_id_of_another_family_is_no_page(state: str, subtests: pytest.Subtests) -> None:
    """Someone who works with one family puts another family's id into the address."""
    theirs = World(state)
    other = signed_in(World("helping").help.lead)
    for route in in_state(state):
        wanted, (_, takes) = ROUTES[route[0]], route
        # Everything that is sent is the front door's business.
        if wanted.who == "coordinator" or not any(part.endswith("_id") for part in takes):
            continue
        with subtests.test(route=shown(route)):
            path = address(theirs, route)
            answer = other.post(path) if wanted.posts else other.get(path)
            assert answer.status_code in SHUT, f"{path}: {answer.status_code}"


def test_every_state_of_the_table_is_walked() -> None:
    assert sum(len(in_state(state)) for state in STATES) == len(ALL)

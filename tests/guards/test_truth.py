"""Who may do what: every role, with everything somebody can have to do with a family, at every
page, by every method; as it is, and with only the database's own wall.

The rules are `src/earlydoors/config/access.toml`, written for people; `docs/reference/access.md`
shows them. Of the product's own checks they share nothing but what a role may do, `RIGHTS`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.guards.relations import RELATIONS
from tests.guards.test_pages import ALL, STATES, Route, address, in_state, shown
from tests.guards.test_restricted import nothing_shut
from tests.guards.walking import ASKED, Answer, Asker, asked, many, nothing_is_drawn, undone
from tests.guards.world import World

from earlydoors.config.who_may import PUBLIC, Rule, table
from earlydoors.domain.partnership.rights import RIGHTS
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.foundation.wall.policies import wall

pytestmark = pytest.mark.usefixtures("assets")

OTHERS = ("put", "patch", "delete")
# Whoever is signed in, and in which role: all that may be asked before a method is refused.
_WHO_ASKS = re.compile(r"^(django_session|partnership_\w+|web_\w+)$")
_TABLES = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
# The record of a question, and word of it to the few: written whatever the answer.
_OF_THE_LOOK = {"access_notice", "frontdoor_enquiry"}
MOST_SAID = 40
# How many of the relations one test tries: a worker of a parallel run takes one such part.
_PART = 2
_LARGE = 20  # pages
PARTS = [
    (state, names)
    for state in STATES
    for names in (
        [tuple(RELATIONS)[at : at + _PART] for at in range(0, len(RELATIONS), _PART)]
        if len(in_state(state)) > _LARGE
        else [tuple(RELATIONS)]
    )
]
# What every run walks whole; the others are walked by `-m table`.
ALWAYS = ("restricted",)


def rules_of(route: Route) -> list[Rule]:
    """The rules that claim a route: by its name and what it takes, or else by its name."""
    exactly = [rule for rule in table().rules if shown(route) in rule.routes]
    return exactly or [rule for rule in table().rules if route[0] in rule.routes]


def test_every_route_is_claimed_by_one_rule() -> None:
    found = {shown(route): [rule.name for rule in rules_of(route)] for route in ALL}
    wrong = {route: names for route, names in found.items() if len(names) != 1}
    assert wrong == {}, "each belongs to one rule of src/earlydoors/config/access.toml"


def test_every_rule_claims_what_is_there() -> None:
    there = {name for name, _ in ALL} | {shown(route) for route in ALL}
    claimed = [name for rule in table().rules for name in rule.routes]
    assert set(claimed) - there == set(), "they are gone: take them out of access.toml"
    assert [name for name, times in Counter(claimed).items() if times > 1] == []
    assert [rule.name for rule in table().rules if not rule.routes or not rule.ways] == []


def test_every_relation_and_role_is_tried() -> None:
    assert set(table().relations) == set(RELATIONS)
    assert set(RIGHTS) == set(RoleKind)
    used = {
        fact
        for rule in table().rules
        for ways in rule.ways.values()
        for way in ways
        for fact in way.asks
    }
    assert used == set(table().facts), "a fact that opens nothing, or that nothing explains"
    assert {fact for one in table().relations.values() for fact in one.has} == set(table().facts)


def test_every_state_is_walked() -> None:
    tried = [(state, name) for state, names in PARTS for name in names]
    assert len(tried) == len(set(tried)) == len(STATES) * len(RELATIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_strangers_and_methods_that_no_page_takes(state: str) -> None:
    """Whoever is not signed in has what is public. A method that a page does not take is refused
    before anything is read but who asks, so that the answer is the same to everybody."""
    world = World(state)
    asker = Asker(world.help.lead)
    wrong = []
    for route in in_state(state):
        [rule] = rules_of(route)
        path = address(world, route)
        for method, ways in rule.ways.items():
            public = any(way.kind == PUBLIC for way in ways)
            with nothing_is_drawn():
                answer = asked(Client(), path, method)
            if _opens(answer, rule) != public:
                wrong.append(f"{method} {shown(route)}: {answer.status} {answer.to} to strangers")
        for method in (*OTHERS, *(one for one in ASKED if one not in rule.ways)):
            with asker.asking(), _read() as tables:
                answer = asker.ask(path, method)
            read = {name for name in tables if not _WHO_ASKS.match(name)}
            if answer.status != 405 or read:
                wrong.append(f"{method} {shown(route)}: {answer.status}, having read {read}")
            if method in OTHERS and asked(Client(), path, method).status != 405:
                wrong.append(f"{method} {shown(route)}: taken of strangers")
    assert wrong == []


@contextmanager
def _read() -> Iterator[set[str]]:
    """The tables that are named meanwhile."""
    tables: set[str] = set()

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        tables.update(_TABLES.findall(str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@pytest.mark.django_db
@pytest.mark.parametrize("state", ALWAYS)
def test_the_table_holds_where_a_record_is_shut(state: str) -> None:
    _walk(state, tuple(RELATIONS))


@pytest.mark.table
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "names"), PARTS, ids=lambda one: str(one) if isinstance(one, str) else one[0]
)
def test_the_table_holds(state: str, names: tuple[str, ...]) -> None:
    _walk(state, names)


def _walk(state: str, names: tuple[str, ...]) -> None:
    world = World(state)
    paths = [(route, rules_of(route)[0], address(world, route)) for route in in_state(state)]
    words = _words_of(world)
    wrong: list[str] = []
    with many():
        for name in names:
            with undone():
                asker = Asker(RELATIONS[name](world))
                for kind in RoleKind:
                    with asker.as_a(kind):
                        wrong += _of_a_role(asker, kind, name, state, paths, words)
    assert not wrong, f"{len(wrong)} cells:\n" + "\n".join(wrong[:MOST_SAID])


def _of_a_role(
    asker: Asker,
    kind: RoleKind,
    name: str,
    state: str,
    paths: list[tuple[Route, Rule, str]],
    words: set[str],
) -> Iterator[str]:
    told = bool(table().of_the_family(name, state))
    for route, rule, path in paths:
        for method in rule.ways:
            cell = f"{kind}, {name}: {method} {shown(route)}"
            open_ = table().opens(rule, method, kind, name, state)
            yield from (f"{cell}: {it}" for it in _as_it_is(asker, path, method, rule, open_))
            if not open_ and _for_want_of_a_relation(rule, method, kind):
                found = _behind_the_wall(asker, path, method, set() if told else words)
                yield from (f"{cell}, behind the wall alone: {it}" for it in found)


def _for_want_of_a_relation(rule: Rule, method: str, kind: RoleKind) -> bool:
    return any(way.asks and way.is_for(kind) for way in rule.ways[method])


def _opens(answer: Answer, rule: Rule) -> bool:
    return answer.status not in {403, 404, 405} if rule.to_sign_in else answer.opens


def _as_it_is(asker: Asker, path: str, method: str, rule: Rule, open_: bool) -> Iterator[str]:
    answer = asker.ask(path, method)
    if _opens(answer, rule) != open_:
        yield f"{answer.status}, and should be {'open' if open_ else 'shut'}"
    if not open_ and (wrote := answer.wrote & _walled()):
        yield f"wrote {sorted(wrote)}"


def _behind_the_wall(asker: Asker, path: str, method: str, words: set[str]) -> Iterator[str]:
    """Nothing of the family is said, and nothing of it is written, by a page that believes that
    every family is open to everybody."""
    asker.client.raise_request_exception = False  # the wall's own refusal is one
    with nothing_shut():
        answer = asker.ask(path, method)
        if answer.status == 200:
            answer = asker.ask(path, method, drawn=True)
    asker.client.raise_request_exception = True
    said = answer.said.decode(errors="replace")
    if found := sorted(word for word in words if word in said and word not in path):
        yield f"{answer.status}, and told {found}"
    if wrote := answer.wrote & _walled():
        yield f"wrote {sorted(wrote)}"


def _words_of(world: World) -> set[str]:
    """What names the family: its people by name, and each by their id."""
    people = [place.person for place in world.help.family.members.select_related("person")]
    ids = {str(person.pk) for person in people}
    return ids | {str(world.help.family), *(person.given_name for person in people)}


@cache
def _walled() -> set[str]:
    tables = {apps.get_model(label)._meta.db_table for label in wall().walled}
    return tables - _OF_THE_LOOK

"""A restricted record, and one of somebody whom a member knows, is nowhere for them: on no page, by
no table, behind either wall."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q
from tests.as_web import as_the_web_login
from tests.factories.partnership import signed_in, worker
from tests.guards.expected import ROUTES
from tests.guards.test_pages import address, by_state, everything_in_scope, in_state, shown
from tests.guards.world import World

from earlydoors.domain.access import queries
from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.declaring import declare
from earlydoors.domain.access.restricting import restrict
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.wall.policies import FAMILY, wall

# Somebody's own file names whom they wrote into it; the family's own pages stay theirs.
NOT_ASKED = {"imported"}
# Whose record it is, whoever watches learns from what a member declared no more than here.
MAY_POINT = {"access.restriction", "access.declaration", "frontdoor.emergencyopening"}


def shut_to_all_but_a_manager(world: World) -> Actor:
    manager = worker("team_manager")
    restrict(
        family=world.help.family,
        kind="adopted",
        why="Nobody may find them.",
        named=[manager.member],
        by=world.help.coordinator,
        at=world.help.at + timedelta(days=30),
    )
    return manager


@contextmanager
def nothing_shut() -> Iterator[None]:
    """The application's own scoping is gone, and it knows nothing of what is shut."""
    kept = queries.shut_now.__code__, queries.not_shut.__code__
    queries.shut_now.__code__ = _none.__code__
    queries.not_shut.__code__ = _any.__code__
    try:
        with everything_in_scope():
            yield
    finally:
        queries.shut_now.__code__, queries.not_shut.__code__ = kept


def _none(actor: Actor) -> Any:
    return frozenset()


def _any(actor: Actor, family: str = "family") -> Any:
    return Q()


@pytest.mark.django_db
@by_state
def test_a_restricted_record_is_on_no_page_of_others(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    routes = {} if state in NOT_ASKED else {one: address(world, one) for one in in_state(state)}
    if state != "restricted":
        shut_to_all_but_a_manager(world)
    for route, path in routes.items():
        wanted = ROUTES[route[0]]
        if wanted.public or wanted.who in {"parent", "manager"}:
            continue
        # What somebody asks about themselves is answered whoever else their record is kept from.
        by_right = {"guardian"} if route[0].startswith("information:") else set()
        for who in {wanted.who, "coordinator"} - by_right:
            client = signed_in(world.actor(who))
            ways: list[AbstractContextManager[None]] = [nullcontext(), nothing_shut()]
            for way in ways:
                with subtests.test(route=shown(route), who=who), way:
                    answer = client.post(path) if wanted.posts else client.get(path)
                    told = b"".join(answer) if answer.streaming else answer.content
                    assert world.help.child.given_name.encode() not in told


def rows_of(family: Family) -> set[str]:
    """The tables of which a row that points at the family is given to whoever acts."""
    seen = set()
    for label in wall().walled:
        model = apps.get_model(label)
        for field in model._meta.get_fields():
            if not field.concrete or not field.many_to_one:
                continue
            if field.related_model._meta.label_lower != FAMILY:
                continue
            if model._default_manager.filter(**{field.name: family}).exists():
                seen.add(label)
    return seen


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["helping", "at_panel", "reviewed", "told", "opened", "closed"])
def test_no_table_gives_a_row_of_a_restricted_record_to_others(state: str) -> None:
    world = World(state)
    lead, family = world.help.lead, world.help.family
    with as_the_web_login(), acting_as(lead):
        assert {"access.grant", "people.familymember"} <= rows_of(family)
    manager = shut_to_all_but_a_manager(world)
    others = [
        lead,
        world.help.coordinator,
        world.help.outsider,
        worker("administrator"),
        worker("auditor"),
        worker("panel_chair"),
        worker("early_help_officer"),
    ]
    with as_the_web_login():
        for who in others:
            with acting_as(who):
                assert rows_of(family) <= MAY_POINT, who.name
                assert not Family.objects.filter(pk=family.pk).exists()
        with acting_as(manager):
            assert {"access.grant", "access.restriction", "people.familymember"} <= rows_of(family)


@pytest.mark.django_db
def test_no_table_gives_a_row_of_a_family_to_somebody_who_knows_them() -> None:
    world = World("reviewed")
    lead, family = world.help.lead, world.help.family
    declare(
        whom="Next door", kind="neighbour", says="We share a fence.", family=family, by=lead,
        at=world.help.at,
    )  # fmt: skip
    with as_the_web_login():
        with acting_as(lead):
            assert rows_of(family) <= {"access.declaration"}
        with acting_as(world.help.coordinator):
            assert "people.familymember" in rows_of(family)

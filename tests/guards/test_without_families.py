"""Roles that see no family are told of none: on no page, in no file, and by no table."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils.html import escape
from psycopg import sql
from tests.as_web import as_the_web_login
from tests.factories.partnership import signed_in, worker
from tests.guards.expected import ROUTES
from tests.guards.poison import TAG, poison
from tests.guards.test_pages import STATES, address, in_state, shown
from tests.guards.world import World

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.partnership.rights import RIGHTS, Right
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.foundation.wall.policies import wall

pytestmark = pytest.mark.usefixtures("assets")

SEE_NONE = (RoleKind.SYSTEM_ADMINISTRATOR, RoleKind.COMMISSIONER, RoleKind.ANALYST)


def test_these_roles_may_do_nothing_that_needs_a_family() -> None:
    theirs = {Right.RUN_INSTALLATION, Right.READ_FIGURES, Right.ANALYSE}
    for kind in SEE_NONE:
        assert RIGHTS[kind] <= theirs
        assert len(RIGHTS[kind]) == 1
    others = [rights for kind, rights in RIGHTS.items() if kind not in SEE_NONE]
    assert not any(rights & theirs for rights in others)


def markers(world: World) -> dict[str, str]:
    """What would tell of somebody: what is written, names, ids, birthdays."""
    help_ = world.help
    told = {
        "written by hand": TAG,
        "family": str(help_.family.pk),
        "episode": str(help_.episode.pk),
    }
    for person in (help_.child, help_.parent):
        told[f"id of {person.given_name}"] = str(person.pk)
        told[f"name {person.given_name}"] = person.given_name
        told[f"surname of {person.given_name}"] = person.family_name
        if person.born_on:
            told[f"birthday of {person.given_name}"] = person.born_on.isoformat()
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_no_route_tells_of_a_family(state: str, subtests: pytest.Subtests) -> None:
    world = World(state)
    told = markers(world)
    addresses = {route: address(world, route) for route in in_state(state)}
    poison()
    for kind in SEE_NONE:
        client = signed_in(worker(kind))
        for route, path in addresses.items():
            wanted = ROUTES[route[0]]
            with subtests.test(route=shown(route), kind=kind):
                answer: Any = client.post(path) if wanted.posts else client.get(path)
                body = b"".join(answer) if answer.streaming else answer.content
                text = body.decode("utf-8", "replace") + str(answer.headers)
                if wanted.public:
                    continue  # everybody's: a way in tells its holder their own name
                for what, marker in told.items():
                    for said in {marker, escape(marker), quote(marker)}:
                        assert said not in text or said in path, f"{path} tells {what}"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SEE_NONE)
def test_no_table_behind_the_wall_has_a_row_for_them(kind: RoleKind) -> None:
    World("gathered")
    poison()
    who = worker(kind)
    asked = 0
    with as_the_web_login(), acting_as(who), connection.cursor() as cursor:
        for one in wall().walled.values():
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(one.table)))
            assert cursor.fetchone() == (0,), one.label
            asked += 1
        cursor.execute("SELECT count(*) FROM public.history_rowversion")
        assert cursor.fetchone() == (0,)
    assert asked > 50

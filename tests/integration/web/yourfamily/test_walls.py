"""A member of a family finds every worker's page closed, at every address of the product."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.integration.web.yourfamily.conftest import Household

THEIRS = {"account", "area", "home", "yourfamily"}


def addresses(patterns: list[URLPattern | URLResolver], place: str = "") -> Iterator[URLPattern]:
    """Every route of the places that are the workers' own."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, one.namespace or place)
        elif place and place not in THEIRS:
            yield one


def _filled(route: str, ids: dict[str, UUID]) -> str:
    for key, value in ids.items():
        route = route.replace(f"<uuid:{key}>", str(value))
    return route


def _paths(home: Household) -> list[str]:
    """Every worker's address with the ids of the family's own record in it."""
    episode, plan = home.help.episode, home.help.plan
    assert plan is not None
    assert home.help.assessment is not None
    assert home.help.meeting is not None
    assert home.help.agreement is not None
    assert home.help.request is not None
    ids = {
        "family_id": home.help.family.pk,
        "person_id": home.help.child.pk,
        "episode_id": episode.pk,
        "plan_id": plan.pk,
        "outcome_id": home.outcome.pk,
        "action_id": home.action.pk,
        "meeting_id": home.help.meeting.pk,
        "assessment_id": home.help.assessment.pk,
        "agreement_id": home.help.agreement.pk,
        "request_id": home.help.request.pk,
    }
    found = []
    for resolver in get_resolver().url_patterns:
        if not isinstance(resolver, URLResolver):
            continue
        prefix = str(resolver.pattern)
        for one in addresses(resolver.url_patterns, resolver.namespace or ""):
            route = _filled(prefix + str(one.pattern), ids)
            while "<uuid:" in route:
                start = route.index("<uuid:")
                route = route[:start] + str(episode.pk) + route[route.index(">", start) + 1 :]
            while "<str:" in route or "<slug:" in route:
                start = route.index("<s")
                route = route[:start] + "family" + route[route.index(">", start) + 1 :]
            found.append("/" + route)
    return found


def _closed(client: Client, path: str) -> bool:
    return client.get(path).status_code in {403, 404, 405}


@pytest.mark.django_db
def test_every_workers_page_is_closed_to_the_family(home: Household) -> None:
    paths = _paths(home)

    assert len(paths) > 20
    open_to_them = [path for path in paths if not _closed(home.mothers, path)]
    assert not open_to_them


@pytest.mark.django_db
def test_nothing_can_be_posted_to_a_workers_page(home: Household) -> None:
    taken = [
        path
        for path in _paths(home)
        if home.mothers.post(path, {}).status_code not in {403, 404, 405}
    ]
    assert not taken

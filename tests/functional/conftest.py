"""A partnership to tell a story in: the area's profile, its cast, and browsers for them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from earlydoors.foundation.profile.current import current
from tests.functional.person import Person

type Cast = Callable[..., Person]


@pytest.fixture
def area() -> str:
    """The area the story happens in; override it in the story's module."""
    return "cumbria"


@pytest.fixture
def partnership(area: str, settings: Any, transactional_db: None) -> Iterator[None]:
    """The area's partnership with its cast, and no families yet."""
    from earlydoors.simulation import cast

    settings.AREA = area
    current.cache_clear()
    cast.gather(current(), timezone.now())
    yield
    current.cache_clear()


@pytest.fixture
def person(browser: Browser, live_server: Any, assets: None, partnership: None) -> Iterator[Cast]:
    """Bring a person of the cast to a browser of their own, signed in."""
    here: list[Person] = []

    def bring(username: str, **window: Any) -> Person:
        one = Person(browser, live_server.url, username, **window)
        here.append(one)
        return one.signs_in()

    yield bring
    for one in here:
        one.is_done()

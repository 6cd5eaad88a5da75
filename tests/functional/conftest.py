"""A partnership to tell a story in: its profile, its cast, a clock, browsers for them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from earlydoors.domain.partnership.operations import settle
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.domain.people.models import Person as OnRecord
from earlydoors.domain.people.operations import give_account
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.kernel.dates import day as say_day
from earlydoors.foundation.kernel.working_days import is_working_day
from earlydoors.foundation.profile.current import current
from earlydoors.simulation import players
from earlydoors.web.design import middleware
from tests.functional.person import Person

type Cast = Callable[..., Person]
type LetsIn = Callable[[str, str], Person]

FIRST_DAY = date(2025, 9, 3)
"""Day 0 of every story: a Wednesday in term. Days 2, 5, 12, 19, 61 and 103 are working days."""


class Clock:
    """The time it is in the story: a second passes with each page, the rest when it is moved."""

    def __init__(self) -> None:
        self.moment = datetime.combine(FIRST_DAY, time(9, 30), tzinfo=LONDON)

    def now(self, tz: Any = None) -> datetime:
        """What the running product reads."""
        self.moment += timedelta(seconds=1)
        return self.moment

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return self.moment.date()

    def goes_on(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> date:
        """Let time pass; returns the day it is then."""
        self.moment += timedelta(days=days, hours=hours, minutes=minutes)
        return self.today

    def is_day(self, number: int, at: str = "09:30") -> date:
        """Come to day N of the story, at a time of day; returns that day.

        Where offices are shut on it, the next day that they are open. Time never goes back.
        """
        found = FIRST_DAY + timedelta(days=number)
        while not is_working_day(found):
            found += timedelta(days=1)
        hour, minute = map(int, at.split(":"))
        wanted = datetime.combine(found, time(hour, minute), tzinfo=LONDON)
        assert found >= self.today, f"Day {number} has passed."
        self.moment = max(self.moment, wanted)
        return found

    def day(self, number: int) -> str:
        """Day N as people write it: "3 September 2025"."""
        return say_day(FIRST_DAY + timedelta(days=number))


@pytest.fixture
def area() -> str:
    """The area the story happens in; override it in the story's module."""
    return "cumbria"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The story's own clock, put in the one place where the product reads the time."""
    clock = Clock()
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=clock.now))
    return clock


@pytest.fixture
def partnership(area: str, settings: Any, transactional_db: None, clock: Clock) -> players.Cast:
    """The area's partnership with its cast, and no families yet."""
    settings.AREA = area
    joined = clock.moment - timedelta(days=90)
    settle(profile=current(), at=joined)
    cast = players.gather(current(), on=joined.date(), at=joined)
    players.give_everyone_the_password()
    return cast


@pytest.fixture
def person(browser: Browser, live_server: Any, assets: None, partnership: Any) -> Iterator[Cast]:
    """Bring a person of the cast to a browser of their own, signed in: `person("priya.nair")`."""
    here: list[Person] = []
    met: set[str] = set()

    def bring(username: str, **window: Any) -> Person:
        one = Person(browser, live_server.url, username, met, **window)
        here.append(one)
        return one.signs_in()

    yield bring
    for one in here:
        one.is_done()


@pytest.fixture
def lets_in(person: Cast, partnership: players.Cast, clock: Clock) -> LetsIn:
    """Give someone of a family their own sign-in, and bring them: `lets_in("Daniel", "Reid")`.

    The front door of the partnership gives it, as it does in the practice families.
    """

    def bring(given_name: str, family_name: str) -> Person:
        on_record = OnRecord.objects.get(given_name=given_name, family_name=family_name)
        player = players.Player(f"{given_name} {family_name}")
        member = players.join_family(partnership, player, on=clock.today, at=clock.moment)
        door = actor_for(partnership.plays("", "door").member, clock.today)
        assert door is not None
        give_account(person=on_record, account_of=member, by=door, at=clock.moment)
        # Only theirs: whoever is signed in would be signed out by a new password.
        member.set_password(players.PASSWORD)
        member.save(update_fields=["password"])
        return person(player.username)

    return bring

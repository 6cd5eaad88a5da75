"""Every page is met by axe, on a phone, and nothing on it is wider than the phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import Browser, BrowserContext
from tests.factories.partnership import signed_in
from tests.functional.person import STANDARDS
from tests.guards.expected import ROUTES
from tests.guards.test_pages import NOWHERE, Route, address, family_member, in_state, shown
from tests.guards.world import World

from earlydoors.domain.partnership.actor import Actor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The state that most pages are made for is told in parts, so that no one test is long.
PARTS = 4
STATES = sorted(
    (state, part)
    for state in {wanted.state for wanted in ROUTES.values()}
    for part in (range(PARTS) if state == "helping" else (0,))
)
NOT_A_PAGE = {
    "account:came-back",  # where no provider is named there is none
    "account:staying",
    "agreement:blank_paper",
    "agreement:blank_paper_for",
    "agreement:evidence",
    "agreement:paper",
    "yourfamily:agreement",
    "imports:to_mend",
    "plans:calendar",
    "plans:picture",
    "looks:file",
    "figures:file",
    "information:file",
    "information:paper",
    "retention:paper",
    "families:picture",
    "families:chronology_file",
}


def pages(state: str, part: int) -> list[Route]:
    wanted = [
        route
        for route in in_state(state)
        if not ROUTES[route[0]].posts and route not in NOWHERE and route[0] not in NOT_A_PAGE
    ]
    return wanted[part::PARTS] if state == "helping" else wanted


def window(browser: Browser, address: str, who: Actor) -> BrowserContext:
    """A phone on which they are signed in already."""
    opened = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    name = configured.SESSION_COOKIE_NAME
    opened.add_cookies(
        [{"name": name, "value": signed_in(who).cookies[name].value, "url": address}]
    )
    return opened


@pytest.mark.parametrize(("state", "part"), STATES)
def test_axe_finds_nothing(
    state: str,
    part: int,
    browser: Browser,
    live_server: Any,
    assets: None,
    transactional_db: None,
    subtests: pytest.Subtests,
) -> None:
    world = World(state)
    windows: dict[str, BrowserContext] = {}
    for route in pages(state, part):
        who = ROUTES[route[0]].who
        if who not in windows:
            actor = family_member(world) if who == "parent" else world.actor(who)
            windows[who] = window(browser, live_server.url, actor)
        with subtests.test(route=shown(route)):
            page = windows[who].new_page()
            answer = page.goto(address(world, route))
            assert answer is not None
            assert answer.ok, f"{page.url} answered {answer.status}"
            found = Axe().run(page, options=STANDARDS)
            assert not found.violations_count, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{page.url} is {wide} px wider than a phone"
            page.close()
    for one in windows.values():
        one.close()

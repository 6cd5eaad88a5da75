"""The work can be done with the keyboard alone, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import armstrong_reid
from earlydoors.simulation.players import PASSWORD
from earlydoors.simulation.players import Cast as Players
from tests.functional.conftest import FIRST_DAY, Cast, Clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUSED = """() => {
    const here = document.activeElement;
    const label = here.labels && here.labels.length ? here.labels[0].textContent : "";
    return (label || here.getAttribute("aria-label") || here.textContent).trim();
}"""
# Something marks the focused element, or the label that stands for it: a line, a shadow, a ground.
IS_MARKED = """() => {
    const here = document.activeElement;
    const shown = [here, here.nextElementSibling].filter(Boolean);
    const marks = (element, part) => {
        const style = getComputedStyle(element, part);
        return (style.outlineStyle !== "none" && style.outlineWidth !== "0px")
            || style.boxShadow !== "none";
    };
    return shown.some(element => [null, "::before", "::after"].some(part => marks(element, part)));
}"""


class Keys:
    """Someone who uses no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, what: str | re.Pattern[str], *, most: int = 80) -> "Keys":
        """Go on with Tab until what is looked for has the focus; it can be seen that it has."""
        wanted = re.compile(re.escape(what)) if isinstance(what, str) else what
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if wanted.search(self.page.evaluate(FOCUSED)):
                assert self.page.evaluate(IS_MARKED), f"Nothing shows that {what} has the focus"
                box = self.page.evaluate("document.activeElement.getBoundingClientRect().top")
                assert -50 <= box <= 900, f"{what} has the focus out of sight"
                return self
        raise AssertionError(f"Tab does not come to {what}")

    def types(self, text: str) -> "Keys":
        self.page.keyboard.type(text)
        return self

    def presses(self, key: str) -> "Keys":
        self.page.keyboard.press(key)
        return self

    def goes_on(self) -> "Keys":
        """Press Enter on a link or button and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


@pytest.fixture
def keys(browser: Browser, live_server: object, assets: None, partnership: Players) -> object:
    """A browser before anyone has signed in."""
    window = browser.new_context(
        base_url=live_server.url,  # type: ignore[attr-defined]
        locale="en-GB",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    window.set_default_timeout(10_000)
    page = window.new_page()
    yield Keys(page)
    window.close()


def signs_in(keys: Keys, username: str) -> None:
    """Sign in, by way of the skip link."""
    keys.page.goto("/sign-in/")
    keys.presses("Tab")
    assert keys.page.evaluate(FOCUSED) == "Skip to main content"
    keys.presses("Enter")
    keys.tab_to("Your sign-in name", most=2).types(username)
    keys.tab_to("Password", most=1).types(PASSWORD).goes_on()
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("My work")


def test_open_a_family_and_record_something(keys: Keys, partnership: Players, clock: Clock) -> None:
    clock.is_day(5)
    stage = Stage("armstrong_reid", partnership, FIRST_DAY, clock.today)
    armstrong_reid.until(stage, "consent")
    signs_in(keys, "priya.nair")

    # The skip link passes the menu by on every page
    keys.tab_to("Skip to main content", most=1).presses("Enter")
    keys.presses("Tab")
    assert keys.page.evaluate("!!document.activeElement.closest('main')")

    keys.page.goto("/")
    keys.tab_to("Families").goes_on().tab_to("Armstrong").goes_on()
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Armstrong")

    # Something to be careful of is written down
    change = keys.page.locator("#careful a").first
    while not change.evaluate("link => link === document.activeElement"):
        keys.tab_to("Change")
    keys.goes_on().tab_to("What should everyone be careful of?").presses("Control+End")
    keys.types(" Kelly reads texts at noon.").tab_to("Save").goes_on()
    expect(keys.page.locator("#careful")).to_contain_text("Kelly reads texts at noon.")


def test_an_error_has_the_focus_and_leads_to_its_field(
    keys: Keys, partnership: Players, clock: Clock
) -> None:
    signs_in(keys, "priya.nair")
    keys.tab_to("Ask for advice").goes_on()
    keys.tab_to(re.compile("^What is it about")).types("A boy who is late")
    keys.tab_to(re.compile("^Ask for advice$")).goes_on()

    # The summary has the focus; its first link leads to the first field that wants something
    summary = keys.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    keys.tab_to(re.compile("What is happening"), most=1).presses("Enter")
    field = keys.page.get_by_role("textbox", name="What is happening?")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-describedby", re.compile("error"))

    # What was written already is still there; a choice is made with the space bar
    expect(keys.page.get_by_label("What is it about?")).to_have_value("A boy who is late")
    keys.types("He is late three days of five.")
    keys.tab_to("Help with an Early Help Assessment").presses("Space")
    keys.tab_to(re.compile("^Ask for advice$")).goes_on()
    expect(keys.page.locator("body")).to_contain_text("You have asked for advice")


def test_levels_and_menus(keys: Keys, person: Cast, partnership: Players, clock: Clock) -> None:
    clock.is_day(5)
    stage = Stage("armstrong_reid", partnership, FIRST_DAY, clock.today)
    armstrong_reid.until(stage, "request")
    signs_in(keys, "graham.postlethwaite")

    # The menu under one's own name opens and closes
    keys.page.goto("/")
    keys.tab_to("Graham Postlethwaite").presses("Enter")
    expect(keys.page.get_by_role("button", name="Sign out").first).to_be_visible()
    keys.presses("Escape")
    expect(keys.page.get_by_role("button", name="Sign out").first).to_be_hidden()

    # At a decision, the arrow keys go along the levels and each opens what it means
    keys.tab_to("Requests").goes_on().tab_to("Sophie").goes_on()
    keys.tab_to("Decide on this request").goes_on()
    keys.tab_to("Thriving")
    expect(keys.page.get_by_role("tabpanel")).to_contain_text("do well by themselves")
    keys.presses("ArrowRight")
    expect(keys.page.get_by_role("tab", name="Getting help", exact=True)).to_be_focused()
    expect(keys.page.get_by_role("tabpanel").filter(visible=True)).to_contain_text("just coping")

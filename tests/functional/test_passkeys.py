"""A passkey in a real browser: made once, then the way in without a word typed."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, CDPSession

from tests.factories.partnership import worker
from tests.functional.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def phone(person: Person, *, knows_owner: bool = True) -> CDPSession:
    """Give the browser a phone that knows its owner by the finger, or does not."""
    wire = person.context.new_cdp_session(person.page)
    wire.send("WebAuthn.enable")
    has = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": knows_owner,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": has})
    return wire


@pytest.fixture
def kelly(
    browser: Browser, live_server: Any, assets: None, transactional_db: None, settings: Any
) -> Any:
    settings.SECOND_STEP = True
    Client().get("/sign-in/")  # the first page of a run is slow, and nobody waits for it here
    person = Person(browser, live_server.url, worker(name="Kelly Ward").member.username, set())
    yield person
    person.is_done()


def test_a_passkey_is_set_up_and_then_opens_the_door_alone(kelly: Person) -> None:
    phone(kelly)
    kelly.signs_in().sees_heading("Set up your second step")
    kelly.goes_to("/families/").sees_heading("Set up your second step")
    kelly.presses("Set up a passkey").writes("A name to know it by", "My phone")
    kelly.presses("Make the passkey").sees("Your passkey is set up")
    kelly.presses("Make recovery codes").sees("They are not shown again")
    kelly.presses("Go on").sees_heading("My work")
    kelly.goes_to("/your-account/").sees("Passkey: My phone", "10 codes left")

    kelly.page.locator(".ed-account summary").click()
    kelly.presses("Sign out", within=".ed-account")
    kelly.presses("Sign in with a passkey").sees_heading("My work")


def test_after_the_password_the_passkey_is_the_second_step(kelly: Person) -> None:
    phone(kelly)
    kelly.signs_in().presses("Set up a passkey").presses("Make the passkey")
    kelly.page.locator(".ed-account summary").click()
    kelly.presses("Sign out", within=".ed-account")

    kelly.signs_in().sees_heading("The second step")
    kelly.presses("Use your passkey").sees_heading("My work")


def test_a_browser_that_says_no_is_told_what_else_there_is(kelly: Person) -> None:
    phone(kelly, knows_owner=False)
    kelly.signs_in().presses("Set up a passkey")
    kelly.page.get_by_role("button", name="Make the passkey").click()
    kelly.sees("The browser did not use a passkey")

"""A page left open: its reader is asked in time, and after it nothing stays on the screen."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from earlydoors.domain.partnership.models import Member
from earlydoors.web.models import KeptWriting
from tests.functional.conftest import Cast
from tests.functional.person import Person
from tests.functional.test_never_lose_a_word import KEPT, WORRIES, signs_in_here, value_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IDLE = 12  # seconds of a sign-in without anything done, of which the last six are told
ASKED = "You will be signed out soon"
OUT = "You have been signed out"


@pytest.fixture(autouse=True)
def short(settings: Any) -> None:
    """Time runs out quickly, and what is done counts at once."""
    settings.LONGEST_IDLE = IDLE
    settings.SEEN_EVERY = 0


def is_asked(who: Person) -> None:
    expect(who.page.get_by_role("dialog", name=ASKED)).to_be_visible(timeout=IDLE * 1000)


def is_out(who: Person) -> None:
    who.page.wait_for_url("**/signed-out/**", timeout=2 * IDLE * 1000)
    expect(who.page.get_by_role("heading", name=OUT)).to_be_visible()


def test_whoever_is_there_stays_by_a_button_or_the_escape_key(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/advice/new")
    for _ in range(2):
        is_asked(priya)
        expect(priya.page.get_by_role("button", name="Stay signed in")).to_be_focused()
        priya.page.keyboard.press("Escape")
        expect(priya.page.get_by_role("dialog")).to_be_hidden()
    is_asked(priya)
    priya.page.get_by_role("button", name="Stay signed in").click()
    expect(priya.page.get_by_role("dialog")).to_be_hidden()
    expect(priya.page).not_to_have_title(re.compile(ASKED))
    priya.goes_to("/your-account/").sees("Your account")


def test_what_is_done_on_another_page_counts(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/advice/new")
    is_asked(priya)
    other = priya.context.new_page()
    other.goto("/about/")
    priya.page.bring_to_front()
    expect(priya.page.get_by_role("dialog")).to_be_hidden(timeout=IDLE * 1000)


def test_when_it_is_over_nothing_is_left_and_the_words_come_back(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/advice/new")
    priya.writes("What is it about?", "A boy who is late").answers(
        {"want_to_know": ["team"]}, WORRIES
    )
    is_out(priya)
    priya.does_not_see(WORRIES, "Priya Nair")
    assert priya.page.evaluate("localStorage.length + sessionStorage.length") == 0
    priya.page.go_back()
    priya.does_not_see(WORRIES)

    priya.goes_to("/signed-out/?next=/advice/new").presses("Sign in")
    signs_in_here(priya, "priya.nair")
    priya.sees(KEPT)
    assert value_of(priya, "What is happening?") == WORRIES
    expect(priya.page.get_by_label("Help with coordinating a team")).to_be_checked()
    assert KeptWriting.objects.count() == 1


def test_without_a_network_the_page_is_closed_all_the_same(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/advice/new")
    priya.writes("What is it about?", WORRIES)
    priya.context.set_offline(True)
    heading = priya.page.get_by_role("heading", name=OUT)
    expect(heading).to_be_visible(timeout=2 * IDLE * 1000)
    assert WORRIES not in priya.page.content()
    assert "Priya Nair" not in priya.page.content()
    priya.sees("Leave this page open until it is")
    priya.context.set_offline(False)
    is_out(priya)
    assert [row.values["about"] for row in KeptWriting.objects.all()] == [[WORRIES]]


def test_somebody_elses_sign_in_does_not_keep_a_page_open(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/advice/new")
    priya.writes("What is it about?", WORRIES)
    hers, priya.page = priya.page, priya.context.new_page()
    priya.goes_to("/about/").page.locator(".ed-account summary").click()
    priya.presses("Sign out", within="header")
    signs_in_here(priya, "sarah.coulthard")
    hers.bring_to_front()
    with hers.expect_response(lambda one: one.url.endswith("/signed-out/"), timeout=IDLE * 1000):
        expect(hers.get_by_label("What is it about?")).to_have_count(0, timeout=IDLE * 1000)
    hers.wait_for_url(lambda address: not address.endswith("/advice/new"))
    assert WORRIES not in hers.content()
    row = KeptWriting.objects.get()
    assert Member.objects.get(pk=row.written_for).username == "priya.nair"


def test_a_password_is_not_kept(person: Cast) -> None:
    priya = person("priya.nair").goes_to("/your-account/password/")
    priya.page.get_by_label("New password").fill("seven quiet herons wait")
    is_out(priya)
    assert not KeptWriting.objects.exists()

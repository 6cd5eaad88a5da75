"""What someone writes is never lost: signed out, interrupted, pressed twice, typed wrongly."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from earlydoors.domain.frontdoor.models import Conversation, SupportRequest
from earlydoors.domain.people.models import Person as OnRecord
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import armstrong_reid
from earlydoors.simulation.players import Cast as Players
from tests.functional.conftest import FIRST_DAY, Cast, Clock
from tests.functional.person import PASSWORD, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORRIES = "Rowan is late most days. His mother says: “We cannot wake him.”"
KEPT = "What you wrote is not saved yet. Your words are here"
LONG = "Nkechinyerem Ọlụchị " * 10  # 200 characters with the space that ends it
NAMES = (
    LONG.strip(),
    "Łucja Świątek-Żółć",
    "محمد عبد الرحمن",
    "张伟 小明",
    "Олександра",
    "கயல்விழி",
    "Nguyễn Thị Ánh",
    "D’Arcy O'Neill & <Sons>",
)


def begins_a_request(who: Person) -> str:
    """Begin a request and come to its first page; returns that page's address."""
    who.goes_to("/requests/new").presses("Begin a request").follows("What is going on")
    return who.page.url


def is_signed_out(who: Person) -> None:
    """Time runs out: the browser has nothing any more to show who this is."""
    who.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def signs_in_here(who: Person, username: str) -> None:
    """Sign in on the page that asks for it."""
    who.sees_heading("Sign in")
    who.page.get_by_label("Your sign-in name").fill(username)
    who.page.get_by_label("Password").fill(PASSWORD)
    who.presses("Sign in")


def value_of(who: Person, question: str) -> str:
    """What stands in a field."""
    return who.page.get_by_role("textbox", name=question).first.input_value()


def test_signed_out_while_writing_a_page_that_saves_itself(person: Cast, clock: Clock) -> None:
    priya = person("priya.nair")
    page = begins_a_request(priya)
    is_signed_out(priya)
    priya.writes("What are we worried about?", WORRIES)
    priya.page.get_by_role("textbox", name="What is working well?").focus()

    # Even while it saves itself, she is told, and led to signing in
    priya.sees("You have been signed out. Your words are kept for you.")
    priya.page.get_by_role("link", name="Sign in to carry on").click()
    signs_in_here(priya, "priya.nair")
    priya.goes_to(page).sees(KEPT)
    assert value_of(priya, "What are we worried about?") == WORRIES

    # Saved, they are hers as any words are, and the notice is gone
    priya.presses("Save and come back later").goes_to(page).does_not_see(KEPT)
    assert value_of(priya, "What are we worried about?") == WORRIES


def test_signed_out_before_pressing_the_button(person: Cast) -> None:
    marion = person("marion.tyson")
    priya = person("priya.nair")
    priya.goes_to("/advice/new").writes("What is it about?", "A boy who is late")
    priya.answers({"want_to_know": ["team"]}, WORRIES)
    is_signed_out(priya)
    priya.presses("Ask for advice")

    # Somebody else who signs in at this screen does not see them
    signs_in_here(priya, "sarah.coulthard")
    priya.goes_to("/advice/new").does_not_see(WORRIES, KEPT)
    is_signed_out(priya)
    priya.goes_to("/advice/new")
    signs_in_here(priya, "priya.nair")
    priya.goes_to("/advice/new").sees(KEPT)
    assert value_of(priya, "What is happening?") == WORRIES
    expect(priya.page.get_by_label("Help with coordinating a team")).to_be_checked()
    priya.presses("Ask for advice").sees("You have asked for advice")
    assert Conversation.objects.count() == 1
    marion.goes_to("/advice/").sees("A boy who is late")


def test_a_page_saves_itself_and_waits_for_the_network(person: Cast) -> None:
    priya = person("priya.nair")
    page = begins_a_request(priya)
    priya.writes("What are we worried about?", WORRIES)
    priya.page.get_by_role("textbox", name="What is working well?").focus()
    priya.sees("Saved at")

    # The network is gone, and the page says that it holds on to the words
    priya.context.set_offline(True)
    priya.writes("What is working well?", "He draws all day.")
    priya.page.get_by_role("textbox", name="What are we worried about?").focus()
    priya.sees("Not saved yet. Trying again; keep this page open.")
    priya.context.set_offline(False)
    priya.sees("Saved at").goes_to(page)
    assert value_of(priya, "What are we worried about?") == WORRIES
    assert value_of(priya, "What is working well?") == "He draws all day."


def test_a_stale_page_overwrites_nothing(person: Cast) -> None:
    here, there = person("priya.nair"), person("priya.nair")
    page = begins_a_request(here)
    there.goes_to(page)
    here.answers({"worries": WORRIES}, "As it is.").presses("Save and come back later")

    # The other window still shows the page as it was
    there.writes("What are we worried about?", "Something else entirely.")
    there.presses("Save and come back later")
    there.sees("What Priya Nair saved", WORRIES)
    assert value_of(there, "What are we worried about?") == "Something else entirely."
    assert value_of(here.goes_to(page), "What are we worried about?") == WORRIES

    # Having seen both, she decides
    there.writes("What are we worried about?", f"{WORRIES} And something else.")
    there.presses("Save and come back later")
    assert value_of(here.goes_to(page), "What are we worried about?").endswith("something else.")


def test_the_back_button_after_sending(person: Cast, partnership: Players, clock: Clock) -> None:
    clock.is_day(5)
    stage = Stage("armstrong_reid", partnership, FIRST_DAY, clock.today)
    armstrong_reid.until(stage, "request")
    priya = person("priya.nair")
    sent = SupportRequest.objects.get()
    about = f"/requests/{sent.pk}/about/why_now"
    before = [page.answers for page in sent.form_record.sections.order_by("pk")]
    priya.goes_to(about).sees("This request has been sent and cannot be changed any more")

    # Going back to a form that has been sent shows it as it stands now, or says so
    page = begins_a_request(priya)
    priya.answers({}, WORRIES).presses("Save and continue")
    priya.page.go_back()
    assert value_of(priya, "What are we worried about?") == WORRIES
    assert priya.page.url == page
    assert [one.answers for one in sent.form_record.sections.order_by("pk")] == before


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_pressed_twice_it_is_one(person: Cast, script: bool) -> None:
    priya = person("priya.nair", java_script_enabled=script)
    priya.goes_to("/requests/new")
    priya.page.locator("main").get_by_role("button", name="Begin a request").dblclick()
    priya.sees("Not sent yet")
    assert SupportRequest.objects.count() == 1

    priya.goes_to("/advice/new").writes("What is it about?", "A boy who is late")
    priya.answers({"want_to_know": ["team"]}, WORRIES)
    priya.page.locator("main").get_by_role("button", name="Ask for advice").dblclick()
    priya.sees("Due in 2 working days")
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2", "February"),
        ("soon", "Enter a date, for example"),
        ("3 Marsh 2018", "Enter a real month"),
        ("3/3/018", "Enter the year in full"),
        ("1 January 2099", "cannot be in the future"),
    ],
)
def test_a_date_that_is_none_is_said_at_the_field(person: Cast, typed: str, said: str) -> None:
    priya = person("priya.nair")
    priya.goes_to("/requests/new").presses("Begin a request").follows("Who is in the family")
    priya.presses("Add someone").chooses("Who are they in the family?", "Child")
    priya.writes("First name", "Rowan").writes("Date of birth", typed).presses("Save")
    fault = priya.page.locator(".govuk-error-message")
    expect(fault).to_contain_text(said)
    priya.sees_fault(fault.inner_text().replace("Error:", "").strip()[:30])
    # What was typed stands as it was typed
    assert value_of(priya, "Date of birth") == typed
    assert value_of(priya, "First name") == "Rowan"
    priya.writes("Date of birth", "3 March 2018").presses("Save").sees("3 March 2018")


def test_names_of_any_script_and_length(person: Cast) -> None:
    priya = person("priya.nair", viewport={"width": 390, "height": 844})
    priya.goes_to("/requests/new").presses("Begin a request").follows("Who is in the family")
    for number, name in enumerate(NAMES):
        priya.presses("Add someone else" if number else "Add someone")
        priya.chooses("Who are they in the family?", "Child").writes("First name", name)
        priya.writes("Family name", "").presses("Save").sees(name)
        assert not too_wide(priya), f"{name} makes the page wider than the screen"

    # One letter more than fits is said at the field, and nothing is cut off
    priya.presses("Add someone else").chooses("Who are they in the family?", "Child")
    priya.writes("First name", "ё" * 201).presses("Save")
    priya.sees_fault("Use 200 characters or fewer; this is 201")
    assert value_of(priya, "First name") == "ё" * 201
    assert not OnRecord.objects.exists()


def too_wide(who: Person) -> bool:
    """Whether the page is wider than the screen."""
    page = "document.documentElement"
    return bool(who.page.evaluate(f"{page}.scrollWidth > {page}.clientWidth"))


def test_another_familys_id_in_the_address(
    person: Cast, partnership: Players, clock: Clock
) -> None:
    clock.is_day(5)
    stage = Stage("armstrong_reid", partnership, FIRST_DAY, clock.today)
    armstrong_reid.until(stage, "request")
    sent = SupportRequest.objects.get()
    sarah = person("sarah.coulthard")
    for address in ("", "people", "about/why_now", "check", "decide"):
        sarah.cannot_open(f"/requests/{sent.pk}/{address}")

"""Someone sitting at a screen: what they do and what they see, in the words of the page."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PASSWORD = "early doors practice"
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Every choice of a form as (name, kind, value), in the order of the page.
FIELDS = """form => [...form.elements].flatMap(field => field.tagName === "SELECT"
    ? [...field.options].map(option => [field.name, "select", option.value])
    : [[field.name, field.type, field.value]])"""
# Every text field that is shown and empty as (name, whether it is a long one), each marked with
# its place in that list.
EMPTY = """form => [...form.querySelectorAll("textarea, input[type=text]")]
    .map(field => (delete field.dataset.empty, field))
    .filter(field => field.offsetParent !== null && !field.value)
    .map((field, place) => {
        field.dataset.empty = place;
        return [field.name, field.tagName === "TEXTAREA"];
    })"""
# Of an agreement: everybody's information and all of it, as everybody asked says.
TERMS = {
    "covers": "everyone",
    "parts": "everyone",
    "said": "agreed",
    "judged": "competence",
    "judged_how": "They said back to me what it means, in their own words.",
}
# An agreement ends by the clock of the database, and no story's: none may end before its story.
LASTING = ("Until when did they agree?", "31 December 2099")
STANDARDS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is well is not written out, which takes a third less time
}


class Person:
    """A person of the story with a browser window of their own, signed in as themselves.

    Every page that somebody of a story comes to is met by axe once (`met` are those that were),
    and may not have a script error.
    """

    def __init__(
        self, browser: Browser, base_url: str, username: str, met: set[str], **window: object
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=base_url,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **{"viewport": {"width": 1280, "height": 900}, **window},  # type: ignore[arg-type]
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._met = met
        self.has_script = window.get("java_script_enabled", True) is not False
        self.username = username

    # What they do

    def signs_in(self) -> "Person":
        self.goes_to("/sign-in/")
        self.page.get_by_label("Your sign-in name").fill(self.username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Sign in")
        return self

    def goes_to(self, address: str) -> "Person":
        self.page.goto(address)
        self._meets_page()
        return self

    def follows(self, link: str | re.Pattern[str], within: str = "main") -> "Person":
        scope = self.page.locator(within) if within else self.page
        scope.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()
        self._meets_page()
        return self

    def presses(self, button: str | re.Pattern[str], within: str = "main") -> "Person":
        scope = self.page.locator(within) if within else self.page
        # A starting button is a link in the design system; people see a button. The page that has
        # it may still be on its way.
        found = scope.get_by_role("button", name=button, exact=isinstance(button, str))
        link = scope.get_by_role("link", name=button)
        found.or_(link).first.wait_for()
        if not found.count():
            found = link
        if found.first.evaluate("e => e.type === 'submit' && !!e.form"):
            # A click does not wait for what it sends, and a form may first wait for its own saving.
            with self.page.expect_navigation():
                found.first.click()
        else:
            found.first.click()
        self.page.wait_for_load_state()
        self._meets_page()
        return self

    def writes(self, label: str | re.Pattern[str], words: str) -> "Person":
        self.page.get_by_label(label).first.fill(words)
        return self

    def chooses(self, question: str | re.Pattern[str], answer: str | re.Pattern[str]) -> "Person":
        """A radio of a question, or an option of a list."""
        group = self.page.get_by_role("group", name=question)
        if group.count():
            exact = isinstance(answer, str)
            found = group.first.get_by_label(answer, exact=exact)
            if not found.count():
                found = group.first.get_by_label(answer)
            found.first.check()
        else:
            field = self.page.get_by_label(question).first
            if isinstance(answer, re.Pattern):
                texts = field.locator("option").all_inner_texts()
                answer = next(text for text in texts if answer.search(text))
            field.select_option(label=answer)
        return self

    def ticks(self, question: str | re.Pattern[str], *answers: str | re.Pattern[str]) -> "Person":
        group = self.page.get_by_role("group", name=question).first
        for answer in answers:
            group.get_by_label(answer).first.check()
        return self

    def answers(self, texts: Mapping[str, str | Sequence[str]], otherwise: str = "") -> "Person":
        """Fill every empty field of the page's form by the last part of its name.

        Choices and scales take the option's key, several of them a list of keys, and "everyone"
        ticks all; long texts that have no answer of their own get `otherwise`. What is answered
        already, and what has no answer here, is left alone. Choices come first: they bring the
        questions that follow from them.
        """
        form = self.page.locator("main form").first
        for name, kind, value in form.evaluate(FIELDS):
            wanted = texts.get(name.split(".")[-1], "")
            keys = [wanted] if isinstance(wanted, str) else wanted
            if kind == "select" and value in keys and value:
                form.locator(f'select[name="{name}"]').select_option(value)
            elif kind in {"radio", "checkbox"} and (value in keys or "everyone" in keys):
                box = form.locator(f'[name="{name}"][value="{value}"]')
                if box.is_visible():
                    box.check(force=True)
        for place, (name, is_long) in enumerate(form.evaluate(EMPTY)):
            found = texts.get(name.split(".")[-1], otherwise if is_long else "")
            if isinstance(found, str) and found:
                form.locator(f'[data-empty="{place}"]').fill(found)
        return self

    def leaves(self) -> None:
        self.page.get_by_role("button", name="Sign out").first.click()
        self.page.wait_for_load_state()

    # What they see

    def sees(self, *texts: str | re.Pattern[str]) -> "Person":
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, ignore_case=True)
        return self

    def does_not_see(self, *texts: str | re.Pattern[str]) -> "Person":
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text, ignore_case=True)
        return self

    def sees_heading(self, text: str | re.Pattern[str]) -> "Person":
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)
        return self

    def cannot_open(self, address: str) -> "Person":
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status in {403, 404}, f"{address} answered {answer.status}"
        return self

    def sees_fault(self, text: str) -> "Person":
        """The summary says what to do; its link leads to the field, which has the focus then."""
        link = self.page.locator(".govuk-error-summary").get_by_role("link", name=text)
        expect(link).to_be_visible()
        if self.has_script:
            target = link.get_attribute("href")
            link.click()
            expect(self.page.locator(f"{target}")).to_be_focused()
        return self

    def main(self) -> Locator:
        return self.page.locator("main")

    def photographs(self, name: str, *, whole: bool = True) -> "Person":
        """Take a picture for the docs, when asked to."""
        if os.environ.get("EARLYDOORS_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
        return self

    def is_done(self) -> None:
        assert not self.faults, f"Scripts on a page failed: {self.faults}"
        self.context.close()

    def _meets_page(self) -> None:
        path = IDENTITY.sub("*", self.page.url.split("?")[0])
        if not self.has_script or path in self._met:
            return
        self._met.add(path)
        found = Axe().run(self.page, options=STANDARDS)
        assert not found.violations_count, f"{path}\n{found.generate_report()}"

"""What is measured: each step is one page asked for or one form sent, as a browser would."""

import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count

from bench.load.cast import PASSWORD, Cast, Worker
from bench.load.client import Answer, Browser
from bench.load.forms import Form, forms_of

type Step = Callable[[bool], Awaitable[Answer]]
"""Does it once; told whether the answer is to say what it asked of the database."""

SENT_FOR_MEASURING = 3  # requests prepared for each client


@dataclass
class Person:
    """Somebody signed in."""

    worker: Worker
    browser: Browser
    numbers: "count[int]" = field(default_factory=count)

    def again(self) -> "Person":
        """The same on another connection."""
        return Person(self.worker, self.browser.again())

    def next_of[T](self, several: tuple[T, ...] | list[T]) -> T:
        """One after another, round and round."""
        return several[next(self.numbers) % len(several)]


async def signed_in(worker: Worker, port: int) -> Person:
    """Sign somebody in."""
    browser = Browser(port)
    await browser.signs_in(worker.username, PASSWORD)
    return Person(worker, browser)


async def _form(browser: Browser, path: str) -> Form:
    answer = await browser.ask(path)
    assert answer.status == 200, f"{path} answers {answer.status}"
    found = [form for form in forms_of(answer.text) if form.action in {"", path}]
    assert found, f"no form on {path}"
    return found[0]


async def _sent(browser: Browser, path: str, **preferred: str) -> str:
    """Fill the form of a page in and send it. Returns where it leads."""
    form = await _form(browser, path)
    answer = await browser.ask(path, form.filled(**preferred))
    assert answer.status == 302, f"{path} was not taken: {answer.text[-6000:]}"
    return answer.location


def page(who: Person, path: str) -> Step:
    """Look at a page."""

    async def step(counted: bool) -> Answer:
        return await who.browser.ask(path, count=counted)

    return step


def family(who: Person) -> Step:
    """Look at one's families, one after another."""

    async def step(counted: bool) -> Answer:
        path = f"/families/{who.next_of(who.worker.families)}/"
        return await who.browser.ask(path, count=counted)

    return step


def paper(who: Person) -> Step:
    """Take agreements of one's families as PDF, one after another."""

    async def step(counted: bool) -> Answer:
        path = f"/agreements/{who.next_of(who.worker.agreements)}/paper"
        return await who.browser.ask(path, count=counted)

    return step


async def search(who: Person, cast: Cast) -> Step:
    """Ask whether a child is known, the name typed badly."""
    form = await _form(who.browser, "/known/")
    start = int(uuid.UUID(who.worker.id)) % len(cast.sought)
    several = cast.sought[start:] + cast.sought[:start]

    async def step(counted: bool) -> Answer:
        given, surname, born = who.next_of(several)
        typed = {"given_name": given, "family_name": surname, "born_on": f"{born:%d %m %Y}"}
        return await who.browser.ask("/known/", {**form.values, **typed}, count=counted)

    return step


async def autosave(who: Person) -> Step:
    """Write on at a page of a whole-family assessment, which saves itself."""
    path = await _section(who)
    form = await _form(who.browser, path)
    sent = dict(form.filled())

    async def step(counted: bool) -> Answer:
        box = next(iter(sorted(form.boxes)), "")
        sent[box] = f"Written while it was measured, for the {next(who.numbers)}th time."
        answer = await who.browser.ask(path, sent, autosave=True, count=counted)
        assert answer.status == 200, answer.text[:500]
        sent["_revision"] = str(json.loads(answer.body)["revision"])
        return answer

    return step


async def _section(who: Person) -> str:
    """A page with a box to write in, of an assessment of one of one's families."""
    for episode in who.worker.episodes:
        family_page = await who.browser.ask(f"/episodes/{episode}/team")
        token = forms_of(family_page.text)
        hidden = token[0].values if token else (await _form(who.browser, "/known/")).values
        said = {"csrfmiddlewaretoken": hidden["csrfmiddlewaretoken"], "_once": str(uuid.uuid4())}
        begun = await who.browser.ask(f"/episodes/{episode}/assessment/begin", said)
        if begun.status != 302:
            continue
        listed = (await who.browser.ask(begun.location)).text
        for link in dict.fromkeys(_links(listed, f"{begun.location}section/")):
            if (await _form(who.browser, link)).boxes:
                return link
    raise SystemExit(f"{who.worker.username} has no family to assess.")


def _links(text: str, begins: str) -> list[str]:
    return [part.split('"')[0] for part in text.split('href="')[1:] if part.startswith(begins)]


async def draft(who: Person) -> tuple[str, Form]:
    """Write a request for support up to its last button."""
    here = await _sent(who.browser, "/requests/new")
    await _sent(who.browser, f"{here}family-knows", harm="no")
    child = {"relation": "child", "given_name": "Kit", "family_name": "Benchley"}
    await _sent(who.browser, f"{here}people/add", **child, born_on="3 4 2017", lives_here="yes")
    for link in dict.fromkeys(_links((await who.browser.ask(here)).text, f"{here}about/")):
        await _sent(who.browser, link)
    return f"{here}check", await _form(who.browser, f"{here}check")


async def submit(who: Person) -> Step:
    """Send requests that are written."""
    written = [await draft(who) for _ in range(SENT_FOR_MEASURING)]

    async def step(counted: bool) -> Answer:
        if not written:
            raise StopAsyncIteration
        path, form = written.pop()
        answer = await who.browser.ask(path, form.filled(), count=counted)
        assert answer.location.endswith("/sent"), answer.text[-3000:]
        return answer

    return step


async def review(who: Person) -> Step:
    """Record a review of a plan, again and again."""
    path = f"/plans/{who.worker.plans[0]}/review/"
    sent = dict((await _form(who.browser, path)).filled(decision="continue"))

    async def step(counted: bool) -> Answer:
        sent["_once"] = str(uuid.uuid4())
        answer = await who.browser.ask(path, sent, count=counted)
        assert answer.status == 302, answer.text[-6000:]
        return answer

    return step

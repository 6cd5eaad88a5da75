"""Making the copy that goes out, without what was taken out; giving it; and closing what was
gathered when the request has ended."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from earlydoors.domain.information import operations
from earlydoors.domain.information.models import (
    Copy,
    Gathering,
    HarmTest,
    InformationRequest,
    Passage,
)
from earlydoors.domain.information.operations import Answer, fresh, note
from earlydoors.domain.information.queries import ACROSS
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.schema import Profile
from earlydoors.foundation.wall.acting import crossing

AGAIN: Final = "Has words that were taken out elsewhere"
# What could end a script or a comment if the file were ever put into a page.
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_SHORTEST: Final = 4  # characters: of less, the same letters elsewhere say nothing


@dataclass(frozen=True)
class Advice:
    """What was found about harm, and who advised."""

    verdict: str
    says: str
    adviser: str
    adviser_is: str
    advised_on: date


@transaction.atomic
def weigh_harm(*, request: InformationRequest, found: Advice, by: Actor, at: datetime) -> HarmTest:
    """Write down whether seeing the record could seriously harm somebody, and who advised.

    Raises `UnableTo` where it is not said who advised, or why.
    """
    one = fresh(request, by)
    if one.state not in {"working", "asked_what"}:
        raise UnableTo("This is decided while a request is being answered.")
    if not all(text.strip() for text in (found.says, found.adviser, found.adviser_is)):
        raise UnableTo("Say what was found, who advised you, and what they are to the person.")
    if found.advised_on > local_day(at):
        raise UnableTo("The day cannot be later than today.")
    made = HarmTest.make(
        by=by,
        at=at,
        request=one,
        verdict=found.verdict,
        says=found.says.strip(),
        adviser=found.adviser.strip(),
        adviser_is=found.adviser_is.strip(),
        advised_on=found.advised_on,
    )
    note(one, "harm_tested", f"Whether it could harm: {made.get_verdict_display()}.", by, at)
    return made


def told(passage: Passage) -> list[dict[str, str]]:
    """The parts of a passage as they go out: what was taken out is not in them."""
    if passage.hides == "all":
        return [{"label": "Taken out", "says": "", "taken_out": _why(passage)}]
    made = []
    for part in passage.parts:
        says, taken = _without(part["says"], passage.words, _why(passage))
        line = {"label": part["label"], "says": says}
        made.append({**line, "taken_out": _why(passage)} if taken else line)
    return made


def _why(passage: Passage) -> str:
    return str(passage.get_reason_display()) if passage.reason else ""


def _without(text: str, words: Iterable[str], why: str) -> tuple[str, int]:
    """A text without some words, however their letters are written."""
    every = sorted(words, key=len, reverse=True)
    if not every:
        return text, 0
    found = re.compile("|".join(re.escape(word) for word in every), re.IGNORECASE)
    return found.subn(lambda _: f"[taken out: {why.lower()}]", text)


def as_json(document: Any) -> str:
    """A document as a file for machines, with nothing in it that a page could take for markup."""
    text = json.dumps(document, ensure_ascii=True, indent=1)
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    return text


def to_look_at(gathering: Gathering) -> list[Passage]:
    """The passages that somebody has to look at before a copy is made, in their order."""
    waiting = gathering.passages.filter(decided_at=None).exclude(prompts=[])
    return list(waiting.order_by("position"))


def _mark_again(passages: list[Passage]) -> int:
    """Ask for a look at passages where what was taken out elsewhere stands as well."""
    taken = {
        text.casefold()
        for one in passages
        for text in (
            one.words if one.hides == "words"
            else [part["says"] for part in one.parts] if one.hides == "all" else []
        )
        if len(text) >= _SHORTEST
    }  # fmt: skip
    marked = 0
    for one in passages:
        text = "\n".join(part["says"] for part in one.parts).casefold()
        if one.decided_at is None and any(word in text for word in taken):
            one.prompts = [*one.prompts, AGAIN]
            one.save(update_fields=["prompts"])
            marked += 1
    return marked


@crossing(ACROSS)
@transaction.atomic
def make_copy(
    *,
    request: InformationRequest,
    profile: Profile,
    readable: Callable[[dict[str, Any]], str],
    by: Actor,
    at: datetime,
) -> Copy | None:
    """Make the copy that goes out. `readable` makes of it what a person reads.

    None is made, and those passages wait for a look, where something that was taken out of one
    stands in another that nobody has decided about. Raises `UnableTo` before everything is
    gathered, before each passage with a prompt was looked at, and before harm was thought of.
    """
    one = fresh(request, by)
    gathering = one.gatherings.filter(closed_at=None, finished_at__isnull=False).first()
    if gathering is None or one.person is None or not one.is_open:
        raise UnableTo("Gather what is held first.")
    if to_look_at(gathering):
        raise UnableTo("Some passages have to be looked at first.")
    if not one.harm_tests.exists():
        raise UnableTo("First decide whether seeing it could seriously harm somebody.")
    passages = list(gathering.passages.order_by("position"))
    if _mark_again(passages):
        return None
    document = _document(one, passages, profile, at)
    content, text = as_json(document), readable(document)
    made = Copy.make(
        by=by,
        at=at,
        request=one,
        content=content,
        content_mark=_mark(content),
        document=text,
        document_mark=_mark(text),
        passages=len(passages),
        taken_out=sum(one.hides in {"words", "all"} for one in passages),
    )
    note(one, "copied", "The copy was made.", by, at, mark=made.content_mark)
    return made


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _document(
    request: InformationRequest, passages: list[Passage], profile: Profile, at: datetime
) -> dict[str, Any]:
    """What goes out, in order: who it is about, what is held, and what the law has told besides
    (UK GDPR, article 15(1))."""
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for one in passages:
        held = parts.setdefault((one.row, one.heading), {"heading": one.heading, "lines": []})
        held["lines"] += told(one)
    kinds = {str(agency.kind) for agency in profile.agencies}
    return {
        "about": request.person.full_name if request.person else "",
        "made_on": day(at.date()),
        "controller": profile.information.controller,
        "officer": profile.information.officer,
        "bases": [
            f"{basis.ordinary} {basis.special}"
            for basis in profile.information.bases
            if kinds & set(basis.agencies)
        ],
        "kept": [rule.says for rule in profile.information.retention],
        "held": list(parts.values()),
    }


@transaction.atomic
def give(*, copy: Copy, to: str, how: str, on: date, by: Actor, at: datetime) -> Copy:
    """Say to whom a copy was given, and how. Raises `UnableTo` without either, or a second time."""
    request = fresh(copy.request, by)
    one = Copy.objects.select_for_update().get(pk=copy.pk)
    if one.given_on or not request.is_open:
        raise UnableTo("It was given already, or the request has ended.")
    if not to.strip() or not how.strip():
        raise UnableTo("Say who took it, and how.")
    if not local_day(one.created_at) <= on <= local_day(at):
        raise UnableTo("The day lies between the day it was made and today.")
    one.change(
        by=by,
        at=at,
        given_to=to.strip(),
        given_how=how.strip(),
        given_on=on,
        given_at=at,
        given_by=by.member,
    )
    note(request, "given", f"The copy was given on {day(on)}.", by, at, mark=one.content_mark)
    return one


@crossing(ACROSS)
@transaction.atomic
def end(
    *, request: InformationRequest, move: str, given: Answer, by: Actor, at: datetime
) -> InformationRequest:
    """Answer or refuse a request, and close what was gathered for it.

    Raises `UnableTo` as `operations.close`, and where somebody who asked to see what is held was
    given no copy, or those with whom something was shared were not told that it is disagreed with.
    """
    one = fresh(request, by)
    seen = one.copies.filter(given_on__isnull=False).exists()
    if move == "answer" and one.kind == "access" and given.outcome != "not_done" and not seen:
        raise UnableTo("First make the copy, and say to whom it was given.")
    if move == "answer" and one.receivers.filter(settled_at=None).exists():
        raise UnableTo("First say that those who had received it were told, or why not.")
    operations.close(request=one, move=move, given=given, by=by, at=at)
    _shut(one, by, at)
    return one


@crossing(ACROSS)
@transaction.atomic
def take_back(*, request: InformationRequest, says: str, by: Actor, at: datetime) -> None:
    """Whoever asked does not ask any more. Raises `UnableTo` without words."""
    operations.take_back(request=request, says=says, by=by, at=at)
    _shut(request, by, at)


def _shut(request: InformationRequest, by: Actor, at: datetime) -> None:
    """Close what was gathered for a request that has ended: it is open to nobody from then on."""
    for one in Gathering.objects.filter(request=request, closed_at=None):
        one.change(by=by, at=at, closed_at=at)


@transaction.atomic
def read_copy(*, copy: Copy, part: str, by: Actor, at: datetime) -> None:
    """Record that somebody reads a copy, or takes it as a file. Raises `NotAllowed`."""
    by.must(Right.INFORM)
    record("information.copy_read", subject=copy, by=by, at=at, details={"part": part})

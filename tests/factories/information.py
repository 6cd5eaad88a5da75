"""Requests about the information held on somebody, as far along as a test needs."""

from datetime import UTC, datetime
from typing import Any

from earlydoors.domain.information import bundling, disputing, operations, releasing
from earlydoors.domain.information.disputing import Said
from earlydoors.domain.information.models import Gathering, InformationRequest, Passage
from earlydoors.domain.information.operations import Letter
from earlydoors.domain.information.releasing import Advice
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from tests.factories.families import Help

WORDS = "I want everything that you have written about my daughter."


def letter_about(help_: Help, *, on: Any = None, **said: Any) -> Letter:
    """The mother asks to see what is held on the child, unless `said` says otherwise."""
    child = help_.child
    given: dict[str, Any] = {
        "kind": "access",
        "received_on": on or local_day(datetime.now(UTC)),
        "came": "letter",
        "asker": "parent",
        "asker_name": "Kelly Tarn",
        "reach": "2 Mill Lane",
        "about_given": child.given_name,
        "about_family": child.family_name,
        "about_born": child.born_on,
        "says": WORDS,
    }
    return Letter(**(given | said))


def request_about(
    help_: Help, *, by: Actor, state: str = "received", at: datetime | None = None, **said: Any
) -> InformationRequest:
    """A request about the child of a family, at a state: `received` or `working`."""
    at = at or datetime.now(UTC)
    letter = letter_about(help_, on=local_day(at), **said)
    made = operations.receive(letter=letter, by=by, at=at)
    if state == "working":
        operations.find(request=made, person_id=help_.child.pk, by=by, at=at)
        operations.prove(
            request=made,
            identity="Her passport, at the office",
            authority="The birth certificate",
            by=by,
            at=at,
        )
        operations.take_up(request=made, by=by, at=at)
    made.refresh_from_db()
    return made


def gathered_for(request: InformationRequest, *, by: Actor) -> Gathering:
    """What is held on whom a request is about, every table of it."""
    at = datetime.now(UTC)
    made = bundling.begin(request=request, by=by, at=at)
    while made.finished_at is None:
        made = bundling.gather_some(gathering=made, by=by, at=at)
    return made


def looked_at(gathering: Gathering, *, by: Actor) -> None:
    """Somebody looked at each passage that has a prompt, and lets it out as it is."""
    for one in releasing.to_look_at(gathering):
        bundling.decide(passage=one, hides="nothing", by=by, at=datetime.now(UTC))


def weighed(request: InformationRequest, *, by: Actor) -> None:
    """Nobody would be harmed, said the health visitor."""
    at = datetime.now(UTC)
    found = Advice("no_harm", "She knows it all.", "Ann Ho", "Health visitor", local_day(at))
    releasing.weigh_harm(request=request, found=found, by=by, at=at)


def readable(document: dict[str, Any]) -> str:
    """A document as a test reads it."""
    return "\n".join(
        line["says"] or line["taken_out"] for row in document["held"] for line in row["lines"]
    )


def disagreed(gathering: Gathering, words: str, *, by: Actor) -> Passage:
    """Her mother says that a passage with some words is not right."""
    passage = passage_with(gathering, words)
    said = Said("It was never so.", "stands", "Two people saw it.")
    disputing.disagree(passage=passage, said=said, by=by, at=datetime.now(UTC))
    return passage


def copy_made(help_: Help, *, by: Actor) -> InformationRequest:
    """A request with a copy made, everything looked at and one passage disagreed with."""
    one = request_about(help_, by=by, state="working")
    held = gathered_for(one, by=by)
    disagreed(held, help_.child.family_name, by=by)
    looked_at(held, by=by)
    weighed(one, by=by)
    made = releasing.make_copy(
        request=one, profile=current(), readable=readable, by=by, at=datetime.now(UTC)
    )
    assert made is not None
    return one


def passage_with(gathering: Gathering, words: str) -> Passage:
    """The first passage in which some words stand."""
    return next(one for one in gathering.passages.order_by("position") if words in one.text)

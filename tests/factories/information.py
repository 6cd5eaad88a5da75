"""Requests about the information held on somebody, as far along as a test needs."""

from datetime import UTC, datetime
from typing import Any

from earlydoors.domain.information import operations
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.information.operations import Letter
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.kernel.dates import local_day
from tests.factories.families import Help

WORDS = "I want everything that you have written about my daughter."


def letter_about(help_: Help, *, on: Any = None, **said: Any) -> Letter:
    """The mother asks to see what is held on the child, unless `said` says otherwise."""
    child = help_.child
    given = {
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

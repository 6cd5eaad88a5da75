"""Others who come to the front door on an ordinary day, so that its lists are not empty."""

from earlydoors.domain.frontdoor import conversations
from earlydoors.domain.frontdoor import operations as requests
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.simulation.answers import readings
from earlydoors.simulation.clockwork import Stage

NAME = "passers_by"


def talk(stage: Stage) -> None:
    """Three conversations: two wait for advice, one was answered and needs no request."""
    for part, day, clock, line in (
        ("carers", -6, "11:15", "answered"),
        ("nursery", -1, "16:05", "first"),
        ("police", 0, "07:40", "second"),
    ):
        who, at = stage.who(part), stage.at(day, clock)
        asked = conversations.ask(
            about=stage.line(f"{line}_about"),
            readings=readings(
                Purpose.CONVERSATION, stage.texts(f"conversation_{line}"), today=at.date()
            ),
            by=who,
            at=at,
        )
        if line == "answered":
            conversations.advise(
                conversation=asked,
                advice=stage.line("answered_advice"),
                next_step="carry_on",
                by=stage.who("adviser"),
                at=stage.at(day, "15:20"),
            )


def half_written(stage: Stage) -> None:
    """A request begun yesterday and not sent yet: two names and no more."""
    who, at = stage.who("health"), stage.at(-1, "12:10")
    request = requests.begin(by=who, at=at)
    for given, relation in (("Poppy", "child"), ("Leanne", "mother")):
        requests.name_person(
            request=request,
            given_name=given,
            family_name="Huddart",
            relation=relation,
            by=who,
            at=at,
        )


STEPS = (("talk", talk), ("half_written", half_written))

"""The steps of answering a request that are one short form each: one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from earlydoors.domain.information import operations, releasing
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.information.operations import Answer
from earlydoors.domain.information.releasing import Advice
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.profile.current import current
from earlydoors.web.information import questions

type Answers = Mapping[str, Any]
type Do = Callable[[InformationRequest, Answers, Actor, datetime], object]


@dataclass(frozen=True)
class Step:
    """A step: its heading, what is asked, the states it is for, what is done and said then."""

    title: str
    asks: tuple[Question, ...]
    states: tuple[str, ...]
    do: Do
    done: str
    button: str = "Save"
    lead: str = ""


def _on(said: Answers) -> date:
    return date.fromisoformat(said["on"])


def _acknowledge(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    operations.acknowledge(request=one, on=_on(said), by=by, at=at)


def _prove(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    operations.prove(
        request=one, identity=said["identity"], authority=said.get("authority", ""), by=by, at=at
    )


def _asks(what: str) -> Do:
    def ask(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
        operations.ask_back(request=one, what=what, asks=said["asks"], on=_on(said), by=by, at=at)

    return ask


def _hear(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    operations.hear_back(request=one, on=_on(said), by=by, at=at)


def _extend(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    operations.extend(request=one, why=said["why"], on=_on(said), profile=current(), by=by, at=at)


def _answer(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    given = Answer(said["outcome"], said["says"], _on(said), said["how"])
    releasing.end(request=one, move="answer", given=given, by=by, at=at)


def _refuse(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    why = "\n\n".join(filter(None, [said["says"], said.get("exemption", "")]))
    given = Answer("not_done", why, _on(said), said["how"])
    releasing.end(request=one, move="refuse", given=given, by=by, at=at)


def _harm(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    found = Advice(said["verdict"], said["says"], said["adviser"], said["adviser_is"], _on(said))
    releasing.weigh_harm(request=one, found=found, by=by, at=at)


def _take_back(one: InformationRequest, said: Answers, by: Actor, at: datetime) -> None:
    releasing.take_back(request=one, says=said["says"], by=by, at=at)


OPEN = ("received", "asked_who", "working", "asked_what")
STEPS: dict[str, Step] = {
    "acknowledge": Step(
        "Tell them that it came",
        questions.ACKNOWLEDGE,
        OPEN,
        _acknowledge,
        "It is recorded that they were told.",
    ),
    "prove": Step(
        "Who asks, and may they?",
        questions.PROVE,
        ("received",),
        _prove,
        "What you checked is recorded.",
    ),
    "ask_who": Step(
        "Ask for proof of who they are",
        questions.ASK_WHO,
        ("received",),
        _asks("identity"),
        "It is recorded. The clock begins when it comes.",
        lead="Only where you cannot be sure already. Do not ask somebody you know for a passport.",
    ),
    "ask_what": Step(
        "Ask what they mean",
        questions.ASK_WHAT,
        ("working",),
        _asks("clarification"),
        "It is recorded.",
    ),
    "hear": Step(
        "What you asked for came",
        questions.HEAR,
        ("asked_who", "asked_what"),
        _hear,
        "It is recorded, and the clock runs.",
    ),
    "harm": Step(
        "Could seeing it seriously harm somebody?",
        questions.HARM,
        ("working", "asked_what"),
        _harm,
        "What you decided is recorded.",
        lead="A decision of its own, with the advice of somebody who knows the person: a health"
        " professional for what health wrote, social care or the school for theirs.",
    ),
    "extend": Step(
        "Take longer",
        questions.EXTEND,
        OPEN,
        _extend,
        "There are two months more. It is recorded that they were told.",
    ),
    "answer": Step(
        "Answer the request",
        questions.ANSWER,
        ("working",),
        _answer,
        "The request is answered.",
        lead="Whoever asked is told what was done, why, and that they can complain to you, to the"
        " Information Commissioner and in court.",
    ),
    "refuse": Step(
        "Refuse the request",
        questions.REFUSE,
        OPEN,
        _refuse,
        "The request is refused, with the reason.",
        lead="Whoever asked is told why, and that they can complain to you, to the Information"
        " Commissioner and in court.",
    ),
    "take_back": Step(
        "They do not ask any more",
        questions.TAKE_BACK,
        OPEN,
        _take_back,
        "The request is taken back.",
    ),
}


def asked(key: str, one: InformationRequest) -> tuple[Question, ...]:
    """What a step asks for this request: nobody proves that they may ask for themselves."""
    found = STEPS[key].asks
    if key == "prove" and one.asker == "self":
        return tuple(question for question in found if question.key != "authority")
    return found


def may_be_done(key: str, one: InformationRequest) -> bool:
    """Whether it is the time for a step."""
    if key == "acknowledge" and one.acknowledged_on:
        return False
    if key == "extend" and (one.extended_on or one.kind == "complaint"):
        return False
    if key == "prove" and one.identity_at:
        return False
    return one.state in STEPS[key].states

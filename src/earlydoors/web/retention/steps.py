"""What can be done with a record that came up, each a short form: one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.retention import weighing
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.states import REVIEW
from earlydoors.foundation.forms.schema import Question
from earlydoors.web.retention import questions

type Answers = Mapping[str, Any]
type Do = Callable[[Review, Answers, Actor, datetime], object]


@dataclass(frozen=True)
class Step:
    """A step: its heading, what is asked, what is done and said then."""

    title: str
    asks: tuple[Question, ...]
    do: Do
    done: str
    button: str
    lead: str = ""


def _propose(one: Review, said: Answers, by: Actor, at: datetime) -> None:
    weighing.propose(review=one, why=said["why"], by=by, at=at)


def _agree(one: Review, said: Answers, by: Actor, at: datetime) -> None:
    weighing.agree(review=one, by=by, at=at)


def _turn_down(one: Review, said: Answers, by: Actor, at: datetime) -> None:
    weighing.turn_down(review=one, why=said["why"], by=by, at=at)


def _keep(one: Review, said: Answers, by: Actor, at: datetime) -> None:
    until = date.fromisoformat(said["until"])
    weighing.keep_longer(review=one, until=until, why=said["why"], by=by, at=at)


STEPS: dict[str, Step] = {
    "agree": Step(
        "Agree to disposal",
        questions.AGREE,
        _agree,
        "It is disposed of in the coming night. Until then you can take it from the list again.",
        "Agree",
        lead="The record goes for good, with its earlier versions. Nobody can bring it back. What"
        " stays is a certificate, and the evidence of who did what.",
    ),
    "propose": Step(
        "Propose disposal",
        questions.PROPOSE,
        _propose,
        "It is proposed. Another information guardian has to agree.",
        "Propose",
        lead="Think of those who may still need it: a child who will ask one day who helped them,"
        " a complaint, an inquiry. Nothing goes before another information guardian agrees.",
    ),
    "keep": Step(
        "Keep it longer",
        questions.KEEP,
        _keep,
        "It is kept, and comes up again on that day.",
        "Keep it",
    ),
    "turn_down": Step(
        "Do not dispose of it",
        questions.TURN_DOWN,
        _turn_down,
        "It is not disposed of. It waits for a new decision.",
        "Take it back",
    ),
}
_MOVES = {"agree": "agree", "propose": "propose", "keep": "keep", "turn_down": "turn_down"}


def may_be_done(key: str, one: Review, actor: Actor, *, held: bool) -> bool:
    """Whether a step can be taken now by whoever looks."""
    if not REVIEW.can(_MOVES[key], one.state):
        return False
    if key == "agree" and one.proposed_by_id == actor.member.pk:
        return False
    return not (held and key in {"agree", "propose"})

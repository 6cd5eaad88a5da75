"""What can be done with a study, each a short form: one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.studies import operations
from earlydoors.domain.studies.models import Study
from earlydoors.domain.studies.states import STUDY
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.studies import questions

type Answers = Mapping[str, Any]
type Do = Callable[[Study, Answers, Actor, datetime], object]


@dataclass(frozen=True)
class Step:
    """A step: its heading, what is asked, what is done and said then."""

    title: str
    asks: tuple[Question, ...]
    do: Do
    done: str
    button: str
    rights: tuple[Right, ...]
    lead: str = ""


def _agree(one: Study, said: Answers, by: Actor, at: datetime) -> None:
    operations.agree(study=one, why=said["why"], by=by, at=at)


def _refuse(one: Study, said: Answers, by: Actor, at: datetime) -> None:
    operations.refuse(study=one, why=said["why"], by=by, at=at)


def _take_back(one: Study, said: Answers, by: Actor, at: datetime) -> None:
    operations.take_back(study=one, by=by, at=at)


def _end(one: Study, said: Answers, by: Actor, at: datetime) -> None:
    operations.end(study=one, says=said["says"], by=by, at=at)


STEPS: dict[str, Step] = {
    "agree": Step(
        "Agree to the study",
        questions.AGREE,
        _agree,
        "It is agreed to. Whoever asked can take its tables away until it ends.",
        "Agree",
        (Right.INFORM,),
        lead="Its tables leave the system. Ask yourself whether the question is worth it, whether"
        " it could be answered with less, and whether the place where they are kept is safe.",
    ),
    "refuse": Step(
        "Do not agree",
        questions.REFUSE,
        _refuse,
        "It is not agreed to. Whoever asked finds your reason with it.",
        "Do not agree",
        (Right.INFORM,),
    ),
    "take_back": Step(
        "Take it back",
        questions.TAKE_BACK,
        _take_back,
        "It is taken back.",
        "Take it back",
        (Right.ANALYSE,),
    ),
    "end": Step(
        "End the study",
        questions.END,
        _end,
        "It is ended. Its pseudonyms can be made by nobody any more.",
        "End it",
        (Right.INFORM, Right.ANALYSE),
        lead="Nothing can be taken away after this, and what is taken away for another study"
        " cannot be put together with it.",
    ),
}


def may_be_done(key: str, one: Study, actor: Actor) -> bool:
    """Whether a step can be taken now by whoever looks."""
    own = one.created_by_id == actor.member.pk
    if not STUDY.can(key, one.state) or not any(map(actor.may, STEPS[key].rights)):
        return False
    return own != actor.may(Right.INFORM) or key == "end"


def may_take_away(one: Study, actor: Actor, at: datetime) -> bool:
    """Whether its tables can be taken away now by whoever looks."""
    return (
        one.state == "agreed"
        and one.created_by_id == actor.member.pk
        and actor.may(Right.ANALYSE)
        and one.ends_on >= local_day(at)
    )

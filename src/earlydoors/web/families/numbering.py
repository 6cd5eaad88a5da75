"""What the pages ask of an NHS number, a UPN or a ULN."""

from datetime import date
from typing import Any

from earlydoors.domain.people.models import Identifier
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.forms.schema import Kind, Question
from earlydoors.web.families.naming import SOURCE, said, told
from earlydoors.web.families.questions import choice

LABELS = {"value": "Number", "status": "Status", "said_by": "Who said so"}
_HINTS = {
    "nhs": "10 digits, such as 943 476 5919. It is on a letter from the NHS, or in the red book.",
    "upn": "The unique pupil number: a letter and 12 numbers. The school has it.",
    "uln": "The unique learner number: 10 digits, from 14 years on. The school or college has it.",
}
TAKE_OFF = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why is this number not theirs?",
        hint="For example: it is his brother’s.",
        required=True,
        maximum=500,
    ),
)


def questions(kind: str, today: date) -> tuple[Question, ...]:
    """The number, for the NHS number whether it was traced, and who said so."""
    number = Question(
        key="number",
        kind=Kind.SHORT_TEXT,
        asks=dict(Identifier.KINDS)[kind],
        hint=_HINTS[kind],
        required=True,
        maximum=40,
    )
    if kind != "nhs":
        return (number, *SOURCE)
    statuses = [
        (one.code, one.says, one.hint) for one in code_list("nhs_number_status").offered(today)
    ]
    traced = choice("status", "Was it checked with the NHS?", statuses, required=False)
    return (number, *traced, *SOURCE)


def answers(identifier: Identifier | None) -> dict[str, Any]:
    """What is known of a number, to fill the questions."""
    if identifier is None:
        return {}
    return {"number": identifier.shown, "status": identifier.status, **told(identifier)}


def fields(answered: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of an identifier."""
    return {
        "number": answered["number"],
        "status": answered.get("status", ""),
        **said(answered),
    }

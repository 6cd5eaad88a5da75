"""What the pages of joining ask."""

from collections.abc import Iterable

from earlydoors.domain.joining.models import Apart
from earlydoors.foundation.forms.schema import Kind, Option, Question

LONGEST = 2000


def _words(key: str, asks: str, hint: str, *, required: bool = True) -> Question:
    return Question(
        key=key, kind=Kind.LONG_TEXT, asks=asks, hint=hint, required=required, maximum=LONGEST
    )


SAME_WHY = _words(
    "why",
    "How do you know that they are the same person?",
    "Whom you asked, or what you saw. Everyone who works with the family can read it.",
)
TWO_PEOPLE = (
    Question(
        key="kind",
        kind=Kind.CHOICE,
        asks="Why do the two records look alike?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in Apart.WHY),
    ),
    _words(
        "says",
        "How do you know that they are two people?",
        "For example: the school has both in its register.",
        required=False,
    ),
)
NOT_SURE = (
    _words(
        "note",
        "What is still to be found out, and from whom?",
        "The next one who looks reads this first.",
    ),
)
LOOK_AGAIN = (_words("why", "Why may they be one person after all?", "The mark stays on record."),)
UNDO = (
    _words(
        "why",
        "How do you know that they are two people?",
        "Whom you asked, or what you saw.",
    ),
)
NAME = Question(
    key="name",
    kind=Kind.SHORT_TEXT,
    asks="Who is it on the other record?",
    hint="Any part of a name, also an earlier one, or an NHS number. Only families whose whole "
    "record is open to you are searched.",
    required=True,
)
NOTICE = _words(
    "reasons",
    "Why may they be the same person?",
    "For example: same birthday, and her nan told me she was called Beck then.",
)


def records(found: Iterable[tuple[object, str, str]]) -> Question:
    """Which of the records found it is."""
    return Question(
        key="same",
        kind=Kind.CHOICE,
        asks="Which record is it?",
        required=True,
        options=tuple(
            Option.model_construct(key=str(key), says=says, hint=hint) for key, says, hint in found
        ),
    )

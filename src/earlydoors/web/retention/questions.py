"""What is asked when a record is held or let go, and when it is decided what becomes of one."""

from earlydoors.domain.retention.models import REASONS
from earlydoors.foundation.forms.schema import Kind, Option, Question


def _text(key: str, asks: str, hint: str = "", *, long: bool = True) -> Question:
    return Question(
        key=key,
        kind=Kind.LONG_TEXT if long else Kind.SHORT_TEXT,
        asks=asks,
        hint=hint,
        required=True,
        maximum=4000 if long else 200,
    )


HOLD = (
    Question(
        key="reason",
        kind=Kind.CHOICE,
        asks="Why is it held?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in REASONS),
    ),
    _text("asked_by", "Who asked for it?", "A name, a body, the number of a letter.", long=False),
    _text("says", "What did they ask, and how far does it go?"),
    Question(key="on", kind=Kind.DATE, asks="From what day on is it held?", hint="", required=True),
)
REFERENCE = _text(
    "reference",
    "Reference of the record",
    "As whoever asks gives it, such as 7K3QM-9XT2A. Those who work with the family find it on the"
    " page of who can see it.",
    long=False,
)
BY_REFERENCE = (REFERENCE, *HOLD)
LIFT = (_text("why", "Why is it lifted?", "Who said that it is not needed any more, and when."),)
AGREE = (
    Question(
        key="sure",
        kind=Kind.CHOICE,
        asks="Did you look at what goes, and for whom it might still matter?",
        required=True,
        options=(Option(key="yes", says="Yes, and I agree that it goes"),),
    ),
)
PROPOSE = (_text("why", "Why is it not needed any more?"),)
TURN_DOWN = (_text("why", "Why is it not disposed of?"),)
KEEP = (
    Question(
        key="until",
        kind=Kind.DATE,
        asks="Until when is it kept?",
        hint="It comes up again on that day.",
        required=True,
    ),
    _text("why", "Why is it kept longer?", "Who still needs it, and for what."),
)

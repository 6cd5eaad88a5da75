"""What is asked when a record is opened in an emergency, and of those who look at it afterwards."""

from earlydoors.domain.frontdoor.emergencies import HOURS
from earlydoors.domain.frontdoor.models import VERDICTS
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question

OPENING = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why can it not wait?",
        hint="What may happen to whom, and what you need to know. Whoever looks at it reads this,"
        " and the family may read it too.",
        required=True,
        maximum=2000,
    ),
    Question(
        key="hours",
        kind=Kind.CHOICE,
        asks="For how long do you need it?",
        hint="It closes by itself. You can close it sooner.",
        required=True,
        options=tuple(
            Option(key=f"for_{hours}", says="1 hour" if hours == 1 else f"{hours} hours")
            for hours in HOURS
        ),
    ),
)
LENGTHS = {f"for_{hours}": hours for hours in HOURS}
REVIEW = (
    Question(
        key="verdict",
        kind=Kind.CHOICE,
        asks="Was it right to open the record?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in VERDICTS),
    ),
    Question(
        key="finding",
        kind=Kind.LONG_TEXT,
        asks="What did you find, and what follows from it?",
        hint="Whom you talked with, and what was agreed. Do not write about the family here.",
        required=True,
        maximum=4000,
    ),
    Question(
        key="telling",
        kind=Kind.CHOICE,
        asks="Can the family be told?",
        hint="They may know who opened their record, unless that puts somebody at risk.",
        required=True,
        options=(
            Option(key="safe", says="Yes, whoever leads for them tells them"),
            Option(key="not_safe", says="No, it would put somebody at risk"),
        ),
    ),
    Question(
        key="not_safe_why",
        kind=Kind.LONG_TEXT,
        asks="Why is it not safe?",
        required=True,
        maximum=2000,
        when=Condition(question="telling", is_any_of=("not_safe",)),
    ),
)
TELLING = (
    Question(
        key="on",
        kind=Kind.DATE,
        asks="On what day did you tell them?",
        hint="Say who opened their record, when, and why.",
        required=True,
    ),
)

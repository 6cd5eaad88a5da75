"""What is asked of somebody who knows a family outside their work."""

from earlydoors.domain.access.models import Declaration
from earlydoors.foundation.forms.schema import Kind, Option, Question

HOW = (
    Question(
        key="kind",
        kind=Kind.CHOICE,
        asks="How do you know them?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in Declaration.KINDS),
    ),
    Question(
        key="says",
        kind=Kind.LONG_TEXT,
        asks="Say it in your own words",
        hint="Your manager reads this, and whoever works with the family.",
        required=True,
        maximum=1000,
    ),
)
WHOM = (
    Question(
        key="given_name", kind=Kind.SHORT_TEXT, asks="Their first name", required=True, maximum=200
    ),
    Question(
        key="family_name",
        kind=Kind.SHORT_TEXT,
        asks="Their family name",
        required=True,
        maximum=200,
    ),
    Question(
        key="born_on",
        kind=Kind.DATE,
        asks="Their date of birth",
        hint="As well as you know it, for example 27 3 2019.",
        required=True,
    ),
    *HOW,
)
ENDING = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why may they work with the family after all?",
        required=True,
        maximum=1000,
    ),
)

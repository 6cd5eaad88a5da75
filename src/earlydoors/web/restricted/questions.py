"""What is asked when a record is restricted, opened to somebody more, or lifted."""

from collections.abc import Iterable, Sequence

from earlydoors.domain.access.models import Restriction
from earlydoors.domain.access.restricting import HOURS
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.web.families.questions import choice, options

LENGTHS = {f"for_{hours}": hours for hours in HOURS}
type Offered = Sequence[tuple[object, str]]


def restricting(people: Offered) -> tuple[Question, ...]:
    """What is asked before a record is restricted: `people` may be among the few."""
    return (
        Question(
            key="kind",
            kind=Kind.CHOICE,
            asks="What sort of record is it?",
            required=True,
            options=tuple(Option(key=key, says=says) for key, says in Restriction.KINDS),
        ),
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why must it be kept from others?",
            hint="Only those you choose below read this.",
            required=True,
            maximum=2000,
        ),
        Question(
            key="named",
            kind=Kind.CHOICES,
            asks="To whom does it stay open?",
            hint="As few as can do the work. At least one must be somebody who may lift it again: "
            "a coordinator or a team manager. You can name others afterwards.",
            required=True,
            options=options(people),
        ),
        Question(
            key="until",
            kind=Kind.DATE,
            asks="On what day does it end by itself?",
            hint="Leave it empty if somebody is to lift it. It ends at the end of that day.",
        ),
    )


def another(people: Iterable[tuple[object, str]]) -> tuple[Question, ...]:
    """Somebody more of the few."""
    return choice("who", "Who else works with this record?", people)


def letting_in(people: Iterable[tuple[object, str]]) -> tuple[Question, ...]:
    """Letting somebody in who cannot wait."""
    return (
        *choice("who", "Whom do you let in?", people),
        Question(
            key="hours",
            kind=Kind.CHOICE,
            asks="For how long?",
            hint="It closes by itself.",
            required=True,
            options=tuple(
                Option(key=key, says="1 hour" if hours == 1 else f"{hours} hours")
                for key, hours in LENGTHS.items()
            ),
        ),
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why can it not wait for one of the few?",
            hint="Do not write about the family here.",
            required=True,
            maximum=2000,
        ),
    )


LIFTING = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why need it not be restricted any more?",
        required=True,
        maximum=2000,
    ),
)
DEALING = (
    Question(
        key="says",
        kind=Kind.LONG_TEXT,
        asks="What did you do about it?",
        hint="Whom you rang and what was agreed, or why nothing was needed.",
        required=True,
        maximum=2000,
    ),
)

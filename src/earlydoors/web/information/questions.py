"""What is asked when a request about somebody's information comes, and at each step after it."""

from earlydoors.domain.information.models import (
    ASKERS,
    CAME,
    DECISIONS,
    HOW_MUCH,
    KINDS,
    OUTCOMES,
    VERDICTS,
    WHY_HIDDEN,
)
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question


def _options(pairs: list[tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(key=key, says=says) for key, says in pairs)


def _text(
    key: str, asks: str, hint: str = "", *, long: bool = True, when: Condition | None = None
) -> Question:
    return Question(
        key=key,
        kind=Kind.LONG_TEXT if long else Kind.SHORT_TEXT,
        asks=asks,
        hint=hint,
        required=True,
        maximum=4000 if long else 200,
        when=when,
    )


def _day(asks: str, hint: str = "") -> Question:
    return Question(key="on", kind=Kind.DATE, asks=asks, hint=hint, required=True)


LETTER = (
    Question(
        key="kind",
        kind=Kind.CHOICE,
        asks="What do they ask?",
        hint="They need not name a law, or write it down. Choose what comes nearest.",
        required=True,
        options=_options(KINDS),
    ),
    _text("says", "In their words", "What they said or wrote about it, as near as you can."),
    Question(
        key="on",
        kind=Kind.DATE,
        asks="On what day did it come?",
        hint="To you, or to anybody in the partnership: the clock runs from that day.",
        required=True,
    ),
    Question(
        key="came",
        kind=Kind.CHOICE,
        asks="How did it come?",
        required=True,
        options=_options(CAME),
    ),
    _text("asker_name", "Who asks?", "Their full name.", long=False),
    Question(
        key="asker",
        kind=Kind.CHOICE,
        asks="Who are they to the person it is about?",
        required=True,
        options=_options(ASKERS),
    ),
    _text("reach", "How can they be reached?", "A way that is safe for them.", long=False),
    _text("given", "First name of the person it is about", long=False),
    _text("family", "Last name of the person it is about", long=False),
    Question(
        key="born",
        kind=Kind.DATE,
        asks="When was that person born?",
        hint="If you know. It finds their record.",
    ),
)
ACKNOWLEDGE = (_day("On what day did you tell them that it came?"),)
PROVE = (
    _text(
        "identity",
        "How did you check who asks?",
        "What you saw or heard. Ask for no more than you need to be sure.",
    ),
    _text(
        "authority",
        "How did you check that they may ask for this person?",
        "A birth certificate or an order; the person’s own written word. A child who understands"
        " what is asked decides for themselves.",
    ),
)
ASK_WHO = (
    _text("asks", "What did you ask them for?", "The clock begins when it comes."),
    _day("On what day did you ask?"),
)
ASK_WHAT = (
    _text(
        "asks",
        "What did you ask them?",
        "Only what you need to find the information. The clock stands still until it comes, if the"
        " law lets it for this request.",
    ),
    _day("On what day did you ask?"),
)
HEAR = (_day("On what day did their answer come?"),)
EXTEND = (
    _text("why", "Why does it take longer?", "As you told them: it is much, or there are several."),
    _day("On what day did you tell them?", "It must be within the first month."),
)
_TOLD = (
    _text("says", "What were they told?"),
    _day("On what day were they told?"),
    _text("how", "How were they told?", "By letter, by email, in person.", long=False),
)
ANSWER = (
    Question(
        key="outcome",
        kind=Kind.CHOICE,
        asks="What became of it?",
        required=True,
        options=_options(OUTCOMES),
    ),
    *_TOLD,
)
REFUSE = (
    Question(
        key="ground",
        kind=Kind.CHOICE,
        asks="Why is it refused?",
        required=True,
        options=(
            Option(key="unproved", says="They did not show who they are, or that they may ask"),
            Option(key="excessive", says="It is plainly unfounded, or far too much"),
            Option(key="exempt", says="An exemption of the Data Protection Act 2018 holds"),
        ),
    ),
    _text(
        "exemption",
        "Which exemption, and why does it hold here?",
        when=Condition(question="ground", is_any_of=("exempt",)),
    ),
    *_TOLD,
)
TAKE_BACK = (_text("says", "How did they let you know that they do not ask any more?"),)
HARM = (
    Question(
        key="verdict",
        kind=Kind.CHOICE,
        asks="Could it seriously harm the health of the person, or of anybody?",
        required=True,
        options=_options(VERDICTS),
    ),
    _text("says", "Why do you think so?"),
    _text("adviser", "Who advised you?", "Their name.", long=False),
    _text("adviser_is", "What are they?", "Such as the health visitor, or the head.", long=False),
    _day("On what day did they advise you?"),
)
PASSAGE = (
    Question(
        key="hides",
        kind=Kind.CHOICE,
        asks="Does this go out?",
        required=True,
        options=_options(HOW_MUCH),
    ),
    _text(
        "words",
        "Which words are taken out?",
        "One on each line, just as they stand above. Capitals make no difference.",
        when=Condition(question="hides", is_any_of=("words",)),
    ),
    Question(
        key="reason",
        kind=Kind.CHOICE,
        asks="Why?",
        required=True,
        options=_options(WHY_HIDDEN),
        when=Condition(question="hides", is_any_of=("words", "all")),
    ),
    Question(
        key="reason_says",
        kind=Kind.LONG_TEXT,
        asks="In more words",
        hint="Not sent out. Whoever looks into a complaint reads it.",
        maximum=2000,
    ),
)
GIVE = (
    _text("to", "Who took it?", "Their name.", long=False),
    _text("how", "How was it given to them?", "In person, by recorded letter.", long=False),
    _day("On what day?"),
)
DISAGREE = (
    _text("says", "What do they say of it?", "In their words. It stands beside what is written."),
    Question(
        key="decision",
        kind=Kind.CHOICE,
        asks="What was decided?",
        hint="Only those who work with the family change what is written. Ask them first.",
        required=True,
        options=_options(DECISIONS),
    ),
    _text("why", "Why?"),
)
RECEIVER = (
    Question(
        key="told",
        kind=Kind.CHOICE,
        asks="Were they told?",
        required=True,
        options=(Option(key="yes", says="Yes"), Option(key="no", says="No")),
    ),
    Question(
        key="on",
        kind=Kind.DATE,
        asks="On what day?",
        required=True,
        when=Condition(question="told", is_any_of=("yes",)),
    ),
    _text("how", "How?", long=False, when=Condition(question="told", is_any_of=("yes",))),
    _text(
        "why",
        "Why not?",
        "The law leaves it out where it is impossible, or far too much effort.",
        when=Condition(question="told", is_any_of=("no",)),
    ),
)

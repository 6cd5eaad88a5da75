"""What is asked when an analyst wants to study something, and when somebody decides on it."""

from earlydoors.domain.studies.columns import FACTS, TABLES
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


def _date(key: str, asks: str, hint: str) -> Question:
    return Question(key=key, kind=Kind.DATE, asks=asks, hint=hint, required=True)


ASK = (
    _text("title", "What is the study called?", long=False),
    _text("asks", "What does it want to find out?"),
    _text("helps", "Whom will it help, and how?"),
    Question(
        key="tables",
        kind=Kind.CHOICES,
        asks="Which tables does it need?",
        hint="No more than it needs. They hold months, keys and pseudonyms: no name, no birthday,"
        " no address, and nothing that was written in words.",
        required=True,
        options=tuple(Option(key=one.key, says=one.title) for one in TABLES),
    ),
    Question(
        key="facts",
        kind=Kind.CHOICES,
        asks="What does it need to know that tells people and families apart?",
        hint="Leave out what it can do without: the fewer there are, the less is kept back. All but"
        " the last come with the people, the last with the families.",
        options=tuple(Option(key=key, says=says) for key, says in FACTS.items()),
    ),
    _date("first", "From which month on?", "Any day of it."),
    _date("last", "Until which month?", "Any day of the last month that it is about."),
    _text(
        "kept_where",
        "Where are the tables kept, and who can open them?",
        "They stay personal data: whoever knows a family may find it in them.",
    ),
    _date("ends_on", "When does the study end?", "Every copy is destroyed by then."),
)
AGREE = (_text("why", "Why do you agree, and on what conditions?"),)
REFUSE = (_text("why", "Why do you not agree?", "Whoever asked reads it."),)
TAKE_BACK = (
    Question(
        key="sure",
        kind=Kind.CHOICE,
        asks="Do you take it back?",
        required=True,
        options=(Option(key="yes", says="Yes, nobody needs to decide on it"),),
    ),
)
END = (
    _text(
        "says",
        "What became of what was taken away?",
        "Which copies there were, and when and how each was destroyed. If nothing was taken away,"
        " say so.",
    ),
)

"""What the pages of an assessment ask beside the area's own form."""

from earlydoors.foundation.forms.schema import Kind, Option, Question

FAMILY_VIEW = (
    Question(key="person", kind=Kind.PERSON, asks="Whose view is it?", required=True),
    Question(
        key="agrees",
        kind=Kind.CHOICE,
        asks="Do they agree with what is written?",
        required=True,
        options=(
            Option(key="yes", says="Yes, they agree"),
            Option(key="partly", says="They agree with part of it"),
            Option(key="no", says="No, they see it differently"),
        ),
    ),
    Question(
        key="words",
        kind=Kind.LONG_TEXT,
        asks="What do they say?",
        hint="In their own words. It stays on the record as theirs; nobody else changes it.",
        words_of="family",
    ),
    Question(key="given_on", kind=Kind.DATE, asks="On what day did they say so?", required=True),
    Question(
        key="given_how",
        kind=Kind.SHORT_TEXT,
        asks="How did they give their view?",
        hint="For example: at home, by phone, in writing.",
        maximum=100,
    ),
)
WHY_REOPEN = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why is it opened again?",
        hint="The reason stands in the family’s chronology.",
        required=True,
        maximum=2000,
    ),
)

"""The front door's own questions, beside those of the area's forms."""

from earlydoors.domain.frontdoor.models import FAMILY_KNOWS
from earlydoors.domain.people.models import RELATIONS
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question

YES_NO = (Option(key="yes", says="Yes"), Option(key="no", says="No"))
GROWN_UP = tuple(key for key, _ in RELATIONS if key not in {"child", "sibling"})

ASK = (
    Question(
        key="about",
        kind=Kind.SHORT_TEXT,
        asks="What is it about?",
        hint="A few words to know it by. You need not name the family.",
        required=True,
    ),
)

ADVICE = (
    Question(
        key="advice",
        kind=Kind.LONG_TEXT,
        asks="Your advice",
        hint="Whoever asked reads this as you write it. It is kept.",
        required=True,
    ),
    Question(
        key="next_step",
        kind=Kind.CHOICE,
        asks="What should they do next?",
        required=True,
        options=(
            Option(key="request", says="Ask for support for the family"),
            Option(key="carry_on", says="Carry on themselves, no request is needed now"),
        ),
    ),
)

HARM_AND_KNOWING = (
    Question(
        key="harm",
        kind=Kind.CHOICE,
        asks="Is a child suffering, or likely to suffer, significant harm?",
        required=True,
        options=(
            Option(key="no", says="No"),
            Option(key="yes", says="Yes"),
            Option(key="unsure", says="I am not sure"),
        ),
    ),
    Question(
        key="family_knows",
        kind=Kind.CHOICE,
        asks="Does the family know that you are asking?",
        hint="Talk with them first, unless that could put someone in danger.",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in FAMILY_KNOWS),
    ),
)

PERSON = (
    Question(
        key="relation",
        kind=Kind.CHOICE,
        asks="Who are they in the family?",
        hint="A child is someone you are worried about, or a child not yet born.",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in RELATIONS),
    ),
    Question(
        key="given_name",
        kind=Kind.SHORT_TEXT,
        asks="First name",
        hint="For a child not yet born, write Baby.",
        required=True,
    ),
    Question(key="family_name", kind=Kind.SHORT_TEXT, asks="Family name"),
    Question(
        key="known_as", kind=Kind.SHORT_TEXT, asks="Known as", hint="The name people call them by."
    ),
    Question(key="born_on", kind=Kind.DATE, asks="Date of birth"),
    Question(
        key="due_on",
        kind=Kind.DATE,
        asks="Date the baby is due",
        hint="Only for a child not yet born. For example, 3 March 2026 or 3/3/26.",
        when=Condition(question="relation", is_any_of=("child",)),
    ),
    Question(
        key="parental_responsibility",
        kind=Kind.YES_NO_UNKNOWN,
        asks="Do they have parental responsibility?",
        when=Condition(question="relation", is_any_of=GROWN_UP),
    ),
    Question(key="lives_here", kind=Kind.YES_NO_UNKNOWN, asks="Do they live with the family?"),
    Question(
        key="home",
        kind=Kind.SHORT_TEXT,
        asks="Address",
        hint="Without the postcode. Leave it empty if you do not know it.",
        maximum=300,
    ),
    Question(key="postcode", kind=Kind.SHORT_TEXT, asks="Postcode", maximum=10),
    Question(
        key="setting",
        kind=Kind.CHOICE,
        asks="School, nursery or other setting",
        options_from="settings",
        when=Condition(question="relation", is_any_of=("child", "sibling")),
    ),
    Question(key="phone", kind=Kind.SHORT_TEXT, asks="Phone number", maximum=40),
    Question(key="first_language", kind=Kind.SHORT_TEXT, asks="First language", maximum=100),
    Question(
        key="needs_interpreter",
        kind=Kind.YES_NO_UNKNOWN,
        asks="Do they need an interpreter?",
        hint="Include British Sign Language.",
    ),
)

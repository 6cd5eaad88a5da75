"""What the pages of a family ask, beside the area's own forms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from earlydoors.domain.people.models import RELATIONS, SEXES, FamilyMember, Person
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question

YES_NO = {"yes": True, "no": False}
PERSON_LABELS = {
    "given_name": "Given name",
    "family_name": "Family name",
    "known_as": "Known as",
    "born_on": "Born on",
    "due_on": "Due on",
    "sex": "Sex",
    "first_language": "First language",
    "needs_interpreter": "Needs an interpreter",
    "communication": "How best to talk with them",
}
MEMBER_LABELS = {
    "relation": "Relation",
    "relation_says": "Relation in words",
    "parental_responsibility": "Parental responsibility",
    "lives_here": "Lives in the household",
}
CAREFUL_LABELS = {"careful": "What to be careful of"}

CAREFUL = (
    Question(
        key="careful",
        kind=Kind.LONG_TEXT,
        asks="What should everyone be careful of?",
        hint="Leave it empty if there is nothing.",
        maximum=4000,
    ),
)


def options(pairs: Iterable[tuple[object, str] | tuple[object, str, str]]) -> tuple[Option, ...]:
    """Answers to choose from whose keys are ids of records."""
    return tuple(
        Option.model_construct(key=str(key), says=says, hint=hint[0] if hint else "")
        for key, says, *hint in pairs
    )


def choice(
    key: str,
    asks: str,
    offered: Iterable[tuple[object, str] | tuple[object, str, str]],
    *,
    hint: str = "",
    required: bool = True,
    when: Condition | None = None,
) -> tuple[Question, ...]:
    """A question that chooses one of some records; none at all where there is none to choose."""
    listed = options(offered)
    if not listed:
        return ()
    return (
        Question(
            key=key,
            kind=Kind.CHOICE,
            asks=asks,
            hint=hint,
            required=required,
            options=listed,
            when=when,
        ),
    )


_NAMES = (
    Question(
        key="given_name",
        kind=Kind.SHORT_TEXT,
        asks="Given name",
        hint="For a child not yet born, write Baby.",
        required=True,
    ),
    Question(key="family_name", kind=Kind.SHORT_TEXT, asks="Family name"),
    Question(key="known_as", kind=Kind.SHORT_TEXT, asks="Known as", hint="The name used in talk."),
    Question(key="born_on", kind=Kind.DATE, asks="Date of birth"),
    Question(
        key="due_on",
        kind=Kind.DATE,
        asks="If not yet born, when is the birth due?",
        hint="For example, 3 March 2026.",
    ),
    Question(
        key="sex",
        kind=Kind.CHOICE,
        asks="Sex",
        options=tuple(Option(key=key, says=says) for key, says in SEXES),
    ),
)
_TALKING = (
    Question(
        key="first_language",
        kind=Kind.SHORT_TEXT,
        asks="First language",
        hint="The one they think in, for example Polish, or British Sign Language.",
        maximum=100,
    ),
    Question(
        key="needs_interpreter", kind=Kind.YES_NO_UNKNOWN, asks="Do they need an interpreter?"
    ),
    Question(
        key="communication",
        kind=Kind.LONG_TEXT,
        asks="How best to talk with them",
        hint="For example: text before ringing, large print, no letters.",
        maximum=2000,
    ),
)
PHONE = Question(
    key="phone",
    kind=Kind.SHORT_TEXT,
    asks="Phone",
    hint="If you know it. Their page asks next whether it is safe to use.",
    maximum=40,
)
PERSON = (*_NAMES, *_TALKING)

MEMBER = (
    Question(
        key="relation",
        kind=Kind.CHOICE,
        asks="Who are they in this family?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in RELATIONS),
    ),
    Question(
        key="relation_says",
        kind=Kind.SHORT_TEXT,
        asks="In the family’s own words",
        hint="For example: Nan, or Leo’s dad.",
        maximum=100,
    ),
    Question(
        key="parental_responsibility",
        kind=Kind.YES_NO_UNKNOWN,
        asks="Do they have parental responsibility?",
        hint="Leave it for children.",
    ),
    Question(key="lives_here", kind=Kind.YES_NO_UNKNOWN, asks="Do they live in the household?"),
)

LEAVE = (
    Question(
        key="on",
        kind=Kind.DATE,
        asks="When did they leave?",
        hint="For example, 3 March 2026 or today.",
        required=True,
    ),
)


def person_answers(person: Person) -> dict[str, Any]:
    """What is known of a person, to fill the questions."""
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "known_as": person.known_as,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "due_on": person.due_on.isoformat() if person.due_on else "",
        "sex": person.sex,
        "first_language": person.first_language,
        "needs_interpreter": yes_no(person.needs_interpreter),
        "communication": person.communication,
    }


def person_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a person."""
    texts = ("given_name", "family_name", "known_as", "first_language", "communication")
    return {
        **{name: answers.get(name, "") for name in texts},
        "born_on": as_day(answers.get("born_on")),
        "due_on": as_day(answers.get("due_on")),
        "sex": answers.get("sex") or "not_known",
        "needs_interpreter": YES_NO.get(answers.get("needs_interpreter", "")),
    }


def member_answers(member: FamilyMember) -> dict[str, Any]:
    """Someone's place in the family, to fill the questions."""
    return {
        "relation": member.relation,
        "relation_says": member.relation_says,
        "parental_responsibility": yes_no(member.parental_responsibility),
        "lives_here": yes_no(member.lives_here),
    }


def member_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a place in the family."""
    return {
        "relation": answers["relation"],
        "relation_says": answers.get("relation_says", ""),
        "parental_responsibility": YES_NO.get(answers.get("parental_responsibility", "")),
        "lives_here": YES_NO.get(answers.get("lives_here", "")),
    }


def yes_no(value: bool | None) -> str:
    """Yes, no or not known, as an answer."""
    return {True: "yes", False: "no", None: "not_known"}[value]


def as_day(answer: str | None) -> date | None:
    """A day answered; none where none was."""
    return date.fromisoformat(answer) if answer else None


def keep_questions(people: Iterable[tuple[object, str]]) -> tuple[Question, ...]:
    """From whom a place is kept, and why."""
    return (
        *choice("person", "Who must not learn of it?", people),
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why?",
            hint="For example: Kelly moved here to be safe from him.",
            required=True,
            maximum=2000,
        ),
    )


LIFT = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why is it safe for them to know?",
        hint="Ask the person who lives there first.",
        required=True,
        maximum=2000,
    ),
)
END_PLACE = (
    Question(
        key="on",
        kind=Kind.DATE,
        asks="When did they leave it?",
        hint="For example, 3 March 2026 or today.",
        required=True,
    ),
)
WORKER_DOES = Question(
    key="does",
    kind=Kind.SHORT_TEXT,
    asks="What do they do for the family?",
    hint="For example: speech therapy with Sophie.",
)
NETWORK = (
    Question(key="given_name", kind=Kind.SHORT_TEXT, asks="Given name"),
    Question(key="family_name", kind=Kind.SHORT_TEXT, asks="Family name"),
    Question(key="phone", kind=Kind.SHORT_TEXT, asks="Phone", maximum=40),
)


def lead_questions(
    people: Iterable[tuple[object, str, str]], word: str, *, first: bool
) -> tuple[Question, ...]:
    """Who leads; when it changes, why and how the family was told."""
    return (
        *choice("member", f"Who is the {word}?", people),
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why them?" if first else "Why does it change?",
            hint="For example: the family asked for them.",
            required=not first,
            maximum=2000,
        ),
        Question(
            key="family_told",
            kind=Kind.LONG_TEXT,
            asks="How was the family told?",
            hint="For example: in the meeting, by phone on Monday.",
            required=not first,
            maximum=2000,
        ),
    )


def why(asks: str, hint: str = "") -> Question:
    """A reason, in the worker's words."""
    return Question(
        key="why", kind=Kind.LONG_TEXT, asks=asks, hint=hint, required=True, maximum=4000
    )


def harm_questions(social_care: str) -> tuple[Question, ...]:
    """What social care was told, by whom, when; and what the family was told."""
    return (
        Question(
            key="concern",
            kind=Kind.LONG_TEXT,
            asks="What is the harm, or the risk of it?",
            hint="What you saw or heard, who it is about, and when.",
            required=True,
        ),
        Question(
            key="told_where",
            kind=Kind.SHORT_TEXT,
            asks="Which team did you tell?",
            hint=f"For example: {social_care}.",
            required=True,
        ),
        Question(
            key="told_whom",
            kind=Kind.SHORT_TEXT,
            asks="Whom did you speak to?",
            hint="Their name, so that you can be asked again.",
            required=True,
        ),
        Question(key="told_on", kind=Kind.DATE, asks="On which day?", required=True),
        Question(key="told_time", kind=Kind.TIME, asks="At what time?", required=True),
        Question(
            key="told_how",
            kind=Kind.SHORT_TEXT,
            asks="How did you tell them?",
            hint="For example: by phone, then in writing.",
        ),
        Question(
            key="family_told",
            kind=Kind.CHOICE,
            asks="Does the family know that you told them?",
            hint="Tell them first, unless that would put a child or anyone at more risk.",
            required=True,
            options=(Option(key="yes", says="Yes"), Option(key="no", says="No")),
        ),
        Question(
            key="family_not_told_why",
            kind=Kind.LONG_TEXT,
            asks="Why was it not safe to tell them?",
            required=True,
            when=Condition(question="family_told", is_any_of=("no",)),
            maximum=4000,
        ),
    )

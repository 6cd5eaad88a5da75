"""What the pages ask about someone beside their details, and how they can be reached."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.models import ContactRoute, Person
from earlydoors.domain.people.rules import CODED
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.families.naming import SOURCE, said, told
from earlydoors.web.families.questions import as_day, choice, options

TITLES = {"about": "About {}", "needs": "Disability and learning of {}"}
TABS = {"about": "About somebody", "needs": "Disability and learning"}
LABELS = {
    "about": {
        "gender": "Gender, in their own words",
        "ethnicity": "Ethnicity",
        "religion": "Religion or belief",
        "other_languages": "Other languages",
        "died_on": "Died on",
    },
    "needs": {
        "disabilities": "Disability",
        "disability_says": "What helps",
        "sen_provision": "Special educational needs",
        "sen_needs": "Kind of need",
    },
}
ROUTE_LABELS = {
    "kind": "Way",
    "value": "Number or address",
    "safe": "Is it safe",
    "how": "How to use it",
    "ended_on": "Until",
}
_LISTS = {"disabilities", "sen_needs"}


def fact_questions(group: str, person: Person, today: date) -> tuple[Question, ...]:
    """What is asked of a group of facts, and who said so. A code that was chosen and has ended
    since can stay."""
    asked = {"about": _about, "needs": _needs}[group]
    return (*asked(person, today), *SOURCE)


def _coded(fact: str, person: Person, today: date) -> list[tuple[str, str, str]]:
    value = getattr(person, fact)
    kept = (value,) if isinstance(value, str) else tuple(value)
    offered = code_list(CODED[fact]).offered(today, kept)
    return [(one.code, one.says, one.hint) for one in offered]


def _about(person: Person, today: date) -> Iterable[Question]:
    yield Question(
        key="gender",
        kind=Kind.SHORT_TEXT,
        asks="Gender, in their own words",
        hint="Only if it is not the same as the sex that is written down.",
        maximum=100,
    )
    for fact, asks, hint in (
        ("ethnicity", "Ethnicity", "As they or their parents describe it, never as it seems."),
        ("religion", "Religion or belief", ""),
    ):
        yield from choice(fact, asks, _coded(fact, person, today), hint=hint, required=False)
    yield Question(
        key="other_languages",
        kind=Kind.SHORT_TEXT,
        asks="Other languages they speak",
        hint="Beside the first language, which is in their details. Set them apart by commas.",
        maximum=200,
    )
    yield Question(
        key="died_on",
        kind=Kind.DATE,
        asks="If they have died, on which day?",
        hint="For example, 3 March 2026.",
    )


def _needs(person: Person, today: date) -> Iterable[Question]:
    yield Question(
        key="disabilities",
        kind=Kind.CHOICES,
        asks="Disability",
        hint="Choose all that are theirs.",
        options=options(_coded("disabilities", person, today)),
    )
    yield Question(
        key="disability_says",
        kind=Kind.LONG_TEXT,
        asks="What helps them?",
        hint="In their own words if you can: what makes a visit, a room or a letter work for them.",
        maximum=2000,
    )
    yield from choice(
        "sen_provision",
        "Special educational needs support",
        _coded("sen_provision", person, today),
        required=False,
    )
    yield Question(
        key="sen_needs",
        kind=Kind.CHOICES,
        asks="Which kind of need?",
        options=options(_coded("sen_needs", person, today)),
        when=Condition.model_construct(question="sen_provision", is_any_of=("E", "K")),
    )


def fact_answers(group: str, person: Person) -> dict[str, Any]:
    """What is known, to fill the questions. Who said so is asked anew: it is of what is new."""
    known = {fact: getattr(person, fact) for fact in LABELS[group]}
    if known.get("died_on"):
        known["died_on"] = known["died_on"].isoformat()
    return known


def fact_fields(group: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a person."""
    fields: dict[str, Any] = {
        fact: answers.get(fact, [] if fact in _LISTS else "") for fact in LABELS[group]
    }
    if "died_on" in fields:
        fields["died_on"] = as_day(fields["died_on"])
    return fields


def source(answers: dict[str, Any]) -> Source:
    """Who said so."""
    return Source(answers.get("said_by", ""), answers.get("said_says", ""))


ROUTE = (
    Question(
        key="kind",
        kind=Kind.CHOICE,
        asks="Which way is it?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in ContactRoute.KINDS),
    ),
    Question(
        key="value",
        kind=Kind.SHORT_TEXT,
        asks="Number, address or name",
        hint="For example: 07700 900123, or through Mrs Ellis at the school.",
        required=True,
        maximum=200,
    ),
    Question(
        key="safe",
        kind=Kind.CHOICE,
        asks="Is it safe to use?",
        hint="Ask them who else sees or hears it.",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in ContactRoute.SAFE),
    ),
    Question(
        key="how",
        kind=Kind.SHORT_TEXT,
        asks="How should it be used?",
        hint="For example: text only; never leave a voicemail.",
        maximum=500,
    ),
    *SOURCE,
)
ROUTE_ENDED = Question(
    key="ended_on",
    kind=Kind.DATE,
    asks="If it is not theirs any more, since when?",
    hint="Leave it while they still have it.",
)


def route_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a way to reach someone."""
    return {
        "kind": answers["kind"],
        "value": answers["value"],
        "safe": answers["safe"],
        "how": answers.get("how", ""),
        "ended_on": as_day(answers.get("ended_on")),
        **said(answers),
    }


def route_answers(route: ContactRoute) -> dict[str, Any]:
    """What is known of a way to reach someone, to fill the questions."""
    return {
        "kind": route.kind,
        "value": route.value,
        "safe": route.safe,
        "how": route.how,
        "ended_on": route.ended_on.isoformat() if route.ended_on else "",
        **told(route),
    }

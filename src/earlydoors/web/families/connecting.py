"""What the pages ask of those who matter to a family and are none of its people."""

from collections.abc import Iterable
from typing import Any

from earlydoors.domain.people.models import Connection
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.families.naming import SOURCE, said, told
from earlydoors.web.families.questions import as_day, choice

LABELS = {
    "kind": "Who they are",
    "name": "Name",
    "about": "For whom",
    "role": "Role",
    "agency": "Where from",
    "contact": "How to reach them",
    "brings": "What they bring",
    "began_on": "Since",
    "ended_on": "Until",
}
_TEXTS = ("kind", "name", "role", "agency", "contact", "brings")
_PROFESSIONAL = Condition(question="kind", is_any_of=("professional", "community"))


def connection_questions(people: Iterable[tuple[object, str]]) -> tuple[Question, ...]:
    """Who matters, to whom of the family, and how they can be reached."""
    return (
        Question(
            key="kind",
            kind=Kind.CHOICE,
            asks="Who are they to the family?",
            required=True,
            options=tuple(Option(key=key, says=says) for key, says in Connection.KINDS),
        ),
        Question(key="name", kind=Kind.SHORT_TEXT, asks="Name", required=True, maximum=200),
        Question(
            key="role",
            kind=Kind.SHORT_TEXT,
            asks="What do they do?",
            hint="For example: boxing coach, or paediatrician.",
            maximum=200,
            when=_PROFESSIONAL,
        ),
        Question(
            key="agency", kind=Kind.SHORT_TEXT, asks="Where from?", maximum=200, when=_PROFESSIONAL
        ),
        *choice(
            "about",
            "Is it for one of the family?",
            people,
            hint="Leave it if they matter to all.",
            required=False,
        ),
        Question(
            key="brings",
            kind=Kind.SHORT_TEXT,
            asks="What do they bring?",
            hint="For example: has Sophie on Mondays after school.",
            maximum=500,
        ),
        Question(
            key="contact",
            kind=Kind.SHORT_TEXT,
            asks="How can they be reached?",
            hint="Only what they are happy for workers to have.",
            maximum=200,
        ),
        Question(
            key="began_on", kind=Kind.DATE, asks="Since when?", hint="Leave it if you do not know."
        ),
        Question(
            key="ended_on", kind=Kind.DATE, asks="Until when?", hint="Leave it while it lasts."
        ),
        *SOURCE,
    )


def connection_answers(row: Connection) -> dict[str, Any]:
    """What is known of them, to fill the questions."""
    return {
        **{name: getattr(row, name) for name in _TEXTS},
        "about": str(row.about_id or ""),
        "began_on": row.began_on.isoformat() if row.began_on else "",
        "ended_on": row.ended_on.isoformat() if row.ended_on else "",
        **told(row),
    }


def connection_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields; `about` is the id of a person, or none."""
    return {
        **{name: answers.get(name, "") for name in _TEXTS},
        "began_on": as_day(answers.get("began_on")),
        "ended_on": as_day(answers.get("ended_on")),
        **said(answers),
    }

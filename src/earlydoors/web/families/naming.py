"""What the pages ask of names, and of who told us something."""

from typing import Any

from earlydoors.domain.people.models import TELLERS, Name, Told
from earlydoors.domain.people.names import NewName
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.families.questions import as_day

SLIP, NEW = "slip", "new"
SOURCE = (
    Question(
        key="said_by",
        kind=Kind.CHOICE,
        asks="Who said so?",
        # What came with a request says so by itself.
        options=tuple(Option(key=key, says=says) for key, says in TELLERS if key != "request"),
    ),
    Question(
        key="said_says",
        kind=Kind.SHORT_TEXT,
        asks="More about who said so",
        hint="For example: Kelly, on the phone, or the birth certificate.",
        maximum=200,
    ),
)
# What an unborn child was called is kept by itself, when the birth is written down.
KINDS = tuple(Option(key=key, says=says) for key, says in Name.KINDS if key != "before_birth")
NAME = (
    Question(key="kind", kind=Kind.CHOICE, asks="What name is it?", required=True, options=KINDS),
    Question(key="given_name", kind=Kind.SHORT_TEXT, asks="Given name"),
    Question(key="family_name", kind=Kind.SHORT_TEXT, asks="Family name"),
    Question(
        key="began_on",
        kind=Kind.DATE,
        asks="Since when?",
        hint="For example, 3 March 2020. Leave it if you do not know.",
    ),
    Question(
        key="ended_on",
        kind=Kind.DATE,
        asks="Until when?",
        hint="Leave it if they still use it, or you do not know.",
    ),
    *SOURCE,
)
TAKE_OFF = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why is this name not theirs?",
        hint="For example: it was written on the wrong person.",
        required=True,
        maximum=500,
    ),
)


def slip_or_new(was: str) -> tuple[Question, ...]:
    """What a change of name is, asked after the name was changed."""
    return (
        Question(
            key="naming",
            kind=Kind.CHOICE,
            asks="Was it a slip, or is it a new name?",
            hint=f"You changed the name from {was}.",
            required=True,
            options=(
                Option(key=NEW, says="A new name", hint=f"{was} stays as an earlier name."),
                Option(key=SLIP, says="A slip", hint=f"{was} was never the right name."),
            ),
        ),
        Question(
            key="since",
            kind=Kind.DATE,
            asks="Since when is it the new name?",
            hint="For example, 3 March 2026. Leave it if you do not know.",
            when=Condition(question="naming", is_any_of=(NEW,)),
        ),
    )


def new_name(answers: dict[str, Any]) -> NewName | None:
    """What was answered; none for the correction of a slip."""
    return NewName(as_day(answers.get("since"))) if answers["naming"] == NEW else None


def said(answers: dict[str, Any]) -> dict[str, Any]:
    """Who said so, as fields of a record."""
    return {name: answers.get(name, "") for name in ("said_by", "said_says")}


def told(row: Told) -> dict[str, Any]:
    """Who said so, to fill the questions."""
    return {"said_by": row.said_by, "said_says": row.said_says}


def name_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a name; the kind only where it was asked."""
    return {
        **({"kind": answers["kind"]} if "kind" in answers else {}),
        "given_name": answers.get("given_name", ""),
        "family_name": answers.get("family_name", ""),
        "began_on": as_day(answers.get("began_on")),
        "ended_on": as_day(answers.get("ended_on")),
        **said(answers),
    }


def name_answers(name: Name) -> dict[str, Any]:
    """What is known of a name, to fill the questions."""
    return {
        "kind": name.kind,
        "given_name": name.given_name,
        "family_name": name.family_name,
        "began_on": name.began_on.isoformat() if name.began_on else "",
        "ended_on": name.ended_on.isoformat() if name.ended_on else "",
        **told(name),
    }

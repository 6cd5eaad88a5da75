"""What the pages ask of where someone lives or goes."""

from collections.abc import Iterable
from typing import Any

from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Place
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.families.naming import SOURCE, said, told
from earlydoors.web.families.questions import as_day, choice, options

LABELS = {
    "says": "Address or name",
    "postcode": "Postcode",
    "main": "Main home",
    "pattern": "When they are there",
    "began_on": "Since",
    "said_by": "Who said so",
    "said_says": "More about who said so",
}
_HOME = Condition(question="kind", is_any_of=("home",))
_PATTERN = Question(
    key="pattern",
    kind=Kind.SHORT_TEXT,
    asks="When are they there?",
    hint="For someone of two homes. For example: alternate Saturdays.",
    maximum=200,
)
_MAIN = Question(
    key="main",
    kind=Kind.CHOICE,
    asks="Is it where they live most of the time?",
    hint="Leave it for someone of one home.",
    options=(
        Option(key="yes", says="Yes, their main home"),
        Option(key="no", says="No, another home of theirs"),
    ),
)


def _asked_of_home(question: Question) -> Question:
    return question.model_copy(update={"when": _HOME})


def _where(
    settings: Iterable[Setting], says: str, when: Condition | None, *, alone: bool = False
) -> tuple[Question, ...]:
    return (
        *choice(
            "setting",
            "Which one?",
            ((one.pk, one.name) for one in settings),
            hint="If it is not in the list, leave this and write it below.",
            required=False,
            when=when,
        ),
        Question(key="says", kind=Kind.SHORT_TEXT, asks=says, required=alone, maximum=300),
        Question(key="postcode", kind=Kind.SHORT_TEXT, asks="Postcode", maximum=10),
    )


def place_questions(settings: Iterable[Setting]) -> tuple[Question, ...]:
    """Where a person lives or goes: a place of the partnership's, or written out."""
    elsewhere = Condition(question="kind", is_any_of=("school", "nursery", "gp", "other"))
    return (
        Question(
            key="kind",
            kind=Kind.CHOICE,
            asks="What kind of place is it?",
            required=True,
            options=tuple(Option(key=key, says=says) for key, says in Place.KINDS),
        ),
        *_where(settings, "Address or name of the place", elsewhere),
        _asked_of_home(_MAIN),
        _asked_of_home(_PATTERN),
        Question(
            key="began_on",
            kind=Kind.DATE,
            asks="Since when?",
            hint="For example, 3 March 2026. Leave it if you do not know.",
        ),
        *SOURCE,
    )


def mend_questions(place: Place) -> tuple[Question, ...]:
    """What is written down of a place, to correct."""
    return (
        Question(
            key="says",
            kind=Kind.SHORT_TEXT,
            asks="Address or name of the place",
            required=True,
            maximum=300,
        ),
        Question(key="postcode", kind=Kind.SHORT_TEXT, asks="Postcode", maximum=10),
        *((_MAIN, _PATTERN) if place.kind == "home" else ()),
        Question(key="began_on", kind=Kind.DATE, asks="Since when?"),
        *SOURCE,
    )


def mend_answers(place: Place) -> dict[str, Any]:
    """What is known of a place, to fill the questions."""
    return {
        "says": place.says,
        "postcode": place.postcode,
        "main": "yes" if place.main else "no",
        "pattern": place.pattern,
        "began_on": place.began_on.isoformat() if place.began_on else "",
        **told(place),
    }


def mend_fields(place: Place, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a place."""
    fields: dict[str, Any] = {
        "says": answers["says"],
        "postcode": answers.get("postcode", "").upper(),
        "began_on": as_day(answers.get("began_on")),
        **said(answers),
    }
    if place.kind == "home":
        fields["pattern"] = answers.get("pattern", "")
        if answers.get("main"):
            fields["main"] = answers["main"] == "yes"
    return fields


def place_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of a place, beside where it is."""
    fields: dict[str, Any] = {
        "postcode": answers.get("postcode", "").upper(),
        "began_on": as_day(answers.get("began_on")),
        **said(answers),
    }
    if answers["kind"] == "home":
        fields["pattern"] = answers.get("pattern", "")
        if answers.get("main"):
            fields["main"] = answers["main"] == "yes"
    return fields


def move_questions(
    place: Place, settings: Iterable[Setting], together: Iterable[tuple[object, str]]
) -> tuple[Question, ...]:
    """Where someone lives or goes now, since when, and who moved with them."""
    home = place.kind == "home"
    others = options(together)
    kinds = [(key, says) for key, says in Place.KINDS if key in {"nursery", "school"}]
    return (
        *(choice("kind", "What is it?", kinds) if place.kind in {"nursery", "school"} else ()),
        *(
            _where((), "The new address", None, alone=True)
            if home
            else _where(settings, "Name of the new place", None)
        ),
        Question(
            key="on",
            kind=Kind.DATE,
            asks="Since when?",
            hint="For example, 3 March 2026 or today. The former one ends on that day.",
            required=True,
        ),
        *(
            (
                Question(
                    key="with",
                    kind=Kind.CHOICES,
                    asks="Who else of the household moved too?",
                    options=others,
                ),
            )
            if others
            else ()
        ),
        *SOURCE,
    )


def move_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as fields of the new place, beside where it is and since when."""
    kind = {"kind": answers["kind"]} if answers.get("kind") else {}
    return {"postcode": answers.get("postcode", "").upper(), **kind, **said(answers)}

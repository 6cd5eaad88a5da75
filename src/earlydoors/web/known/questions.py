"""What is asked about a child, and how it is read: badly typed is not wrong."""

import re
from collections.abc import Mapping
from datetime import date

from earlydoors.domain.matching.asking import OLDEST, Asked, number_kinds, years_of
from earlydoors.domain.matching.entries import name_of
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question

_AGE = re.compile(r"\D*(\d{1,4})\D*")
_ADULT = 120

QUESTIONS = (
    Question(
        key="given_name",
        kind=Kind.SHORT_TEXT,
        asks="First name",
        hint="As you heard it, or the name people call them by.",
        maximum=200,
    ),
    Question(
        key="family_name",
        kind=Kind.SHORT_TEXT,
        asks="Family name",
        hint="The one you know, also if they may have another by now.",
        maximum=200,
    ),
    Question(
        key="born_on",
        kind=Kind.DATE,
        asks="Date of birth",
        hint="Or the date the baby is due. For example, 3 March 2018 or 3/3/18.",
    ),
    Question(
        key="age",
        kind=Kind.SHORT_TEXT,
        asks="Age or year of birth, if you do not know the date",
        hint="For example, 7 or 2018.",
        maximum=20,
    ),
    Question(
        key="address",
        kind=Kind.SHORT_TEXT,
        asks="Address",
        hint="Where they live or lived. The street is enough.",
        maximum=300,
    ),
    Question(key="postcode", kind=Kind.SHORT_TEXT, asks="Postcode", maximum=10),
    Question(
        key="number",
        kind=Kind.SHORT_TEXT,
        asks="NHS number or UPN",
        hint="A slip in it does not matter.",
        maximum=40,
    ),
)
WHY = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why do you ask to join?",
        hint="What you do with the child or the family, and how you could help. Whoever answers"
        " reads this, and the family may read it too.",
        required=True,
        maximum=2000,
    ),
)
ANSWER = (
    Question(
        key="answer",
        kind=Kind.CHOICE,
        asks="What is your answer?",
        required=True,
        options=(
            Option(key="welcome", says="Welcome: add them to the team and open the record to them"),
            Option(key="refuse", says="Not now, with words"),
        ),
    ),
    Question(
        key="does",
        kind=Kind.SHORT_TEXT,
        asks="What do they do for the family?",
        maximum=200,
        when=Condition(question="answer", is_any_of=("welcome",)),
    ),
    Question(
        key="words",
        kind=Kind.LONG_TEXT,
        asks="What should they know?",
        hint="They read this. Do not name the family or say what it is helped with.",
        required=True,
        maximum=2000,
        when=Condition(question="answer", is_any_of=("refuse",)),
    ),
)


class Unclear(Exception):
    """What was typed cannot be looked for: at which question, and what to do."""

    def __init__(self, question: str, sentence: str) -> None:
        super().__init__(sentence)
        self.question = question
        self.sentence = sentence


def asked_of(answers: Mapping[str, str], today: date) -> Asked:
    """The record that the answers describe. Raises `Unclear`."""
    given, family = answers.get("given_name", ""), answers.get("family_name", "")
    number = answers.get("number", "")
    on = date.fromisoformat(answers["born_on"]) if answers.get("born_on") else None
    if on is not None and on.year < today.year - OLDEST:
        raise Unclear("born_on", f"Nobody born in {on.year} is still alive. Look at the year")
    if on is not None and (on - today).days > 366:
        raise Unclear("born_on", "A date that far ahead is neither a birth nor due. Look at it")
    years = _years(answers.get("age", ""), today)
    if number and not number_kinds(number):
        raise Unclear(
            "number", "An NHS number has 10 digits, and a UPN a letter and 12 numbers. Look at it"
        )
    if not number:
        _must_have_name(given, family)
    return Asked(
        given_name=given,
        family_name=family,
        born_on=on if on and on <= today else None,
        due_on=on if on and on > today else None,
        born_from=years[0] if years else None,
        born_to=years[1] if years else None,
        address=answers.get("address", ""),
        postcode=answers.get("postcode", ""),
        number=number,
    )


def _must_have_name(given: str, family: str) -> None:
    for key, typed in (("given_name", given), ("family_name", family)):
        if typed and not name_of(typed):
            raise Unclear(key, "There are no letters in this name. Write it as you heard it")
    if len(name_of(given)) < 2 and len(name_of(family)) < 2:
        raise Unclear(
            "family_name" if family else "given_name",
            "Write a name of at least two letters, or an NHS number or UPN",
        )


def _years(typed: str, today: date) -> tuple[int, int] | None:
    if not typed:
        return None
    read = _AGE.fullmatch(typed)
    if read is None:
        raise Unclear("age", "Write an age such as 7, or a year such as 2018")
    said = int(read[1])
    if said <= _ADULT:
        return years_of(said, today)
    if today.year - OLDEST <= said <= today.year + 1:
        return said, said
    raise Unclear("age", f"{said} is neither an age nor a year that somebody was born in")

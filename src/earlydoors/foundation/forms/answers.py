"""Reading what someone typed into a section, and keeping it whatever it was.

An answer is stored as JSON: texts and dates (ISO) as strings, several choices as a list, needs as
a list of `{"id", "text", "area"}`. What cannot be read is still kept, in `typed`, so that the page
can show it again with the sentence that says what to do.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from earlydoors.foundation.forms.schema import Kind, Option, Question, Section
from earlydoors.foundation.kernel.dates import UnreadableDateError, read_date
from earlydoors.foundation.kernel.text import tidy, tidy_lines

type Answers = dict[str, Any]
type Posted = Mapping[str, Sequence[str]]

SHORT_TEXT_LIMIT = 200
LONG_TEXT_LIMIT = 20_000
YES_NO_UNKNOWN = (
    Option(key="yes", says="Yes"),
    Option(key="no", says="No"),
    Option(key="not_known", says="Not known"),
)
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,12}")
_LINE_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
_TIME = re.compile(r"^(\d{1,2})[:.]?(\d{2})?\s*(am|pm)?$")


@dataclass(frozen=True)
class Choices:
    """What the area and the family offer to choose from: option lists by name, people by id."""

    lists: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    people: Sequence[Option] = ()
    scale: Sequence[int] = tuple(range(11))
    today: date = date.min


@dataclass(frozen=True)
class Unread:
    """Why an answer could not be read: the question's key and a sentence for its field."""

    question: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """A section as typed: the answers that could be read, and the rest with what to do."""

    answers: Answers
    typed: dict[str, list[str]]
    faults: tuple[Unread, ...]

    @property
    def sound(self) -> bool:
        """Whether everything typed could be read."""
        return not self.faults

    def fault(self, key: str) -> str:
        """The sentence at this question's field, or nothing."""
        return next((f.sentence for f in self.faults if f.question == key), "")


def options_of(question: Question, choices: Choices) -> Sequence[Option]:
    """The options a question offers here."""
    if question.kind == Kind.YES_NO_UNKNOWN:
        return YES_NO_UNKNOWN
    if question.kind in {Kind.PERSON, Kind.PEOPLE}:
        return choices.people
    if question.options_from:
        return choices.lists.get(question.options_from, ())
    return question.options


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the question's condition holds on these answers."""
    if question.when is None:
        return True
    given = answers.get(question.when.question)
    if given in (None, "", []):
        return False
    wanted = question.when.is_any_of
    return not wanted or bool(set(given if isinstance(given, list) else [given]) & set(wanted))


def is_answered(answer: Any) -> bool:
    """Whether there is an answer: 0 is one, an empty text or list is not."""
    return answer not in (None, "", [])


def missing(section: Section, answers: Mapping[str, Any]) -> tuple[Unread, ...]:
    """The required questions of a section that are asked and not yet answered."""
    return tuple(
        Unread(q.key, _needed(q))
        for q in section.questions
        if q.required and is_asked(q, answers) and not is_answered(answers.get(q.key))
    )


def _needed(question: Question) -> str:
    asks = question.asks.rstrip(":. ")
    if question.kind in {Kind.CHOICE, Kind.YES_NO_UNKNOWN, Kind.SCALE, Kind.PERSON}:
        return f"Choose an answer: {asks}"
    if question.kind in {Kind.CHOICES, Kind.PEOPLE}:
        return f"Choose at least one: {asks}"
    return f"Write an answer: {asks}"


def read_answers(
    questions: Iterable[Question],
    posted: Posted,
    choices: Choices,
    *,
    prefix: str = "",
    whole: bool = False,
) -> Reading:
    """Read what was posted for these questions, in their order.

    A question whose condition does not hold keeps no answer. What was typed into it stays in
    `typed`, so that a form shown again, for whatever reason, has lost no word. With `whole`,
    required questions left empty are faults too; without, a section may be left half done.
    """
    answers: Answers = {}
    typed: dict[str, list[str]] = {}
    faults: list[Unread] = []
    for question in questions:
        raw = typed[question.key] = _raw(question, posted, prefix)
        if not is_asked(question, answers):
            continue
        try:
            answer = _READERS[question.kind](question, raw, choices)
        except UnreadableDateError as unreadable:
            faults.append(Unread(question.key, str(unreadable)))
            continue
        except _Fault as fault:
            faults.append(Unread(question.key, str(fault)))
            continue
        if is_answered(answer):
            answers[question.key] = answer
        elif whole and question.required:
            faults.append(Unread(question.key, _needed(question)))
    return Reading(answers, typed, tuple(faults))


def as_typed(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The stored answers as the fields would have posted them, to fill a form."""
    return {
        q.key: _TYPED.get(q.kind, _typed_plainly)(answers[q.key])
        for q in questions
        if is_answered(answers.get(q.key))
    }


class _Fault(ValueError):
    pass


def _raw(question: Question, posted: Posted, prefix: str) -> list[str]:
    name = prefix + question.key
    if question.kind != Kind.NEEDS:
        return list(posted.get(name, ()))
    columns = [posted.get(f"{name}.{part}", ()) for part in ("id", "text", "area")]
    rows = max(map(len, columns), default=0)
    return [
        value
        for row in range(rows)
        for value in (column[row] if row < len(column) else "" for column in columns)
    ]


def _short_text(question: Question, raw: list[str], _: Choices) -> str:
    text = tidy(raw[0]) if raw else ""
    limit = question.maximum or SHORT_TEXT_LIMIT
    if len(text) > limit:
        raise _Fault(f"Use {limit} characters or fewer; this is {len(text)}")
    return text


def _long_text(question: Question, raw: list[str], _: Choices) -> str:
    text = tidy_lines(raw[0]) if raw else ""
    limit = question.maximum or LONG_TEXT_LIMIT
    if len(text) > limit:
        raise _Fault(f"Use {limit:,} characters or fewer; this is {len(text):,}")
    return text


def _number(question: Question, raw: list[str], _: Choices) -> int | None:
    text = tidy(raw[0]).replace(",", "") if raw else ""
    if not text:
        return None
    if not _WHOLE_NUMBER.fullmatch(text):
        raise _Fault("Enter a whole number, such as 12")
    number = int(text)
    if question.minimum is not None and number < question.minimum:
        raise _Fault(f"Enter a number that is {question.minimum} or more")
    if question.maximum is not None and number > question.maximum:
        raise _Fault(f"Enter a number that is {question.maximum} or less")
    return number


def _date(_: Question, raw: list[str], choices: Choices) -> str:
    text = tidy(raw[0]) if raw else ""
    return read_date(text, choices.today).isoformat() if text else ""


def _time(_: Question, raw: list[str], __: Choices) -> str:
    text = tidy(raw[0]).lower() if raw else ""
    if not text:
        return ""
    match = _TIME.match(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3] == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise _Fault("Enter a time, for example 2:30pm or 14:30")
    return f"{hour:02}:{minute:02}"


def _one_of(question: Question, raw: list[str], choices: Choices) -> str:
    key = raw[0] if raw else ""
    if key and key not in {o.key for o in options_of(question, choices)}:
        raise _Fault("Choose one of the answers listed")
    return key


def _some_of(question: Question, raw: list[str], choices: Choices) -> list[str]:
    offered = [o.key for o in options_of(question, choices)]
    if set(filter(None, raw)) - set(offered):
        raise _Fault("Choose from the answers listed")
    return [key for key in offered if key in raw]


def _scale(_: Question, raw: list[str], choices: Choices) -> int | None:
    text = raw[0] if raw else ""
    if not text:
        return None
    if text not in {str(step) for step in choices.scale}:
        raise _Fault(f"Choose a number from {choices.scale[0]} to {choices.scale[-1]}")
    return int(text)


def _needs(_: Question, raw: list[str], choices: Choices) -> list[dict[str, str]]:
    areas = {option.key for option in choices.lists.get("areas_of_life", ())}
    lines: dict[str, dict[str, str]] = {}
    for start in range(0, len(raw), 3):
        identity, text, area = raw[start], tidy(raw[start + 1]), raw[start + 2]
        if not text:
            continue
        if len(text) > 500:
            raise _Fault("Use 500 characters or fewer for each need")
        if area and area not in areas:
            raise _Fault("Choose the area of life from the list")
        # The plan answers needs by id, so an id that is made up or given twice is not kept.
        if identity in lines or not _LINE_ID.fullmatch(identity):
            identity = str(uuid4())
        lines[identity] = {"id": identity, "text": text, "area": area}
    return list(lines.values())


_READERS: dict[Kind, Callable[[Question, list[str], Choices], Any]] = {
    Kind.SHORT_TEXT: _short_text,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.CHOICE: _one_of,
    Kind.CHOICES: _some_of,
    Kind.SCALE: _scale,
    Kind.PERSON: _one_of,
    Kind.PEOPLE: _some_of,
    Kind.NEEDS: _needs,
    Kind.YES_NO_UNKNOWN: _one_of,
}


def _typed_plainly(answer: Any) -> list[str]:
    return [str(answer)]


def _typed_day(answer: str) -> list[str]:
    day = date.fromisoformat(answer)
    return [f"{day.day}/{day.month}/{day.year}"]


def _typed_needs(answer: list[dict[str, str]]) -> list[str]:
    return [line[part] for line in answer for part in ("id", "text", "area")]


_TYPED: dict[Kind, Callable[[Any], list[str]]] = {
    Kind.DATE: _typed_day,
    Kind.CHOICES: list,
    Kind.PEOPLE: list,
    Kind.NEEDS: _typed_needs,
}

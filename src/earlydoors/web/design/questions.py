"""Questions as fields, and answers as lines to read: both from the one definition of a form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from earlydoors.foundation.forms.answers import Choices, Reading, is_answered, is_asked, options_of
from earlydoors.foundation.forms.schema import Kind, Question
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.design.parts import Row, Shown

MORE = "_more"
LONGEST_RADIO_LIST = 12
EMPTY_LINES = 3
_DEFAULT_HINTS = {
    Kind.DATE: "For example, 3 March 2026 or 3/3/26.",
    Kind.TIME: "For example, 2:30pm.",
}
_SHAPES = {
    Kind.SHORT_TEXT: "line",
    Kind.NUMBER: "line",
    Kind.DATE: "line",
    Kind.TIME: "line",
    Kind.LONG_TEXT: "box",
    Kind.CHOICE: "one",
    Kind.PERSON: "one",
    Kind.YES_NO_UNKNOWN: "one",
    Kind.CHOICES: "some",
    Kind.PEOPLE: "some",
    Kind.SCALE: "scale",
    Kind.NEEDS: "needs",
}


@dataclass(frozen=True)
class Offered:
    """An option as drawn."""

    key: str
    says: str
    hint: str
    chosen: bool
    id: str


@dataclass(frozen=True)
class Line:
    """One line of needs: its identity, its words, its area of life."""

    id: str
    text: str
    area: str


@dataclass(frozen=True)
class Field:
    """A question ready to be drawn. `shape` is how: line, box, one, list, some, scale, needs."""

    question: Question
    name: str
    shape: str
    value: str
    options: tuple[Offered, ...]
    lines: tuple[Line, ...]
    fault: str
    known_from: str
    condition: str
    condition_name: str
    condition_keys: str
    anchors: tuple[tuple[int, str], ...]

    @property
    def id(self) -> str:
        """The id of its first control, which an error leads to."""
        return field_id(self.name)

    @property
    def hint(self) -> str:
        """The question's own hint, or that of its kind."""
        return self.question.hint or _DEFAULT_HINTS.get(self.question.kind, "")

    @property
    def described_by(self) -> str:
        """The ids of what describes the control."""
        has = (("hint", self.hint), ("error", self.fault), ("known", self.known_from))
        return " ".join(f"{self.id}-{part}" for part, there in has if there)

    @property
    def lowest_says(self) -> str:
        """What the low end of a scale means."""
        return self.anchors[0][1] if self.anchors else ""

    @property
    def highest_says(self) -> str:
        """What the high end of a scale means."""
        return self.anchors[-1][1] if len(self.anchors) > 1 else ""


def field_id(name: str) -> str:
    """The id of a field's first control: its name, fit for a link."""
    return "f-" + name.replace(".", "-")


def fields(
    questions: Iterable[Question],
    choices: Choices,
    *,
    typed: Mapping[str, Sequence[str]] | None = None,
    reading: Reading | None = None,
    prefix: str = "",
    anchors: Mapping[int, str] | None = None,
    known_from: Mapping[str, str] | None = None,
    more: str = "",
) -> tuple[Field, ...]:
    """The fields of these questions, in their order.

    `typed` is what stands in them (`as_typed(questions, answers)`); a `reading` of what was posted
    goes before it and brings its faults. `known_from` says, by a question's key, where a value
    already there came from. `more` is the name of the needs that want further lines.
    """
    asked = tuple(questions)
    standing = reading.typed if reading else typed or {}
    ends = tuple(sorted((anchors or {}).items()))
    return tuple(
        _field(
            question,
            choices,
            prefix=prefix,
            raw=tuple(standing.get(question.key, ())),
            fault=reading.fault(question.key) if reading else "",
            known_from=(known_from or {}).get(question.key, ""),
            condition=_condition(question, asked, choices),
            anchors=ends if question.kind == Kind.SCALE else (),
            more=more,
        )
        for question in asked
    )


def wants_more(request: HttpRequest) -> str:
    """The name of the needs that were asked for another line, if that button was used."""
    return request.POST.get(MORE, "")


def rows(
    questions: Iterable[Question],
    answers: Mapping[str, Any],
    choices: Choices,
    *,
    change: Callable[[str], str] | None = None,
    unanswered: str = "Not answered",
) -> tuple[Row, ...]:
    """The answers as lines to read, for checking, reading and print.

    `change` gives, by a question's key, the address where it is answered. Questions that were not
    answered are left out when `unanswered` is empty, and those that were never asked always.
    """
    return tuple(
        Row(
            key=question.asks,
            value=said(question, answers.get(question.key), choices) or unanswered,
            href=change(question.key) if change else None,
            quoted=question.words_of != "worker" and is_answered(answers.get(question.key)),
        )
        for question in questions
        if is_answered(answers.get(question.key)) or (unanswered and is_asked(question, answers))
    )


def said(question: Question, answer: Any, choices: Choices) -> Shown:
    """An answer in words: options by what they say, days in full, needs with their area."""
    if not is_answered(answer):
        return ""
    if question.kind == Kind.DATE:
        return day(date.fromisoformat(answer))
    if question.kind == Kind.TIME:
        hour, minute = int(answer[:2]), answer[3:]
        return f"{hour % 12 or 12}:{minute}{'am' if hour < 12 else 'pm'}"
    if question.kind == Kind.SCALE:
        return f"{answer} out of {choices.scale[-1]}"
    if question.kind == Kind.NEEDS:
        areas = {option.key: option.says for option in choices.lists.get("areas_of_life", ())}
        return tuple(
            f"{need['text']} ({areas[need['area']]})" if need["area"] in areas else need["text"]
            for need in answer
        )
    says = {option.key: option.says for option in options_of(question, choices)}
    if isinstance(answer, list):
        return tuple(str(says.get(key, key)) for key in answer)
    return says.get(answer, str(answer))


def _field(
    question: Question,
    choices: Choices,
    *,
    prefix: str,
    raw: tuple[str, ...],
    fault: str,
    known_from: str,
    condition: str,
    anchors: tuple[tuple[int, str], ...],
    more: str,
) -> Field:
    name = prefix + question.key
    options = _options(question, choices, name, raw)
    shape = _SHAPES[question.kind]
    if shape == "one" and len(options) > LONGEST_RADIO_LIST:
        shape = "list"
    when = question.when
    return Field(
        question=question,
        name=name,
        shape=shape,
        value=raw[0] if raw else "",
        options=options,
        lines=_lines(raw, asked_for=more == name) if shape == "needs" else (),
        fault=fault,
        known_from=known_from if raw else "",
        condition=condition,
        condition_name=prefix + when.question if when else "",
        condition_keys=" ".join(when.is_any_of) if when else "",
        anchors=anchors,
    )


def _options(
    question: Question, choices: Choices, name: str, raw: tuple[str, ...]
) -> tuple[Offered, ...]:
    if question.kind == Kind.SCALE:
        listed = [(str(step), str(step), "") for step in choices.scale]
    elif question.kind == Kind.NEEDS:
        areas = choices.lists.get("areas_of_life", ())
        listed = [(option.key, option.says, option.hint) for option in areas]
    else:
        listed = [(o.key, o.says, o.hint) for o in options_of(question, choices)]
    first = field_id(name)
    return tuple(
        Offered(key, says, hint, key in raw, first if n == 0 else f"{first}-{n + 1}")
        for n, (key, says, hint) in enumerate(listed)
    )


def _lines(raw: tuple[str, ...], *, asked_for: bool) -> tuple[Line, ...]:
    written = [
        Line(*raw[start : start + 3])
        for start in range(0, len(raw) - 2, 3)
        if raw[start + 1] or raw[start + 2]
    ]
    empty = EMPTY_LINES if asked_for else max(1, EMPTY_LINES - len(written))
    return (*written, *(Line("", "", "") for _ in range(empty)))


def _condition(question: Question, asked: Sequence[Question], choices: Choices) -> str:
    """When a question is to be answered, in words, for those whose browser hides nothing."""
    if question.when is None:
        return ""
    earlier = next((q for q in asked if q.key == question.when.question), None)
    if earlier is None:
        return ""
    says = {option.key: option.says for option in options_of(earlier, choices)}
    wanted = [
        f"\N{LEFT SINGLE QUOTATION MARK}{says.get(key, key)}\N{RIGHT SINGLE QUOTATION MARK}"
        for key in question.when.is_any_of
    ]
    about = earlier.asks.rstrip("?:. ")
    if not wanted:
        return f"Answer this if you answered: {about}."
    return f"Answer this if you chose {' or '.join(wanted)} for: {about}."

"""What was typed is read, or kept with a sentence; nothing posted breaks the program."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from earlydoors.foundation.forms.answers import (
    LONG_TEXT_LIMIT,
    SHORT_TEXT_LIMIT,
    Choices,
    as_typed,
    is_answered,
    is_asked,
    missing,
    options_of,
    read_answers,
)
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question, Section

CHOICES = Choices(
    lists={
        "areas_of_life": (Option(key="money", says="Money"), Option(key="housing", says="Housing")),
        "agencies": (Option(key="school", says="School"),),
    },
    people=(Option(key="zara", says="Zara Shah"), Option(key="kai", says="Kai Whitlock")),
    scale=range(1, 6),
    today=date(2026, 3, 20),
)
COLOURS = (Option(key="red", says="Red"), Option(key="blue", says="Blue"))
WITH_OPTIONS = {Kind.CHOICE, Kind.CHOICES}


def ask(kind: Kind, key: str = "it", **more: Any) -> Question:
    if kind in WITH_OPTIONS and "options_from" not in more:
        more.setdefault("options", COLOURS)
    return Question(key=key, kind=kind, asks="What is it?", **more)


def when(question: str, *answers: str) -> Condition:
    return Condition(question=question, is_any_of=answers)


ONE_OF_EACH = tuple(ask(kind, key=kind.value) for kind in Kind)


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (Kind.SHORT_TEXT, ["  Zara \n Shah "], "Zara Shah"),
        (Kind.LONG_TEXT, ["One.\r\n\r\nTwo. "], "One.\n\nTwo."),
        (Kind.NUMBER, ["1,234"], 1234),
        (Kind.NUMBER, [" 0 "], 0),
        (Kind.NUMBER, ["-5"], -5),
        (Kind.DATE, ["3 March 2026"], "2026-03-03"),
        (Kind.TIME, ["2:30pm"], "14:30"),
        (Kind.TIME, ["14.30"], "14:30"),
        (Kind.TIME, ["1430"], "14:30"),
        (Kind.TIME, ["12 am"], "00:00"),
        (Kind.TIME, ["12pm"], "12:00"),
        (Kind.TIME, ["9"], "09:00"),
        (Kind.CHOICE, ["red"], "red"),
        (Kind.CHOICES, ["blue", "red", "red"], ["red", "blue"]),
        (Kind.SCALE, ["5"], 5),
        (Kind.PERSON, ["kai"], "kai"),
        (Kind.PEOPLE, ["kai", "zara"], ["zara", "kai"]),
        (Kind.YES_NO_UNKNOWN, ["not_known"], "not_known"),
    ],
)
def test_what_can_be_read_is_read(kind: Kind, typed: list[str], answer: object) -> None:
    reading = read_answers([ask(kind)], {"it": typed}, CHOICES)
    assert reading.sound
    assert reading.answers == {"it": answer}
    assert reading.typed == {"it": typed}


@pytest.mark.parametrize(
    ("question", "typed", "sentence"),
    [
        (ask(Kind.SHORT_TEXT), "x" * 201, "Use 200 characters or fewer; this is 201"),
        (ask(Kind.SHORT_TEXT, maximum=3), "four", "Use 3 characters or fewer; this is 4"),
        (ask(Kind.LONG_TEXT), "x" * 20_001, "Use 20,000 characters or fewer; this is 20,001"),
        (ask(Kind.NUMBER), "twelve", "Enter a whole number, such as 12"),
        (ask(Kind.NUMBER), "1.5", "Enter a whole number, such as 12"),
        (ask(Kind.NUMBER), "1_0", "Enter a whole number, such as 12"),
        (ask(Kind.NUMBER), "9" * 13, "Enter a whole number, such as 12"),
        (ask(Kind.NUMBER, minimum=0), "-1", "Enter a number that is 0 or more"),
        (ask(Kind.NUMBER, maximum=100), "101", "Enter a number that is 100 or less"),
        (ask(Kind.DATE), "31/2", "February 2026 has no day 31. Enter a real date"),
        (ask(Kind.TIME), "25:00", "Enter a time, for example 2:30pm or 14:30"),
        (ask(Kind.TIME), "13pm", "Enter a time, for example 2:30pm or 14:30"),
        (ask(Kind.TIME), "0am", "Enter a time, for example 2:30pm or 14:30"),
        (ask(Kind.TIME), "2:3", "Enter a time, for example 2:30pm or 14:30"),
        (ask(Kind.TIME), "noon", "Enter a time, for example 2:30pm or 14:30"),
        (ask(Kind.CHOICE), "green", "Choose one of the answers listed"),
        (ask(Kind.CHOICE, options_from="agencies"), "red", "Choose one of the answers listed"),
        (ask(Kind.CHOICES), "green", "Choose from the answers listed"),
        (ask(Kind.SCALE), "0", "Choose a number from 1 to 5"),
        (ask(Kind.SCALE), "05", "Choose a number from 1 to 5"),
        (ask(Kind.PERSON), "a stranger", "Choose one of the answers listed"),
        (ask(Kind.PEOPLE), "a stranger", "Choose from the answers listed"),
        (ask(Kind.YES_NO_UNKNOWN), "perhaps", "Choose one of the answers listed"),
    ],
)
def test_what_cannot_be_read_is_kept_with_a_sentence(
    question: Question, typed: str, sentence: str
) -> None:
    reading = read_answers([question], {"it": [typed]}, CHOICES)
    assert not reading.sound
    assert reading.fault("it") == sentence
    assert reading.fault("another") == ""
    assert reading.answers == {}
    assert reading.typed == {"it": [typed]}


@pytest.mark.parametrize(
    ("kind", "limit"), [(Kind.SHORT_TEXT, SHORT_TEXT_LIMIT), (Kind.LONG_TEXT, LONG_TEXT_LIMIT)]
)
def test_the_longest_text_fits(kind: Kind, limit: int) -> None:
    assert read_answers([ask(kind)], {"it": ["x" * limit]}, CHOICES).sound


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("posted", [{}, {"it": []}, {"it": [""]}, {"it": ["  "]}])
def test_nothing_typed_is_no_answer_and_may_be_asked_for(
    kind: Kind, posted: dict[str, list[str]]
) -> None:
    if posted.get("it") == ["  "] and kind in {
        Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.PERSON, Kind.PEOPLE, Kind.YES_NO_UNKNOWN,
    }:  # fmt: skip
        return  # spaces are no option that could be posted by a list
    question = ask(kind, required=True)
    half = read_answers([question], posted, CHOICES)
    assert half.sound
    assert half.answers == {}
    whole = read_answers([question], posted, CHOICES, whole=True)
    assert whole.fault("it").endswith(": What is it?")


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (Kind.LONG_TEXT, "Write an answer:"),
        (Kind.CHOICE, "Choose an answer:"),
        (Kind.PEOPLE, "Choose at least one:"),
    ],
)
def test_what_is_missing_says_what_to_do(kind: Kind, begins: str) -> None:
    section = Section(key="s", title="S", questions=(ask(kind, required=True),))
    assert [(m.question, m.sentence) for m in missing(section, {})] == [
        ("it", f"{begins} What is it?")
    ]


def test_an_answer_of_nought_is_an_answer() -> None:
    section = Section(key="s", title="S", questions=(ask(Kind.NUMBER, required=True),))
    assert missing(section, {"it": 0}) == ()
    assert is_answered(0)


@pytest.mark.parametrize(
    ("answers", "condition", "asked"),
    [
        ({}, None, True),
        ({}, when("first"), False),
        ({"first": ""}, when("first"), False),
        ({"first": []}, when("first"), False),
        ({"first": "anything"}, when("first"), True),
        ({"first": 0}, when("first"), True),
        ({"first": "yes"}, when("first", "yes", "not_known"), True),
        ({"first": "no"}, when("first", "yes", "not_known"), False),
        ({"first": ["red", "blue"]}, when("first", "blue"), True),
        ({"first": ["red"]}, when("first", "blue"), False),
    ],
)
def test_when_a_question_is_asked(
    answers: dict[str, object], condition: Condition | None, asked: bool
) -> None:
    assert is_asked(ask(Kind.LONG_TEXT, when=condition), answers) is asked


DEPENDENT = (
    ask(Kind.YES_NO_UNKNOWN, key="first"),
    ask(Kind.LONG_TEXT, key="second", when=when("first", "yes"), required=True),
    ask(Kind.LONG_TEXT, key="third", when=when("second"), required=True),
)


def test_a_question_not_asked_keeps_no_answer_and_is_not_missing() -> None:
    posted = {"first": ["no"], "second": ["left over"], "third": ["left over"]}
    reading = read_answers(DEPENDENT, posted, CHOICES, whole=True)
    assert reading.answers == {"first": "no"}
    assert reading.sound
    assert missing(Section(key="s", title="S", questions=DEPENDENT), {"first": "no"}) == ()


def test_questions_follow_one_another() -> None:
    posted = {"first": ["yes"], "second": ["because"], "third": ["and then"]}
    reading = read_answers(DEPENDENT, posted, CHOICES, whole=True)
    assert reading.answers == {"first": "yes", "second": "because", "third": "and then"}


def test_words_below_an_unreadable_answer_are_not_lost() -> None:
    questions = (
        ask(Kind.DATE, key="began"),
        ask(Kind.LONG_TEXT, key="how", when=when("began"), required=True),
        ask(Kind.LONG_TEXT, key="since", when=when("how")),
    )
    posted = {"began": ["31/2"], "how": ["It began in spring."], "since": ["Since then."]}
    reading = read_answers(questions, posted, CHOICES, whole=True)
    assert [fault.question for fault in reading.faults] == ["began"]
    assert reading.typed == posted


def test_words_of_a_question_that_is_not_asked_stay_on_the_page_and_are_no_answer() -> None:
    posted = {"first": [""], "second": ["Written before the answer above was chosen."], "third": []}
    reading = read_answers(DEPENDENT, posted, CHOICES, whole=True)
    assert "second" not in reading.answers
    assert reading.typed["second"] == posted["second"]


def test_a_prefix_keeps_two_people_apart() -> None:
    posted = {"zara-it": ["mine"], "kai-it": ["his"], "it": ["nobody's"]}
    reading = read_answers([ask(Kind.SHORT_TEXT)], posted, CHOICES, prefix="zara-")
    assert reading.answers == {"it": "mine"}


def needs(*lines: tuple[str, str, str]) -> dict[str, list[str]]:
    parts = zip(("id", "text", "area"), zip(*lines, strict=True), strict=True)
    return {f"it.{part}": list(values) for part, values in parts}


def test_needs_keep_their_ids_and_new_ones_get_one() -> None:
    reading = read_answers(
        [ask(Kind.NEEDS)],
        needs(("n-1", " Rent  paid ", "money"), ("", "Sleep", ""), ("n-3", "  ", "housing")),
        CHOICES,
    )
    kept, made = reading.answers["it"]
    assert kept == {"id": "n-1", "text": "Rent paid", "area": "money"}
    assert str(UUID(made["id"])) == made["id"]
    assert (made["text"], made["area"]) == ("Sleep", "")


@pytest.mark.parametrize("identity", ["\x00", "n 1", "x" * 37, "<b>", "\ud800"])
def test_an_id_nobody_gave_is_not_kept(identity: str) -> None:
    [need] = read_answers([ask(Kind.NEEDS)], needs((identity, "Sleep", "")), CHOICES).answers["it"]
    assert str(UUID(need["id"])) == need["id"]


def test_two_needs_never_share_an_id() -> None:
    posted = needs(("n-1", "Sleep", ""), ("n-1", "Rent", ""))
    first, second = read_answers([ask(Kind.NEEDS)], posted, CHOICES).answers["it"]
    assert first["id"] == "n-1"
    assert str(UUID(second["id"])) == second["id"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("", "x" * 501, ""), "Use 500 characters or fewer for each need"),
        (("", "Sleep", "dreams"), "Choose the area of life from the list"),
    ],
)
def test_a_need_that_cannot_be_read(line: tuple[str, str, str], sentence: str) -> None:
    reading = read_answers([ask(Kind.NEEDS)], needs(line), CHOICES)
    assert reading.fault("it") == sentence
    assert reading.typed == {"it": list(line)}


def test_columns_of_unequal_length_are_filled_up() -> None:
    posted = {"it.text": ["Sleep", "Rent"], "it.area": ["housing"]}
    read = read_answers([ask(Kind.NEEDS)], posted, CHOICES).answers["it"]
    assert [(need["text"], need["area"]) for need in read] == [("Sleep", "housing"), ("Rent", "")]


def test_options_come_from_where_the_question_says() -> None:
    def keys(question: Question) -> list[str]:
        return [option.key for option in options_of(question, CHOICES)]

    assert keys(ask(Kind.CHOICE)) == ["red", "blue"]
    assert keys(ask(Kind.CHOICES, options_from="agencies")) == ["school"]
    assert keys(ask(Kind.CHOICES, options_from="localities")) == []
    assert keys(ask(Kind.PERSON)) == ["zara", "kai"]
    assert keys(ask(Kind.YES_NO_UNKNOWN)) == ["yes", "no", "not_known"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.CHOICE},
        {"kind": Kind.LONG_TEXT, "options": COLOURS},
        {"kind": Kind.PERSON, "options_from": "agencies"},
        {"kind": Kind.LONG_TEXT, "key": "Not A Key"},
        {"kind": Kind.LONG_TEXT, "asks": " "},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Question(**{"key": "it", "asks": "What is it?", **wrong})


JUNK = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    ["", "red", "kai", "3", "31/2", "25:61", "-", "1" * 5000, "\x00", "\u0663/\u0663", "yes"]
)
FIELDS = st.sampled_from(
    [kind.value for kind in Kind] + [f"needs.{part}" for part in ("id", "text", "area")]
)


@given(st.dictionaries(FIELDS, st.lists(JUNK, max_size=4)), st.booleans())
def test_nothing_posted_is_a_fault_of_the_program(
    posted: dict[str, list[str]], whole: bool
) -> None:
    reading = read_answers(ONE_OF_EACH, posted, CHOICES, whole=whole)
    for key in posted:
        if "." not in key and key != "needs":
            assert reading.typed[key] == posted[key]
    for fault in reading.faults:
        assert fault.question not in reading.answers
        assert fault.sentence
    assert "\x00" not in repr(list(reading.answers.values()))


WORDS = st.text(st.characters(categories=("L", "Nd", "P", "Zs")), min_size=1, max_size=40)
ANSWERS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.SHORT_TEXT: WORDS,
    Kind.LONG_TEXT: st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
    Kind.NUMBER: st.integers(-(10**11), 10**12 - 1).map(str),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2126, 12, 31)).map(str),
    Kind.TIME: st.times().map(lambda at: f"{at.hour}:{at.minute:02}"),
    Kind.CHOICE: st.sampled_from(["red", "blue"]),
    Kind.SCALE: st.integers(1, 5).map(str),
    Kind.PERSON: st.sampled_from(["zara", "kai"]),
    Kind.YES_NO_UNKNOWN: st.sampled_from(["yes", "no", "not_known"]),
}


@st.composite
def typed_pages(draw: st.DrawFn) -> dict[str, list[str]]:
    page = {kind.value: [draw(answer)] for kind, answer in ANSWERS.items()}
    page["choices"] = draw(st.lists(st.sampled_from(["red", "blue"])))
    page["people"] = draw(st.lists(st.sampled_from(["zara", "kai"])))
    lines = draw(st.lists(st.tuples(WORDS, st.sampled_from(["", "money", "housing"])), max_size=3))
    page["needs.text"] = [text for text, _ in lines]
    page["needs.area"] = [area for _, area in lines]
    return page


@given(typed_pages())
def test_answers_fill_a_form_that_reads_the_same_again(page: dict[str, list[str]]) -> None:
    first = read_answers(ONE_OF_EACH, page, CHOICES)
    assert first.sound
    again = as_typed(ONE_OF_EACH, first.answers)
    posted = {key: values for key, values in again.items() if key != "needs"}
    for position, part in enumerate(("id", "text", "area")):
        posted[f"needs.{part}"] = again.get("needs", [])[position::3]
    second = read_answers(ONE_OF_EACH, posted, CHOICES)
    assert second.sound
    assert second.answers == first.answers

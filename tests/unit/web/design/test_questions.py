"""Questions as fields: what was typed stays, faults stand at their field, conditions are said."""

from datetime import date

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from earlydoors.foundation.forms.answers import Choices, as_typed, read_answers
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.design import jinja, questions
from earlydoors.web.design.assets import DESIGN

AREAS = (Option(key="home", says="Home and money"), Option(key="health", says="Health"))
CHOICES = Choices(
    lists={
        "areas_of_life": AREAS,
        "localities": tuple(Option(key=f"l{n}", says=f"Place {n}") for n in range(13)),
    },
    people=(Option(key="k", says="Kelly"),),
    today=date(2026, 3, 3),
)
AGREED = Question(key="agreed", kind=Kind.YES_NO_UNKNOWN, asks="Do they know?")
WHY = Question(
    key="why",
    kind=Kind.SHORT_TEXT,
    asks="Why not?",
    when=Condition(question="agreed", is_any_of=("no",)),
)
NEEDS = Question(key="needs", kind=Kind.NEEDS, asks="What is needed?")
SPOKE = Question(key="spoke", kind=Kind.DATE, asks="When did you speak?")


def drawn(fields: object) -> str:
    page = DictLoader(
        {
            "page": '{% from "design/questions.html" import questions, error_summary %}'
            "{{ error_summary(fields) }}{{ questions(fields) }}"
        }
    )
    own = FileSystemLoader(DESIGN / "templates")
    environment = jinja.environment(loader=ChoiceLoader([own, page]))
    return environment.get_template("page").render(fields=fields)


def test_what_was_typed_stays_with_the_sentence_that_says_what_to_do() -> None:
    reading = read_answers([SPOKE], {"spoke": ["31/2"]}, CHOICES)
    (field,) = questions.fields([SPOKE], CHOICES, reading=reading)

    page = drawn([field])

    assert field.value == "31/2"
    assert 'value="31/2"' in page
    assert f'<a href="#{field.id}">{field.fault}</a>' in page
    assert f'id="{field.id}"' in page
    assert f'aria-describedby="{field.id}-hint {field.id}-error"' in page


def test_a_condition_is_said_in_words() -> None:
    fields = questions.fields([AGREED, WHY], CHOICES)
    assert fields[1].condition == (
        "Answer this if you chose \N{LEFT SINGLE QUOTATION MARK}No\N{RIGHT SINGLE QUOTATION MARK} "
        "for: Do they know."
    )
    assert 'data-when="agreed" data-when-is="no"' in drawn(fields)


def test_a_prefix_reaches_the_names_and_the_condition() -> None:
    fields = questions.fields([AGREED, WHY], CHOICES, prefix="p1.")
    assert [field.name for field in fields] == ["p1.agreed", "p1.why"]
    assert fields[1].condition_name == "p1.agreed"
    assert fields[0].id == "f-p1-agreed"


def test_a_long_list_is_a_select() -> None:
    place = Question(key="place", kind=Kind.CHOICE, asks="Where?", options_from="localities")
    (field,) = questions.fields([place], CHOICES)
    assert field.shape == "list"


def test_needs_keep_their_lines_and_offer_empty_ones() -> None:
    answers = {"needs": [{"id": "1", "text": "Somewhere warm", "area": "home"}]}
    typed = as_typed([NEEDS], answers)
    (field,) = questions.fields([NEEDS], CHOICES, typed=typed)
    (longer,) = questions.fields([NEEDS], CHOICES, typed=typed, more="needs")

    assert [line.text for line in field.lines] == ["Somewhere warm", "", ""]
    assert len(longer.lines) == 4
    assert 'name="_more" value="needs"' in drawn([field])


def test_enter_in_a_field_saves_and_adds_no_line() -> None:
    page = drawn(questions.fields([NEEDS], CHOICES))
    assert page.index('type="submit"') < page.index('name="_more"')
    assert 'name="_more"' not in page[: page.index("</button>")]


def test_a_known_value_says_where_it_came_from() -> None:
    known = {"spoke": "From the request, 2 March 2026"}
    with_value = questions.fields([SPOKE], CHOICES, typed={"spoke": ["2/3/2026"]}, known_from=known)
    without = questions.fields([SPOKE], CHOICES, known_from=known)
    assert "From the request, 2 March 2026" in drawn(with_value)
    assert "From the request" not in drawn(without)


def test_answers_read_back_in_words() -> None:
    answers = {
        "agreed": "not_known",
        "needs": [
            {"id": "1", "text": "Warmth", "area": "home"},
            {"id": "2", "text": "Sleep", "area": ""},
        ],
        "spoke": "2026-03-02",
    }
    rows = questions.rows([AGREED, NEEDS, SPOKE, WHY], answers, CHOICES)
    assert [row.value for row in rows] == [
        "Not known",
        ("Warmth (Home and money)", "Sleep"),
        "2 March 2026",
    ], "why not is only asked after a no"
    (said, why) = questions.rows([AGREED, WHY], {"agreed": "no"}, CHOICES)
    assert (said.value, why.value) == ("No", "Not answered")
    assert len(questions.rows([WHY], answers, CHOICES, unanswered="")) == 0


def test_words_of_a_family_are_quoted_and_escaped() -> None:
    said = Question(key="says", kind=Kind.LONG_TEXT, asks="In your words", words_of="family")
    (row,) = questions.rows([said], {"says": "<b>tired</b>"}, CHOICES)
    (field,) = questions.fields([said], CHOICES, typed={"says": ["</textarea><script>"]})
    assert row.quoted
    assert "<script>" not in drawn([field])

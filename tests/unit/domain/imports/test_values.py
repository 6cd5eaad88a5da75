"""What a cell says, by the rules for someone typing it."""

from datetime import date

import pytest
from tests.factories.rolls import number

from earlydoors.domain.imports.columns import PEOPLE, SCHOOLS
from earlydoors.domain.imports.values import Read, read_row

TODAY = date(2026, 3, 2)
SOUND = {"given_name": "Ann", "family_name": "Fell", "born_on": "3/3/2018"}


def read(said: dict[str, str], kind: str = PEOPLE, formulas: tuple[int, ...] = ()) -> Read:
    keys = list(said)
    places = {key: n for n, key in enumerate(keys)}
    cells = list(said.values())
    return read_row(kind, cells, places, width=len(keys), formulas=formulas, today=TODAY)


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("born_on", "03/03/2018", "2018-03-03"),
        ("born_on", "2018-03-03 00:00:00", "2018-03-03"),
        ("born_on", "3-Mar-2018", "2018-03-03"),
        ("sex", "Female", "female"),
        ("sex", "M", "male"),
        ("ethnicity", "wbri", "WBRI"),
        ("ethnicity", "White British", "WBRI"),
        ("ethnicity", "WBRI - White - British", "WBRI"),
        ("sen_provision", "K", "K"),
        ("postcode", "la11aa", "LA1 1AA"),
        ("postcode", "zz99 3vz", "ZZ99 3VZ"),
        ("nhs", "943 476 5919", "9434765919"),
        ("given_name", "  Zoë  Ann ", "Zoë Ann"),
        ("given_name", "'-Ann", "-Ann"),
        ("upn", f" {number(7).lower()} ", number(7)),
    ],
)
def test_values_are_read(key: str, typed: str, kept: str) -> None:
    found = read(SOUND | {key: typed})
    assert found.problems == []
    assert found.values[key] == kept


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("born_on", "", "Date of birth is missing"),
        ("born_on", "31/02/2018", "has no day 31"),
        ("born_on", "3 March", "with day, month and year"),
        ("born_on", "43162", "how a spreadsheet keeps a date"),
        ("born_on", "3/3/2030", "still to come"),
        ("born_on", "3/3/1901", "more than 120 years ago"),
        ("born_on", "3/3/1801", "between 1900 and"),
        ("given_name", "x" * 10_000, "has 10,000 letters"),
        ("given_name", "Ann 5B", "no digits"),
        ("family_name", "A\N{REPLACEMENT CHARACTER}n", "A letter was lost"),
        ("sex", "?", "Write F, M, I"),
        ("ethnicity", "Martian", "not in the list"),
        ("postcode", "not one", "is not a postcode"),
        ("upn", "A801200005001", "its check does not come out"),
        ("nhs", "9.43E+09", "10 digits"),
        ("school_urn", "12", "6 digits"),
    ],
)
def test_what_cannot_be_has_its_sentence(key: str, typed: str, says: str) -> None:
    found = read(SOUND | {key: typed})
    assert [(place, says in sentence) for place, sentence in found.problems] == [(key, True)]


def test_a_formula_is_never_run() -> None:
    found = read(SOUND | {"given_name": "=1+1"}, formulas=(0,))
    assert found.problems == [
        ("given_name", "This is a formula. It was not run. Put the value in its place.")
    ]


def test_a_row_with_more_values_than_headings() -> None:
    found = read_row(
        PEOPLE, ["Ann", "Fell", "3/3/2018", "x"],
        {"given_name": 0, "family_name": 1, "born_on": 2}, width=3, today=TODAY,
    )  # fmt: skip
    assert "4 values and there are 3 headings" in found.problems[0][1]


def test_days_that_contradict_each_other() -> None:
    found = read(SOUND | {"began_on": "4/9/2023", "ended_on": "1/9/2023"})
    assert found.problems == [("ended_on", "The date of leaving is before the date of entry.")]
    found = read(SOUND | {"began_on": "4/9/2010"})
    assert found.problems == [("began_on", "The date of entry is before the date of birth.")]


def test_a_school_has_its_number_from_authority_and_establishment() -> None:
    said = {
        "urn": "112345", "name": "Fell Foot", "authority": "Westshire", "status": "Open",
        "authority_code": "909", "establishment": "201", "opened_on": "01-09-1975",
    }  # fmt: skip
    found = read(said, SCHOOLS)
    assert found.problems == []
    assert found.values["laestab"] == "9090201"
    assert found.values["opened_on"] == "1975-09-01"

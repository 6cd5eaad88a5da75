"""The file of a study: read again it is the same, and it says what stands in it."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

from earlydoors.domain.studies.columns import BY_KEY, TABLES, Fact
from earlydoors.domain.studies.writing import Described, Filled, archive

ABOUT = Described(
    "Cumbria", "Coming back", "Who comes back?", date(2024, 1, 1), date(2026, 1, 1),
    date(2027, 1, 1), 5,
)  # fmt: skip
ROWS = [
    {"person": "1f", "family": "2a", "is_child": "yes", "sex": "female"},
    {"person": "3c", "family": "2a", "is_child": "no", "sex": 'kept, "back"\nhere'},
]


def file_of(facts: frozenset[Fact]) -> bytes:
    people = BY_KEY["people"]
    return archive([Filled(people, people.taken(facts), ROWS)], ABOUT, facts)


def test_what_is_read_again_is_what_was_written() -> None:
    with ZipFile(BytesIO(file_of(frozenset({Fact.SEX})))) as made:
        assert made.namelist() == ["README.txt", "people.csv"]
        text = made.read("people.csv").decode("utf-8")
    assert list(csv.DictReader(StringIO(text))) == ROWS


def test_it_says_what_it_is_and_what_stands_in_each_column() -> None:
    with ZipFile(BytesIO(file_of(frozenset({Fact.SEX})))) as made:
        says = made.read("README.txt").decode("utf-8")
    assert "This is personal data." in says
    assert "from 2024-01 until before 2026-01" in says
    assert "by 2027-01-01" in says
    assert "fewer than 5" in says
    for column in BY_KEY["people"].taken(frozenset({Fact.SEX})):
        assert column.says in says
    assert "ethnic" not in says


def test_the_same_tables_make_the_same_bytes() -> None:
    assert file_of(frozenset({Fact.SEX})) == file_of(frozenset({Fact.SEX}))


def test_a_fact_belongs_to_one_column_and_every_row_has_its_pseudonym_first() -> None:
    facts = [column.fact for one in TABLES for column in one.columns if column.fact]
    assert sorted(facts) == sorted(Fact)
    assert all("Pseudonym" in one.columns[0].says for one in TABLES)

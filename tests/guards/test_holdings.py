"""Guards over what a copy for somebody holds: a new table of families has to be thought about."""

import tomllib
from pathlib import Path

from django.apps import apps

import earlydoors
from earlydoors.domain.information import holdings
from earlydoors.domain.information.saying import SENSITIVE, TITLES
from earlydoors.domain.joining.pointers import pointers

CLASSES = Path(earlydoors.__file__).parent / "domain" / "classification.toml"
MADE = {"created_by", "changed_by"}


def classified() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(CLASSES.read_text(encoding="utf-8"))


def test_every_table_with_anything_personal_is_in_the_copy_or_said_to_be_outside() -> None:
    reached = {one.label for one in holdings.reaches()}
    assert holdings.unreached() == [], "say in holdings.OUTSIDE why a copy leaves it out"
    for table, said in classified().items():
        if set(said["personal"] + said["special"]) - MADE:
            assert table in reached or table in holdings.OUTSIDE, table


def test_nothing_is_both_inside_and_outside_and_nothing_is_left_over() -> None:
    tables = set(classified())
    reached = {one.label for one in holdings.reaches()}
    assert set(holdings.OUTSIDE) <= tables
    assert not reached & set(holdings.OUTSIDE)
    assert all(holdings.OUTSIDE.values())
    assert set(TITLES) <= reached


def test_every_column_that_holds_a_person_finds_its_row_or_says_why_not() -> None:
    """From the other side: by the columns that a joining moves."""
    about = {f"{one.label}.{column}" for one in holdings.reaches() for column in one.about}
    said = set(holdings.ACTED) | set(holdings.NEVER_BY)
    columns = {one.key for one in pointers()}
    assert said <= columns
    for key in columns - said:
        table = key.rsplit(".", 1)[0]
        assert key in about or table in holdings.OUTSIDE, key


def test_what_is_looked_at_first_is_a_column() -> None:
    for key in SENSITIVE:
        table, column = key.rsplit(".", 1)
        assert apps.get_model(table)._meta.get_field(column)

"""What other agencies write: each kind of slip changes what it says, and says that it did."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from earlydoors.simulation.people import lists
from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.slips import COLUMNS, SLIPS, Agency, as_is, rates

DAY = date(2026, 9, 1)
NAMES = {"given_name", "family_name"}
ADDRESS = {"house_number", "street", "postcode"}
CHANGES = {
    "moved": ADDRESS,
    "old_postcode": {"postcode"},
    "old_surname": {"family_name"},
    "other_surname": {"family_name"},
    "before_birth": {"given_name", "birth_date", "sex", "nhs"},
    "known_by": {"given_name"},
    "short_form": {"given_name"},
    "spelling": NAMES,
    "transliterated": NAMES,
    "second_name": {"given_name"},
    "middle_only": {"given_name"},
    "initial": {"given_name"},
    "one_barrel": {"family_name"},
    "hyphen_lost": NAMES,
    "marks_lost": NAMES,
    "heard": NAMES,
    "typed_first_name": {"given_name"},
    "typed_surname": {"family_name"},
    "names_swapped": NAMES,
    "day_month": {"birth_date"},
    "wrong_year": {"birth_date"},
    "wrong_digit": {"birth_date"},
    "rounded": {"birth_date"},
    "wrong_sex": {"sex"},
    "typed_street": {"street"},
    "street_short": {"street"},
    "typed_postcode": {"postcode"},
    "wrong_number": {"house_number"},
    "number_slip": {"nhs", "upn"},
    "twins_number": {"nhs", "upn"},
}


@pytest.fixture(scope="module")
def families() -> Families:
    return Families(8, DAY, mix="many_origins")


@pytest.fixture(scope="module")
def everyone(families: Families) -> list[Person]:
    return list(families.people(6000))


def test_every_kind_has_a_rate_and_is_described_here() -> None:
    assert SLIPS.keys() == rates().kinds.keys() == CHANGES.keys()


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_changes_what_it_says_and_nothing_else(
    kind: str, families: Families, everyone: list[Person]
) -> None:
    agency, alone = Agency(1, families.places), 0
    for person in everyone:
        written, made = agency.record(person, surely=kind)
        if made != [kind]:
            continue
        alone += 1
        truth = as_is(person)
        changed = {
            column
            for column in COLUMNS
            if written[column] != truth[column]
            and (written[column] is not None or kind == "before_birth")
        }
        missing_anyway = {"upn", "birth_date", *ADDRESS} if kind == "before_birth" else set()
        assert changed & CHANGES[kind]
        assert changed - CHANGES[kind] <= missing_anyway
    assert alone >= 5


def test_a_record_without_slips_is_the_truth_but_for_what_is_missing(
    families: Families, everyone: list[Person]
) -> None:
    agency = Agency(2, families.places)
    clean = 0
    for person in everyone:
        written, made = agency.record(person)
        if not made:
            clean += 1
            truth = as_is(person)
            assert all(written[c] in {None, truth[c]} for c in COLUMNS)
    assert 0.3 < clean / len(everyone) < 0.7


def test_slips_come_at_their_rates(families: Families, everyone: list[Person]) -> None:
    agency = Agency(3, families.places)
    found = Counter(kind for person in everyone for kind in agency.record(person)[1])
    for kind in ("moved", "typed_street", "typed_surname", "names_swapped"):
        share, asked = found[kind] / len(everyone), rates().kinds[kind]
        assert abs(share - asked) < 0.25 * asked + 0.004, f"{kind}: {share}"


@pytest.mark.parametrize(
    ("kind", "was", "may_be"),
    [
        ("short_form", ("Elizabeth", "Dodds"), {"Liz", "Beth", "Lizzie", "Libby", "Betty"}),
        ("one_barrel", ("Kai", "Shah-Whitlock"), {"Shah", "Whitlock"}),
        ("hyphen_lost", ("Kai", "Shah-Whitlock"), {"Shah Whitlock", "ShahWhitlock"}),
        ("marks_lost", ("Łukasz", "Wójcik"), {"Lukasz", "Wojcik"}),
        ("names_swapped", ("Amy", "Robson"), {"Robson", "Amy"}),
        ("initial", ("Jayden", "Cole"), {"J"}),
    ],
)
def test_slips_as_people_know_them(
    kind: str,
    was: tuple[str, str],
    may_be: set[str],
    families: Families,
    everyone: list[Person],
) -> None:
    agency, seen = Agency(4, families.places), set()
    for person in everyone[:200]:
        kept = person.given_name, person.family_name
        person.given_name, person.family_name = was
        written, made = agency.record(person, surely=kind)
        person.given_name, person.family_name = kept
        if made == [kind]:
            seen |= {written["given_name"], written["family_name"]} - set(was)
    assert seen - {None} <= may_be | set(was)
    assert seen & may_be or kind == "names_swapped"


def test_the_lists_keep_the_truth_apart(families: Families, tmp_path: Path) -> None:
    lists.write(families, 500, tmp_path)
    rows = {
        name: list(csv.DictReader((tmp_path / name).open(encoding="utf-8")))
        for name in (lists.REGISTER, lists.AGENCY, lists.TRUTH)
    }
    ids = [row["id"] for name in (lists.REGISTER, lists.AGENCY) for row in rows[name]]
    assert sorted(ids) == sorted(row["id"] for row in rows[lists.TRUTH])
    assert set(rows[lists.REGISTER][0]) == set(rows[lists.AGENCY][0]) == {"id", *COLUMNS}
    people = Counter(row["person"] for row in rows[lists.TRUTH])
    both = sum(count == 2 for count in people.values())
    assert 0.5 < both / len(people) < 0.7
    again = tmp_path / "again"
    lists.write(Families(8, DAY, mix="many_origins"), 500, again)
    assert (again / lists.AGENCY).read_bytes() == (tmp_path / lists.AGENCY).read_bytes()

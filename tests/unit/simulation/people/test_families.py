"""People made up: the same for the same seed, as the figures ask, one family at a time."""

import tracemalloc
from collections import Counter
from datetime import date
from itertools import groupby, islice, pairwise
from pathlib import Path

import pytest
import yaml
from stdnum.gb import nhs

from earlydoors.foundation.kernel.identifiers import read_upn
from earlydoors.foundation.profile.loader import SHIPPED, shipped_areas
from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.figures import figures_for
from earlydoors.simulation.people.names import FEMALE, MALE, origins
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.places import NEVER_LAST

DAY = date(2026, 9, 1)
COUNTED = 20_000


@pytest.fixture(scope="module")
def everyone() -> list[Person]:
    return list(Families(11, DAY, "northamptonshire").people(COUNTED))


@pytest.fixture(scope="module")
def children(everyone: list[Person]) -> list[Person]:
    return [person for person in everyone if person.role == "child"]


def families_of(people: list[Person]) -> list[list[Person]]:
    return [list(members) for _, members in groupby(people, key=lambda one: one.family)]


def near(found: float, asked: float, within: float) -> bool:
    return abs(found - asked) <= within


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    once = list(Families(5, DAY, "cumbria").people(300))
    again = list(Families(5, DAY, "cumbria").people(300))
    others = list(Families(6, DAY, "cumbria").people(300))
    assert once == again
    assert once != others


def test_a_run_is_taken_up_where_it_stopped() -> None:
    whole = list(Families(5, DAY).people(200))
    last = [person for person in whole if person.family < 30]
    rest = list(Families(5, DAY).people(200, family=30, number=len(last)))
    assert last + rest == whole


def test_memory_does_not_grow_with_how_many_there_are() -> None:
    def peak(people: int) -> int:
        tracemalloc.start()
        for _ in Families(3, DAY).people(people):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(200)  # the lists of names are read once
    assert peak(4000) < peak(1000) * 1.5 + 100_000


@pytest.mark.parametrize("area", shipped_areas())
def test_no_two_children_of_a_family_have_one_first_name(area: str) -> None:
    for members in families_of(list(Families(7, DAY, area).people(8000))):
        names = [one.given_name for one in members if one.role == "child"]
        assert len(names) == len(set(names)), names


def test_children_are_of_the_ages_asked_for(children: list[Person]) -> None:
    ages = Counter(int((DAY - child.birth_date).days / 365.25) for child in children)
    for band in figures_for("northamptonshire").ages:
        found = sum(ages[age] for age in range(band.first, band.last + 1)) / len(children)
        assert near(found, band.share, 0.05), f"{band.first} to {band.last}: {found}"


def test_origins_come_as_often_as_the_area_asks(everyone: list[Person]) -> None:
    found = Counter(person.origin for person in everyone if person.role != "child")
    total = found.total()
    for origin, share in figures_for("northamptonshire").origins.items():
        assert near(found[origin] / total, share, 0.004 + share * 0.12), origin


def test_boys_twins_kinds_and_sizes_come_as_asked(
    everyone: list[Person], children: list[Person]
) -> None:
    shares = figures_for("northamptonshire").shares
    boys = sum(child.sex == MALE for child in children) / len(children)
    pairs = [child for child in children if child.twin]
    sizes = Counter(sum(one.role == "child" for one in family) for family in families_of(everyone))
    families = sizes.total()
    asked = figures_for("northamptonshire").asked["children_in_a_family"]["shares"]
    assert near(boys, shares["boys"], 0.015)
    assert near(len(pairs) / 2 / len(children), shares["twins"], 0.006)
    for size, share in asked.items():
        assert near(sizes[size] / families, share, 0.025), size
    split = [f for f in families_of(everyone) if len({one.home for one in f}) > 1]
    assert near(len(split) / families, 0.15 + 0.09, 0.025)
    assert any(one.role == "grandmother" for one in everyone)


def test_two_in_three_twins_are_of_one_sex_and_none_shares_a_first_name() -> None:
    people = list(Families(2, DAY).people(60_000))
    pairs = [
        (one, two)
        for one, two in pairwise(people)
        if one.twin and two.twin and one.family == two.family and one.birth_date == two.birth_date
    ]
    alike = sum(one.sex == two.sex for one, two in pairs) / len(pairs)
    assert near(alike, 0.65, 0.08)
    assert all(one.given_name != two.given_name for one, two in pairs)


def test_families_hold_together(everyone: list[Person]) -> None:
    for family in families_of(everyone):
        births = sorted(one.birth_date for one in family if one.role == "child")
        for sooner, later in pairwise(births):
            assert sooner == later or (later - sooner).days >= 270
        for grown in family:
            if grown.role in {"mother", "father", "other parent"}:
                youngest_parent = (births[0] - grown.birth_date).days / 365.25
                assert youngest_parent > 15


def test_numbers_are_right_by_their_checks_and_each_has_one_holder(everyone: list[Person]) -> None:
    numbers = [person.nhs for person in everyone if person.nhs]
    pupils = [person.upn for person in everyone if person.upn]
    assert len(numbers) > COUNTED * 0.8
    assert all(number.startswith("999") and nhs.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert [read_upn(number) for number in pupils] == pupils
    assert len(set(pupils)) == len(pupils)
    for person in islice(everyone, 2000):
        age = (DAY - person.birth_date).days / 365.25
        assert (person.upn is not None) == (person.role == "child" and 4 < age < 19)


def test_nobody_lives_at_a_real_postcode(everyone: list[Person]) -> None:
    codes = {
        code
        for locality in figures_for("northamptonshire").localities
        for outward in locality.towns.values()
        for code in outward
    }
    for person in everyone:
        outward, inward = person.home.postcode.split()
        assert outward in codes
        assert inward[2] in NEVER_LAST


def test_surnames_follow_their_customs() -> None:
    people = list(Families(4, DAY, mix="many_origins").people(20_000))
    by_origin = {key: [p for p in people if p.origin == key] for key in origins()}
    polish = {p.sex: {q.family_name for q in by_origin["polish"] if q.sex == p.sex} for p in people}
    assert "Kowalski" in polish[MALE]
    assert "Kowalska" in polish[FEMALE]
    assert "Kowalski" not in polish[FEMALE]
    punjabi = [p for p in by_origin["punjabi"] if p.role in {"mother", "father"}]
    sikh = sum("Kaur" in p.family_name or "Singh" in p.family_name for p in punjabi)
    assert sikh / len(punjabi) > 0.4
    portuguese = [p for p in by_origin["portuguese"] if p.role == "mother"]
    assert all(" " in p.family_name for p in portuguese)
    somali = [f for f in families_of(people) if f[0].origin == "somali" and len(f) > 2]
    named = [f for f in somali if f[1].role == "father" and f[1].given_name == f[2].family_name]
    assert len(named) > len(somali) * 0.3


@pytest.mark.parametrize("area", shipped_areas())
def test_every_area_has_its_mix_and_its_places(area: str) -> None:
    told = yaml.safe_load((Path(SHIPPED) / area / "partnership.yaml").read_text(encoding="utf-8"))
    figures = figures_for(area)
    assert figures.origins is not figures_for("nowhere_of_ours").origins
    assert figures.origins.keys() == origins().keys()
    assert near(sum(figures.origins.values()), 1, 0.002)
    profile = {one["key"] for one in told["localities"]}
    assert {one.key for one in figures.localities} == profile


def test_every_list_of_names_says_where_it_is_from() -> None:
    for origin in origins().values():
        assert origin.source
        for sex in (MALE, FEMALE):
            assert sum(len(pick.values) for pick in origin.given_names[sex].values()) >= 25
        assert len(set(origin.surnames.values)) >= 35, origin.key

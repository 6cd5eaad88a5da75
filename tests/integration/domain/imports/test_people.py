"""A school roll: whom it is about, what it brings, and how it is taken back."""

from datetime import date, timedelta

import pytest
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker
from tests.factories.rolls import (
    HEADINGS,
    as_csv,
    loaded,
    looked_through,
    number,
    roll,
    taken_back,
)

from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people import identifiers, operations
from earlydoors.domain.people.models import Identifier, Person, Place, Said
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


@pytest.fixture
def school(coordinator: Actor) -> Setting:
    return Setting.objects.filter(agency__kind="school").order_by("key")[0]


@pytest.fixture
def sophie(coordinator: Actor) -> Person:
    """A child on record whose UPN is known."""
    child = known_family(by=coordinator).child
    identifiers.identify(person=child, kind="upn", number=number(1), by=coordinator, at=AT)
    return child


def verdicts(file: Import) -> list[str]:
    return list(file.rows.order_by("number").values_list("verdict", flat=True))


def test_only_those_already_known_are_written(
    coordinator: Actor, school: Setting, sophie: Person
) -> None:
    file = looked_through(as_csv(roll()), by=coordinator, setting=school)
    assert verdicts(file) == ["changes", "new", "new"]
    before = Person.objects.count()

    loaded(file, by=coordinator, at=LATER)

    assert Person.objects.count() == before
    sophie.refresh_from_db()
    assert sophie.ethnicity == "WBRI"
    place = sophie.places.get(kind="school")
    assert (place.setting, place.began_on) == (school, date(2023, 9, 4))
    source = Said.objects.get(person=sophie, fact="ethnicity").source
    assert source == f"Their school, nursery or college: School roll of {school}, 2 March 2026"
    assert verify().sound


def test_people_not_known_are_written_when_the_importer_says_why(
    coordinator: Actor, sophie: Person
) -> None:
    file = looked_through(as_csv(roll()), by=coordinator)
    loaded(file, by=coordinator, why="The roll of a school that joins the practice partnership.")

    seun = Person.objects.get(given_name="Oluwaseun")
    assert (seun.family_name, seun.born_on, seun.sex) == ("Okafor", date(2016, 11, 14), "male")
    assert seun.identifiers.get().value == number(2)
    assert Said.objects.filter(person=seun, fact="ethnicity").exists()


def test_adding_people_wants_a_reason(coordinator: Actor) -> None:
    file = looked_through(as_csv(roll()), by=coordinator)
    from earlydoors.domain.imports.operations import load

    with pytest.raises(UnableTo, match="Say why"):
        load(file=file, by=coordinator, at=AT, adds_new=True, why=" ")


def test_likeness_alone_is_for_a_person_to_decide(coordinator: Actor) -> None:
    child = known_family(by=coordinator).child  # no number on record
    file = looked_through(as_csv(roll()), by=coordinator)

    row = file.rows.get(number=2)
    assert row.verdict == "decide"
    assert row.possible == [
        {"person": str(child.pk), "reasons": ["same birthday", "same first name", "same surname"]}
    ]
    loaded(file, by=coordinator)
    assert not child.identifiers.exists()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({3: "04/03/2018"}, "birth date with one digit different"),
        ({1: "Molly"}, "different first name"),
        ({2: "Fell"}, "different surname"),
    ],
)
def test_a_number_alone_is_not_enough(
    changed: dict[int, str], reason: str, coordinator: Actor, sophie: Person
) -> None:
    line = [1, "Sophie", "Tarn", "03/03/2018", "F", "WBRI", ""]
    for place, said in changed.items():
        line[place] = said
    file = looked_through(as_csv(roll([line])), by=coordinator)
    row = file.rows.get()
    assert row.verdict == "decide"
    assert reason in row.possible[0]["reasons"]


def test_a_differing_fact_is_shown_and_ours_is_kept(
    coordinator: Actor, school: Setting, sophie: Person
) -> None:
    operations.correct(person=sophie, ethnicity="MWBC", by=coordinator, at=AT)
    file = looked_through(as_csv(roll()), by=coordinator, setting=school)
    assert {d["key"]: d["theirs"] for d in file.rows.get(number=2).differences} == {
        "ethnicity": "WBRI"
    }
    loaded(file, by=coordinator)
    sophie.refresh_from_db()
    assert sophie.ethnicity == "MWBC"


def test_a_number_of_somebody_else_is_a_problem(coordinator: Actor, sophie: Person) -> None:
    headings = (*HEADINGS, "ULN")
    other = known_family(by=coordinator, name="Beck", child="Finn").child
    identifiers.identify(person=other, kind="uln", number="9276308686", by=coordinator, at=AT)
    line = [1, "Sophie", "Tarn", "03/03/2018", "F", "", "", "9276308686"]
    file = looked_through(as_csv(roll([line], headings)), by=coordinator)
    assert verdicts(file) == ["decide"]


def test_the_same_child_twice_in_a_file_is_a_problem(coordinator: Actor, sophie: Person) -> None:
    line = [1, "Sophie", "Tarn", "03/03/2018", "F", "WBRI", ""]
    file = looked_through(as_csv(roll([line, line])), by=coordinator)
    assert verdicts(file) == ["changes", "problem"]
    assert "Line 2 of the file has the same UPN" in file.rows.get(number=3).problems[0][1]


def test_a_new_school_ends_the_one_before(
    coordinator: Actor, school: Setting, sophie: Person
) -> None:
    operations.place_at(
        person=sophie, kind="school", says="Old Road Infants", began_on=date(2022, 9, 5),
        by=coordinator, at=AT,
    )  # fmt: skip
    loaded(looked_through(as_csv(roll()), by=coordinator, setting=school), by=coordinator)
    places = dict(sophie.places.values_list("says", "ended_on"))
    assert places == {"Old Road Infants": date(2023, 9, 4), school.name: None}


def everything(person: Person) -> list[object]:
    """All that is on record of someone."""
    tables = (Person, Identifier, Place, Said)
    found: list[object] = []
    for table in tables:
        key = "pk" if table is Person else "person"
        rows = table.objects.filter(**{key: person.pk}).order_by("pk")
        found += list(rows.values())
    for row in found:
        assert isinstance(row, dict)
        row.pop("changed_at"), row.pop("changed_by_id")
    return found


def test_taking_back_leaves_everything_as_it_was(
    coordinator: Actor, school: Setting, sophie: Person
) -> None:
    operations.place_at(
        person=sophie, kind="school", says="Old Road Infants", by=coordinator, at=AT
    )
    before, people = everything(sophie), Person.objects.count()
    file = looked_through(as_csv(roll()), by=coordinator, setting=school)
    loaded(file, by=coordinator, at=LATER, why="To practise")
    assert Person.objects.count() == people + 2

    taken_back(file, by=coordinator, at=LATER)

    assert file.state == "undone"
    assert everything(sophie) == before
    assert Person.objects.count() == people
    assert verify().sound


def test_what_was_changed_since_is_listed_and_left(
    coordinator: Actor, school: Setting, sophie: Person
) -> None:
    file = looked_through(as_csv(roll()), by=coordinator, setting=school)
    loaded(file, by=coordinator, at=LATER, why="To practise")
    sophie.refresh_from_db()
    operations.correct(person=sophie, ethnicity="MWBC", by=coordinator, at=LATER)
    seun = Person.objects.get(given_name="Oluwaseun")
    family = operations.begin_family(name="Okafor", by=coordinator, at=LATER)
    operations.take_in(
        family=family, person=seun, relation="child", on=LATER.date(), by=coordinator, at=LATER
    )

    taken_back(file, by=coordinator, at=LATER)

    left = dict(file.rows.filter(outcome="left").values_list("number", "left_says"))
    assert left == {2: "the person", 3: "the person"}
    sophie.refresh_from_db()
    assert sophie.ethnicity == "MWBC"
    assert not sophie.places.filter(kind="school").exists()
    # Someone who stays, stays whole.
    assert seun.identifiers.exists()
    assert not Person.objects.filter(given_name="Maja").exists()


def test_sending_again_takes_only_what_was_not_loaded(coordinator: Actor) -> None:
    wrong = [*roll()[:3], [number(3), "Maja", "Łukaszewicz", "30/02/2016", "F", "WOTH", ""]]
    first = looked_through(as_csv(wrong), by=coordinator)
    loaded(first, by=coordinator, why="To practise")
    assert verdicts(first) == ["new", "new", "problem"]

    second = looked_through(as_csv(roll()), by=coordinator, follows=first)

    assert verdicts(second) == ["before", "before", "new"]
    loaded(second, by=coordinator, why="To practise")
    assert Person.objects.filter(family_name="Łukaszewicz").count() == 1


def test_who_joined_the_register_meanwhile_is_not_written_twice(coordinator: Actor) -> None:
    file = looked_through(as_csv(roll()), by=coordinator)
    known_family(by=coordinator)
    loaded(file, by=coordinator, why="To practise")
    assert Person.objects.filter(given_name="Sophie").count() == 1
    row = Row.objects.get(of=file, number=2)
    assert row.verdict == "problem"
    assert "changed since" in row.problems[0][1]

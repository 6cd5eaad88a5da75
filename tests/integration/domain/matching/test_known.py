"""Is this child known? A child is found however badly the name is typed, and the reason is said."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from tests.as_web import ACROSS
from tests.factories.partnership import AT, worker

from earlydoors.domain.matching.asking import Asked, years_of
from earlydoors.domain.matching.known import Likeness, known
from earlydoors.domain.matching.ranking import Strength
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import NewName, add_name
from earlydoors.domain.people.operations import begin_family as begin
from earlydoors.domain.people.operations import correct, keep_from, place_at, write_down

pytestmark = pytest.mark.django_db
BORN = date(2014, 3, 7)
NHS, UPN = "9434765919", "B801200005001"


def on_record(by: Actor, **said: Any) -> Person:
    """Somebody written down, with homes and numbers where they are said."""
    homes, numbers = said.pop("homes", ()), said.pop("numbers", {})
    person = write_down(by=by, at=AT, **{"born_on": BORN, **said})
    for says, postcode in homes:
        place_at(person=person, kind="home", says=says, postcode=postcode, by=by, at=AT)
    for kind, number in numbers.items():
        identify(person=person, kind=kind, number=number, by=by, at=AT)
    return person


def others(by: Actor) -> None:
    """People who are alike in part: a big family, namesakes, children of the same day."""
    for given, family, born in (
        ("Sean", "Byrne", date(2012, 3, 7)), ("Shaun", "Brown", date(2009, 11, 2)),
        ("William", "Tarn", date(2014, 7, 3)), ("Wilma", "Reid", BORN),
        ("Zoe", "Whitlock", date(2016, 5, 7)),
        ("Amelia", "Shah", date(2015, 3, 7)), ("Mohammed", "Khan", date(2013, 3, 7)),
        ("Muhammad", "Ali", BORN), ("Olena", "Bondar", date(2001, 1, 1)), ("Linh", "Tran", BORN),
        ("Sophie", "Beck", date(2014, 4, 7)), ("Tracey", "Moss", date(1984, 3, 7)),
        ("Lucas", "Nowak", date(2014, 7, 30)), ("Baby", "Cole", date(2025, 2, 1)),
    ):  # fmt: skip
        on_record(by, given_name=given, family_name=family, born_on=born)


@dataclass(frozen=True)
class Typed:
    """A slip: how the child is on record, what is typed, and what the reason must say."""

    slip: str
    record: dict[str, Any]
    typed: Asked
    says: str
    since: dict[str, Any] = field(default_factory=dict)
    strength: Strength = Strength.LIKELY


def name(given: str, family: str, **more: Any) -> dict[str, Any]:
    return {"given_name": given, "family_name": family, **more}


LANE = "14 Rosemary Lane, Whitehaven"
CASES = [
    Typed("sounds alike", name("Sean", "Byrne"), Asked("Shawn", "Burn", BORN), "surname sounds"),
    Typed("nickname", name("William", "Tarn"), Asked("Bill", "Tarn", BORN), "short for the other"),
    Typed("short form", name("Tracey", "Moss"), Asked("Trace", "Moss", BORN), "same surname"),
    Typed("known as", name("Sophie", "Beck", known_as="Fifi"), Asked("Fifi", "Beck", BORN),
          "known by that name"),
    Typed("first and last exchanged", name("Adaeze", "Okafor"), Asked("Okafor", "Adaeze", BORN),
          "first name and surname exchanged"),
    Typed("half of a double name", name("Zara", "Shah-Whitlock"), Asked("Zara", "Whitlock", BORN),
          "one part of the surname"),
    Typed("double name apart", name("Zara", "Shah-Whitlock"), Asked("Zara", "Shah Whitlock", BORN),
          "same surname"),
    Typed("double name on record, other half", name("Zara", "Whitlock"),
          Asked("Zara", "Shah-Whitlock", BORN), "one part of the surname"),
    Typed("initial", name("Zara", "Whitlock"), Asked("Z", "Whitlock", BORN), "short for the other"),
    Typed("marks left off", name("Łukasz", "Wiśniewski"), Asked("Lukasz", "Wisniewski", BORN),
          "same surname"),
    Typed("Vietnamese marks", name("Linh", "Nguyễn"), Asked("Linh", "Nguyen", BORN),
          "same surname"),
    Typed("Mohammed, spelt otherwise", name("Muhammad", "Hussain"),
          Asked("Mohamed", "Hussein", BORN), "first name"),
    Typed("Cyrillic on record", name("Олена", "Шевченко"), Asked("Olena", "Shevchenko", BORN),
          "same first name"),
    Typed("Cyrillic typed", name("Olena", "Shevchenko"), Asked("Олена", "Шевченко", BORN),
          "same first name"),
    Typed("Arabic as it is written", name("محمد", "حسين"), Asked("محمد", "حسین", BORN),
          "same first name"),
    Typed("Arabic on record", name("محمد", "حسين"), Asked("Mohammed", "Hussain", BORN),
          "first name"),
    Typed("old surname", name("Sophie", "Beck"), Asked("Sophie", "Tarn", BORN),
          "the old surname", since={"family_name": "Tarn"}),
    Typed("old surname and nickname", name("Sophie", "Beck", known_as="Fifi"),
          Asked("Fifi", "Tarn", BORN), "the old surname", since={"family_name": "Tarn"}),
    Typed("Baby X, once born", name("Chidi", "Okafor", born_on=date(2025, 3, 2),
          due_on=date(2025, 2, 27)), Asked("Baby", "Okafor", due_on=date(2025, 2, 27)),
          "the day the birth was due"),
    Typed("Baby X, not yet born", name("Baby", "Okafor", born_on=None, due_on=date(2025, 2, 27)),
          Asked("Unborn baby", "Okafor", due_on=date(2025, 2, 27)), "same surname"),
    Typed("day and month exchanged", name("Zara", "Whitlock"),
          Asked("Zara", "Whitlock", date(2014, 7, 3)), "day and month changed places"),
    Typed("wrong year", name("Zara", "Whitlock"), Asked("Zara", "Whitlock", date(2011, 3, 7)),
          "birth date"),
    Typed("wrong decade", name("Zara", "Whitlock"), Asked("Zara", "Whitlock", date(2024, 3, 7)),
          "birth date"),
    Typed("a wrong day", name("Zara", "Whitlock"), Asked("Zara", "Whitlock", date(2014, 3, 17)),
          "birth date"),
    Typed("only an age", name("Zara", "Whitlock"),
          Asked("Zara", "Whitlock", born_from=2013, born_to=2014), "same age"),
    Typed("only a year", name("Zara", "Whitlock"), Asked("Zara", "Whitlock", born_from=2014),
          "same age"),
    Typed("old address", name("Zara", "Whitlock", homes=[(LANE, "CA28 7PQ")]),
          Asked("Zara", "Whitlok", address="14 Rosemary Ln", postcode="ca287pq"), "same address"),
    Typed("same street", name("Zara", "Whitlock", homes=[(LANE, "CA28 7PQ")]),
          Asked("Zarra", "Whitlock", address="9 Rosemary Lane, Whitehaven"), "same street"),
    Typed("NHS number with a slip", name("Zara", "Whitlock", numbers={"nhs": NHS}),
          Asked("Zahra", "Witlock", number="943 476 5819"), "NHS number with one digit different"),
    Typed("NHS number, two exchanged", name("Zara", "Whitlock", numbers={"nhs": NHS}),
          Asked("Zara", "", number="943 476 9519"), "NHS number with one digit different"),
    Typed("UPN with a slip", name("Zara", "Whitlock", numbers={"upn": UPN}),
          Asked("Zara", "", number="B801200006001"), "UPN with one letter or digit different"),
    Typed("number alone", name("Zara", "Whitlock", numbers={"nhs": NHS}), Asked(number=NHS),
          "same NHS number"),
    Typed("one letter missing", name("Zara", "Whitlock"), Asked("Zara", "Whitlok", BORN),
          "spelt nearly the same"),
    Typed("slips in both names", name("Zara", "Whitlock"), Asked("Zsra", "Whutlick", BORN),
          "same birthday"),
    Typed("slips in everything", name("Katarzyna", "Wiśniewska", homes=[(LANE, "CA28 7PQ")]),
          Asked("Katarzina", "Wisnieska", date(2014, 3, 17), address="Rosmary Lane"),
          "spelt nearly the same"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.slip)
def test_a_child_is_found_however_it_is_typed(case: Typed) -> None:
    by = worker()
    others(by)
    record = {**case.record, **case.since}
    child = on_record(by, **record)
    if case.since:
        becomes = {key: case.record[key] for key in case.since}
        correct(person=child, renamed=NewName(), by=by, at=AT, **becomes)
    found = known(case.typed)
    assert found, f"{case.slip}: nobody was found"
    assert found[0].person_id == child.pk, f"{case.slip}: {found[0].why}"
    assert case.says in found[0].why
    assert found[0].strength >= case.strength, found[0].why
    assert not any(character.isdigit() for character in found[0].why)


def test_an_alias_is_found() -> None:
    by = worker()
    child = on_record(by, given_name="Sophie", family_name="Beck")
    add_name(person=child, kind="alias", given_name="Poppy", family_name="Marsh", by=by, at=AT)
    found = known(Asked("Poppy", "Marsh", BORN))
    assert [one.person_id for one in found] == [child.pk]
    assert "another surname they use" in found[0].reasons


def test_twins_are_told_apart() -> None:
    by = worker()
    home = [(LANE, "CA28 7PQ")]
    tom = on_record(by, given_name="Tom", family_name="Robson", homes=home)
    amy = on_record(by, given_name="Amy", family_name="Robson", homes=home)
    found = known(Asked("Amy", "Robson", BORN, address=LANE, postcode="CA28 7PQ"))
    assert [one.person_id for one in found] == [amy.pk, tom.pk]
    assert [one.strength for one in found] == [Strength.VERY_LIKELY, Strength.POSSIBLE]
    assert found[1].against == ("different first name",)


def test_what_a_family_shares_is_no_more_than_possible() -> None:
    by = worker()
    on_record(by, given_name="Kelly", family_name="Robson", born_on=date(1990, 5, 4),
              homes=[(LANE, "CA28 7PQ")])  # fmt: skip
    found = known(Asked("Tom", "Robson", BORN, address=LANE, postcode="CA28 7PQ"))
    assert max((one.strength for one in found), default=Strength.POSSIBLE) == Strength.POSSIBLE


@pytest.mark.parametrize(
    "nothing",
    [
        Asked(), Asked("😀"), Asked("'; drop table people_person; --", "x" * 10_000),
        Asked("\u202eenola\u202c"), Asked("Zz", "Qq", date(1066, 10, 14)),
        Asked("Qx", "Vw", date(2999, 1, 1)), Asked("a" * 10_000, "b" * 10_000, BORN),
        Asked("Zara", "Nobody-Of-This-Name", date(1999, 9, 9)), Asked(number="12"),
        Asked("\x00", "\x00"), Asked(" ", "-"), Asked("J"),
    ],
)  # fmt: skip
def test_nobody_is_found_where_nobody_is_alike(nothing: Asked) -> None:
    others(worker())
    assert known(nothing) == ()


def test_a_home_kept_from_someone_is_no_evidence() -> None:
    by = worker()
    father = on_record(by, given_name="Mark", family_name="Beck", born_on=date(1988, 1, 9))
    child = on_record(by, given_name="Zara", family_name="Whitlock")
    place = place_at(person=child, kind="home", says=LANE, postcode="CA28 7PQ", by=by, at=AT)
    asked = Asked("Zara", "Whitlock", address=LANE, postcode="CA28 7PQ")
    assert "same address" in known(asked)[0].why
    family = begin(name="Whitlock", by=by, at=AT)
    keep_from(place=place, person=father, why="He must not know.", family=family, by=by, at=AT)
    assert "address" not in known(asked)[0].why
    assert known(Asked(address=LANE, postcode="CA28 7PQ")) == ()


def test_years_of_an_age() -> None:
    assert years_of(7, date(2026, 11, 22)) == (2018, 2019)


def test_it_takes_one_question_however_many_there_are(django_assert_num_queries: Any) -> None:
    by = worker()
    others(by)
    with django_assert_num_queries(1 + ACROSS):
        first = known(Asked("Zara", "Whitlock", BORN))
    for n in range(20):
        on_record(by, given_name=f"Zara{chr(97 + n)}", family_name="Whitlock")
    with django_assert_num_queries(1 + ACROSS):
        found = known(Asked("Zara", "Whitlock", BORN), limit=5)
    assert len(found) == 5 > len(first) - 5
    assert isinstance(found[0], Likeness)

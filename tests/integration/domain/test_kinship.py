"""A family as it is drawn."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT

from earlydoors.domain.people import operations as people
from earlydoors.domain.people.kinship import KEPT_HOME, kin_of
from earlydoors.domain.people.models import Connection, Person, Relationship

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Known:
    return known_family()


def also(known: Known, name: str, relation: str, born_on: date | None = None) -> Person:
    """Someone else of the family."""
    given: dict[str, Any] = {"by": known.by, "at": AT}
    person = people.write_down(given_name=name, family_name="Tarn", born_on=born_on, **given)
    people.take_in(family=known.family, person=person, relation=relation, on=AT.date(), **given)
    return person


def test_a_family_is_drawn_from_what_is_stated_between_its_own_people(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    elsewhere = known_family(by=known.by, name="Elm", child="Rowan", parent="Holly")
    for mother, child in ((known.parent, known.child), (known.parent, elsewhere.child)):
        Relationship.make(person=mother, kind="mother", other=child, **given)
    Relationship.make(
        person=known.parent, kind="friend", other=known.child, removed_on=AT.date(), **given
    )
    Connection.make(family=known.family, kind="friend", name="Bev", about=known.child, **given)

    kin = kin_of(known.family)

    assert {(one.name, one.index) for one in kin.people} == {
        ("Sophie Tarn", True),
        ("Kelly Tarn", False),
    }
    assert [(one.from_id, one.kind, one.to_id) for one in kin.links] == [
        (known.parent.pk, "mother", known.child.pk)
    ]
    assert [(one.name, one.about_id) for one in kin.connections] == [("Bev", known.child.pk)]


def test_a_home_that_several_share_is_one_and_kept_for_all(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    father = also(known, "Daniel", "father", date(1992, 2, 11))
    hers = people.place_at(
        person=known.parent, kind="home", says="7 Bransty Steps, Whitehaven", **given
    )
    people.place_at(
        person=known.child, kind="home", says="7, Bransty steps", postcode="CA28 0ZZ", **given
    )
    people.place_at(person=father, kind="home", says="2 Scotch Yard, Carlisle", **given)
    people.place_at(
        person=known.child,
        kind="home",
        says="2 Scotch Yard, Carlisle",
        main=False,
        pattern="alternate Saturdays",
        **given,
    )
    people.keep_from(place=hers, person=father, why="Safety", family=known.family, **given)

    for_workers, for_him = kin_of(known.family), kin_of(known.family, father.pk)

    assert {frozenset(home.member_ids) for home in for_workers.homes} == {
        frozenset({known.parent.pk, known.child.pk}),
        frozenset({father.pk, known.child.pk}),
    }
    hidden = next(home for home in for_him.homes if known.parent.pk in home.member_ids)
    assert hidden.label == KEPT_HOME
    assert "Bransty" not in repr(for_him)
    other = next(home for home in for_him.homes if father.pk in home.member_ids)
    assert [(one.main, one.pattern) for one in other.lives if one.person_id == known.child.pk] == [
        (False, "alternate Saturdays")
    ]


def test_whoever_left_is_drawn_as_such_without_a_home(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    uncle = also(known, "Ned", "aunt_uncle")
    people.place_at(person=uncle, kind="home", says="1 Low Road", **given)
    member = known.family.members.get(person=uncle)
    people.let_go(membership=member, on=AT.date(), by=known.by, at=AT + timedelta(hours=1))

    kin = kin_of(known.family)

    assert kin.person(uncle.pk).left
    assert all(uncle.pk not in home.member_ids for home in kin.homes)
    with pytest.raises(KeyError):
        kin.person(known.family.pk)


def test_a_family_of_many_is_read_in_as_few_queries(
    known: Known, django_assert_num_queries: Callable[[int], Any]
) -> None:
    people.place_at(person=known.child, kind="home", says="7 Low Road", by=known.by, at=AT)
    with django_assert_num_queries(5):
        kin_of(known.family)
    for number in range(12):
        one = also(known, f"Child{number}", "child", date(2019, 1, 1 + number))
        people.place_at(person=one, kind="home", says="7 Low Road", by=known.by, at=AT)
        Relationship.make(person=known.parent, kind="mother", other=one, by=known.by, at=AT)
    with django_assert_num_queries(5):
        assert len(kin_of(known.family).people) == 14

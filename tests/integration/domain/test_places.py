"""Where people live and go over time, and what stays kept from whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT

from earlydoors.domain.people import operations as people
from earlydoors.domain.people.connections import connect
from earlydoors.domain.people.models import KeptFrom, Person, Place
from earlydoors.domain.people.moving import mend_place, move_house, move_on, together_with
from earlydoors.domain.people.queries import secrets_from
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
HOME, CODE = "7 Bransty Steps, Whitehaven", "CA28 0ZZ"


@pytest.fixture
def known() -> Known:
    return known_family()


@pytest.fixture
def father(known: Known) -> Person:
    return also(known, "Daniel", "father")


def also(known: Known, name: str, relation: str = "child") -> Person:
    """Someone else of the family."""
    given: dict[str, Any] = {"by": known.by, "at": AT}
    person = people.write_down(given_name=name, family_name="Reid", **given)
    people.take_in(family=known.family, person=person, relation=relation, on=AT.date(), **given)
    return person


def at_home(known: Known, person: Person, says: str = HOME, **fields: Any) -> Place:
    return people.place_at(person=person, kind="home", says=says, by=known.by, at=AT, **fields)


def keep(known: Known, place: Place, person: Person) -> KeptFrom:
    return people.keep_from(
        place=place, person=person, why="Safety", family=known.family, by=known.by, at=AT
    )


def kept_for(person: Person) -> set[tuple[str, str]]:
    rows = KeptFrom.objects.filter(person=person, lifted_on=None).select_related("place__person")
    return {(one.place.person.given_name, one.place.says) for one in rows}


def test_a_home_kept_from_someone_is_kept_for_all_who_live_there(
    known: Known, father: Person
) -> None:
    hers = at_home(known, known.parent)
    at_home(known, known.child, "7, Bransty steps", postcode="ca28 0zz")

    keep(known, hers, father)

    assert kept_for(father) == {("Kelly", HOME), ("Sophie", "7, Bransty steps")}


def test_a_second_persons_same_home_does_not_leak(known: Known, father: Person) -> None:
    keep(known, at_home(known, known.parent, postcode=CODE), father)

    leo = also(known, "Leo")
    at_home(known, leo, "7 BRANSTY STEPS")

    assert ("Leo", "7 BRANSTY STEPS") in kept_for(father)
    assert "7 BRANSTY STEPS" in secrets_from(father)


def test_whoever_joins_with_the_same_home_brings_no_leak(known: Known, father: Person) -> None:
    keep(known, at_home(known, known.parent), father)
    given: dict[str, Any] = {"by": known.by, "at": AT}
    gran = people.write_down(given_name="Jean", **given)
    at_home(known, gran)
    assert ("Jean", HOME) not in kept_for(father)

    people.take_in(family=known.family, person=gran, relation="grandparent", on=AT.date(), **given)

    assert ("Jean", HOME) in kept_for(father)


def test_the_same_place_of_another_family_is_not_marked(known: Known, father: Person) -> None:
    elsewhere = known_family(name="Elm", child="Rowan", parent="Holly")
    at_home(known, elsewhere.parent)

    keep(known, at_home(known, known.parent), father)
    at_home(known, elsewhere.child)

    assert kept_for(father) == {("Kelly", HOME)}


def test_a_place_of_their_own_is_not_kept_from_them(known: Known, father: Person) -> None:
    his = at_home(known, father)
    keep(known, at_home(known, known.parent), father)

    assert kept_for(father) == {("Kelly", HOME)}
    with pytest.raises(UnableTo, match="own place"):
        keep(known, his, father)


def test_lifting_it_lifts_it_for_the_whole_home(known: Known, father: Person) -> None:
    hers = at_home(known, known.parent)
    at_home(known, known.child)
    kept = keep(known, hers, father)

    people.lift(kept=kept, why="They live together", family=known.family, by=known.by, at=AT)

    assert kept_for(father) == set()
    assert secrets_from(father) == []


def test_those_who_move_together_move_in_one_step_and_stay_hidden(
    known: Known, father: Person
) -> None:
    hers = at_home(known, known.parent, began_on=date(2025, 3, 1))
    at_home(known, known.child)
    apart = at_home(known, father, "31 Petteril Terrace, Carlisle")
    keep(known, hers, father)
    together = together_with(hers, [known.parent, known.child, father])
    assert {one.person_id for one in together} == {known.parent.pk, known.child.pk}

    moved = move_house(
        places=together,
        says="2 Quay Street, Whitehaven",
        postcode="CA28 1ZZ",
        on=AT.date(),
        family=known.family,
        by=known.by,
        at=AT + timedelta(hours=1),
    )

    assert {one.person_id for one in moved} == {known.parent.pk, known.child.pk}
    assert all(one.began_on == AT.date() and one.main for one in moved)
    hers.refresh_from_db()
    apart.refresh_from_db()
    assert hers.ended_on == AT.date()
    assert apart.ended_on is None
    assert {says for _, says in kept_for(father)} == {HOME, "2 Quay Street, Whitehaven"}
    assert "2 Quay Street" in secrets_from(father)
    assert "CA28 1ZZ" in secrets_from(father)


def test_a_change_of_school_ends_one_and_begins_the_other(known: Known, father: Person) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    nursery = people.place_at(person=known.child, kind="nursery", says="Little Harbour", **given)
    keep(known, nursery, father)

    school = move_on(
        place=nursery, says="St Bega’s", kind="school", on=AT.date(), family=known.family, **given
    )

    nursery.refresh_from_db()
    assert (nursery.ended_on, school.began_on, school.kind) == (AT.date(), AT.date(), "school")
    assert ("Sophie", "St Bega’s") in kept_for(father)
    with pytest.raises(UnableTo, match="same place"):
        move_on(place=school, says="St Bega’s", on=AT.date(), family=known.family, **given)
    with pytest.raises(UnableTo, match="later than today"):
        move_on(
            place=school,
            says="Elsewhere",
            on=AT.date() + timedelta(days=1),
            family=known.family,
            **given,
        )
    school.refresh_from_db()
    assert school.ended_on is None


def test_a_child_of_two_homes_has_a_main_one_and_another(known: Known) -> None:
    first = at_home(known, known.child)
    second = at_home(known, known.child, "2 Scotch Yard, Carlisle", pattern="alternate Saturdays")
    assert (first.main, second.main) == (True, False)

    mend_place(place=second, main=True, family=known.family, by=known.by, at=AT)

    first.refresh_from_db()
    assert first.main is False


def test_a_mended_place_is_looked_at_again(known: Known, father: Person) -> None:
    keep(known, at_home(known, known.parent), father)
    wrong = at_home(known, known.child, "17 Bransty Steps, Whitehaven")
    assert ("Sophie", wrong.says) not in kept_for(father)

    mend_place(place=wrong, says=HOME, family=known.family, by=known.by, at=AT)

    assert ("Sophie", HOME) in kept_for(father)
    with pytest.raises(UnableTo, match="later than today"):
        mend_place(
            place=wrong,
            began_on=AT.date() + timedelta(days=1),
            family=known.family,
            by=known.by,
            at=AT,
        )


def test_a_professional_known_by_name_at_a_kept_place_is_kept_too(
    known: Known, father: Person
) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    nursery = people.place_at(
        person=known.child, kind="nursery", says="Little Harbour Nursery, Whitehaven", **given
    )
    for name, agency in (("Megan Lister", "Little Harbour Nursery"), ("Dr Anand", "The hospital")):
        connect(family=known.family, kind="professional", name=name, agency=agency, **given)
    assert "Megan Lister" not in secrets_from(father)

    keep(known, nursery, father)

    assert "Megan Lister" in secrets_from(father)
    assert "Dr Anand" not in secrets_from(father)

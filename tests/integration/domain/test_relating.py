"""What people are to each other, written down, mended and taken off."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT

from earlydoors.domain.people import operations as people
from earlydoors.domain.people.answering import (
    make_responsible,
    mend_responsibility,
    take_off_responsibility,
)
from earlydoors.domain.people.models import FamilyMember, Person, Relationship
from earlydoors.domain.people.relating import (
    Doubtful,
    WrongDay,
    mend_relationship,
    relate,
    take_off_relationship,
)
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Known:
    return known_family()


def also(known: Known, name: str, relation: str = "other", **fields: Any) -> Person:
    """Someone else of the family."""
    given: dict[str, Any] = {"by": known.by, "at": AT}
    person = people.write_down(given_name=name, family_name="Reid", **fields, **given)
    people.take_in(family=known.family, person=person, relation=relation, on=AT.date(), **given)
    return person


def place_of(known: Known, person: Person) -> FamilyMember:
    return known.family.members.get(person=person, left_on=None)


def test_a_relationship_is_one_row_with_who_said_so_and_evidence(known: Known) -> None:
    row = relate(
        person=known.parent,
        kind="mother",
        other=known.child,
        said_by="themselves",
        by=known.by,
        at=AT,
    )

    assert row.source == "They said so themselves"
    event = AuditEvent.objects.get(verb="person.related")
    assert event.family_id == known.family.pk
    with pytest.raises(UnableTo, match="already"):
        relate(person=known.parent, kind="mother", other=known.child, by=known.by, at=AT)
    friend = also(known, "Bev")
    relate(person=friend, kind="friend", other=known.parent, by=known.by, at=AT)
    with pytest.raises(UnableTo, match="already"):
        relate(person=known.parent, kind="friend", other=friend, by=known.by, at=AT)


def test_nobody_becomes_their_own_ancestor_across_families(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    elsewhere = known_family(by=known.by, name="Elm", child="Jean", parent="Nan")
    relate(person=known.parent, kind="mother", other=known.child, **given)
    nan, jean = elsewhere.parent, elsewhere.child
    relate(person=nan, kind="mother", other=jean, sure=True, **given)
    relate(person=jean, kind="adoptive_parent", other=known.parent, sure=True, **given)

    with pytest.raises(UnableTo, match="descends") as refused:
        relate(person=known.child, kind="adoptive_parent", other=nan, sure=True, **given)
    assert "Jean" not in refused.value.sentence


def test_a_second_mother_of_another_family_is_not_named(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    elsewhere = known_family(by=known.by, name="Elm", child="Rowan", parent="Holly")
    relate(person=elsewhere.parent, kind="mother", other=known.child, **given)

    with pytest.raises(UnableTo, match="gave birth") as refused:
        relate(person=known.parent, kind="mother", other=known.child, **given)
    assert "Holly" not in refused.value.sentence


def test_what_looks_like_a_slip_asks_once(known: Known) -> None:
    young = also(known, "Megan", born_on=date(2009, 1, 1))
    said: dict[str, Any] = {"kind": "mother", "other": known.child, "by": known.by, "at": AT}

    with pytest.raises(Doubtful, match="was 9 when"):
        relate(person=young, **said)
    relate(person=young, sure=True, **said)


def test_days_and_states_are_checked(known: Known) -> None:
    father = also(known, "Daniel", "father", sex="male")
    given: dict[str, Any] = {"by": known.by, "at": AT}
    pair: dict[str, Any] = {"person": known.parent, "kind": "partner", "other": father, **given}

    with pytest.raises(UnableTo, match="how they stand"):
        relate(**pair)
    with pytest.raises(WrongDay) as refused:
        relate(state="married", began_on=AT.date() + timedelta(days=1), **pair)
    assert refused.value.field == "began_on"
    with pytest.raises(UnableTo, match="no such"):
        relate(person=known.parent, kind="boss", other=father, **given)
    with pytest.raises(UnableTo, match="in words"):
        relate(person=known.parent, kind="other", other=father, **given)


def test_a_correction_keeps_what_it_was(known: Known) -> None:
    father = also(known, "Daniel", sex="male")
    row = relate(person=father, kind="step_parent", other=known.child, by=known.by, at=AT)
    later = AT + timedelta(hours=1)

    row = mend_relationship(relationship=row, kind="father", by=known.by, at=later)
    row = mend_relationship(relationship=row, kind="father", by=known.by, at=later)

    assert [one.row["kind"] for one in versions_of(row)] == ["step_parent"]
    assert place_of(known, father).relation == "father"
    events = AuditEvent.objects.filter(verb="person.relationship_mended")
    assert [one.details for one in events] == [{"changed": ["kind"]}]


def test_partners_separate_and_are_partners_of_before(known: Known) -> None:
    craig = also(known, "Craig", "partner", sex="male")
    row = relate(
        person=craig, kind="partner", other=known.parent, state="married", by=known.by, at=AT
    )

    mend_relationship(
        relationship=row, state="divorced", ended_on=date(2026, 1, 5), by=known.by, at=AT
    )
    again = relate(
        person=known.parent, kind="partner", other=craig, state="living_together",
        by=known.by, at=AT,
    )  # fmt: skip

    assert Relationship.objects.filter(kind="partner").count() == 2
    assert again.ended_on is None


def test_what_was_never_true_is_taken_off_with_a_reason_and_can_be_said_again(
    known: Known,
) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    row = relate(person=known.parent, kind="mother", other=known.child, **given)
    with pytest.raises(UnableTo, match="why"):
        take_off_relationship(relationship=row, why=" ", **given)

    off = take_off_relationship(relationship=row, why="The wrong child", **given)
    twice = take_off_relationship(relationship=row, why="Again", **given)

    assert off.removed_why == twice.removed_why == "The wrong child"
    relate(person=known.parent, kind="mother", other=known.child, **given)


@pytest.mark.parametrize(
    ("kind", "sex", "stated", "word"),
    [
        ("mother", "female", "other", "mother"),
        ("parent", "female", "other", "mother"),
        ("parent", "not_known", "other", "other"),
        ("adoptive_parent", "male", "other", "father"),
        ("step_parent", "male", "partner", "step_parent"),
        ("special_guardian", "female", "grandparent", "carer"),
        ("grandparent", "female", "other", "grandparent"),
        ("aunt_uncle", "female", "aunt_uncle", "aunt_uncle"),
        ("friend", "female", "other", "other"),
        ("mother", "female", "child", "child"),
    ],
)
def test_the_place_in_the_family_follows(
    known: Known, kind: str, sex: str, stated: str, word: str
) -> None:
    person = also(known, "Alex", stated, sex=sex)

    relate(person=person, kind=kind, other=known.child, by=known.by, at=AT)

    assert place_of(known, person).relation == word


def test_a_word_that_is_true_of_any_child_stays(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    craig = also(known, "Craig", "partner", sex="male")
    kai = also(known, "Kai", "child", sex="male")

    relate(person=craig, kind="partner", other=known.parent, state="married", **given)
    relate(person=known.parent, kind="mother", other=known.child, **given)
    relate(person=craig, kind="father", other=kai, **given)

    assert place_of(known, craig).relation == "partner"


def test_parental_responsibility_follows_from_the_birth_or_is_written_down(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    father = also(known, "Daniel", "father", sex="male")
    people.restate(
        membership=place_of(known, known.parent), relation="mother", relation_says="",
        parental_responsibility=None, lives_here=True, **given,
    )  # fmt: skip
    relate(person=known.parent, kind="mother", other=known.child, **given)
    assert place_of(known, known.parent).parental_responsibility is True

    with pytest.raises(UnableTo, match="Write down first who Daniel Reid is"):
        make_responsible(child=known.child, holder=father, basis="registered", **given)
    relate(person=father, kind="father", other=known.child, **given)
    assert place_of(known, father).parental_responsibility is None
    row = make_responsible(child=known.child, holder=father, basis="registered", **given)
    assert place_of(known, father).parental_responsibility is True

    with pytest.raises(UnableTo, match="already"):
        make_responsible(child=known.child, holder=father, basis="order", **given)
    mend_responsibility(responsibility=row, ended_on=AT.date(), **given)
    assert place_of(known, father).parental_responsibility is False
    take_off_responsibility(responsibility=row, why="The wrong form", **given)
    make_responsible(child=known.child, holder=father, basis="none", **given)
    assert place_of(known, father).parental_responsibility is False


def test_what_cannot_be_in_law_is_refused(known: Known) -> None:
    given: dict[str, Any] = {"child": known.child, "by": known.by, "at": AT}
    relate(person=known.parent, kind="mother", other=known.child, by=known.by, at=AT)
    for wrong, says in (
        ({"holder": known.parent, "basis": "registered"}, "gave birth"),
        ({"holder": known.parent, "basis": "none"}, "and so has it"),
        ({"holder": known.child, "basis": "lives_with"}, "themselves"),
        ({"holder": known.parent, "basis": "care_order"}, "care order"),
        ({"basis": "order"}, "care order"),
        ({"authority": "Anyshire", "basis": "order"}, "care order"),
        ({"holder": known.parent, "basis": "magic"}, "no such way"),
    ):
        with pytest.raises(UnableTo, match=says):
            make_responsible(**wrong, **given)
    held = make_responsible(authority="Anyshire Council", basis="care_order", **given)
    assert str(held.authority) == "Anyshire Council"
    with pytest.raises(UnableTo, match="why"):
        take_off_responsibility(responsibility=held, why="", by=known.by, at=AT)

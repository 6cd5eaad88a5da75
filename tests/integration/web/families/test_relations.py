"""Who is who in a family, on its pages."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, signed_in
from tests.integration.web.families.test_people import father_of, page, to

from earlydoors.domain.access.operations import grant
from earlydoors.domain.people.models import FamilyMember, Person, Relationship, Responsibility
from earlydoors.domain.people.operations import correct, take_in, write_down
from earlydoors.domain.people.relating import relate

pytestmark = pytest.mark.django_db


def seen(client: Client, address: str) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(client, address)))


def child_of(known: Known, name: str, born_on: date) -> Person:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    person = write_down(given_name=name, family_name="Tarn", born_on=born_on, sex="male", **given)
    take_in(family=known.family, person=person, relation="child", on=AT.date(), **given)
    return person


def test_what_is_known_of_a_mother_is_confirmed_and_not_typed() -> None:
    known = known_family()
    correct(person=known.parent, sex="female", by=known.by, at=AT)
    leo = child_of(known, "Leo", date(2022, 6, 17))
    client = signed_in(known.by)
    theirs = to(known, "person", person=known.parent)
    assert "Written down as mother in this family. Say of which children." in seen(client, theirs)

    form = page(client, to(known, "add_relationship", person=known.parent))
    assert re.search(r'<option value="child" selected', form)
    assert form.count("checked") == 2
    sent = {
        "kind": "child", "whom": [str(known.child.pk), str(leo.pk)], "said_by": "themselves",
    }  # fmt: skip
    answer = client.post(to(known, "add_relationship", person=known.parent), sent)
    assert answer.status_code == 302

    rows = Relationship.objects.filter(person=known.parent, kind="mother")
    assert {one.other_id for one in rows} == {known.child.pk, leo.pk}
    assert "Daughter Sophie Tarn" in seen(client, theirs)
    hers = seen(client, to(known, "person"))
    assert "Mother Kelly Tarn" in hers
    assert "Brother Leo Tarn Follows from Kelly" in hers
    assert "Kelly Tarn Gave birth to them" in hers
    assert "Each person who has it may act alone" in hers
    whole = seen(client, reverse("families:family", args=[known.family.pk]))
    assert "mother of Sophie and Leo" in whole


def test_a_father_is_related_with_why_he_has_parental_responsibility() -> None:
    known = known_family()
    father = father_of(known)
    client = signed_in(known.by)
    sent = {"kind": "father", "whom": [str(father.pk)], "basis": "registered"}

    assert client.post(to(known, "add_relationship"), sent).status_code == 302

    held = Responsibility.objects.get(child=known.child, holder=father)
    assert held.basis == "registered"
    assert FamilyMember.objects.get(person=father).parental_responsibility is True
    assert "Daniel Reid On the birth certificate" in seen(client, to(known, "person"))
    restate = page(client, to(known, "restate", person=father))
    assert 'name="parental_responsibility"' not in restate
    assert "is on the page of each child" in restate
    sent = {"relation": "father", "relation_says": "Dad"}
    assert client.post(to(known, "restate", person=father), sent).status_code == 302
    assert FamilyMember.objects.get(person=father).parental_responsibility is True


def test_someone_new_joins_the_family_as_who_they_are() -> None:
    known = known_family()
    client = signed_in(known.by)
    nameless = {"kind": "grandparent", "whom": ["new"]}
    refused = client.post(to(known, "add_relationship"), nameless).content.decode()
    assert "Write an answer: Their given name" in refused
    sent = {
        **nameless, "given_name": "Jean", "family_name": "Reid", "sex": "female",
        "born_on": "5/11/1964",
    }  # fmt: skip

    assert client.post(to(known, "add_relationship"), sent).status_code == 302

    jean = FamilyMember.objects.get(person__given_name="Jean")
    assert (jean.relation, jean.family_id) == ("grandparent", known.family.pk)
    assert "Grandmother Jean Reid" in seen(client, to(known, "person"))


def test_a_slip_is_asked_about_and_what_was_typed_stays() -> None:
    known = known_family()
    young = child_of(known, "Kai", date(2010, 1, 1))
    client = signed_in(known.by)
    sent = {"kind": "father", "whom": [str(young.pk)], "says": "Our Kai"}

    asked = client.post(to(known, "add_relationship"), sent).content.decode()
    assert "Kai Tarn was 8 when Sophie Tarn was born. Is it right?" in asked
    assert "Our Kai" in asked
    wrong = client.post(to(known, "add_relationship"), {**sent, "sure": "wrong"})
    assert wrong.status_code == 200
    assert not Relationship.objects.exists()
    right = client.post(to(known, "add_relationship"), {**sent, "sure": "right"})
    assert right.status_code == 302


def test_a_refusal_stands_at_its_field_and_nothing_is_half_written() -> None:
    known = known_family()
    leo = child_of(known, "Leo", date(2022, 6, 17))
    client = signed_in(known.by)
    relate(person=known.parent, kind="mother", other=leo, by=known.by, at=AT)
    sent = {"kind": "mother", "whom": [str(known.parent.pk), str(leo.pk)]}
    refused = client.post(to(known, "add_relationship"), sent).content.decode()
    assert 'href="#' in refused
    assert Relationship.objects.count() == 1

    later = {"kind": "friend", "whom": [str(leo.pk)], "began_on": "1/1/2090"}
    answer = client.post(to(known, "add_relationship"), later).content.decode()
    assert "cannot be later than today" in answer
    assert "1/1/2090" in answer
    stateless = client.post(
        to(known, "add_relationship", person=known.parent),
        {"kind": "partner", "whom": [str(leo.pk)]},
    )
    assert "How do they stand to each other" in stateless.content.decode()


def test_it_is_changed_ended_and_taken_off() -> None:
    known = known_family()
    father = father_of(known)
    client = signed_in(known.by)
    row = relate(
        person=father, kind="partner", other=known.parent, state="married", by=known.by, at=AT
    )
    mend = to(known, "mend_relationship", row.pk, person=known.parent)
    assert "Daniel Reid, partner of Kelly Tarn" in page(client, mend)

    sent = {"kind": "partner", "state": "divorced", "ended_on": "1/2/2026"}
    assert client.post(mend, sent).status_code == 302
    shown = seen(client, to(known, "person", person=known.parent))
    assert "Of before" in shown
    assert "Former wife or husband Daniel Reid Until 1 February 2026" in shown
    assert "was “Married” until" in page(client, mend)

    off = to(known, "take_off_relationship", row.pk, person=known.parent)
    assert "Write an answer" in client.post(off, {"why": ""}).content.decode()
    assert client.post(off, {"why": "They were friends"}).status_code == 302
    assert "Former wife" not in seen(client, to(known, "person", person=known.parent))
    assert client.get(mend).status_code == 404


def test_parental_responsibility_is_written_changed_and_taken_off() -> None:
    known = known_family()
    father = father_of(known)
    relate(person=father, kind="father", other=known.child, by=known.by, at=AT)
    client = signed_in(known.by)
    add = to(known, "add_responsibility")
    wrong = client.post(add, {"holder": str(father.pk), "basis": "care_order"})
    assert "to nobody else" in wrong.content.decode()
    council = {"holder": "authority", "authority": "Anyshire Council", "basis": "care_order"}
    assert client.post(add, council).status_code == 302
    shown = seen(client, to(known, "person"))
    assert "Anyshire Council By a care order" in shown
    assert "The local authority decides how far parents act." in shown

    assert client.post(add, {"holder": str(father.pk), "basis": "none"}).status_code == 302
    assert "Daniel Reid Does not have it" in seen(client, to(known, "person"))
    row = Responsibility.objects.get(holder=father)
    mend = to(known, "mend_responsibility", row.pk)
    late = client.post(mend, {"basis": "order", "began_on": "1/1/2090"}).content.decode()
    assert "cannot be later than today" in late
    assert client.post(mend, {"basis": "order", "began_on": "1/2/2026"}).status_code == 302
    assert "By an order of the court, since 1 February 2026" in seen(client, to(known, "person"))
    off = to(known, "take_off_responsibility", row.pk)
    assert client.post(off, {"why": "Another child’s order"}).status_code == 302
    assert client.get(mend).status_code == 404


def test_of_another_family_nothing_leaks_but_the_name_of_one_that_is_open() -> None:
    known = known_family()
    father = father_of(known)
    closed = known_family(name="Quill", child="Rowan", parent="Holly", born_on=date(2015, 1, 1))
    given: dict[str, Any] = {"by": closed.by, "at": AT}
    take_in(family=closed.family, person=father, relation="father", on=AT.date(), **given)
    relate(person=father, kind="father", other=closed.child, **given)
    row = relate(person=father, kind="partner", other=closed.parent, state="married", **given)
    relate(person=father, kind="father", other=known.child, by=known.by, at=AT)
    client = signed_in(known.by)

    for address in (
        to(known, "person", person=father),
        to(known, "person"),
        reverse("families:family", args=[known.family.pk]),
        to(known, "add_relationship", person=father),
    ):
        shown = page(client, address)
        for secret in ("Quill", "Rowan", "Holly"):
            assert secret not in shown, f"{address} tells of {secret}"
    for route in ("mend_relationship", "take_off_relationship"):
        assert client.get(to(known, route, row.pk, person=father)).status_code == 404

    grant(family=closed.family, member=known.by.member, because="team", extent="summary", **given)
    shown = seen(client, to(known, "person", person=father))
    assert "Also in: Quill family" in shown
    assert "Rowan" not in shown


def test_the_page_of_a_person_takes_as_many_queries_for_many_relatives(
    django_assert_num_queries: Callable[[int], Any],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    known = known_family()
    client = signed_in(known.by)
    address = to(known, "person")
    relate(
        person=known.parent, kind="mother", other=known.child, said_by="school", by=known.by, at=AT
    )
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for number in range(6):
        one = child_of(known, f"Child {number}", date(2016, 1, 1 + number))
        relate(person=known.parent, kind="mother", other=one, by=known.by, at=AT)
        relate(person=one, kind="friend", other=known.child, by=known.by, at=AT)
    with django_assert_num_queries(len(few)):
        assert b"Child 5" in client.get(address).content


def test_those_who_matter_are_shown_apart() -> None:
    known = known_family()
    client = signed_in(known.by)
    add = reverse("families:add_connection", args=[known.family.pk])
    assert "Write an answer: Name" in client.post(add, {"kind": "friend"}).content.decode()
    sent = {
        "kind": "professional", "name": "Dr Anand", "role": "Paediatrician",
        "agency": "West Cumberland Hospital", "about": str(known.child.pk),
    }  # fmt: skip
    assert client.post(add, sent).status_code == 302
    home = reverse("families:family", args=[known.family.pk])
    assert "Paediatrician, West Cumberland Hospital Dr Anand For Sophie" in seen(client, home)
    assert not Person.objects.filter(given_name__contains="Anand").exists()

    row = known.family.connections.get()
    keys = [known.family.pk, row.pk]
    mend = reverse("families:mend_connection", args=keys)
    late = client.post(mend, {**sent, "ended_on": "1/1/2090"}).content.decode()
    assert "cannot be later than today" in late
    assert client.post(mend, {**sent, "ended_on": "1/2/2026"}).status_code == 302
    assert "Before: Dr Anand, until 1 February 2026" in seen(client, home)
    off = reverse("families:take_off_connection", args=keys)
    assert client.post(off, {"why": "Of another family"}).status_code == 302
    page(client, home)  # tells once that it was done
    assert "Dr Anand" not in seen(client, home)
    assert client.get(mend).status_code == 404
    elsewhere = known_family(by=known.by, name="Elm", child="Rowan", parent="Holly")
    assert (
        client.get(
            reverse("families:mend_connection", args=[elsewhere.family.pk, row.pk])
        ).status_code
        == 404
    )

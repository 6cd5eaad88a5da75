"""The names of someone on their page, and finding the family by them."""

from datetime import timedelta

import pytest
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, signed_in, typed_in
from tests.integration.web.families.test_people import WHOLE, page, stamp, to

from earlydoors.domain.access.models import Grant
from earlydoors.domain.chronology.operations import mend
from earlydoors.domain.people.models import Name
from earlydoors.domain.people.names import NewName, add_name
from earlydoors.domain.people.operations import correct, write_down
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


def search(known: Known, typed: str) -> str:
    client = signed_in(known.by)
    return page(client, typed_in(client, typed))


def test_a_changed_family_name_asks_whether_it_is_new() -> None:
    known = known_family()
    client = signed_in(known.by)
    sent = {**WHOLE, "family_name": "Beck", **stamp(known)}
    asked = client.post(to(known, "edit_person"), sent)
    shown = asked.content.decode()
    assert asked.status_code == 200
    assert "Was it a slip, or is it a new name?" in shown
    assert "Sophie Tarn stays as an earlier name." in shown
    assert 'value="Beck"' in shown
    known.child.refresh_from_db()
    assert known.child.family_name == "Tarn"

    answer = client.post(to(known, "edit_person"), {**sent, "naming": "new", "since": "1/9/25"})
    assert answer.status_code == 302
    shown = page(client, to(known, "person"))
    assert "Previous name" in shown
    assert "Sophie Tarn" in shown
    assert "Until 1 September 2025" in shown


def test_a_slip_leaves_no_name_behind() -> None:
    known = known_family()
    sent = {**WHOLE, "family_name": "Tern", "naming": "slip", **stamp(known)}
    assert signed_in(known.by).post(to(known, "edit_person"), sent).status_code == 302
    assert not Name.objects.exists()
    assert "No other name is written down." in page(signed_in(known.by), to(known, "person"))


def test_capitals_and_accents_ask_nothing() -> None:
    known = known_family()
    sent = {**WHOLE, "given_name": "SÓPHIE", **stamp(known)}
    assert signed_in(known.by).post(to(known, "edit_person"), sent).status_code == 302


def test_a_new_name_in_talk_is_asked_about_too() -> None:
    known = known_family()
    correct(person=known.child, known_as="Soph", by=known.by, at=AT)
    sent = {**WHOLE, "known_as": "Fee", **stamp(known)}
    shown = signed_in(known.by).post(to(known, "edit_person"), sent).content.decode()
    assert "Soph stays as an earlier name." in shown


def test_a_name_that_begins_tomorrow_is_refused_with_nothing_lost() -> None:
    known = known_family()
    sent = {**WHOLE, "family_name": "Beck", "naming": "new", "since": "1/1/2090", **stamp(known)}
    shown = signed_in(known.by).post(to(known, "edit_person"), sent).content.decode()
    assert "A name cannot begin or end later than today." in shown
    assert 'value="Beck"' in shown


def test_another_name_is_added_mended_and_taken_off() -> None:
    known = known_family()
    client = signed_in(known.by)
    empty = client.post(to(known, "add_name"), {"kind": "alias"}).content.decode()
    assert "Write the given name, the family name, or both." in empty
    sent = {"kind": "alias", "given_name": "Fee", "said_by": "parent", "said_says": "Kelly"}
    assert client.post(to(known, "add_name"), sent).status_code == 302
    assert "Their parent or carer: Kelly" in page(client, to(known, "person"))
    name = Name.objects.get()
    mended = {**sent, "given_name": "Fi", "began_on": "1/9/2024"}
    assert client.post(to(known, "mend_name", name.pk), mended).status_code == 302
    assert "was “Fee” until" in page(client, to(known, "mend_name", name.pk))
    why = {"why": "It is her cousin’s."}
    assert client.post(to(known, "take_off_name", name.pk), why).status_code == 302
    assert "Fi" not in page(client, to(known, "person")).split("Other names")[1].split("Change")[0]
    assert client.get(to(known, "mend_name", name.pk)).status_code == 404


def test_a_name_of_someone_else_leads_nowhere() -> None:
    known = known_family()
    name = add_name(person=known.parent, kind="alias", given_name="Kel", by=known.by, at=AT)
    for route in ("mend_name", "take_off_name"):
        assert signed_in(known.by).get(to(known, route, name.pk)).status_code == 404


def test_a_family_is_found_by_an_earlier_name_and_says_which() -> None:
    known = known_family()
    correct(person=known.child, family_name="Beck", renamed=NewName(), by=known.by, at=AT)
    add_name(person=known.parent, kind="birth", family_name="Whitlock", by=known.by, at=AT)
    assert "Sophie Beck, was Sophie Tarn, born 3 March 2018" in search(known, "sophie tarn")
    assert "was Sophie Tarn" not in search(known, "sophie beck")
    assert "Kelly Tarn, was Whitlock at birth" in search(known, "kelly whitl")


def test_a_born_child_is_found_by_what_it_was_called_before() -> None:
    known = known_family(name="Okafor")
    baby = write_down(
        given_name="Okafor-Baby", due_on=local_day(AT), by=known.by, at=AT - timedelta(days=9)
    )
    known.family.members.filter(person=known.child).update(person=baby)
    mend(person=baby, given_name="Adaeze", born_on=local_day(AT), by=known.by, at=AT)
    assert "Adaeze, was Okafor-Baby, born 2 March 2026" in search(known, "okafor-baby")


def test_with_the_summary_alone_nobody_is_found_by_a_name_they_had() -> None:
    known = known_family()
    add_name(person=known.child, kind="previous", family_name="Whitlock", by=known.by, at=AT)
    Grant.objects.update(extent="summary")
    assert "Nobody by that name" in search(known, "whitlock")


def test_finding_by_names_asks_as_little_for_many_as_for_few(
    django_assert_max_num_queries, django_assert_num_queries
) -> None:
    known = known_family()
    client = signed_in(known.by)
    add_name(person=known.child, kind="previous", family_name="Whitlock", by=known.by, at=AT)
    address = typed_in(client, "whitlock")
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for number in range(5):
        other = known_family(by=known.by, name=f"Family {number}")
        add_name(person=other.child, kind="previous", family_name="Whitlock", by=known.by, at=AT)
    with django_assert_num_queries(len(few)):
        assert "was Whitlock" in client.get(address).content.decode()

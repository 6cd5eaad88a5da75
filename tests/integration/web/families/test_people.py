"""The people of a family: mended, added, gone, and what is kept from whom."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, signed_in, worker
from tests.integration.web.agreement.forms import token

from earlydoors.domain.access.models import Grant
from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.chronology.operations import mend
from earlydoors.domain.people.models import FamilyMember, KeptFrom, Person, Place
from earlydoors.domain.people.operations import correct, place_at, take_in, write_down
from earlydoors.domain.people.queries import secrets_from
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db
WHOLE = {"given_name": "Sophie", "family_name": "Tarn", "born_on": "3 March 2018", "sex": "female"}


def to(known: Known, route: str, *more: object, person: Person | None = None) -> str:
    return reverse(f"families:{route}", args=[known.family.pk, (person or known.child).pk, *more])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def stamp(known: Known) -> dict[str, str]:
    known.child.refresh_from_db()
    return {"_seen": known.child.changed_at.isoformat()}


def father_of(known: Known) -> Person:
    father = write_down(given_name="Daniel", family_name="Reid", by=known.by, at=AT)
    take_in(
        family=known.family, person=father, relation="father", on=local_day(AT), by=known.by, at=AT
    )
    return father


def test_details_are_mended_and_what_was_is_shown() -> None:
    known = known_family()
    client = signed_in(known.by)
    answer = client.post(
        to(known, "edit_person"),
        {
            **WHOLE,
            "family_name": "Beck",
            "known_as": "Soph",
            "born_on": "4/3/18",
            "naming": "slip",
            **stamp(known),
        },
    )
    assert answer.status_code == 302
    known.child.refresh_from_db()
    assert known.child.full_name == "Sophie Beck"
    assert known.child.born_on == date(2018, 3, 4)
    assert known.child.search_name == "sophie soph beck"
    shown = re.sub(r"\s+", " ", page(client, to(known, "person")))
    assert "<strong>Family name</strong> was “Tarn” until" in shown
    assert "<strong>Born on</strong> was “3 March 2018” until" in shown
    assert f"changed by {known.by.name}" in shown


def test_a_date_that_is_none_keeps_what_was_typed() -> None:
    known = known_family()
    client = signed_in(known.by)
    answer = client.post(
        to(known, "edit_person"),
        {**WHOLE, "born_on": "31/2/2018", "communication": "Slowly.", **stamp(known)},
    )
    shown = answer.content.decode()
    assert "February 2018 has no day 31" in shown
    assert "31/2/2018" in shown
    assert "Slowly." in shown
    future = client.post(to(known, "edit_person"), {**WHOLE, "born_on": "1/1/2090", **stamp(known)})
    assert "cannot be later than today" in future.content.decode()
    known.child.refresh_from_db()
    assert known.child.born_on == date(2018, 3, 3)


def test_a_colleagues_version_is_shown_beside_and_nothing_overwritten() -> None:
    known = known_family()
    colleague = worker(name="Jo Fenwick")
    client = signed_in(known.by)
    old = stamp(known)
    correct(person=known.child, communication="Slowly.", by=colleague, at=AT + timedelta(hours=1))
    answer = client.post(to(known, "edit_person"), {**WHOLE, "known_as": "Soph", **old})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Jo Fenwick changed this on 2 March 2026 at 10:30am" in shown
    assert "What Jo Fenwick saved" in shown
    assert "Slowly." in shown
    assert 'value="Soph"' in shown
    known.child.refresh_from_db()
    assert known.child.known_as == ""
    fresh = re.search(r'name="_seen" value="([^"]+)"', shown)
    assert fresh
    final = {**WHOLE, "known_as": "Soph", "communication": "Slowly.", "_seen": fresh[1]}
    assert client.post(to(known, "edit_person"), final).status_code == 302


def test_a_form_without_its_stamp_overwrites_nothing() -> None:
    known = known_family()
    answer = signed_in(known.by).post(to(known, "edit_person"), {**WHOLE, "_seen": "nonsense"})
    assert answer.status_code == 409


def test_a_child_is_born_on_the_same_record() -> None:
    known = known_family()
    baby = write_down(
        given_name="Baby", family_name="Tarn", due_on=date(2026, 6, 8), by=known.by, at=AT
    )
    take_in(
        family=known.family, person=baby, relation="child", on=local_day(AT), by=known.by, at=AT
    )
    client = signed_in(known.by)
    shown = page(client, to(known, "person", person=baby))
    assert "Not yet born, due 8 June 2026, child" in shown
    assert "Write down the birth" in shown
    answer = client.post(
        to(known, "edit_person", person=baby),
        {
            "given_name": "Adaeze",
            "family_name": "Tarn",
            "born_on": "6 June 2026",
            "due_on": "8 June 2026",
            "_seen": baby.changed_at.isoformat(),
        },
    )
    assert answer.status_code == 302
    assert Person.objects.get(pk=baby.pk).full_name == "Adaeze Tarn"
    assert "was “Baby”" in page(client, to(known, "person", person=baby))
    # The family's chronology tells of it, once.
    baby.refresh_from_db()
    mend(person=baby, born_on=date(2026, 6, 5), by=known.by, at=timezone.now())
    assert [entry.says for entry in Entry.objects.filter(kind="person.born")] == [
        "Adaeze Tarn was born on 6 June 2026."
    ]


def test_someone_is_added_once_however_often_it_is_sent() -> None:
    known = known_family()
    client = signed_in(known.by)
    address = reverse("families:add_person", args=[known.family.pk])
    sent = {
        "relation": "grandparent",
        "given_name": "Jean",
        "family_name": "Reid",
        "parental_responsibility": "no",
        "lives_here": "no",
        "_once": token(client.get(address)),
    }
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    member = FamilyMember.objects.get(person__given_name="Jean")
    assert (member.relation, member.parental_responsibility, member.lives_here) == (
        "grandparent",
        False,
        False,
    )


def test_a_name_of_200_characters_in_any_script_is_kept_and_one_longer_is_not() -> None:
    known = known_family()
    client = signed_in(known.by)
    address = reverse("families:add_person", args=[known.family.pk])
    name = "Ọlá" * 66 + "鈴木"
    assert client.post(address, {"relation": "child", "given_name": name}).status_code == 302
    assert Person.objects.filter(given_name=name).exists()
    answer = client.post(address, {"relation": "child", "given_name": "x" * 201})
    assert "Use 200 characters or fewer" in answer.content.decode()
    assert "Choose an answer" in client.post(address, {"given_name": "A"}).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"given_name": "Sophy", "family_name": "Tarne"},
        {"born_on": "3 March 2019"},
        {"given_name": "Tarn", "family_name": "Sophie"},
    ],
    ids=["as it is", "with slips", "another year", "names exchanged"],
)
def test_someone_on_record_stays_one_record_however_badly_they_are_typed(
    typed: dict[str, str],
) -> None:
    known = known_family()
    other = known_family(by=known.by, name="Beck", child="Amy", born_on=date(2015, 1, 1))
    client = signed_in(known.by)
    address = reverse("families:add_person", args=[other.family.pk])
    sent = {**WHOLE, **typed, "relation": "sibling"}
    asked = client.post(address, sent).content.decode()
    assert "Someone like that is on record" in asked
    assert "Sophie Tarn, born 3 March 2018: already on record" in asked
    assert client.post(address, {**sent, "same": str(known.child.pk)}).status_code == 302
    assert other.family.members.filter(person=known.child).exists()
    assert Person.objects.filter(given_name="Sophie").count() == 1
    again = client.post(address, {**sent, "same": str(known.child.pk)}).content.decode()
    assert "already in this family" in again


def test_someone_of_that_name_in_a_family_one_cannot_see_is_not_told() -> None:
    known_family()
    mine = known_family(name="Beck", child="Amy", born_on=date(2015, 1, 1))
    address = reverse("families:add_person", args=[mine.family.pk])
    answer = signed_in(mine.by).post(address, {**WHOLE, "relation": "sibling"})
    assert answer.status_code == 302


def test_who_they_are_in_the_family_and_leaving_it() -> None:
    known = known_family()
    client = signed_in(known.by)
    answer = client.post(
        to(known, "restate", person=known.parent),
        {"relation": "carer", "relation_says": "Mum", "parental_responsibility": "not_known"},
    )
    assert answer.status_code == 302
    member = known.family.members.get(person=known.parent)
    assert (member.relation, member.parental_responsibility) == ("carer", None)
    early = client.post(to(known, "leave", person=known.parent), {"on": "1/1/2020"})
    assert "cannot have left before that" in early.content.decode()
    late = client.post(to(known, "leave", person=known.parent), {"on": "1/1/2090"})
    assert "cannot be later than today" in late.content.decode()
    assert client.post(to(known, "leave", person=known.parent), {"on": "today"}).status_code == 302
    overview = page(client, reverse("families:family", args=[known.family.pk]))
    assert "Was in the family:" in overview


def test_a_place_is_written_down_kept_private_and_lifted() -> None:
    known = known_family()
    father = father_of(known)
    client = signed_in(known.by)
    nothing = client.post(to(known, "add_place"), {"kind": "home"}).content.decode()
    assert "Choose the place from the list, or write its address or name" in nothing
    home = {"kind": "home", "says": "7 Bransty Steps", "postcode": "ca28 0zz"}
    assert client.post(to(known, "add_place"), home).status_code == 302
    place = Place.objects.get(person=known.child)
    assert place.postcode == "CA28 0ZZ"

    keep = to(known, "keep_place", place.pk)
    assert "Write an answer: Why" in client.post(keep, {"person": father.pk}).content.decode()
    sent = {"person": father.pk, "why": "Kelly moved here to be safe from him."}
    assert client.post(keep, sent).status_code == 302
    assert "7 Bransty Steps" in secrets_from(father)
    shown = page(client, to(known, "person"))
    assert "Kept private from Daniel Reid" in shown
    assert "Kelly moved here to be safe from him." in shown
    assert "Must not learn" in page(client, to(known, "person", person=father))

    kept = KeptFrom.objects.get()
    assert client.post(to(known, "lift", kept.pk), {"why": ""}).status_code == 200
    assert secrets_from(father)
    lifted = client.post(to(known, "lift", kept.pk), {"why": "They live together again."})
    assert lifted.status_code == 302
    assert secrets_from(father) == []
    event = AuditEvent.objects.get(verb="place.kept_from_lifted")
    assert event.details["why"] == "They live together again."


def test_a_place_of_the_partnerships_is_chosen_and_left() -> None:
    known = known_family()
    client = signed_in(known.by)
    setting = known.by.agency.settings.first() if known.by.agency else None
    assert setting is not None
    sent = {"kind": "school", "setting": str(setting.pk)}
    assert client.post(to(known, "add_place"), sent).status_code == 302
    place = Place.objects.get(person=known.child)
    assert (place.setting, place.says) == (setting, setting.name)
    assert client.post(to(known, "end_place", place.pk), {"on": "today"}).status_code == 302
    assert "Earlier places" in page(client, to(known, "person"))
    twice = client.post(to(known, "end_place", place.pk), {"on": "today"})
    assert "already marked as left" in twice.content.decode()


def test_ids_of_another_family_lead_nowhere() -> None:
    known = known_family()
    other = known_family(by=known.by, name="Beck", born_on=date(2015, 1, 1))
    place = place_at(person=other.child, kind="home", says="There", by=known.by, at=AT)
    client = signed_in(known.by)
    strangers: list[Any] = [
        to(known, "person", person=other.child),
        to(known, "edit_person", person=other.child),
        to(known, "keep_place", place.pk),
        to(known, "end_place", place.pk),
        to(known, "lift", place.pk),
    ]
    for address in strangers:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"why": "x"}).status_code == 404, address


def test_the_summary_is_not_enough_to_see_a_person() -> None:
    known = known_family()
    Grant.objects.update(extent="summary")
    client = signed_in(known.by)
    for route in ("person", "edit_person", "leave", "restate", "add_place"):
        assert client.get(to(known, route)).status_code == 403, route
        assert client.post(to(known, route), WHOLE).status_code == 403, route

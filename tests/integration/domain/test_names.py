"""The names of a person over time, and finding them by any of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker
from tests.factories.requests import sent_request

from earlydoors.domain.frontdoor.queries import perhaps_known
from earlydoors.domain.people.models import Name, Person
from earlydoors.domain.people.names import NewName, add_name, mend_name, take_off_name
from earlydoors.domain.people.operations import correct, write_down
from earlydoors.domain.people.queries import named_like
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
TODAY = local_day(AT)


def kept(person: Person) -> list[tuple[str, str, date | None]]:
    return [(n.kind, n.full_name, n.ended_on) for n in person.names.order_by("created_at", "pk")]


def test_a_new_name_keeps_the_old_one_and_a_slip_does_not() -> None:
    known = known_family()
    child = known.child
    correct(person=child, family_name="Tern", by=known.by, at=AT)
    assert kept(child) == []
    since = date(2025, 9, 1)
    correct(person=child, family_name="Beck", renamed=NewName(since), by=known.by, at=AT)
    assert kept(child) == [("previous", "Sophie Tern", since)]
    assert AuditEvent.objects.filter(verb="person.named", family_id=known.family.pk).count() == 1
    for typed in ("tern", "Sophie Beck", "sophie tern", "Sóphie TERN"):
        assert Person.objects.filter(named_like(typed)).get() == child
    assert not Person.objects.filter(named_like("sophie tarn")).exists()


def test_what_an_unborn_child_was_called_is_kept_by_itself() -> None:
    by = worker()
    due = TODAY - timedelta(days=2)
    baby = write_down(given_name="Okafor-Baby", family_name="Okafor", due_on=due, by=by, at=AT)
    correct(person=baby, given_name="Adaeze", born_on=TODAY, by=by, at=AT)
    assert kept(baby) == [("before_birth", "Okafor-Baby Okafor", TODAY)]
    assert baby.names.get().in_words == "was Okafor-Baby Okafor"
    assert Person.objects.filter(named_like("okafor baby")).get() == baby


def test_a_birth_under_the_same_name_keeps_nothing() -> None:
    by = worker()
    baby = write_down(given_name="Ada", family_name="Okafor", due_on=TODAY, by=by, at=AT)
    correct(person=baby, given_name="Áda", born_on=TODAY, by=by, at=AT)
    assert kept(baby) == []


def test_a_new_name_in_talk_keeps_the_one_before() -> None:
    known = known_family()
    correct(person=known.child, known_as="Soph", by=known.by, at=AT)
    correct(person=known.child, known_as="Fee", renamed=NewName(), by=known.by, at=AT)
    assert kept(known.child) == [("known_as", "Soph", None)]


def test_names_are_added_mended_and_taken_off() -> None:
    known = known_family()
    given: dict[str, Any] = {"by": known.by, "at": AT}
    name = add_name(person=known.parent, kind="birth", family_name="Whitlock", **given)
    mend_name(name=name, family_name="Whitlocke", said_by="themselves", **given)
    assert [one.row["family_name"] for one in versions_of(name)] == ["Whitlock"]
    assert Person.objects.filter(named_like("kelly whitlocke")).get() == known.parent
    with pytest.raises(UnableTo, match="Say why"):
        take_off_name(name=name, why=" ", **given)
    for _ in range(2):
        take_off_name(name=name, why="It is her sister’s.", **given)
    assert not Person.objects.filter(named_like("whitlocke")).exists()
    assert Name.objects.filter(removed_why="It is her sister’s.").exists()
    assert AuditEvent.objects.filter(verb="person.name_taken_off").count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"given_name": "—"}, "Write the given name"),
        ({"given_name": "Fee", "ended_on": TODAY + timedelta(days=1)}, "later than today"),
        (
            {"given_name": "Fee", "began_on": TODAY, "ended_on": TODAY - timedelta(days=1)},
            "before the day it began",
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused(fields: dict[str, Any], says: str) -> None:
    known = known_family()
    with pytest.raises(UnableTo, match=says):
        add_name(person=known.child, kind="alias", by=known.by, at=AT, **fields)
    assert not Name.objects.exists()


def test_the_same_name_is_not_written_down_twice() -> None:
    known = known_family()
    add_name(person=known.child, kind="alias", given_name="Fee", by=known.by, at=AT)
    with pytest.raises(UnableTo, match="already written down"):
        add_name(person=known.child, kind="alias", given_name="FEE", by=known.by, at=AT)


def test_a_new_name_does_not_begin_tomorrow() -> None:
    known = known_family()
    with pytest.raises(UnableTo, match="later than today"):
        correct(
            person=known.child,
            family_name="Beck",
            renamed=NewName(TODAY + timedelta(days=1)),
            by=known.by,
            at=AT,
        )
    known.child.refresh_from_db()
    assert known.child.family_name == "Tarn"


def test_the_database_keeps_days_in_order_and_names_not_empty() -> None:
    known = known_family()
    name = add_name(person=known.child, kind="alias", given_name="Fee", by=known.by, at=AT)
    for wrong in ({"given_name": ""}, {"began_on": TODAY, "ended_on": date(2000, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Name.objects.filter(pk=name.pk).update(**wrong)


def test_the_front_door_knows_a_child_by_an_earlier_name() -> None:
    known = known_family()
    correct(person=known.child, family_name="Beck", renamed=NewName(), by=known.by, at=AT)
    request = sent_request(name="Tarn", child="Sophie", parent="Holly", born_on=date(2018, 3, 3))
    found = [one for one in perhaps_known(request, known.by) if one.person == known.child]
    assert [one.why for one in found] == [
        "same birthday, same first name, the old surname; was Sophie Tarn"
    ]


def test_the_front_door_knows_a_born_child_by_what_it_was_called_before() -> None:
    by = worker()
    baby = write_down(given_name="Baby", family_name="Okafor", due_on=TODAY, by=by, at=AT)
    correct(person=baby, given_name="Adaeze", born_on=TODAY, by=by, at=AT)
    request = sent_request(name="Okafor", child="Baby", parent="Holly")
    request.people.filter(given_name="Baby").update(born_on=None)
    (found,) = [one for one in perhaps_known(request, by) if one.person == baby]
    assert found.why == "the name before the birth, same surname; was Baby Okafor"

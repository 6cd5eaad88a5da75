"""What is known of a person: codes, who said so, and how they can be reached."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker
from tests.factories.requests import sent_request

from earlydoors.domain.frontdoor.triage import settle_people
from earlydoors.domain.people.facts import Source, add_route, mend_route
from earlydoors.domain.people.models import ContactRoute, Person, Said
from earlydoors.domain.people.operations import correct
from earlydoors.domain.people.rules import kind_of_number
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
TODAY = local_day(AT)
KELLY = Source("parent", "Kelly, at home")


def test_a_fact_says_who_said_it_and_what_it_was_before() -> None:
    known = known_family()
    child = known.child
    correct(person=child, ethnicity="MOTH", source=KELLY, by=known.by, at=AT)
    said = Said.objects.get(person=child, fact="ethnicity")
    assert said.source == "Their parent or carer: Kelly, at home"
    school = Source("school", "Roll of September")
    correct(person=child, ethnicity="MWBC", religion="NONE", source=school, by=known.by, at=AT)
    said.refresh_from_db()
    assert said.said_by == "school"
    assert [one.row["said_says"] for one in versions_of(said)] == ["Kelly, at home"]
    assert [one.row["ethnicity"] for one in versions_of(child)] == ["", "MOTH"]


def test_a_fact_that_changes_without_a_source_loses_the_old_one() -> None:
    known = known_family()
    correct(person=known.child, sen_provision="K", source=KELLY, by=known.by, at=AT)
    correct(person=known.child, sen_provision="E", by=known.by, at=AT)
    assert Said.objects.get(fact="sen_provision").source == ""


def test_a_fact_that_stays_keeps_who_said_it() -> None:
    known = known_family()
    correct(person=known.child, sen_needs=["ASD"], source=KELLY, by=known.by, at=AT)
    correct(
        person=known.child,
        sen_needs=["ASD"],
        gender="Girl",
        source=Source("themselves"),
        by=known.by,
        at=AT,
    )
    assert Said.objects.get(fact="sen_needs").said_by == "parent"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ethnicity": "XXXX"}, "no such answer as XXXX"),
        ({"disabilities": ["MOB", "ZZ"]}, "no such answer as ZZ"),
        ({"disabilities": ["MOB", "NONE"]}, "not both"),
        ({"died_on": TODAY + timedelta(days=1)}, "cannot be later than today"),
        ({"died_on": date(2017, 1, 1)}, "They were born on 3 March 2018"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], says: str) -> None:
    known = known_family()
    with pytest.raises(UnableTo, match=says):
        correct(person=known.child, by=known.by, at=AT, **fields)


def test_the_database_lets_nobody_die_before_birth() -> None:
    known = known_family()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=known.child.pk).update(died_on=date(2017, 1, 1))


def test_a_way_to_reach_someone_says_what_is_safe() -> None:
    known = known_family()
    given: dict[str, Any] = {"by": known.by, "at": AT}
    way: dict[str, Any] = {"kind": "mobile", "value": "07700 900123"}
    with pytest.raises(UnableTo, match="in which way"):
        add_route(person=known.parent, safe="care", how=" ", **way, **given)
    route = add_route(person=known.parent, safe="care", how="Text only", **way, **given)
    assert route.in_words == "07700 900123: Text only"
    never = mend_route(route=route, safe="never", how="He reads it.", **given)
    assert never.in_words == "07700 900123: never use it. He reads it."
    assert mend_route(route=route, safe="never", **given).changed_at == AT
    with pytest.raises(UnableTo, match="later than today"):
        mend_route(route=route, ended_on=TODAY + timedelta(days=1), **given)
    assert [one.row["how"] for one in versions_of(route)] == ["Text only"]
    verbs = set(AuditEvent.objects.filter(subject_id=str(route.pk)).values_list("verb", flat=True))
    assert verbs == {"person.reached_by", "person.route_mended"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRoute.objects.update(safe="care", how="")


def test_what_a_request_says_is_not_asked_again() -> None:
    known = known_family()
    correct(person=known.parent, first_language="Igbo", by=known.by, at=AT)
    request = sent_request()
    request.people.update(first_language="English", needs_interpreter=True, phone="07700 900000")
    asked = {one.given_name: one for one in request.people.all()}
    same = {asked["Sophie"].pk: known.child, asked["Kelly"].pk: known.parent}
    door = worker("coordinator")
    settle_people(request=request, family=known.family, same_as=same, by=door, at=AT)
    known.child.refresh_from_db()
    known.parent.refresh_from_db()
    assert known.child.first_language == "English"
    assert (known.parent.first_language, known.parent.needs_interpreter) == ("Igbo", True)
    assert not known.parent.routes.exists()
    said = Said.objects.get(person=known.parent, fact="needs_interpreter")
    assert said.source == f"A request for support: {request.agency}"


def test_what_is_written_down_from_a_request_says_so() -> None:
    request = sent_request(name="Beck", child="Amy", parent="Ann")
    family = settle_people(
        request=request, family=None, same_as={}, by=worker("coordinator"), at=AT
    )
    amy = family.members.get(person__given_name="Amy").person
    assert Said.objects.get(person=amy, fact="born_on").said_by == "request"
    assert not amy.routes.exists()


def test_a_number_of_a_request_is_a_way_nobody_has_asked_about_yet() -> None:
    request = sent_request(name="Beck", child="Amy", parent="Ann")
    request.people.filter(given_name="Ann").update(phone="07700 900000")
    family = settle_people(
        request=request, family=None, same_as={}, by=worker("coordinator"), at=AT
    )
    route = ContactRoute.objects.get(person__families__family=family)
    assert (route.kind, route.safe, route.said_by) == ("mobile", "ask", "request")
    assert route.in_words == "07700 900000: ask first if it is safe"
    with pytest.raises(UnableTo, match="on record"):
        add_route(
            person=route.person, kind="mobile", value="07700 900000", safe="safe",
            by=worker(), at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("07700 900000", "mobile"),
        ("+44 7700 900000", "mobile"),
        ("+44 (0)7700 900000", "mobile"),
        ("01632 960288", "phone"),
        ("ask Nan", "phone"),
    ],
)
def test_a_mobile_phone_is_known_by_how_it_begins(number: str, kind: str) -> None:
    assert kind_of_number(number) == kind

"""The numbers of someone on their page."""

import pytest
from tests.factories.families import known_family
from tests.factories.partnership import AT, signed_in, typed_in
from tests.integration.web.families.test_people import page, to

from earlydoors.domain.access.models import Grant
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Identifier
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NHS = "943 476 5919"


def test_a_number_is_written_down_with_its_status_and_taken_off() -> None:
    known = known_family()
    client = signed_in(known.by)
    assert "Add the NHS number" not in page(client, to(known, "number", "nhs"))
    slip = client.post(to(known, "number", "nhs"), {"number": "943 476 5918"}).content.decode()
    assert "There is no such NHS number: its check does not come out." in slip
    assert 'href="#f-number"' in slip
    assert 'value="943 476 5918"' in slip
    sent = {"number": NHS, "status": "01", "said_by": "health", "said_says": "Red book"}
    assert client.post(to(known, "number", "nhs"), sent).status_code == 302
    shown = page(client, to(known, "person"))
    assert NHS in shown
    assert "Verified" in shown
    assert "A health worker or health record: Red book" in shown
    assert f'value="{NHS}"' in page(client, to(known, "number", "nhs"))
    why = {"why": "It is his brother’s."}
    assert client.post(to(known, "take_off_number", "nhs"), why).status_code == 302
    assert Identifier.objects.get().removed_why == "It is his brother’s."
    assert client.get(to(known, "take_off_number", "nhs")).status_code == 404


def test_a_kind_that_is_none_is_no_page() -> None:
    known = known_family()
    assert signed_in(known.by).get(to(known, "number", "passport")).status_code == 404


def test_another_record_with_the_number_is_named_only_to_who_may_see_it() -> None:
    known = known_family()
    secret = known_family(name="Beck", child="Amy")
    identify(person=secret.child, kind="nhs", number=NHS, by=secret.by, at=AT)
    client = signed_in(known.by)
    told = client.post(to(known, "number", "nhs"), {"number": NHS}).content.decode()
    assert "Another record has this NHS number, and it is not open to you." in told
    assert "Beck" not in told
    assert "Amy" not in told
    look = AuditEvent.objects.get(verb="person.met_by_number")
    assert (look.family_id, look.details["named"]) == (secret.family.pk, False)

    Grant.objects.filter(family=secret.family).update(member=known.by.member)
    told = client.post(to(known, "number", "nhs"), {"number": NHS}).content.decode()
    assert "Amy Beck of the Beck family has this NHS number." in told
    assert AuditEvent.objects.filter(verb="person.met_by_number").last().details["named"]  # type: ignore[union-attr] # there is one


def test_a_family_is_found_by_a_number() -> None:
    known = known_family()
    known_family(by=known.by, name="Beck", child="Amy")
    identify(person=known.child, kind="upn", number="B801200005001", by=known.by, at=AT)
    client = signed_in(known.by)
    found = page(client, typed_in(client, "b801 2000 05001"))
    assert "Sophie Tarn" in found
    assert "Beck family" not in found
    Grant.objects.update(extent="summary")
    address = typed_in(client, "B801200005001")
    assert "Nobody by that name" in page(client, address)

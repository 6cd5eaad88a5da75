"""The numbers of a person: one of a kind is one person's, and a look at another is recorded."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.families import known_family
from tests.factories.partnership import AT

from earlydoors.domain.people.identifiers import HeldByAnother, identify, take_off_identifier
from earlydoors.domain.people.models import Identifier
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.identifiers import UnreadableNumberError
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db


def test_a_number_is_kept_mended_and_the_earlier_one_stays_in_history() -> None:
    known = known_family()
    first = identify(person=known.child, kind="nhs", number="943 476 5919", by=known.by, at=AT)
    assert (first.value, first.shown) == ("9434765919", "943 476 5919")
    mended = identify(
        person=known.child, kind="nhs", number="9990000018", status="01", by=known.by, at=AT
    )
    assert mended.pk == first.pk
    assert [one.row["value"] for one in versions_of(mended)] == ["9434765919"]
    identify(person=known.child, kind="nhs", number="9990000018", status="01", by=known.by, at=AT)
    events = AuditEvent.objects.filter(verb="person.identified", family_id=known.family.pk)
    assert events.count() == 2


def test_a_slip_is_refused() -> None:
    known = known_family()
    with pytest.raises(UnreadableNumberError, match="There is no such UPN"):
        identify(person=known.child, kind="upn", number="A801200005001", by=known.by, at=AT)
    assert not Identifier.objects.exists()


def test_a_number_is_one_persons() -> None:
    known = known_family()
    kept = identify(person=known.child, kind="uln", number="9276308686", by=known.by, at=AT)
    with pytest.raises(HeldByAnother) as held:
        identify(person=known.parent, kind="uln", number="9276308686", by=known.by, at=AT)
    assert held.value.holder == known.child
    row: dict[str, Any] = {"kind": "uln", "value": "9276308686", "by": known.by, "at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.make(person=known.parent, **row)
    with pytest.raises(UnableTo, match="Say why"):
        take_off_identifier(identifier=kept, why="", by=known.by, at=AT)
    for _ in range(2):
        take_off_identifier(identifier=kept, why="It is Kelly’s.", by=known.by, at=AT)
    again = identify(person=known.parent, kind="uln", number="9276308686", by=known.by, at=AT)
    assert again.person == known.parent

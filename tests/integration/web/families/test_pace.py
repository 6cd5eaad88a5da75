"""More families within an hour than anybody reads by hand."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.access.operations import grant
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_page_says_what_to_do_and_it_is_evidence(settings: Any) -> None:
    settings.FAMILIES_AN_HOUR = 2
    families = [known_family() for _ in range(3)]
    who = worker()
    for known in families:
        grant(family=known.family, because="team", member=who.member, by=known.by, at=AT)
    client = signed_in(who)
    pages = [reverse("families:family", args=[known.family.pk]) for known in families]
    assert [client.get(page).status_code for page in pages] == [200, 200, 429]

    page = client.get(pages[2]).content.decode()
    assert "Too many families within an hour" in page
    assert "You have opened 2 families since" in page
    assert "ask a colleague to open it" in page
    assert families[2].child.family_name not in page
    # What is open already stays open, with every part of it
    assert client.get(pages[0]).status_code == 200
    chronology = reverse("families:chronology", args=[families[1].family.pk])
    assert client.get(chronology).status_code == 200
    noted = AuditEvent.objects.filter(verb="access.refused", actor_id=str(who.member.pk))
    assert [one.details for one in noted] == [
        {"route": "families:family", "answer": "too_much"},
        {"route": "families:family", "answer": "too_much"},
    ]
    assert not AuditEvent.objects.filter(
        verb="family.looked", family_id=families[2].family.pk, actor_id=str(who.member.pk)
    ).exists()

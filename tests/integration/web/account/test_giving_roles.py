"""Whoever gives a role is not the one who gets it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.factories.partnership import agency, signed_in, worker
from tests.integration.web.account.test_links import invites, link_in, role, uses

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Invitation, Member
from earlydoors.domain.partnership.operations import NOT_ONESELF, give_role
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, RoleKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer(db) -> Actor:
    """Who looks after the members of the council."""
    worker()
    return worker("administrator", agency(kind=AgencyKind.COUNCIL).key, name="Olive Grey")


@pytest.fixture
def delivered(settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.mark.parametrize(
    "who",
    [
        {"name": "Olive Grey"},
        {"name": "OLIVE  GRÉY"},
        {"name": "Somebody Else", "email": "{mine}"},
        {"name": "Somebody Else", "email": " {MINE} "},
    ],
)
def test_nobody_invites_themselves(carer, who: dict[str, str]) -> None:
    mine = carer.member.email
    said = {k: v.replace("{mine}", mine).replace("{MINE}", mine.upper()) for k, v in who.items()}
    page = invites(carer, RoleKind.COORDINATOR, **said).content.decode()
    assert NOT_ONESELF in page
    assert not Invitation.objects.exists()


def test_whoever_made_a_link_does_not_take_it_up(carer) -> None:
    client = signed_in(carer)
    link = link_in(invites(carer, RoleKind.COORDINATOR))
    assert "You made this link for somebody else" in uses(client, link).content.decode()
    assert not Member.objects.filter(username="ann.carter").exists()
    uses(Client(), link)
    assert Member.objects.filter(username="ann.carter").exists(), "the link is not used up"


def test_the_way_into_a_role_that_looks_at_families_is_never_in_the_givers_hand(
    carer, delivered
) -> None:
    page = invites(carer, RoleKind.PRACTITIONER, email="").content.decode()
    assert "The link of this role goes to them alone" in page
    assert "/way-in/" not in page
    assert not Invitation.objects.exists()
    page = invites(carer, RoleKind.PRACTITIONER, email="ann.carter@example.org").content.decode()
    assert "/way-in/" not in page
    assert "/way-in/" in mail.outbox[0].body


def test_a_role_that_sees_no_family_may_still_be_handed_over(carer, delivered) -> None:
    assert "/way-in/" in invites(carer, RoleKind.AUDITOR, email="").content.decode()


def test_nobody_gives_a_role_to_themselves(carer) -> None:
    given: dict[str, Any] = {"profile": current(), "on": date(2026, 3, 2), "at": datetime.now(UTC)}
    wanted: dict[str, Any] = {
        "role_key": role(RoleKind.COORDINATOR),
        "agency_key": carer.agency.key,
    }
    with pytest.raises(UnableTo, match="themselves"):
        give_role(member=carer.member, by=carer, **wanted, **given)
    other = worker("administrator", carer.agency.key)
    assert give_role(member=carer.member, by=other, **wanted, **given).kind == RoleKind.COORDINATOR


def test_the_system_administrator_gives_no_role_at_all(carer) -> None:
    system = worker("system_administrator", carer.agency.key)
    assert signed_in(system).get("/members/").status_code == 403
    assert invites(system, RoleKind.PRACTITIONER).status_code == 403
    with_link = link_in(invites(carer, RoleKind.SYSTEM_ADMINISTRATOR))
    uses(Client(), with_link)
    held = Member.objects.get(username="ann.carter").memberships.get()
    assert held.kind == RoleKind.SYSTEM_ADMINISTRATOR

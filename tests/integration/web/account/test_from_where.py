"""Where the partnership's own networks are named, what administers goes from them alone."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client
from tests.factories.partnership import worker

from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.profile.schema import RoleKind

pytestmark = pytest.mark.django_db
OFFICE, OFFICE_6, HOME = "10.20.3.4", "2001:db8::7", "198.51.100.7"
ADMINISTERED = [
    (RoleKind.ADMINISTRATOR, "/members/"),
    (RoleKind.ADMINISTRATOR, "/files/"),
    (RoleKind.AUDITOR, "/looks/"),
    (RoleKind.AUDITOR, "/information/"),
    (RoleKind.ANALYST, "/studies/"),
    (RoleKind.SYSTEM_ADMINISTRATOR, "/installation/"),
]
ANYWHERE = [(RoleKind.PRACTITIONER, "/families/"), (RoleKind.COORDINATOR, "/requests/")]


@pytest.fixture(autouse=True)
def networks(settings: Any) -> None:
    settings.OFFICE_NETWORKS = (ip_network("10.20.0.0/16"), ip_network("2001:db8::/32"))


@pytest.mark.parametrize(("kind", "page"), ADMINISTERED)
def test_what_administers_goes_from_the_office_alone(kind: RoleKind, page: str) -> None:
    client = Client()
    client.force_login(worker(kind).member)
    for near in (OFFICE, OFFICE_6, f"::ffff:{OFFICE}"):
        assert client.get(page, REMOTE_ADDR=near).status_code == 200
    # The same sign-in, carried elsewhere.
    for away in (HOME, "", "of no network"):
        refused = client.get(page, REMOTE_ADDR=away)
        assert refused.status_code == 403
        assert "your partnership’s own network alone" in refused.content.decode()
    assert AuditEvent.objects.filter(verb="access.refused").exists()


@pytest.mark.parametrize(("kind", "page"), ANYWHERE)
def test_work_with_families_goes_from_anywhere(kind: RoleKind, page: str) -> None:
    client = Client()
    client.force_login(worker(kind).member)
    assert client.get(page, REMOTE_ADDR=HOME).status_code == 200


def test_my_work_says_what_has_to_wait() -> None:
    client = Client()
    client.force_login(worker(RoleKind.AUDITOR).member)
    said = "From here you cannot watch over who looks at records, nor answer people"
    assert said in client.get("/", REMOTE_ADDR=HOME).content.decode()
    assert said not in client.get("/", REMOTE_ADDR=OFFICE).content.decode()


def test_behind_a_proxy_its_word_counts_and_not_the_visitors(settings: Any) -> None:
    settings.HTTPS = True
    client = Client()
    client.force_login(worker(RoleKind.AUDITOR).member)
    for told, status in ((f"{OFFICE}, {HOME}", 403), (f"{HOME}, {OFFICE}", 200)):
        page = client.get("/looks/", REMOTE_ADDR=OFFICE, headers={"X-Forwarded-For": told})
        assert page.status_code == status


def test_without_networks_everything_goes_from_anywhere(settings: Any) -> None:
    settings.OFFICE_NETWORKS = ()
    client = Client()
    client.force_login(worker(RoleKind.AUDITOR).member)
    assert client.get("/looks/", REMOTE_ADDR=HOME).status_code == 200

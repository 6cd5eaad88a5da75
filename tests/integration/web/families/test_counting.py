"""The list of families says how many there are, counted where it is said who may see them."""

import pytest
from tests.factories.families import episode_in, known_family
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import families_of, how_many_families
from earlydoors.domain.people.models import Family
from earlydoors.foundation.profile.current import current
from earlydoors.web.families import listing

pytestmark = pytest.mark.django_db


def test_a_family_that_is_held_twice_is_counted_once() -> None:
    lead = worker("coordinator")
    for name in ("Armstrong", "Begum", "Clarke"):
        known_family(name=name, by=lead)
    first, second, third = Family.objects.order_by("name")
    Grant.objects.all().delete()
    for because in ("caseload", "team"):
        grant(family=first, member=lead.member, because=because, extent="full", by=lead, at=AT)
    grant(family=second, member=lead.member, because="team", extent="summary", by=lead, at=AT)
    grant(family=third, member=lead.member, because="team", extent="knows", by=lead, at=AT)

    assert how_many_families(lead) == families_of(lead).count() == 2


def test_the_door_has_as_many_pages_as_it_has_families(monkeypatch: pytest.MonkeyPatch) -> None:
    door = worker("coordinator")
    for _ in range(3):
        episode_in("offered")
    monkeypatch.setattr(listing, "A_PAGE", 1)

    last = signed_in(door).get("/families/", {"page": how_many_families(door)}).content.decode()

    assert how_many_families(door) == families_of(door).count() >= 3
    assert f"page={how_many_families(door) - 1}" in last
    assert f"page={how_many_families(door) + 1}" not in last


def test_by_name_no_help_is_looked_up_but_that_of_the_page() -> None:
    door = worker("coordinator")

    asked = str(listing.families_seen(door, AT.date(), current(), "name").query)

    assert "episodes_episode" not in asked
    assert "episodes_episode" in str(
        listing.families_seen(door, AT.date(), current(), "level").query
    )

"""How many families somebody opens within an hour."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker

from earlydoors.domain.access.models import EMERGENCY, Pace
from earlydoors.domain.access.operations import grant, look
from earlydoors.domain.access.pace import TOLD_AT, Tally
from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import TooMuch
from earlydoors.web.tasks import tidy

pytestmark = pytest.mark.django_db

MOST = 12
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.FAMILIES_AN_HOUR = MOST


@pytest.fixture
def kelly(db: None) -> Member:
    return worker(name="Kelly Ward").member


def opens(by: Member, tally: Tally, families: int = 1, at: Any = AT) -> list[UUID]:
    """Open so many families that were not open before."""
    made = [uuid4() for _ in range(families)]
    for family in made:
        tally.must_be_open(by, family, at)
        tally.opened(by, family, at)
    return made


def test_after_so_many_no_other_opens_until_the_next_hour(kelly: Member) -> None:
    tally = Tally()
    first, *_ = opens(kelly, tally, MOST)

    with pytest.raises(TooMuch, match=r"12 families since 9:00am.*others from 10:00am"):
        opens(kelly, tally)
    tally.must_be_open(kelly, first, AT)  # what was open stays open
    opens(worker().member, tally)  # and others are not held up
    opens(kelly, tally, at=AT + HOUR)


def test_the_same_family_counts_once(kelly: Member) -> None:
    tally = Tally()
    [family] = opens(kelly, tally)
    for _ in range(MOST * 2):
        tally.opened(kelly, family, AT)
    opens(kelly, tally, MOST - 1)
    with pytest.raises(TooMuch):
        opens(kelly, tally)


def test_processes_tell_each_other(kelly: Member) -> None:
    """Each knows of the others what was told when it told itself: ten at a time."""
    one, other = Tally(), Tally()
    opens(kelly, one, TOLD_AT)
    opens(kelly, other, TOLD_AT)
    assert Pace.objects.get().families == 2 * TOLD_AT
    with pytest.raises(TooMuch):
        opens(kelly, other)
    opens(kelly, one, MOST - TOLD_AT)
    with pytest.raises(TooMuch):
        opens(kelly, one)


def test_it_asks_the_database_once_in_ten_families(
    kelly: Member, django_assert_num_queries: Any
) -> None:
    tally = Tally()
    with django_assert_num_queries(0):
        known = opens(kelly, tally, TOLD_AT - 1)
    with django_assert_num_queries(1):
        opens(kelly, tally)
    with django_assert_num_queries(0):
        for family in known:
            tally.must_be_open(kelly, family, AT)
            tally.opened(kelly, family, AT)


def test_what_was_opened_in_an_emergency_is_not_counted(settings: Any) -> None:
    settings.FAMILIES_AN_HOUR = 1
    here, urgent, further = (known_family() for _ in range(3))
    who = worker()
    given: dict[str, Any] = {"member": who.member, "by": here.by, "at": AT}
    for known in (here, further):
        grant(family=known.family, because="team", **given)
    grant(family=urgent.family, because=EMERGENCY, until=timezone.now() + HOUR, **given)

    look(family=here.family, part="overview", by=who, at=AT)
    look(family=urgent.family, part="overview", by=who, at=AT)
    with pytest.raises(TooMuch):
        look(family=further.family, part="overview", by=who, at=AT)
    seen = AuditEvent.objects.filter(verb="family.looked", actor_id=str(who.member.pk))
    assert {event.family_id for event in seen} == {here.family.pk, urgent.family.pk}


def test_a_count_is_kept_for_a_day(kelly: Member) -> None:
    opens(kelly, Tally(), TOLD_AT)
    tidy(int((AT + timedelta(hours=20)).timestamp()))
    assert Pace.objects.exists()
    tidy(int((AT + timedelta(hours=30)).timestamp()))
    assert not Pace.objects.exists()

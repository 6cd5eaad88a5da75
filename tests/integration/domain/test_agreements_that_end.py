"""An agreement ends by itself, and what members saw by it ends in the same moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.as_web import as_the_web_login
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.queries import families_of
from earlydoors.domain.consent import operations as consent
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.consent.queries import agreements_of, ended_of, told_until
from earlydoors.domain.episodes import team
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import LONDON, end_of, local_day
from earlydoors.foundation.kernel.refusals import UnableTo

pytestmark = pytest.mark.django_db
TODAY = local_day(datetime.now(UTC))
YESTERDAY, LATER, LATEST = (TODAY + timedelta(days=n) for n in (-1, 30, 60))


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


@pytest.fixture
def teacher() -> Actor:
    return worker(setting_key="st_begas_primary", desks=())


def agreed(help_: Help, until: date | None, *whom: consent.Share, **more: Any) -> Agreement:
    """A yes given anew today, after which the family's earlier words no longer stand."""
    at = datetime.now(UTC)
    given = {
        "family": help_.family, "person": help_.parent, "agreed_on": TODAY, "told_how": "phone",
        "in_writing": True, "form_record": Agreement.objects.earliest("created_at").form_record,
        "shares": whom, "by": help_.lead, "at": at,
    }  # fmt: skip
    return consent.give(**{**given, **more}, until=until)


def with_(actor: Actor, *, shares: bool = True) -> consent.Share:
    return consent.Share(shares, agency=actor.agency)


def join(help_: Help, actor: Actor) -> Grant:
    at = datetime.now(UTC)
    team.add_worker(episode=help_.episode, worker=actor.membership, does="", by=help_.lead, at=at)
    return help_.family.grants.get(member=actor.member, because="team", ended_at=None)


def day_goes_by(agreement: Agreement) -> None:
    """What was to end ahead ended yesterday, at the same moment, and nobody did anything."""
    began = datetime.now(UTC) - timedelta(days=9)
    Grant.objects.filter(until=agreement.ends_at).update(began_at=began, until=end_of(YESTERDAY))
    Agreement.objects.filter(pk=agreement.pk).update(
        agreed_on=TODAY - timedelta(days=9), until=YESTERDAY
    )


def test_access_lasts_as_long_as_the_agreement(help_: Help, teacher: Actor) -> None:
    given = agreed(help_, LATER, with_(teacher), with_(help_.lead))
    assert join(help_, teacher).until == given.ends_at


def test_both_walls_close_when_the_agreement_is_over(help_: Help, teacher: Actor) -> None:
    given = agreed(help_, LATER, with_(teacher), with_(help_.lead))
    join(help_, teacher)
    assert families_of(teacher).filter(pk=help_.family.pk).exists()

    day_goes_by(given)

    assert not families_of(teacher).filter(pk=help_.family.pk).exists()
    with as_the_web_login(), acting_as(teacher):
        assert not Family.objects.filter(pk=help_.family.pk).exists()
    assert agreements_of(help_.family) == []
    assert ended_of(help_.family) == given


def test_the_last_day_counts_whole_in_london() -> None:
    summer, winter = end_of(date(2026, 7, 1)), end_of(date(2026, 12, 1))
    assert summer == datetime(2026, 7, 1, 23, tzinfo=UTC)
    assert winter == datetime(2026, 12, 2, 0, tzinfo=UTC)
    assert summer.astimezone(LONDON).date() == date(2026, 7, 2)


def test_renewed_before_its_end_it_lasts_longer(help_: Help, teacher: Actor) -> None:
    agreed(help_, LATER, with_(teacher), with_(help_.lead))
    join(help_, teacher)
    anew = agreed(help_, LATEST, with_(teacher), with_(help_.lead))
    assert help_.family.grants.get(member=teacher.member, ended_at=None).until == anew.ends_at


def test_renewed_after_its_end_the_team_comes_back(help_: Help, teacher: Actor) -> None:
    over = agreed(help_, LATER, with_(teacher), with_(help_.lead))
    join(help_, teacher)
    day_goes_by(over)

    anew = agreed(help_, LATER, with_(teacher), with_(help_.lead))

    assert families_of(teacher).filter(pk=help_.family.pk).exists()
    held = help_.family.grants.filter(member=teacher.member).order_by("began_at")
    assert [one.ended_at for one in held] == [end_of(YESTERDAY), None]
    assert held[1].until == anew.ends_at
    over.refresh_from_db()
    assert over.withdrawn_at is None, "it ended by itself, and stays as it was"


def test_whoever_the_family_says_no_to_does_not_come_back(help_: Help, teacher: Actor) -> None:
    over = agreed(help_, LATER, with_(teacher), with_(help_.lead))
    join(help_, teacher)
    day_goes_by(over)
    agreed(help_, LATER, with_(teacher, shares=False), with_(help_.lead))
    assert not families_of(teacher).filter(pk=help_.family.pk).exists()


A, B = LATER, LATEST


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Until when each of two people says yes (None: for good); until when the agency is told.
        (A, A, A),
        (A, B, B),
        (B, A, B),
        (None, A, None),
        (A, None, None),
        (None, None, None),
    ],
)
def test_two_peoples_words_last_as_long_as_the_longer(
    help_: Help, teacher: Actor, first: date | None, second: date | None, expected: date | None
) -> None:
    agreed(help_, first, with_(teacher), with_(help_.lead))
    agreed(help_, second, with_(teacher), with_(help_.lead), person=help_.child)
    assert teacher.agency is not None
    found = told_until(agreements_of(help_.family), teacher.agency)
    assert found == (end_of(expected) if expected else None)


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (TODAY - timedelta(days=3), consent.BEFORE_IT_BEGAN),
        (YESTERDAY, consent.OVER_ALREADY),
    ],
)
def test_an_end_that_cannot_be_is_refused(help_: Help, until: date, says: str) -> None:
    before = Agreement.objects.count()
    with pytest.raises(UnableTo, match=says):
        agreed(help_, until, agreed_on=TODAY - timedelta(days=2))
    assert Agreement.objects.count() == before


def test_today_may_be_the_last_day(help_: Help) -> None:
    given = agreed(help_, TODAY, with_(help_.lead))
    assert given in agreements_of(help_.family)


def test_the_database_refuses_an_end_before_the_beginning(help_: Help) -> None:
    with pytest.raises(IntegrityError, match="agreement_ends_after"), transaction.atomic():
        Agreement.objects.update(until=date(2001, 1, 1))


def test_what_ended_by_itself_is_not_withdrawn(help_: Help) -> None:
    given = agreed(help_, LATER, with_(help_.lead))
    day_goes_by(given)
    given.refresh_from_db()
    with pytest.raises(UnableTo, match="ended by itself"):
        consent.withdraw(agreement=given, why="", by=help_.lead, at=datetime.now(UTC))


@pytest.mark.parametrize("days", [0, 28])
def test_the_lead_is_reminded_before_it_ends(help_: Help, days: int) -> None:
    given = agreed(help_, TODAY + timedelta(days=days), with_(help_.lead))
    page = signed_in(help_.lead).get("/").content.decode()
    assert f"What {given.person.full_name} of the" in page
    assert "Ask them again" in page


def test_nobody_is_reminded_of_an_end_far_off(help_: Help) -> None:
    agreed(help_, TODAY + timedelta(days=29), with_(help_.lead))
    assert "Ask them again" not in signed_in(help_.lead).get("/").content.decode()


def test_the_lead_is_told_once_it_ended_and_no_more_once_it_was_given_anew(help_: Help) -> None:
    given = agreed(help_, LATER, with_(help_.lead))
    day_goes_by(given)
    client = signed_in(help_.lead)
    assert "Ask them again" in client.get("/").content.decode()
    agreed(help_, LATEST, with_(help_.lead))
    assert "Ask them again" not in client.get("/").content.decode()

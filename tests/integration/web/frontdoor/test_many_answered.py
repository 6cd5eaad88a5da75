"""A front door where thousands of requests were answered, and few wait."""

import re
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from django.utils import timezone
from tests.as_web import ACROSS
from tests.factories.partnership import worker
from tests.factories.requests import decision_for, sent_request
from tests.plans import plan_of

from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.queries import _born_on, again, repeats, waiting
from earlydoors.domain.panels.operations import decide_request
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.prepared import Fixed, fixed
from earlydoors.foundation.profile.schema import Decision
from earlydoors.web.frontdoor.views.reading import FILTERS, _listed
from earlydoors.web.home.there import _there

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


def answered(by: Actor, at: datetime) -> SupportRequest:
    asked = sent_request(by=worker(), at=at)
    decided = decision_for(Decision.ADVICE, by=by)
    return decide_request(request=asked, decided=decided, family=None, by=by, at=at)


@pytest.mark.parametrize("shown", ["all", "free", "mine"])
def test_those_that_wait_are_found_among_themselves_in_their_order(
    coordinator: Actor, shown: str
) -> None:
    assert shown in FILTERS
    plan = plan_of(_listed(coordinator, shown, "urgent")[:20])

    assert "using requests_by_urgency on frontdoor_supportrequest" in plan
    assert "Sort Key" not in plan


def test_those_answered_are_read_from_the_latest(coordinator: Actor) -> None:
    plan = plan_of(_listed(coordinator, "answered", "urgent")[:20])

    assert "using requests_answered on frontdoor_supportrequest" in plan
    assert "Sort Key" not in plan


def test_offers_that_nobody_holds_are_found_among_offers() -> None:
    offered = Episode.objects.filter(state__in=fixed("offered", "agreed")).order_by("state_since")

    assert "help_on_offer on episodes_episode" in plan_of(offered[:200])


def test_who_was_asked_about_is_found_by_birth() -> None:
    asked = RequestPerson.objects.filter(born_on__among=[NOW.date()], removed_on=None)

    assert "asked_about_by_birth" in plan_of(asked.order_by())


def test_of_others_born_that_day_no_request_is_read(
    coordinator: Actor, django_assert_num_queries: Any
) -> None:
    answered(coordinator, NOW - timedelta(days=30))
    request = sent_request(at=NOW)
    request.people.update(given_name="Somebody", family_name="Else")
    found = list(waiting())
    born = [p.born_on for p in request.people.all() if p.born_on]
    assert len(_born_on(born)) > len(born)  # others were born that day

    with django_assert_num_queries(1 + ACROSS):  # the names alone
        assert not repeats(found, coordinator)


def test_repeats_are_counted_anew_when_one_was_answered(
    coordinator: Actor, django_assert_num_queries: Any
) -> None:
    answered(coordinator, NOW - timedelta(days=30))
    assert again(NOW).answered == 1

    with django_assert_num_queries(1 + ACROSS):
        assert again(NOW + timedelta(seconds=1)).answered == 1
    answered(coordinator, NOW)
    assert again(NOW + timedelta(seconds=2)).answered == 2


def test_what_a_year_holds_is_counted_anew_each_day(coordinator: Actor) -> None:
    answered(coordinator, NOW)

    assert again(NOW + timedelta(days=364)).answered == 1
    assert again(NOW + timedelta(days=367)).answered == 0


def test_notices_of_no_family_are_not_gone_through() -> None:
    asked = cast(Any, _there._written(4).query).sql.partition('FROM "access_notice"')[2]

    assert re.match(r' "(\w+)" WHERE .*"\1"."family_id" IS NOT NULL', asked)


@pytest.mark.parametrize("said", ["waiting' OR true", "100%", "", "a word"])
def test_nothing_but_a_word_is_written_into_a_question(said: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        Fixed(said)


def test_a_fixed_word_is_no_argument() -> None:
    sql, arguments = waiting().order_by().values("pk").query.sql_with_params()

    assert "IN ('waiting', 'taken_up')" in sql
    assert arguments == ()

"""Repeat requests: marked in the queue, and counted for the front door."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.as_web import ACROSS
from tests.factories.families import episode_in
from tests.factories.partnership import signed_in, worker
from tests.factories.requests import decision_for, sent_request

from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.queries import Again, again, earlier_requests
from earlydoors.domain.panels.operations import decide_request
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.profile.schema import Decision
from earlydoors.web.frontdoor.pages import again_says

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


@pytest.fixture
def browser(coordinator: Actor) -> Client:
    return signed_in(coordinator)


def ago(days: int, hours: int = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def answered(
    by: Actor, *, sent: datetime, at: datetime | None = None, family: Family | None = None
) -> SupportRequest:
    """A request of a moment, answered with advice then or later."""
    asked = sent_request(by=worker(), at=sent, family=family)
    decided = decision_for(Decision.ADVICE, by=by)
    return decide_request(request=asked, decided=decided, family=family, by=by, at=at or sent)


def page(browser: Client, show: str = "all") -> str:
    return browser.get(reverse("frontdoor:waiting"), {"show": show}).content.decode()


def test_before_the_first_answer_nothing_is_counted(browser: Client) -> None:
    sent_request(at=NOW)

    assert again(NOW) == Again(0, 0, 0)
    assert "Asked again" not in page(browser)


def test_a_request_within_twelve_months_of_an_answer_counts(coordinator: Actor) -> None:
    first = answered(coordinator, sent=ago(244))
    answered(coordinator, sent=ago(0, hours=2), family=first.family)

    assert again(NOW) == Again(answered=2, repeats=1, after_advice=1)


def test_after_twelve_months_it_is_a_first_request_again(coordinator: Actor) -> None:
    first = answered(coordinator, sent=ago(380))
    answered(coordinator, sent=ago(14), family=first.family)
    answered(coordinator, sent=ago(2), family=first.family)

    assert again(NOW) == Again(answered=2, repeats=1, after_advice=1)


def test_two_that_cross_each_other_are_no_repeat(coordinator: Actor) -> None:
    first = answered(coordinator, sent=ago(3, hours=5), at=ago(3))
    answered(coordinator, sent=ago(3, hours=4), at=ago(2), family=first.family)

    assert again(NOW) == Again(answered=2, repeats=0, after_advice=0)


def test_another_family_and_what_still_waits_do_not_count(coordinator: Actor) -> None:
    first = answered(coordinator, sent=ago(30))
    answered(coordinator, sent=ago(10))
    sent_request(at=NOW, family=first.family, by=coordinator)

    assert again(NOW) == Again(answered=2, repeats=0, after_advice=0)


def test_a_family_that_comes_back_within_a_year_of_the_end_of_help(
    coordinator: Actor, browser: Client
) -> None:
    help_ = episode_in("closed", at=ago(368))
    assert help_.request is not None
    asked = sent_request(at=NOW, by=coordinator, family=help_.family)

    assert page(browser).count("Asked before") == 1
    assert [one.pk for one in earlier_requests(help_.family, NOW, but=asked.pk)] == [
        help_.request.pk
    ]
    decide_request(
        request=asked,
        decided=decision_for(Decision.ADVICE, by=coordinator),
        family=help_.family,
        by=coordinator,
        at=NOW,
    )
    assert again(NOW) == Again(answered=1, repeats=1, after_advice=0)


def test_only_a_repeat_is_marked_among_the_answered(coordinator: Actor, browser: Client) -> None:
    first = answered(coordinator, sent=ago(40))
    answered(coordinator, sent=ago(20), family=first.family)

    assert page(browser, "answered").count("Asked before") == 1


def test_the_count_stands_below_the_queue_with_what_it_means(
    coordinator: Actor, browser: Client
) -> None:
    first = answered(coordinator, sent=ago(40))
    answered(coordinator, sent=ago(20), family=first.family)

    shown = page(browser)

    assert "1 of the 2 requests answered in the last 12 months was a repeat request" in shown
    assert "answered in the 12 months before it was sent" in shown
    assert "1 of the 2 requests" in page(signed_in(worker("team_manager")))
    assert "Asked again" not in page(signed_in(worker()))


@pytest.mark.parametrize("families", [1, 6])
def test_its_queries_do_not_grow(
    families: int, coordinator: Actor, django_assert_num_queries: Any
) -> None:
    for number in range(families):
        first = answered(coordinator, sent=ago(40 + number))
        answered(coordinator, sent=ago(20), family=first.family)

    with django_assert_num_queries(2 + ACROSS):
        assert again(NOW).repeats == families


@pytest.mark.parametrize(
    ("counted", "says"),
    [
        (Again(1, 0, 0), "The one request answered {year} was not a repeat request."),
        (Again(1, 1, 1), "The one request answered {year} was a repeat request, after advice."),
        (Again(12, 0, 0), "None of the 12 requests answered {year} were repeat requests."),
        (Again(12, 1, 0), "1 of the 12 requests answered {year} was a repeat request."),
        (
            Again(12, 3, 1),
            "3 of the 12 requests answered {year} were repeat requests, 1 of them after advice.",
        ),
        (
            Again(3, 2, 2),
            "2 of the 3 requests answered {year} were repeat requests, all of them after advice.",
        ),
    ],
)
def test_the_sentence(counted: Again, says: str) -> None:
    assert again_says(counted) == says.format(year="in the last 12 months")

"""Counting behind the wall: what is counted, for whom, and that restricted places are not told."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests.as_web import as_the_web_login
from tests.factories.families import Help, episode_in
from tests.factories.partnership import worker
from tests.integration.config.test_wall import as_web

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.models import Restriction
from earlydoors.domain.figures.queries import Cut, Figures, figures, quarters_until
from earlydoors.domain.figures.rules import Kept
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Locality
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import local_day, months_later
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db

_COUNTED = "SELECT measure, part, period, number FROM wall_figures(%s, %s, %s, '6 weeks')"


def counted(cut: str = "outcome") -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [date(2025, 1, 1), date(2028, 1, 1), cut])
        found: Counter[tuple[str, str]] = Counter()
        for measure, part, _, number in cursor.fetchall():
            if measure != "open":
                found[measure, part] += number
        return found


def sums(cut: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for (measure, _), number in counted(cut).items():
        found[measure] += number
    return found


def as_role(who: Actor, cut: str = "outcome") -> Counter[tuple[str, str]]:
    with as_the_web_login(), acting_as(who):
        return counted(cut)


def test_each_step_of_a_familys_help_is_counted_once() -> None:
    help_ = episode_in("closed")
    found = sums("outcome")
    assert found["requests"] == 1
    assert found["agreements"] == found["assessments"] == found["plans"] == found["closings"] == 1
    assert help_.closing is not None
    assert counted()["closings", help_.closing.reason] == 1
    assert help_.request is not None
    assert counted()["requests", help_.request.decision] == 1
    step_up = episode_in("stepped_up")
    assert sums("outcome")["steps_up"] == step_up.episode.level_changes.filter(moved="up").count()


@pytest.mark.parametrize("cut", ["month", "locality", "agency_kind"])
def test_every_way_to_divide_has_the_same_whole(cut: str) -> None:
    episode_in("closed")
    episode_in("helping")
    assert sums(cut) == sums("outcome")


def test_help_that_is_open_is_counted_on_the_last_day_of_each_month() -> None:
    help_ = episode_in("closed")
    began = help_.episode.opened_on.replace(day=1)
    closed = local_day(help_.reload().closed_at or help_.at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [began, months_later(began, 24), "month"])
        open_ = {row[2]: row[3] for row in cursor.fetchall() if row[0] == "open"}
    wanted = {}
    for n in range(24):
        first = months_later(began, n)
        ends = months_later(first, 1) - timedelta(days=1)
        if help_.episode.opened_on <= ends < closed:
            wanted[first] = 1
    assert open_ == wanted


def test_whoever_reads_figures_is_given_numbers_and_nobody_else() -> None:
    episode_in("closed")
    assert as_role(worker("commissioner")) == counted()
    for kind in ("coordinator", "practitioner", "auditor", "administrator", "system_administrator"):
        assert not as_role(worker(kind)), kind
    with as_the_web_login():
        assert not counted(), "nobody acts"


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * FROM wall_countable('2000-01-01', '2050-01-01', '6 weeks')",
        "SELECT * FROM wall_waited('2000-01-01', '2050-01-01')",
        "SELECT wall_untold_places()",
    ],
)
def test_what_is_counted_from_is_for_no_login_of_pages(asked: str) -> None:
    worker()
    with as_web() as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(asked)


def restricted(help_: Help) -> None:
    Restriction.make(
        by=help_.coordinator,
        at=help_.at,
        family=help_.family,
        kind="staff",
        why="A colleague",
        began_at=help_.at,
    )


def test_a_restricted_record_is_counted_and_its_place_is_not_told() -> None:
    help_ = episode_in("closed")
    place = Locality.objects.order_by("key")[0]
    Family.objects.update(locality=place)
    key = place.key
    assert counted("locality")["closings", key] == 1
    restricted(help_)
    assert counted("locality")["closings", key] == 0
    assert counted("locality")["closings", ""] == 1
    assert {part for _, part in counted("agency_kind")} == {""}
    assert sums("locality") == sums("outcome")


def year(cut: Cut) -> Figures:
    return figures(current(), cut, quarters_until(date(2026, 12, 31)))


def test_what_leaves_the_domain_has_small_numbers_kept_back() -> None:
    episode_in("closed")
    for cut in Cut:
        told: list[Any] = []
        for one in year(cut).measures:
            told += [*one.totals, *one.months, *(n for line in one.lines for n in line.numbers)]
        assert set(told) <= {0, Kept.SMALL, Kept.ANOTHER}, cut
        assert Kept.SMALL in told, cut


def test_days_are_told_when_enough_families_stand_behind_them() -> None:
    few = [episode_in("helping") for _ in range(4)]
    waits = {one.key: one for one in year(Cut.OUTCOME).waits}
    assert Kept.SMALL in waits["plan"].half
    episode_in("helping")
    waits = {one.key: one for one in year(Cut.OUTCOME).waits}
    plan, request = few[0].plan, few[0].request
    assert plan is not None
    assert plan.agreed_on is not None
    assert request is not None
    assert request.sent_at is not None
    days = (plan.agreed_on - local_day(request.sent_at)).days
    assert days in waits["plan"].half
    assert Kept.SMALL in waits["plan"].ninetieth


def test_quarters_are_those_that_are_over() -> None:
    assert quarters_until(date(2026, 11, 23)) == (
        date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1),
    )  # fmt: skip
    assert quarters_until(date(2026, 1, 1))[-1] == date(2025, 10, 1)
    assert quarters_until(date(2026, 3, 31), 1)[-1] == date(2024, 10, 1)

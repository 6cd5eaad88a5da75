"""Panels of a simulated partnership: when they sit, who comes, and what becomes of families."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.factories.partnership import actor
from tests.integration.simulation.test_marginals import FAMILIES, assert_near, drawn_of

from earlydoors.domain.panels.models import Item, PanelAttendance, PanelMeeting
from earlydoors.domain.panels.queries import agenda, panels_for, rules_of
from earlydoors.domain.panels.rules import ANSWERS
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk, Member, Membership
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.kernel.working_days import is_working_day
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.simulation.press.asking import asked_of
from earlydoors.simulation.press.at_panels import PUT_OFF, WITHOUT_PANEL
from earlydoors.simulation.press.drawing import Drawing, Wanted
from earlydoors.simulation.press.drawn import FIRST_DAY, Drawn, Sitting
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.playing import play
from earlydoors.simulation.press.proving import differences
from earlydoors.simulation.press.running import Simulation, press_for
from earlydoors.simulation.press.sittings import Calendar

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
UNTIL = date(2026, 11, 20)
QUICK = frozenset({"panel_one_agency", "panel_refused", PUT_OFF})
pytestmark = pytest.mark.django_db


def calendar_of(seed: int = 7) -> Calendar:
    workforce = staff(current(), seed, 60, date(2023, 9, 1))
    absent = asked_of(current().key).absent
    return Calendar(seed, workforce.panels, date(2023, 9, 1), UNTIL, absent)


def at_panels(found: list[Drawn]) -> list[Drawn]:
    return [one for one in found if one.sittings]


@pytest.mark.parametrize("area", AREAS)
def test_every_panel_sits_in_its_own_rhythm(area: str, settings: Any) -> None:
    settings.AREA = area

    calendar = calendar_of()

    assert {one.key for one in calendar.panels} == {one.key for one in current().panels}
    for panel in calendar.panels:
        days = [one.on for one in calendar.of(panel)]
        assert all(map(is_working_day, days))
        # With a week more or less around bank holidays, and no weekends for one of every day.
        between = (days[-1] - days[0]).days / (len(days) - 1)
        assert between == pytest.approx(max(panel.every_days, 7 / 5), rel=0.08)
        assert days[-1] > UNTIL


def test_sittings_are_the_same_for_the_same_seed() -> None:
    def sittings(seed: int) -> list[Sitting]:
        calendar = calendar_of(seed)
        return [one for panel in calendar.panels for one in calendar.of(panel)]

    once = sittings(7)
    assert [one.id for one in sittings(7)] == [one.id for one in once]
    assert not {one.id for one in sittings(8)} & {one.id for one in once}


def test_an_agency_stays_away_as_often_as_asked_and_never_twice_in_a_row() -> None:
    calendar = calendar_of()
    seats = []
    for panel in calendar.panels:
        for agency in panel.agencies:
            came = [calendar.came(one, agency) for one in calendar.of(panel)]
            assert all(one or other for one, other in pairwise(came))
            seats += came
    assert_near(1 - sum(seats) / len(seats), calendar.absent, len(seats))


@pytest.mark.parametrize("area", ["cumbria", "northamptonshire"])
def test_families_come_before_the_next_sitting_of_their_own_panel(area: str, settings: Any) -> None:
    settings.AREA = area
    found, _, _ = drawn_of(FAMILIES)
    workforce = staff(current(), 7, FAMILIES, date(2023, 9, 1))
    calendar = Drawing(Wanted(7, FAMILIES, 3, UNTIL), current(), {}, workforce).calendar

    asked = asked_of(area).paths
    share = sum(asked.get(path, 0) for path in WITHOUT_PANEL)
    assert_near(len(at_panels(found)) / FAMILIES, share, FAMILIES)
    for one in found:
        assert bool(one.sittings) == (one.path in WITHOUT_PANEL)
    for one in at_panels(found):
        asked_on = one.deed_day(FIRST_DAY + timedelta(days=6))
        assert list(one.sittings) == list(calendar.after(one.panel, asked_on))[: len(one.sittings)]
        assert one.day(7) == one.sittings[0].on
        assert one.sittings[0].planned_on <= asked_on
        asker = one.workers["asks"].agency_id
        assert asker in one.panel.agencies
        assert (one.path == PUT_OFF) == (not calendar.came(one.sittings[0], asker))
        if one.path == PUT_OFF:
            assert one.day(14) == one.sittings[1].on
            assert calendar.came(one.sittings[1], asker)


@pytest.mark.parametrize("area", ["northamptonshire", "north_somerset"])
def test_a_panels_part_of_a_story_is_what_the_operations_write(area: str, settings: Any) -> None:
    """In an area with two routes to panels, and in one with panels of the whole area."""
    settings.AREA = area
    workforce = staff(current(), 7, 60, date(2023, 9, 1))
    plates = play(QUICK)
    press = press_for(plates)
    drawing = Drawing(Wanted(7, 60, 3, UNTIL), current(), plates, workforce)
    proved: set[tuple[str, str]] = set()
    for number in range(60):
        drawn = next(drawing.family(number))[0]
        told = drawn.path, drawn.panel.route
        if told not in proved:
            proved.add(told)
            assert differences(press, drawn) == []
    assert {path for path, _ in proved} == QUICK
    assert len({route for _, route in proved}) == sum(bool(one.panels) for one in current().routes)


def chair_of(panel: Desk) -> Actor:
    return actor(Member.objects.get(memberships__desks=panel, memberships__kind="panel_chair"))


def test_agendas_are_true() -> None:
    """Given a partnership whose families all come before a panel: those of past sittings are
    decided or put off, and upcoming ones have families on their agenda."""
    Simulation(Wanted(7, 90, 1, UNTIL), None, lambda _: None, QUICK | {"advice"}).run()

    assert verify().sound
    sittings = PanelMeeting.objects.select_related("panel")
    for one in sittings.filter(on__lt=UNTIL):
        assert one.held
        assert {item.state for item in agenda(one, chair_of(one.panel))} <= {"decided"}
    upcoming = sittings.filter(on__gte=UNTIL)
    assert upcoming.exists()
    assert not upcoming.filter(held=True).exists()
    waiting = [item for one in upcoming for item in agenda(one, chair_of(one.panel))]
    assert waiting
    assert {item.state for item in waiting} <= {"waiting", "deferred"}
    assert all(item.brought.count() == 2 for item in waiting)
    decided = Item.objects.filter(state="decided")
    assert set(decided.values_list("decision", flat=True)) == set(ANSWERS)
    assert decided.filter(deferrals=1).exists()
    assert not Item.objects.filter(meeting=None).exists()


def test_each_panel_has_a_chair_and_its_agencies_at_the_table() -> None:
    Simulation(Wanted(7, 20, 1, UNTIL), None, lambda _: None, QUICK | {"advice"}).run()

    for panel in Desk.objects.filter(kind="panel"):
        chair = Membership.objects.get(desks=panel)
        assert chair.kind == RoleKind.PANEL_CHAIR
        sitting = PanelMeeting.objects.filter(panel=panel, held=True).first()
        assert sitting is not None
        seats = PanelAttendance.objects.filter(meeting=sitting).select_related("agency")
        assert {one.agency.key for one in seats} == set(rules_of(panel).agencies)
        assert all(bool(one.who) == one.came for one in seats)
        assert panel in panels_for(actor(chair.member))

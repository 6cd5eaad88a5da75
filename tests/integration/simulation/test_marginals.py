"""What comes out of a simulation is what was asked for, within what its size allows."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from math import sqrt

import pytest

from earlydoors.foundation.profile.current import current
from earlydoors.simulation.people.figures import figures_for
from earlydoors.simulation.press.asking import OFFERED, RETURNING, SAYING_NO, asked_of
from earlydoors.simulation.press.at_panels import PUT_OFF, WITHOUT_PANEL
from earlydoors.simulation.press.drawing import Drawing, Wanted
from earlydoors.simulation.press.drawn import Drawn
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.stories import PAUSES, paths

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
FAMILIES = 600
UNTIL = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def drawn_of(families: int) -> tuple[list[Drawn], int, int]:
    """Families drawn for the installation's area; how many second records and talks beside."""
    workforce = staff(current(), 7, families, date(2023, 9, 1))
    blank = {path: Plate(path, [], [], [], [], 0) for path in paths()}
    drawing = Drawing(Wanted(7, families, 3, UNTIL), current(), blank, workforce)
    found, seconds, talks = [], 0, 0
    for number in range(families):
        for drawn, slips in drawing.family(number):
            if slips is not None:
                seconds += 1
            elif drawn.path == "talk":
                talks += 1
            else:
                found.append(drawn)
    return found, seconds, talks


def assert_near(came: float, asked: float, of: int) -> None:
    """Within four standard errors of a share, which one seed in 15,000 would miss by chance."""
    assert abs(came - asked) <= 4 * sqrt(asked * (1 - asked) / of) + 1e-9, (came, asked)


def share(drawn: Iterable[Drawn], some: Iterable[str]) -> float:
    told = [one.path for one in drawn]
    return sum(path in tuple(some) for path in told) / len(told)


@pytest.mark.parametrize("area", ["cumbria", "northamptonshire"])
def test_families_come_out_as_asked(area: str, settings: object) -> None:
    settings.AREA = area  # type: ignore[attr-defined]
    asked = asked_of(area)

    found, seconds, talks = drawn_of(FAMILIES)

    again = (*RETURNING, "refused_then_yes")
    assert_near(share(found, again), asked.repeats, FAMILIES)
    offered = [one for one in found if one.path in (*OFFERED, *SAYING_NO)]
    assert_near(share(offered, SAYING_NO), asked.refusals, len(offered))
    put_off = sum(asked.paths[path] for path in WITHOUT_PANEL if path != PUT_OFF) * asked.absent
    wanted_of = {**asked.paths, PUT_OFF: put_off}
    for path, wanted in wanted_of.items():
        decided = path in WITHOUT_PANEL and path != PUT_OFF
        wanted = wanted * (1 - asked.absent) if decided else wanted
        assert_near(share(found, [path]), wanted, FAMILIES)
    assert_near(seconds / FAMILIES, asked.second_records, FAMILIES)
    assert_near(talks / FAMILIES, asked.conversations, FAMILIES)
    weeks = Counter(pause for one in found for pause in one.pauses)
    for pause, wanted in asked.pauses.items():
        assert_near(weeks[pause] / (FAMILIES * len(PAUSES)), wanted, FAMILIES * len(PAUSES))


def test_northamptonshires_families_come_back_as_often_as_its_strategy_says() -> None:
    assert asked_of("northamptonshire").repeats == pytest.approx(0.294)
    assert asked_of("cumbria").repeats == pytest.approx(0.221)
    assert sum(asked_of("cumbria").paths.values()) == pytest.approx(1)


@pytest.mark.parametrize("area", AREAS)
def test_every_area_can_be_staffed_and_drawn(area: str, settings: object) -> None:
    settings.AREA = area  # type: ignore[attr-defined]
    found, _, _ = drawn_of(60)
    assert len(found) == 60
    for one in found:
        assert len({worker.setting_id for worker in one.workers.values()}) >= 4
        assert one.people[0].slot == "c0"
        assert "a0" in {who.slot for who in one.people}


def test_people_are_of_the_areas_ages_and_origins() -> None:
    found, _, _ = drawn_of(FAMILIES)
    figures = figures_for("cumbria")
    mothers = [one for drawn in found for one in drawn.people if one.relation == "mother"]
    whole = sum(figures.origins.values())
    for code in ("WBRI", "WIRI", "WOTH", "APKN"):
        asked = sum(
            share / whole * figures.ethnicity[origin].get(code, 0)
            for origin, share in figures.origins.items()
        )
        assert_near(
            sum(one.ethnicity == code for one in mothers) / len(mothers), asked, len(mothers)
        )
    ages = [
        (drawn.start - one.born_on).days / 365.25
        for drawn in found
        for one in drawn.people
        if one.relation == "child" and one.born_on
    ]
    # Those who are soon grown up are left out, so the shares are of the others.
    bands = [band for band in figures.ages if band.last < 16]
    asked_for = sum(band.share for band in bands)
    young = [age for age in ages if age < 16]
    for band in bands:
        came = sum(band.first <= age < band.last + 1 for age in young) / len(young)
        assert came == pytest.approx(band.share / asked_for, abs=0.06)


def test_caseloads_are_in_proportion() -> None:
    found, _, _ = drawn_of(FAMILIES)
    led = Counter(one.workers["lead"].member_id for one in found)
    asked = asked_of("cumbria")
    expected = FAMILIES * asked.open_at_once / asked.caseload
    assert expected * 0.8 <= len(led) <= expected * 1.4

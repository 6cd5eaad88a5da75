"""Loading the five families: an area as it looks on an ordinary working day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

from django.db import transaction

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.operations import settle
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import give_account
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.practice.models import PracticeMark, mark
from earlydoors.foundation.profile.current import current
from earlydoors.simulation.clockwork import Stage, day_nought
from earlydoors.simulation.families import passers_by, twice, walk
from earlydoors.simulation.pages import read
from earlydoors.simulation.players import Cast, gather, give_everyone_the_password, join_family
from earlydoors.simulation.press.drawing import Wanted
from earlydoors.simulation.press.running import Simulation, wanted_of

_JOINED_DAYS_AGO = 800
_SEED, _YEARS = 7, 2
# The paths told around the five: enough for every list, and soon played.
_AROUND = frozenset({
    "talk", "advice", "one_agency", "refused", "met", "one_goes_on", "withdrew",
    "panel_one_agency", "panel_refused", "panel_put_off",
})  # fmt: skip


@transaction.atomic
def load(report: Callable[[str], None], today: date) -> None:
    """Settle the area, make its cast, and walk the five families to where they stand today.

    All in one transaction. Where anybody has joined already no story is told again: the area is
    settled, because its profile may have been edited since.
    """
    profile = current()
    mark(datetime.combine(today, time(), tzinfo=LONDON))
    if Member.objects.exists():
        settle(profile=profile, at=datetime.combine(today, time(), tzinfo=LONDON))
        return
    report(f"Settling {profile.name}")
    joined = today - timedelta(days=_JOINED_DAYS_AGO)
    at = datetime.combine(joined, time(9), tzinfo=LONDON)
    settle(profile=profile, at=at)
    cast = gather(profile, on=joined, at=at)
    # Events are kept in the order they are written, so the story that began first is told first.
    stages = sorted(_stages(cast, today), key=lambda one: (one[0].first_day, one[0].name))
    for stage, until in stages:
        report(f"Telling the story of the {stage.name.replace('_', ' ')} family")
        story = import_module(f"earlydoors.simulation.families.{stage.name}")
        walk(stage, story.STEPS, until)
    report("Ringing the front door")
    others = Stage(passers_by.NAME, cast, today, today)
    walk(others, passers_by.STEPS, passers_by.STEPS[-1][0])
    report("Comparing the register with itself")
    alike = Stage(twice.NAME, cast, today, today)
    walk(alike, twice.STEPS, twice.STEPS[-1][0])
    for stage, _ in stages:
        _let_in(stage)
    give_everyone_the_password()


def surround(report: Callable[[str], None], today: date, families: int) -> None:
    """Print families around the five, once: the next start finds them there."""
    progress = PracticeMark.objects.values_list("progress", flat=True).first() or {}
    wanted = Wanted(_SEED, families, _YEARS, today)
    if progress:
        wanted = wanted_of(progress)
    simulation = Simulation(wanted, None, report, _AROUND)
    if not simulation.is_done(progress):
        simulation.run()


def _stages(cast: Cast, today: date) -> Iterator[tuple[Stage, str]]:
    """Each family's stage, and the step it has come to in this area."""
    for name, point in _points(cast.profile.key).items():
        first_day = day_nought(today, point["days"])
        yield Stage(name, cast, first_day, today), point["until"]


def _points(area: str) -> dict[str, dict[str, Any]]:
    """How many days ago each story began here, and the step it has come to."""
    points = read("points.yaml")
    return {**points["anywhere"], **points.get(area, {})}


def _let_in(stage: Stage) -> None:
    """Give the people of a family who have a sign-in their accounts."""
    if stage.family is None:
        return
    for player in stage.cast.families:
        for part in player.plays:
            family, _, given = part.partition(".")
            if family != stage.name:
                continue
            person = Person.objects.filter(given_name=given, families__family=stage.family).first()
            if person is None:
                continue
            at = stage.at((stage.today - stage.first_day).days, "08:30")
            member = join_family(stage.cast, player, on=stage.today, at=at)
            give_account(person=person, account_of=member, by=stage.who("door"), at=at)

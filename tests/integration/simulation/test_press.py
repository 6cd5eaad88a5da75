"""The press: what it prints is what the operations write, and the whole of a partnership holds."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.factories.partnership import actor

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.matching import filling
from earlydoors.domain.matching.filling import untrue
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.practice.models import practises
from earlydoors.foundation.profile.current import current
from earlydoors.simulation.press import playing, running
from earlydoors.simulation.press.batches import Done
from earlydoors.simulation.press.drawing import Drawing, Wanted
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.playing import play
from earlydoors.simulation.press.proving import differences
from earlydoors.simulation.press.running import Simulation, press_for
from earlydoors.simulation.press.stories import paths

UNTIL = date(2026, 11, 20)
HOUSEHOLDS = {
    "couple", "lone_mother", "lone_father", "split", "blended", "kinship", "three_generations",
}  # fmt: skip
pytestmark = pytest.mark.django_db


def quietly(_sentence: str) -> None:
    """Say nothing while it prints."""


def small(families: int = 40, *, seed: int = 7, people: int = 0) -> Wanted:
    return Wanted(seed, families, 3, UNTIL, people)


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, Plate]]:
    return {}


@pytest.fixture(autouse=True)
def plates(kept: dict[str, dict[str, Plate]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The stories are played once for all these tests: plates hold nothing of one database."""

    def once(_only: object = None) -> dict[str, Plate]:
        if "plates" not in kept:
            kept["plates"] = play()
        return kept["plates"]

    monkeypatch.setattr(running, "play", once)
    monkeypatch.setattr(playing, "play", once)


def simulate(wanted: Wanted, labels: Path | None = None, stop_after: int | None = None) -> Done:
    return Simulation(wanted, labels, quietly).run(stop_after=stop_after)


@pytest.mark.slow
def test_every_path_prints_what_the_operations_write() -> None:
    wanted = small(200)
    workforce = staff(current(), 7, 200, date(2023, 9, 1))
    plates = playing.play(None)
    press = press_for(plates)
    drawing = Drawing(wanted, current(), plates, workforce)
    proved: set[str] = set()

    for number in range(200):
        for drawn, _ in drawing.family(number):
            found = {drawn.path, drawn.household if plates[drawn.path].spots else drawn.path}
            if not found <= proved:
                proved |= found
                assert differences(press, drawn) == []

    assert proved >= set(paths()) - {"on_record"}
    assert proved >= HOUSEHOLDS
    assert differences(press, drawing.bare(300)) == []
    drawing.asked = replace(drawing.asked, unborn=1.0)
    expecting = next(drawing.family(199))[0]
    assert any(one.due_on for one in expecting.people)
    assert differences(press, expecting) == []


def test_a_partnership_is_whole() -> None:
    done = simulate(small())

    assert done.families == 40
    assert practises()
    assert verify().sound
    assert Simulation(small(), None, quietly).check() == []
    assert Family.objects.count() > 30
    assert Person.objects.filter(search_name="").count() == 0
    assert not filling.missing().exists()
    assert untrue(200) == []


@pytest.mark.parametrize(
    "area", ["buckinghamshire", "north_somerset", "northamptonshire", "northumberland"]
)
def test_every_area_has_a_partnership(
    area: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AREA = area
    monkeypatch.setattr(running, "play", play)
    some = frozenset({"advice", "refused"})

    done = Simulation(small(8), None, quietly, some).run()

    assert done.families == 8
    assert verify().sound
    assert Simulation(small(8), None, quietly).check() == []
    assert Episode.objects.exists()


def test_the_lead_opens_the_family_and_an_outsider_does_not(client: Client) -> None:
    simulate(small())
    led = Episode.objects.exclude(lead=None).exclude(state="closed").select_related("family")
    episode = led.first()
    assert episode is not None
    assert episode.lead is not None
    holders = episode.family.grants.filter(ended_at=None, desk=None).values("member")
    outsider = Member.objects.exclude(pk__in=holders).filter(memberships__kind="practitioner")[0]
    page = f"/families/{episode.family_id}/"

    client.force_login(episode.lead)
    assert client.get(page).status_code == 200
    client.force_login(outsider)
    assert client.get(page).status_code == 404
    assert episode.family in families_of(actor(episode.lead))


def test_an_installation_with_people_of_its_own_is_refused() -> None:
    staff(current(), 7, 5, date(2023, 9, 1))
    with pytest.raises(UnableTo, match="People work in this database"):
        simulate(small())


def test_another_simulation_is_not_mixed_into_one() -> None:
    simulate(small(5))
    with pytest.raises(UnableTo, match="--families 5 --years 3 --seed 7"):
        simulate(small(6))


def test_the_practice_mark_cannot_be_taken_off() -> None:
    from django.db import DatabaseError, transaction

    simulate(small(1))
    with (
        pytest.raises(DatabaseError, match="stays one"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM practice_practicemark")
    assert practises()


def test_the_truth_about_second_records_goes_to_a_file_apart(tmp_path: Path) -> None:
    labels = tmp_path / "truth.csv"
    simulate(small(120), labels)
    lines = [line.split(",") for line in labels.read_text().splitlines()]
    assert lines
    for second, first, _ in lines:
        assert second != first
        assert Person.objects.filter(pk__in=[second, first]).count() == 2
    words = Counter(AuditEvent.objects.values_list("verb", flat=True))
    assert words["request.decided"] > 0


def test_the_rest_of_the_people_are_on_record_and_no_more() -> None:
    done = simulate(small(2, people=60))
    assert done.people >= 60
    assert Person.objects.count() >= 60
    assert Episode.objects.values("family").distinct().count() <= 2
    assert verify().sound

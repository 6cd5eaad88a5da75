"""What `docs/how-to/write-your-own-area.md` says of an area edited between two starts."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from earlydoors.domain.partnership.models import Member, Setting
from earlydoors.foundation.profile import new
from earlydoors.simulation import demo

pytestmark = pytest.mark.django_db

OURS, THEIRS = "Meadow Lane Primary School", "Beck Side Primary School"


def start(folder: Path, settings: Any, on: date) -> list[str]:
    """Start the demo on a folder; returns the names of the schools that are offered then."""
    settings.AREA = str(folder)
    told: list[str] = []
    demo.load(told.append, on)
    assert told == [], "a story was told again"
    schools = Setting.objects.filter(agency__key="schools", current=True)
    return list(schools.order_by("name").values_list("name", flat=True))


def test_the_second_start_takes_in_what_was_edited(tmp_path: Path, settings: Any) -> None:
    begun, edited = tmp_path / "begun", tmp_path / "edited"
    new.write(begun, "north_dales", "North Dales")
    Member.objects.create(username="ann.carter", name="Ann Carter", joined_at=timezone.now())

    assert OURS in start(begun, settings, date(2026, 3, 4))

    # A process reads a folder once, so what a second start would read lies in a second folder.
    shutil.copytree(begun, edited)
    page = edited / "partnership.yaml"
    page.write_text(
        page.read_text(encoding="utf-8").replace(OURS, THEIRS).replace("first_school", "beck_side")
    )

    offered = start(edited, settings, date(2026, 3, 5))
    assert THEIRS in offered
    assert OURS not in offered
    assert Setting.objects.filter(name=OURS).exists(), "records that name it keep it"

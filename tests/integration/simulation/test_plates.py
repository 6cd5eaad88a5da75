"""Plates are the same whenever and wherever the stories are played."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest

from earlydoors.foundation.profile.current import current
from earlydoors.simulation.press import playing
from earlydoors.simulation.press.capture import Row, Written, events_since, written_since
from earlydoors.simulation.press.drawing import Drawing, Wanted
from earlydoors.simulation.press.drawn import Drawn
from earlydoors.simulation.press.members import staff
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.playing import play
from earlydoors.simulation.press.running import press_for
from earlydoors.simulation.press.workforce import Workforce

pytestmark = pytest.mark.django_db
PATH = "withdrew"


def a_family(plates: dict[str, Plate], workforce: Workforce) -> Drawn:
    """A family whose story began three years ago, and is over."""
    wanted = Wanted(7, 10, 3, date(2026, 11, 20))
    only = {PATH: plates[PATH]}
    return next(Drawing(wanted, current(), only, workforce).family(0))[0]


def lying_otherwise(first: int, known: dict[str, Any]) -> Iterator[Written]:
    """The rows, those whose ids are drawn the other way round within the whole."""
    rows = list(written_since(first, known))
    drawn = [one for one in rows if isinstance(one.versions[-1][1]["id"], UUID)]
    yield from [one for one in rows if one not in drawn]
    yield from reversed(drawn)


def told_otherwise(first: int) -> list[Row]:
    """The evidence, what was told at once the other way round."""
    together = groupby(events_since(first), key=lambda row: (row["at"], row["verb"]))
    return [row for _, some in together for row in reversed(list(some))]


def test_the_same_is_printed_however_rows_lie_and_whatever_was_played_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows that were taken back leave their room to later ones, so a table is in no order."""
    workforce = staff(current(), 7, 10, date(2023, 9, 1))
    plates = play(frozenset({PATH}))
    monkeypatch.setattr(playing, "written_since", lying_otherwise)
    monkeypatch.setattr(playing, "events_since", told_otherwise)
    others = play(frozenset({PATH, "refused", "refused_then_yes"}))

    family = a_family(plates, workforce)

    printed = press_for(plates).print(family)
    assert printed.lines["plan_outcome"]
    assert printed == press_for(others).print(family)

"""A panel of the north, where whoever asked must be there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import area, panel, signed_in, worker

from earlydoors.domain.panels import operations
from earlydoors.domain.panels.models import Item, PanelMeeting
from earlydoors.domain.panels.queries import rules_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk, Setting

NOW = timezone.now()


@dataclass
class Round:
    """A family at a panel, its sitting yesterday, and everyone who acts."""

    panel: Desk
    chair: Actor
    school: Actor
    help: Help
    item: Item
    sitting: PanelMeeting

    @property
    def chairing(self) -> Client:
        """The chair, signed in."""
        return signed_in(self.chair)

    def fresh(self) -> Item:
        """The item as it is now."""
        return Item.objects.get(pk=self.item.pk)

    def sit(self, *, school_came: bool) -> None:
        """Record yesterday's sitting."""
        seats = list(self.sitting.attendance.select_related("agency"))
        asked = self.school.agency
        operations.hold(
            meeting=self.sitting,
            came={one.pk: school_came or one.agency != asked for one in seats},
            who={},
            by=self.chair,
            at=NOW,
        )


@pytest.fixture
def talk(db: None, settings: Any) -> Round:
    """A school's request that waits at the panel of its locality."""
    profile = area("northumberland", within=settings)
    here = panel()
    rules = rules_of(here)
    schools = next(one.key for one in profile.agencies if one.kind == "school")
    place = Setting.objects.filter(agency__key=schools, locality__key=rules.locality).first()
    assert place is not None
    chair = worker("panel_chair", desks=(here.key,))
    school = worker(setting_key=place.key)
    help_ = episode_in("at_panel", lead=school, at=NOW - timedelta(days=9), name="Robson")
    item = help_.episode.panel_items.get()
    sitting = operations.plan_sitting(
        panel=here,
        on=(NOW - timedelta(days=1)).date(),
        by=chair,
        at=NOW - timedelta(days=5),
    )
    item.refresh_from_db()
    return Round(here, chair, school, help_, item, sitting)

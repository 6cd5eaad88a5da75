"""Gathering what needs someone, by role, from what they may see. The number of queries is fixed."""

from collections.abc import Iterable, Iterator
from datetime import date

from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.home import at_door, at_panels, at_watch, with_families
from earlydoors.web.home.rules import Matter
from earlydoors.web.home.there import there_for


def matters_of(actor: Actor, today: date) -> list[Matter]:
    """Everything on the actor's list, in no order."""
    return list(_all(actor, today))


def _all(actor: Actor, today: date) -> Iterator[Matter]:
    there = there_for(actor, today - at_door.RECENTLY, today + with_families.ENDS_AHEAD)
    parts: tuple[Iterable[Matter], ...] = (
        at_door.matters(actor, there, today),
        with_families.matters(actor, there, today),
        at_panels.matters(actor, there),
        at_watch.matters(actor, there, today),
    )
    for part in parts:
        yield from part

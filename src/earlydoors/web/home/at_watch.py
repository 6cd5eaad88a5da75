"""What needs somebody who watches over looks."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from earlydoors.domain.access.looking import unusual_looks
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.web.design.words import count
from earlydoors.web.home.rules import Matter
from earlydoors.web.looks.periods import period, until_midnight


def matters(actor: Actor, today: date) -> Iterator[Matter]:
    """Unusual looks that nobody has looked into, as one line."""
    if not actor.may(Right.WATCH):
        return
    chosen = period("", today, until_midnight(today))
    waiting = len(unusual_looks(chosen.since, chosen.until))
    if waiting:
        people = count(waiting, "person", "people")
        yield Matter("unusual_looks", reverse("looks:report"), told=(("about", people),))

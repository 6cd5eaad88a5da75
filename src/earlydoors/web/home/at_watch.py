"""What needs the information guardian: looks that stand out, and what people ask."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from earlydoors.domain.access.looking import unusual_looks
from earlydoors.domain.information.queries import clocks_of, due_on, open_requests
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.profile.current import current
from earlydoors.web.design.words import count
from earlydoors.web.home.rules import Matter
from earlydoors.web.looks.periods import period, until_midnight


def matters(actor: Actor, today: date) -> Iterator[Matter]:
    """Unusual looks that nobody has looked into, as one line; each request to be answered."""
    if actor.may(Right.INFORM):
        yield from _asked(actor)
    if not actor.may(Right.WATCH):
        return
    chosen = period("", today, until_midnight(today))
    waiting = len(unusual_looks(chosen.since, chosen.until))
    if waiting:
        people = count(waiting, "person", "people")
        yield Matter("unusual_looks", reverse("looks:report"), told=(("about", people),))


def _asked(actor: Actor) -> Iterator[Matter]:
    for one in open_requests(actor):
        due = due_on(clocks_of(one, current()))
        kind = "rights" if due else "rights_still"
        href = reverse("information:one", args=[one.pk])
        yield Matter(kind, href, told=(("who", one.asker_name),), due_on=due)

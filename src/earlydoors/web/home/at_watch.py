"""What needs somebody who watches over looks, answers people about what is held on them, decides
on studies, or holds a record that is kept from others."""

from collections.abc import Iterator
from datetime import date

from earlydoors.domain.access.looking import unusual_looks
from earlydoors.domain.access.queries import notices_for
from earlydoors.domain.information.queries import clocks_of, due_on, open_requests
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention.queries import for_whom
from earlydoors.domain.studies.queries import over as studies_over
from earlydoors.domain.studies.queries import waiting as studies_waiting
from earlydoors.foundation.profile.current import current
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import count
from earlydoors.web.home.rules import Matter
from earlydoors.web.home.there import There
from earlydoors.web.looks.periods import period, until_midnight
from earlydoors.web.restricted.pages import told

MOST = 20


def matters(actor: Actor, there: There, today: date) -> Iterator[Matter]:
    """Requests to be answered, notices about records that are kept from somebody, and unusual looks
    that nobody has looked into, as one line."""
    if actor.may(Right.INFORM):
        yield from _asked(actor)
        yield from _over(actor)
    if actor.may(Right.INFORM) or actor.may(Right.ANALYSE):
        yield from _studies(actor, today)
    if there.notices and actor.may(Right.SEE_FAMILIES):
        yield from _notices(actor)
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


def _over(actor: Actor) -> Iterator[Matter]:
    decide, others = for_whom(actor)
    there = reverse("retention:list")
    if decide:
        yield Matter("retention", there, told=(("about", _records(decide)),))
    if others:
        yield Matter("retention_others", there, told=(("about", _records(others)),))


def _studies(actor: Actor, today: date) -> Iterator[Matter]:
    waiting = studies_waiting(actor)
    if waiting:
        about = f"{count(waiting, 'study', 'studies')} {'waits' if waiting == 1 else 'wait'}"
        yield Matter("studies", reverse("studies:list"), told=(("about", about),))
    for one in studies_over(actor, today)[:MOST]:
        yield Matter(
            "study_over", reverse("studies:end", args=[one.pk]), told=(("about", one.title),)
        )


def _records(number: int) -> str:
    return f"{count(number, 'record')} {'is' if number == 1 else 'are'}"


def _notices(actor: Actor) -> Iterator[Matter]:
    for one in notices_for(actor).filter(dealt_at=None)[:MOST]:
        href = reverse("restricted:notice", args=[one.pk])
        yield Matter("notice", href, told=(("about", told(one)),))

"""Going on with gathering: for some seconds while a page is answered, else by the worker."""

import time

from django.utils import timezone

from earlydoors.domain.information.bundling import gather_some
from earlydoors.domain.information.models import Gathering
from earlydoors.domain.partnership.actor import Actor

IN_A_REQUEST = 5.0  # seconds that a page may spend on it


def advance(gathering: Gathering, actor: Actor, seconds: float | None = None) -> Gathering:
    """Gather table after table until all are done, or the time is over. Each is kept by itself."""
    end = None if seconds is None else time.monotonic() + seconds
    here = gathering
    while here.finished_at is None and (end is None or time.monotonic() < end):
        before = here.done
        here = gather_some(gathering=here, by=actor, at=timezone.now())
        if here.done == before:
            break
    return here


def go_on(gathering: Gathering, actor: Actor) -> Gathering:
    """Go on at once; what is left after some seconds is done by the worker."""
    here = advance(gathering, actor, IN_A_REQUEST)
    if here.finished_at is None:
        from earlydoors.web.information.tasks import gather

        job = gather.configure(lock=str(here.pk))
        job.defer(gathering_id=str(here.pk), member_id=str(actor.member.pk))
    return here

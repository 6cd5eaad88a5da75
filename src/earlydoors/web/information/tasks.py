"""The job that goes on gathering what is held on somebody, where it is too much for one answer."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.information.models import Gathering
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.information.advancing import advance


@app.task(queue="information", retry=RetryStrategy(max_attempts=5, wait=30))
def gather(gathering_id: str, member_id: str) -> int:
    """Gather table after table to the end. Returns how many tables are done.

    Whoever began it must still hold a role that may; otherwise nothing is done. A worker that is
    stopped leaves whole tables behind, and goes on after the last of them.
    """
    member = Member.objects.get(pk=member_id)
    actor = actor_for(member, local_day(timezone.now()))
    if actor is None:
        return 0
    with acting_as(actor):
        return advance(Gathering.objects.get(pk=UUID(gathering_id)), actor).done

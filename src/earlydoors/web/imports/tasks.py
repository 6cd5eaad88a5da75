"""Jobs that go on with large files, and that forget what is not needed any more."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.imports import operations
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.wall.acting import crossing
from earlydoors.web.imports.advancing import advance


@app.task(queue="imports", retry=RetryStrategy(max_attempts=5, wait=30))
def bring_in(import_id: str, member_id: str) -> str:
    """Go on with a file to the end of its step. Returns the state it is in then.

    A worker that is stopped in the middle leaves whole lots of rows behind, and the job that takes
    up goes on after the last of them. Without the role any more, nothing is done.
    """
    member = Member.objects.get(pk=member_id)
    actor = actor_for(member, local_day(timezone.now()), needs=Right.IMPORT)
    if actor is None:
        with crossing("imports"):
            return operations.fresh_import(UUID(import_id)).state
    with acting_as(actor):
        return advance(UUID(import_id), actor).state


@app.periodic(cron="41 3 * * *")
@app.task(queue="tidying")
def forget_rows(timestamp: int) -> int:
    """Empty the rows that wrote nothing, once their files cannot be taken back any more.

    `timestamp` is the scheduled moment in seconds. Returns how many rows were emptied.
    """
    return operations.forget(at=datetime.fromtimestamp(timestamp, UTC))

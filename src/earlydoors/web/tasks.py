"""What is done each night: tidying up what pages keep for a short while, and the index."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from earlydoors.domain.access.models import Pace
from earlydoors.domain.matching import filling
from earlydoors.foundation.wall.acting import crossing
from earlydoors.web.account import staying
from earlydoors.web.account.tasks import letter
from earlydoors.web.design.kept import KEPT_FOR
from earlydoors.web.imports.tasks import bring_in, forget_rows
from earlydoors.web.information.tasks import gather
from earlydoors.web.members.tasks import ask_after_unseen
from earlydoors.web.models import KeptWriting, SignInAttempt, Submission
from earlydoors.web.retention.tasks import come_up

# The worker finds its jobs in this module.
__all__ = ["ask_after_unseen", "bring_in", "come_up", "forget_rows", "gather", "letter", "tidy"]

# A form can lie open over a long weekend; after a month nobody sends it again.
SENT_FORMS = timedelta(days=30)
_SLAB = 5_000  # people put into the index in one transaction, beside the day's work
FAILED_TRIES = timedelta(days=1)
COUNTED = timedelta(days=1)


@app.periodic(cron="17 3 * * *")
@app.task(queue="tidying")
@crossing("tidying")
def tidy(timestamp: int) -> int:
    """Forget sent forms' tokens, sign-ins and failed ones, counts of an hour, and kept words, each
    when its time is over.

    `timestamp` is the scheduled moment in seconds. Returns how many rows went.
    """
    at = datetime.fromtimestamp(timestamp, UTC)
    old = (
        Submission.objects.filter(at__lt=at - SENT_FORMS),
        SignInAttempt.objects.filter(at__lt=at - FAILED_TRIES),
        KeptWriting.objects.filter(kept_at__lt=at - KEPT_FOR),
        Pace.objects.filter(hour__lt=at - COUNTED),
    )
    return sum(rows.delete()[0] for rows in old) + staying.forget(at)


@app.periodic(cron="41 3 * * *")
@app.task(queue="tidying")
@crossing("register")
def keep_index(timestamp: int) -> int:
    """Put people into the register's index who came in past the pages, and count how frequent
    names are.

    `timestamp` is the scheduled moment in seconds. Returns how many people were put in.
    """
    done = 0
    for step in filling.fill(slab=_SLAB):
        done = step.done
    filling.count_names()
    return done

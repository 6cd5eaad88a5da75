"""Each day: who has not been here for long is written down, and their agency is told how many."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.operations import COMMAND_LINE, note_of_account
from earlydoors.domain.partnership.queries import (
    UNSEEN_AFTER,
    agencies,
    looking_after,
    members_of,
    unseen_between,
)
from earlydoors.foundation.kernel.dates import local_day

SUBJECT = "Members who have not signed in for long"
LETTER = """Hello

In your agency, {count} did not sign in to Early Doors for six weeks. Have they left? Sign in, open
Members, and end the accounts that nobody needs.

This letter names nobody. Please do not reply to it.
"""


@app.periodic(cron="11 6 * * *")
@app.task(queue="tidying")
def ask_after_unseen(timestamp: int) -> int:
    """Ask after those whose six weeks ran out since yesterday.

    `timestamp` is the scheduled moment in seconds. Returns how many there are.
    """
    at = datetime.fromtimestamp(timestamp, UTC)
    until = at - UNSEEN_AFTER
    unseen = list(unseen_between(until - timedelta(days=1), until))
    with transaction.atomic():
        for member in unseen:
            note_of_account(member=member, verb="not_seen", by=COMMAND_LINE, at=at)
    _tell_agencies(unseen, at)
    return len(unseen)


def _tell_agencies(unseen: list[Member], at: datetime) -> None:
    today, keys = local_day(at), {member.pk for member in unseen}
    if not keys:
        return
    counted: Counter[str] = Counter()
    for agency in agencies():
        held = members_of(agency, today).filter(member__in=keys)
        count = held.values("member").distinct().count()
        if not count:
            continue
        for address in looking_after(agency, today):
            counted[address] += count
    for address, count in counted.items():
        said = LETTER.format(count=f"{count} member{'' if count == 1 else 's'}")
        send_mail(SUBJECT, said, settings.DEFAULT_FROM_EMAIL, [address])

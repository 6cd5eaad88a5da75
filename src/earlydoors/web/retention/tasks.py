"""What is done each night: records come up whose time is over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from earlydoors.domain.retention.coming_up import bring_up
from earlydoors.foundation.profile.current import current


@app.periodic(cron="23 3 * * *")
@app.task(queue="tidying")
def come_up(timestamp: int) -> int:
    """Bring up the records whose time is over by the area's rules, for somebody to decide.

    `timestamp` is the scheduled moment in seconds. Returns how many came up.
    """
    return bring_up(profile=current(), at=datetime.fromtimestamp(timestamp, UTC)).up

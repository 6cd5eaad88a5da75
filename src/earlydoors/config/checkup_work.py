"""Whether the work behind the pages goes on: jobs, the worker, what is done each night."""

from datetime import UTC, datetime, timedelta

from earlydoors.config.finding import Finding
from earlydoors.foundation.kernel.dates import moment

DAILY = timedelta(hours=26)  # daily work is begun each night
LATE = timedelta(minutes=10)  # a job that waits longer than this is not being worked on
SILENT = timedelta(minutes=2)  # a worker writes its heartbeat every ten seconds


def jobs() -> Finding:
    """Jobs."""
    from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

    before = datetime.now(UTC) - LATE
    late = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exclude(
        scheduled_at__gt=before
    )
    recent = ProcrastinateEvent.objects.filter(at__gt=before).values("job_id")
    number = late.exclude(pk__in=recent).count()
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if number:
        seen = f"{number} have been waiting for more than {LATE.seconds // 60} minutes"
        return Finding("Jobs", False, seen, "Start `earlydoors worker`.")
    mend = "`earlydoors procrastinate shell` lists and retries them."
    return Finding("Jobs", not failed, f"{failed} failed" if failed else "none late", mend)


def workers() -> Finding:
    """Worker."""
    from procrastinate.contrib.django.models import ProcrastinateWorker

    beat = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    if beat is None:
        return Finding("Worker", True, "none is running; jobs wait for `earlydoors worker`")
    ago = datetime.now(UTC) - beat.last_heartbeat
    seen = f"last heard of {ago.total_seconds():.0f} seconds ago"
    return Finding("Worker", ago <= SILENT, seen, "Start `earlydoors worker` again.")


def daily() -> Finding:
    """Daily work."""
    from procrastinate.contrib.django.models import ProcrastinatePeriodicDefer

    begun = ProcrastinatePeriodicDefer.objects.order_by("-defer_timestamp")
    latest = begun.values_list("defer_timestamp", flat=True).first()
    mend = "Keep `earlydoors worker` running: it tidies and tells each night."
    if latest is None:
        return Finding("Daily work", True, "never begun: no worker has run over a night")
    when = datetime.fromtimestamp(latest, UTC)
    well = datetime.now(UTC) - when <= DAILY
    return Finding("Daily work", well, f"begun last on {moment(when)}", mend)


ASKED = (jobs, workers, daily)

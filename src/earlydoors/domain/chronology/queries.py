"""What happened, as pages read it."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import LONDON


def entries_of(
    family: Family,
    *,
    nouns: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """What happened to a family, latest first.

    `nouns` keeps the kinds that begin with one of them (`consent` for `consent.given`); the days
    are those of London, both included.
    """
    entries = Entry.objects.filter(family=family)
    if nouns:
        wanted = Q(pk__in=[])
        for noun in nouns:
            wanted |= Q(kind__startswith=f"{noun}.")
        entries = entries.filter(wanted)
    if since is not None:
        entries = entries.filter(at__gte=datetime.combine(since, time.min, LONDON))
    if until is not None:
        after = datetime.combine(until + timedelta(days=1), time.min, LONDON)
        entries = entries.filter(at__lt=after)
    return entries.order_by("-at", "-id")

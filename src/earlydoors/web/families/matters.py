"""Those who matter to a family and are none of its people, as its page shows them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from earlydoors.domain.people.models import Connection, Family
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.prepared import prepared
from earlydoors.web.design.addresses import reverse


@dataclass(frozen=True)
class Matters:
    """A friend, a neighbour, a professional by name. `ended` says until when, of before."""

    name: str
    what: str
    notes: tuple[str, ...]
    source: str
    ended: str
    mend: str | None


def matters(family: Family, *, may: bool) -> tuple[Matters, ...]:
    """Everyone who matters to a family beside its people."""
    rows = _connections(family.pk)
    return tuple(_one(family, row, may) for row in rows)


@prepared
def _connections(family: Any) -> QuerySet[Connection, Any]:
    rows = Connection.objects.filter(family=family, removed_on=None).select_related("about")
    return rows.order_by("name", "created_at", "pk")


def _one(family: Family, row: Connection, may: bool) -> Matters:
    what = row.role or row.get_kind_display()
    about = f"For {row.about.called}" if row.about else ""
    since = f"Since {day(row.began_on)}" if row.began_on else ""
    return Matters(
        name=row.name,
        what=", ".join(filter(None, (what, row.agency))),
        notes=tuple(filter(None, (about, row.brings, row.contact, since))),
        source=row.source,
        ended=f"until {day(row.ended_on)}" if row.ended_on else "",
        mend=reverse("families:mend_connection", args=[family.pk, row.pk]) if may else None,
    )

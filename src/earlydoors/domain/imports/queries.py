"""Finding files and their rows, and counting what is in them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import FamilyMember, KeptFrom, Person
from earlydoors.foundation.profile.schema import AgencyKind
from earlydoors.foundation.wall.acting import crossing

FILTERS: dict[str, Q] = {
    "problems": Q(verdict="problem"),
    "decide": Q(verdict="decide"),
    "differences": ~Q(differences=[]) & Q(verdict__in=["changes", "same", "decide"]),
    "changes": Q(verdict__in=["changes", "closes"]),
    "same": Q(verdict="same"),
    "new": Q(verdict="new"),
    "closes": Q(verdict="closes"),
    "left": Q(outcome="left"),
    "loaded": Q(outcome="loaded"),
}
"""Rows by what can be asked for."""


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The files that someone may see: their own, and with the right to bring in files those of
    their agency. Members of families see none."""
    if actor.is_family:
        return Import.objects.none()
    mine = Q(created_by=actor.member)
    if actor.may(Right.IMPORT):
        mine |= Q(agency=actor.agency)
    return Import.objects.filter(mine).select_related(
        "setting", "agency", "created_by", "loaded_by"
    )


def import_for(actor: Actor, import_id: UUID) -> Import:
    """A file within the actor's scope. Raises `Import.DoesNotExist` outside it."""
    return imports_of(actor).get(pk=import_id)


def counts_of(file: Import) -> dict[str, int]:
    """How many rows there are of each verdict and outcome, and of each filter."""
    asked = {key: Count("pk", filter=which) for key, which in FILTERS.items()}
    asked |= {
        f"verdict_{key or 'waiting'}": Count("pk", filter=Q(verdict=key)) for key, _ in Row.VERDICTS
    }
    asked |= {
        f"outcome_{key or 'waiting'}": Count("pk", filter=Q(outcome=key)) for key, _ in Row.OUTCOMES
    }
    asked["undecided"] = Count("pk", filter=Q(verdict="decide", decision=""))
    asked["decided"] = Count("pk", filter=Q(verdict="decide", decision="person"))
    asked["someone_new"] = Count(
        "pk", filter=Q(verdict="new") | Q(verdict="decide", decision="new")
    )
    found: dict[str, int] = file.rows.aggregate(all=Count("pk"), **asked)
    return found


def rows_like(file: Import, which: str) -> QuerySet[Row]:
    """The rows of a filter, in the order of the file."""
    return file.rows.filter(FILTERS[which]).select_related("decided_by").order_by("number")


def to_send_again(file: Import) -> QuerySet[Row]:
    """The rows that were not loaded and could be: those to mend, and those nobody decided."""
    return file.rows.filter(
        Q(verdict="problem") | Q(verdict="decide", decision="", outcome__in=["", "nothing"])
    ).order_by("number")


@crossing("imports")
def people_of(rows: Iterable[Row]) -> dict[UUID, Person]:
    """The people on record whom these rows are about or may be about."""
    wanted = {row.person_id for row in rows if row.person_id}
    wanted |= {UUID(one["person"]) for row in rows for one in row.possible}
    return Person.objects.in_bulk(list(wanted))


def open_to(actor: Actor, people: Iterable[UUID]) -> set[UUID]:
    """Which of these people are in a family whose whole record is open to the actor."""
    granted = grants_of(actor).filter(family=OuterRef("family"), extent="full")
    members = FamilyMember.objects.filter(Exists(granted), person__in=list(people), left_on=None)
    return set(members.values_list("person_id", flat=True))


@crossing("imports")
def with_kept_places(people: Iterable[UUID]) -> set[UUID]:
    """Which of these people have a place that is kept from somebody."""
    kept = KeptFrom.objects.filter(place__person__in=list(people), lifted_on=None)
    return set(kept.values_list("place__person_id", flat=True))


def tally(file: Import, key: str) -> list[tuple[str, int]]:
    """The different values of a column of the file, each with how many rows have it."""
    place = file.columns.get(key)
    if place is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(cells->>%s, ''), count(*) FROM imports_row WHERE of_id = %s "
            "GROUP BY 1 ORDER BY 1 LIMIT 500",
            [place, file.pk],
        )
        return [(str(value).strip(), number) for value, number in cursor.fetchall()]


def same_file_before(file: Import) -> Import | None:
    """An earlier file with the same content that was loaded."""
    same = Import.objects.filter(fingerprint=file.fingerprint, agency=file.agency, state="loaded")
    return same.exclude(pk=file.pk).order_by("-created_at").first()


def schools_to_stand_for() -> list[Setting]:
    """The places whose roll a file may be, by name."""
    kinds = [AgencyKind.SCHOOL, AgencyKind.EARLY_YEARS]
    found = Setting.objects.filter(Q(agency__kind__in=kinds) | ~Q(urn=""), current=True)
    return list(found.order_by("name")[:3000])


def agencies_of_schools() -> list[Agency]:
    """The agencies that schools can stand under, those of schools first."""
    found = Agency.objects.filter(current=True).order_by("name")
    return sorted(found, key=lambda one: (one.kind != AgencyKind.SCHOOL, one.name))

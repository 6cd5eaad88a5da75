"""Which studies there are for whom, and the tables of one, without anybody's name."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.studies.columns import TABLES, Fact, Table
from earlydoors.domain.studies.models import Extract, Study
from earlydoors.domain.studies.rules import Row, keep_back
from earlydoors.domain.studies.states import FINAL
from earlydoors.domain.studies.writing import Filled
from earlydoors.foundation.codes.reading import code_list

_OTHER = "Other ethnic groups"
# What tells rows of a table apart, in the order in which it is kept back.
_GOES_FIRST = {
    "families": ("people", "children", "locality"),
    "people": ("sen", "ethnic_group", "sex", "age", "is_child"),
}


def studies_for(actor: Actor) -> QuerySet[Study]:
    """The studies that an actor may read: an analyst's own, all for the information guardian."""
    found = Study.objects.select_related("created_by", "decided_by", "ended_by")
    if actor.may(Right.INFORM):
        return found
    return found.filter(created_by=actor.member) if actor.may(Right.ANALYSE) else found.none()


def study_for(actor: Actor, study_id: UUID) -> Study:
    """A study within scope. Raises `Study.DoesNotExist`."""
    return studies_for(actor).get(pk=study_id)


def waiting(actor: Actor) -> int:
    """How many studies wait for an actor to decide, who is a guardian and did not ask for them."""
    if not actor.may(Right.INFORM):
        return 0
    return Study.objects.filter(state="asked").exclude(created_by=actor.member).count()


def over(actor: Actor, today: date) -> QuerySet[Study]:
    """The studies whose time is over, of which nobody said yet what became of the copies."""
    return studies_for(actor).filter(state="agreed", ends_on__lt=today)


def going_on(actor: Actor) -> QuerySet[Study]:
    """The studies that wait for somebody or go on, those that end first before others."""
    return studies_for(actor).filter(~Q(state__in=FINAL)).order_by("ends_on", "pk")


def past(actor: Actor) -> QuerySet[Study]:
    """The studies that are over, the latest first."""
    return studies_for(actor).filter(state__in=FINAL).order_by("-state_since", "pk")


def extracts_of(study: Study) -> Sequence[Extract]:
    """What was taken away for a study, the latest first."""
    return list(study.extracts.select_related("created_by").order_by("-created_at", "pk"))


def filled(study: Study, least: int) -> Iterator[Filled]:
    """The tables of a study as they are taken away: what tells fewer than `least` apart is kept
    back. There are no rows for whoever may not take them away now."""
    facts = frozenset(Fact(one) for one in study.facts)
    localities: dict[str, str] = {}
    for table in TABLES:
        if table.key not in study.tables:
            continue
        rows = list(_rows(study, table))
        if table.key == "people":
            rows = [row | {"locality": localities.get(row["family"], "")} for row in rows]
        columns = table.taken(facts)
        told = {one.key for one in columns}
        order = [one for one in _GOES_FIRST.get(table.key, ()) if one in told]
        # Where a family lives stands with the family, and tells its people apart as well.
        rows = keep_back(rows, order, least, beside=("locality",) if localities else ())
        if table.key == "families" and Fact.LOCALITY in facts:
            localities = {row["family"]: row["locality"] for row in rows}
        yield Filled(table, columns, rows)


def _rows(study: Study, table: Table) -> Iterator[Row]:
    keys = [one.key for one in table.columns]
    groups = _groups() if table.key == "people" else {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.wall_study_rows(%s, %s)", [study.pk, table.key])
        for (line,) in cursor:
            row = dict(zip(keys, line, strict=True))
            if groups:
                row["ethnic_group"] = groups.get(row["ethnic_group"], "")
            yield row


def _groups() -> dict[str, str]:
    """The group of each ethnicity; codes that say that it is not known have none."""
    return {one.code: one.group for one in code_list("ethnicity").codes if one.group}

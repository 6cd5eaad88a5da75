"""Reading the evidence of looks: who looked at a family, and whose looks are unusual.

Evidence is read here to be shown as evidence, and nothing else is built on it. The table is closed
to pages: the functions of `domain/wall.sql` give of it what whoever asks may read, and nothing to
anybody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from earlydoors.domain.access import unusual
from earlydoors.domain.access.models import LookedInto, Restriction
from earlydoors.domain.access.queries import standing
from earlydoors.domain.access.unusual import Facts, Reason
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Family
from earlydoors.foundation.wall.acting import crossing

LIKE_WORK = ("team", "lead", "agency_help", "caseload")
"""Access because of these is work with the family, and ends with it."""


@dataclass(frozen=True)
class Seen:
    """One person's looks at one family on one day of London's."""

    day: date
    first: datetime
    last: datetime
    times: int
    parts: tuple[str, ...]
    because: tuple[str, ...]
    told: bool
    who: str = ""
    name: str = ""
    agency: str = ""
    role: str = ""
    family_id: UUID | None = None


_AT_FAMILY = """
SELECT actor_id AS who, actor_name AS name, actor_agency AS agency, actor_role AS role,
    (at AT TIME ZONE 'Europe/London')::date AS day, min(at) AS first, max(at) AS last,
    count(*) AS times, array_agg(DISTINCT part) FILTER (WHERE verb = 'family.looked') AS parts,
    array_agg(DISTINCT array_to_string(because, ',')) AS because,
    bool_or(verb = 'family.involvement_told') AS told, count(*) OVER () AS total
FROM public.wall_looks(%s, '-infinity') GROUP BY 1, 2, 3, 4, 5
ORDER BY max(at) DESC, 1, 2, 3, 4 LIMIT %s OFFSET %s
"""
_BY_MEMBER = """
SELECT family_id, (at AT TIME ZONE 'Europe/London')::date AS day, min(at) AS first,
    max(at) AS last, count(*) AS times,
    array_agg(DISTINCT part) FILTER (WHERE verb = 'family.looked') AS parts,
    array_agg(DISTINCT array_to_string(because, ',')) AS because,
    bool_or(verb = 'family.involvement_told') AS told, count(*) OVER () AS total
FROM public.wall_looks_by(%s, %s, %s) GROUP BY 1, 2
ORDER BY max(at) DESC, 1 LIMIT %s OFFSET %s
"""


class Looks(Sequence[Seen]):
    """Looks by person and day, the latest first: what a paginator takes a page of at a time."""

    def __init__(self, question: str, given: Sequence[Any]) -> None:
        self._question, self._given = question, given

    def __len__(self) -> int:
        first = self._page(1, 0)
        return int(first[0]["total"]) if first else 0

    @overload
    def __getitem__(self, wanted: int) -> Seen: ...
    @overload
    def __getitem__(self, wanted: slice) -> Sequence[Seen]: ...
    def __getitem__(self, wanted: int | slice) -> Seen | Sequence[Seen]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = int(wanted.start or 0), int(wanted.stop)
        return [_seen(row) for row in self._page(stop - start, start)]

    def _page(self, limit: int, offset: int) -> list[dict[str, Any]]:
        return _rows(self._question, [*self._given, limit, offset])


def looks_at(family: Family) -> Looks:
    """Who looked at a family, by person and day, for whom it is wholly open."""
    return Looks(_AT_FAMILY, [family.pk])


def looks_of(member: Member, since: datetime, until: datetime) -> Looks:
    """What somebody looked at, by family and day, for whoever watches over looks."""
    return Looks(_BY_MEMBER, [str(member.pk), since, until])


def _seen(row: Mapping[str, Any]) -> Seen:
    fields = {key: value for key, value in row.items() if key != "total"}
    because = {one for held in row["because"] for one in held.split(",") if one}
    parts = sorted(filter(None, row["parts"] or ()))
    return Seen(**{**fields, "parts": tuple(parts), "because": tuple(sorted(because))})


def _rows(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@crossing("watching")
def named(families: Sequence[UUID | None]) -> dict[UUID, Family]:
    """The families of a page of looks, for whoever watches over looks to know them by name; without
    those whose record is restricted."""
    found = Family.objects.filter(pk__in=[one for one in set(families) if one])
    restricted = Restriction.objects.filter(standing(), family=OuterRef("pk"))
    return {one.pk: one for one in found.exclude(Exists(restricted))}


@dataclass(frozen=True)
class Noticed:
    """Somebody whose looks are unusual, and why."""

    member_id: UUID
    facts: Facts
    reasons: tuple[Reason, ...]


_FACTS = """
WITH looking AS MATERIALIZED (
    SELECT m.id AS member, m.name, l.* FROM public.wall_looking(
        %(earliest)s, %(since)s, %(until)s, %(night_from)s, %(night_to)s, %(only)s
    ) l JOIN partnership_member m ON m.id::text = l.who
), days AS (
    SELECT member, day, count(*) FILTER (WHERE looks > 0) AS families,
        count(*) FILTER (WHERE fresh > 0) AS fresh
    FROM looking GROUP BY member, day HAVING sum(looks) > 0
), busiest AS (
    SELECT DISTINCT ON (member) member, day, fresh FROM days WHERE fresh > 0
    ORDER BY member, fresh DESC, day DESC
), usual AS (
    SELECT d.member, percentile_disc(0.5) WITHIN GROUP (ORDER BY d.families) AS families
    FROM days d JOIN busiest b ON b.member = d.member AND b.day <> d.day GROUP BY d.member
), pairs AS MATERIALIZED (
    SELECT member, name, family, sum(fresh) AS fresh, sum(late) AS late, sum(told) AS told,
        count(*) FILTER (WHERE fresh > 0) AS days, max(latest) AS latest,
        coalesce(sum(worked) FILTER (WHERE day >= first - %(work_within)s), 0) AS worked
    FROM (
        SELECT *, min(day) FILTER (WHERE fresh > 0 OR told > 0)
            OVER (PARTITION BY member, family) AS first
        FROM looking
    ) l
    GROUP BY member, name, family HAVING sum(fresh) + sum(told) > 0
), late AS (
    SELECT member, count(DISTINCT day) AS days FROM looking WHERE late > 0 GROUP BY member
), lookers AS (
    SELECT DISTINCT member, unnest(
        public.wall_halves((regexp_match(btrim(name), '[^[:space:]]+$'))[1])
    ) AS half FROM pairs
), known AS (
    SELECT DISTINCT p.family, x.family_name FROM (SELECT DISTINCT family FROM pairs) p
    JOIN people_familymember f ON f.family_id = p.family JOIN people_person x ON x.id = f.person_id
), halves AS (
    SELECT k.family_name, h.half FROM (SELECT DISTINCT family_name FROM known) k
    CROSS JOIN LATERAL unnest(public.wall_halves(k.family_name)) AS h(half)
), alike AS (
    SELECT p.member, count(DISTINCT p.family) AS families FROM pairs p
    JOIN lookers l USING (member) JOIN halves h USING (half)
    JOIN known k ON k.family_name = h.family_name AND k.family = p.family
    GROUP BY p.member
), ended AS (
    SELECT g.member_id AS member, g.family_id AS family,
        (max(g.ended_at) AT TIME ZONE 'Europe/London')::date AS on_day
    FROM access_grant g WHERE g.because = ANY(%(like_work)s) AND g.member_id IS NOT NULL
    GROUP BY 1, 2 HAVING bool_and(g.ended_at IS NOT NULL)
), after AS (
    SELECT l.member, count(DISTINCT l.family) AS families
    FROM looking l JOIN ended e USING (member, family)
    WHERE l.fresh > 0 AND l.day > e.on_day AND l.day <= e.on_day + %(soon)s GROUP BY l.member
)
SELECT p.member, sum(p.fresh)::bigint AS looks, count(*) AS families, max(p.latest) AS latest,
    sum(p.late)::bigint AS late, coalesce(max(n.days), 0) AS late_days,
    coalesce(max(b.fresh), 0) AS many, max(b.day) AS many_on, max(u.families) AS usual,
    count(*) FILTER (WHERE p.worked = 0 AND p.days >= %(again_days)s) AS again,
    coalesce(max(p.days) FILTER (WHERE p.worked = 0), 0) AS again_days,
    count(*) FILTER (WHERE p.worked = 0 AND p.told > 0) AS told,
    count(*) FILTER (WHERE p.worked = 0 AND p.told > 0 AND p.fresh > 0) AS told_looked,
    coalesce(max(a.families), 0) AS namesakes, coalesce(max(f.families), 0) AS after
FROM pairs p
LEFT JOIN late n USING (member) LEFT JOIN busiest b USING (member) LEFT JOIN usual u USING (member)
LEFT JOIN alike a USING (member) LEFT JOIN after f USING (member)
GROUP BY p.member
"""


@crossing("watching")
def facts_of(since: datetime, until: datetime, member: Member | None = None) -> dict[UUID, Facts]:
    """What the evidence says of each member's looks in a time, or of one member's: one question,
    however many looks there are. Empty for anybody who does not watch over looks."""
    given = {
        "earliest": since - unusual.USUAL_OVER,
        "since": since,
        "until": until,
        "night_from": unusual.NIGHT_FROM,
        "night_to": unusual.NIGHT_TO,
        "only": str(member.pk) if member else None,
        "work_within": unusual.WORK_WITHIN.days,
        "soon": unusual.SOON.days,
        "again_days": unusual.AGAIN_DAYS,
        "like_work": list(LIKE_WORK),
    }
    return {row.pop("member"): Facts(**row) for row in _rows(_FACTS, given)}


def unusual_looks(since: datetime, until: datetime) -> list[Noticed]:
    """Everybody whose looks in a time are unusual, what to look into first at the top."""
    found = [
        Noticed(member, facts, noticed)
        for member, facts in facts_of(since, until).items()
        if (noticed := unusual.reasons(facts))
    ]
    return sorted(
        found, key=lambda one: (*unusual.place(one.reasons, one.facts.latest), str(one.member_id))
    )


def found_about(member: Member) -> list[LookedInto]:
    """What was found about somebody's looks before, the latest first."""
    rows = member.looked_into.select_related("created_by").order_by("-created_at", "pk")
    return list(rows)

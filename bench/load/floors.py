"""The floor under a page: the same rows, by one statement written by hand."""

import statistics
import time
from typing import Any

import psycopg

from bench.load.cast import Cast

_HOME = """
SELECT jsonb_build_array(
  (SELECT jsonb_agg(to_jsonb(e) || jsonb_build_object('f', f.name)) FROM episodes_episode e
     JOIN people_family f ON f.id = e.family_id
     JOIN access_grant g ON g.family_id = f.id AND g.ended_at IS NULL AND g.member_id = %(member)s
   WHERE e.closed_at IS NULL),
  (SELECT jsonb_agg(to_jsonb(a) || jsonb_build_object('f', f.name)) FROM plan_action a
     JOIN plan_outcome o ON o.id = a.outcome_id JOIN plan_plan p ON p.id = o.plan_id
     JOIN episodes_episode e ON e.id = p.episode_id JOIN people_family f ON f.id = e.family_id
   WHERE a.member_id = %(member)s AND a.state = 'open'),
  (SELECT jsonb_agg(to_jsonb(r)) FROM frontdoor_supportrequest r
   WHERE r.created_by_id = %(member)s AND r.state IN ('draft', 'waiting', 'taken_up')))
"""
_FAMILIES = """
SELECT f.id, f.name, e.level, e.state, m.name,
  (SELECT array_agg(coalesce(nullif(p.known_as, ''), p.given_name)) FROM people_familymember fm
     JOIN people_person p ON p.id = fm.person_id
   WHERE fm.family_id = f.id AND fm.relation = 'child' AND fm.left_on IS NULL)
FROM people_family f
LEFT JOIN LATERAL (SELECT * FROM episodes_episode e WHERE e.family_id = f.id
  ORDER BY e.closed_at DESC NULLS FIRST, e.created_at DESC LIMIT 1) e ON true
LEFT JOIN partnership_member m ON m.id = e.lead_id
WHERE EXISTS (SELECT 1 FROM access_grant g
  WHERE g.family_id = f.id AND g.member_id = %(member)s AND g.ended_at IS NULL)
ORDER BY lower(f.name), f.id LIMIT 25
"""
_REQUESTS = """
SELECT r.id, r.state, r.harm, r.due_on, m.name, a.name,
  (SELECT array_agg(p.given_name || ' ' || p.family_name) FROM frontdoor_requestperson p
   WHERE p.request_id = r.id AND p.removed_on IS NULL)
FROM frontdoor_supportrequest r
JOIN partnership_member m ON m.id = r.created_by_id
LEFT JOIN partnership_agency a ON a.id = r.agency_id
WHERE r.state IN ('waiting', 'taken_up') ORDER BY r.harm DESC, r.due_on, r.id LIMIT 20
"""
_FAMILY = """
SELECT jsonb_build_array(to_jsonb(f),
  (SELECT jsonb_agg(to_jsonb(e)) FROM episodes_episode e WHERE e.family_id = f.id),
  (SELECT jsonb_agg(to_jsonb(l)) FROM episodes_levelchange l
     JOIN episodes_episode e ON e.id = l.episode_id WHERE e.family_id = f.id),
  (SELECT jsonb_agg(to_jsonb(p) || jsonb_build_object('places',
     (SELECT jsonb_agg(to_jsonb(h)) FROM people_place h WHERE h.person_id = p.id)))
     FROM people_familymember fm JOIN people_person p ON p.id = fm.person_id
   WHERE fm.family_id = f.id),
  (SELECT jsonb_agg(to_jsonb(o) || jsonb_build_object('actions',
     (SELECT jsonb_agg(to_jsonb(a)) FROM plan_action a WHERE a.outcome_id = o.id)))
     FROM plan_outcome o JOIN plan_plan p ON p.id = o.plan_id
     JOIN episodes_episode e ON e.id = p.episode_id WHERE e.family_id = f.id),
  (SELECT jsonb_agg(to_jsonb(c)) FROM consent_agreement c WHERE c.family_id = f.id),
  (SELECT jsonb_agg(to_jsonb(x)) FROM (SELECT * FROM chronology_entry x
   WHERE x.family_id = f.id ORDER BY x.at DESC, x.id DESC LIMIT 10) x))
FROM people_family f WHERE f.id = %(family)s
"""


def measured(cast: Cast, rounds: int = 60) -> dict[str, float]:
    """Milliseconds at the median of each page's rows, through the driver alone."""
    from django.db import connection

    from earlydoors.config.database import connection_parameters

    leads = cast.leads
    asked: dict[str, tuple[str, list[dict[str, Any]]]] = {
        "my work": (_HOME, [{"member": one.id} for one in leads]),
        "families I see": (_FAMILIES, [{"member": one.id} for one in leads]),
        "requests waiting": (_REQUESTS, [{}]),
        "the family's page": (_FAMILY, [{"family": f} for one in leads for f in one.families]),
    }
    with psycopg.connect(
        **connection_parameters(connection.settings_dict), autocommit=True
    ) as direct:
        return {name: _median(direct, sql, given, rounds) for name, (sql, given) in asked.items()}


def _median(
    direct: psycopg.Connection[Any], sql: str, given: list[dict[str, Any]], rounds: int
) -> float:
    took = []
    for n in range(rounds + 10):
        began = time.perf_counter()
        direct.execute(sql, given[n % len(given)], prepare=True).fetchall()
        if n >= 10:
            took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 2)

"""The evidence of looks behind the second wall: who may read it, and that nobody else can."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests.as_web import as_the_web_login
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, worker
from tests.integration.config.test_wall import as_web

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.operations import grant, look
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.operations import give_account

LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def looks(known: Known) -> dict[str, int]:
    """How many rows each function gives about a family, or about whoever looked at it."""
    who, family = str(known.by.member.pk), known.family.pk
    asked: dict[str, tuple[str, list[Any]]] = {
        "at": ("SELECT count(*) FROM wall_looks(%s, %s)", [family, LONG_AGO]),
        "by": ("SELECT count(*) FROM wall_looks_by(%s, %s, %s)", [who, LONG_AGO, FAR_OFF]),
        "all": (
            "SELECT count(*) FROM wall_looking(%s, %s, %s, 22, 6, NULL)",
            [LONG_AGO, LONG_AGO, FAR_OFF],
        ),
    }
    counted = {}
    with connection.cursor() as cursor:
        for key, (question, given) in asked.items():
            cursor.execute(question, given)
            counted[key] = int(cursor.fetchone()[0])
    return counted


def looked_at() -> Known:
    known = known_family()
    look(family=known.family, part="overview", by=known.by, at=AT)
    look(family=known.family, part="plan", by=known.by, at=AT)
    return known


def seen_by(who: Actor, known: Known) -> dict[str, int]:
    with as_the_web_login(), acting_as(who):
        return looks(known)


@pytest.mark.django_db
def test_looks_are_read_by_whom_the_family_is_open_to_and_by_the_guardian() -> None:
    known = looked_at()
    nothing = {"at": 0, "by": 0, "all": 0}
    assert looks(known) == {"at": 2, "by": 2, "all": 1}, "the owner reads everything"
    assert seen_by(known.by, known) == {"at": 2, "by": 0, "all": 0}
    assert seen_by(worker("auditor"), known) == {"at": 2, "by": 2, "all": 1}
    assert seen_by(worker(), known) == nothing
    assert seen_by(worker("administrator"), known) == nothing
    with as_the_web_login():
        assert looks(known) == nothing, "nobody acts"


@pytest.mark.django_db
def test_the_summary_of_a_family_does_not_open_who_looked() -> None:
    known = looked_at()
    asker = worker()
    given: dict[str, Any] = {"because": "asked", "by": known.by, "at": AT}
    grant(family=known.family, member=asker.member, extent="summary", **given)
    assert seen_by(asker, known)["at"] == 0
    grant(family=known.family, member=asker.member, extent="full", **given)
    assert seen_by(asker, known)["at"] == 2


@pytest.mark.django_db
def test_nobody_of_the_family_reads_it_by_this_way() -> None:
    known = looked_at()
    signed_in = worker("family_member")
    give_account(person=known.parent, account_of=signed_in.member, by=known.by, at=AT)
    assert seen_by(signed_in, known)["at"] == 0


@pytest.mark.django_db(transaction=True)
def test_the_web_login_reads_no_look_by_itself_and_no_other_login_calls_the_functions() -> None:
    known = looked_at()
    with as_web() as web:
        nobody = web.execute("SELECT count(*) FROM wall_looks(%s, 'epoch')", [known.family.pk])
        assert nobody.fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT details FROM audit_auditevent")
        granted = web.execute(
            "SELECT proname, array_agg(grantee::regrole::text ORDER BY 1) FROM pg_proc, "
            "aclexplode(proacl) WHERE proname IN ('wall_looks', 'wall_looks_by', 'wall_looking') "
            "AND grantee <> proowner GROUP BY proname"
        ).fetchall()
    for function in ("wall_looks", "wall_looks_by", "wall_looking"):
        assert dict(granted)[function] == ["earlydoors_web"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("surname", "halves"),
    [
        ("Tarn", ["tarn"]),
        ("Armstrong-Reid", ["armstrong", "reid"]),
        ("Shah Whitlock", ["shah", "whitlock"]),
        ("Müller", ["muller"]),
        ("O’Neil", ["oneil"]),
        ("O'Neil", ["oneil"]),
        ("van der Berg", ["berg"]),
        ("al-Amin", ["amin"]),
        ("Ng", ["ng"]),
        ("", []),
    ],
)
def test_a_surname_is_folded_into_its_halves(surname: str, halves: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.wall_halves(%s)", [surname])
        assert cursor.fetchone() == (halves,)


@pytest.mark.django_db
def test_an_index_serves_each_question() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for question in (
            "EXPLAIN SELECT at FROM audit_auditevent WHERE family_id = %s",
            "EXPLAIN SELECT at FROM audit_auditevent WHERE actor_id = %s::text AND at > now()",
        ):
            cursor.execute(question, ["5f2b4f6e-0000-4000-8000-000000000000"])
            plan = " ".join(row[0] for row in cursor.fetchall())
            assert "Index" in plan, plan

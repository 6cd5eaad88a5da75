"""Finding by index, with the owner's eyes: nobody learns more by it than they may see."""

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from tests.as_web import as_the_web_login
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, worker
from tests.integration.config.test_wall import as_web

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.finding import Near, born, named
from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.restricting import restrict
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import NewName
from earlydoors.domain.people.operations import correct, take_in

pytestmark = pytest.mark.django_db
NOBODY = Near([], [])
_MANY = """
INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(one) ||
    jsonb_build_object('id', gen_random_uuid(), '{column}', 'bench' || n))).*
FROM (SELECT * FROM {table} LIMIT 1) AS one, generate_series(1, 3000) AS n
"""
BIRTHDAY = date(2018, 3, 3)


def renamed(known: Known) -> Known:
    """The child, who was Beck before."""
    correct(person=known.child, family_name="Beck", by=known.by, at=AT)
    since = NewName(date(2025, 9, 1))
    correct(person=known.child, family_name="Tarn", renamed=since, by=known.by, at=AT)
    return known


def asked(who: Actor, *words: str) -> Near:
    with as_the_web_login(), acting_as(who):
        return named(words)


def people(*found: Person) -> list[UUID]:
    return sorted(one.pk for one in found)


def test_what_is_open_is_found_and_nothing_else() -> None:
    known = renamed(known_family())
    other = known_family(name="Tarnow")
    found = asked(known.by, "tarn")
    assert sorted(found.people) == people(known.child, known.parent)
    assert found.families == [known.family.pk]
    assert asked(known.by, "sophie", "tarn") == Near([known.child.pk], [])
    assert asked(known.by, "beck") == Near([known.child.pk], [])
    assert asked(known.by, "arn") == NOBODY
    assert asked(worker(), "tarn") == NOBODY
    assert asked(worker("administrator"), "tarn") == NOBODY
    with as_the_web_login():
        assert named(["tarn"]) == NOBODY, "nobody acts"
    owner = named(["tarn"])
    assert sorted(owner.families) == sorted([known.family.pk, other.family.pk])


def test_a_birthday_is_found_where_it_may_be_seen() -> None:
    known = known_family()
    known_family(by=known.by, name="Beck", born_on=date(2017, 3, 3))
    for who, in_the_year, in_any in ((known.by, 1, 2), (worker(), 0, 0)):
        with as_the_web_login(), acting_as(who):
            assert len(born(BIRTHDAY, any_year=False).people) == in_the_year
            assert len(born(BIRTHDAY, any_year=True).people) == in_any


def test_an_earlier_name_finds_nobody_where_only_the_summary_is_open() -> None:
    known = renamed(known_family())
    asker = worker()
    given: dict[str, Any] = {"because": "asked", "by": known.by, "at": AT}
    grant(family=known.family, member=asker.member, extent="summary", **given)
    assert asked(asker, "tarn") != NOBODY
    assert asked(asker, "beck") == NOBODY
    grant(family=known.family, member=asker.member, extent="full", **given)
    assert asked(asker, "beck") == Near([known.child.pk], [])


def test_an_earlier_name_does_not_lead_to_another_family_that_is_shut() -> None:
    known = renamed(known_family())
    coordinator, manager = worker("coordinator"), worker("team_manager")
    other = known_family(by=coordinator, name="Hidden")
    given: dict[str, Any] = {"by": coordinator, "at": AT}
    take_in(family=other.family, person=known.child, relation="child", on=AT.date(), **given)
    assert asked(known.by, "beck") == Near([known.child.pk], [])
    restrict(family=other.family, kind="adopted", why="Safe.", named=[manager.member], **given)
    assert asked(known.by, "beck") == NOBODY
    assert known.child.pk in asked(known.by, "tarn").people


@pytest.mark.parametrize("word", ["'", "\\", "a'b\\:*&!", ":*", "((", "鈴", "x" * 5000, ""])
def test_nothing_typed_breaks_the_question(word: str) -> None:
    known_family()
    assert named([word]) == NOBODY


@pytest.mark.parametrize("letter", ["x", "鈴", "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"])
def test_the_longest_names_are_written_down_and_found(letter: str) -> None:
    known = known_family()
    correct(person=known.child, given_name=letter * 200, known_as="Zoe", by=known.by, at=AT)
    assert named([known.child.search_name.split()[0][:40]]).people == [known.child.pk]
    assert named([known.child.search_name.split()[0], "zoe"]).people == [known.child.pk]


@pytest.mark.django_db(transaction=True)
def test_no_other_login_calls_the_functions() -> None:
    with as_web() as web:
        assert web.execute("SELECT count(*) FROM wall_named('{sophie}')").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT wall_is_owner()")
        granted = web.execute(
            "SELECT proname, array_agg(grantee::regrole::text) FROM pg_proc, aclexplode(proacl) "
            "WHERE proname IN ('wall_named', 'wall_born') AND grantee <> proowner GROUP BY 1"
        ).fetchall()
    assert dict(granted) == {"wall_named": ["earlydoors_web"], "wall_born": ["earlydoors_web"]}


@pytest.mark.parametrize(
    ("table", "column", "by"),
    [
        ("people_person", "search_name", "people_words(search_name)"),
        ("people_name", "search_name", "people_words(search_name)"),
        ("people_family", "name", "people_words(people_folded(name))"),
    ],
)
def test_an_index_serves_each_word(table: str, column: str, by: str) -> None:
    renamed(known_family())
    asked = f"EXPLAIN SELECT FROM {table} WHERE {by} @@ public.wall_beginning('tarn')"
    many = _MANY.format(table=table, column=column)
    with connection.cursor() as cursor:
        for statement in (many, f"ANALYZE {table}", asked):
            cursor.execute(statement)
        assert "Index Scan on" in str(cursor.fetchall())

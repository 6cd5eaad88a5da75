"""The second wall: what the web login may do, and what it sees while nobody acts."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql
from tests.as_web import as_the_web_login
from tests.factories.families import episode_in
from tests.factories.partnership import worker

from earlydoors.config import database, installation
from earlydoors.config.checkup import _login, _wall
from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.declaring import declare
from earlydoors.domain.access.operations import end, grant
from earlydoors.domain.people.models import Family, Place
from earlydoors.domain.people.operations import (
    begin_family,
    give_account,
    keep_from,
    place_at,
    take_in,
)
from earlydoors.domain.people.queries import secrets_from
from earlydoors.domain.plan.models import Plan
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.wall import building
from earlydoors.foundation.wall.acting import crossing
from earlydoors.foundation.wall.policies import wall


@contextmanager
def as_web() -> Iterator[psycopg.Connection[Any]]:
    """A connection of the web login's own, to the test's database."""
    login = {"USER": installation.EMBEDDED_WEB, "PASSWORD": ""}
    settings = {**installation.database(), **login, "NAME": connection.settings_dict["NAME"]}
    with psycopg.connect(**database.connection_parameters(settings), autocommit=True) as opened:
        yield opened


FORBIDDEN = [
    "DELETE FROM people_family",
    "DELETE FROM plan_plan",
    "DELETE FROM access_grant",
    "TRUNCATE people_person",
    "UPDATE audit_auditevent SET verb = ''",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "SELECT details FROM audit_auditevent",
    "SELECT actor_name FROM audit_auditevent",
    "INSERT INTO history_rowversion (table_name, row_id) VALUES ('', '')",
    "UPDATE history_rowversion SET row = '{}'",
    "DELETE FROM history_rowversion",
    "UPDATE frontdoor_enquiry SET created_at = now()",
    "DELETE FROM frontdoor_enquiry",
    "UPDATE chronology_entry SET says = ''",
    "ALTER TABLE people_family DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE people_family NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY wall_read ON people_family",
    "CREATE POLICY mine ON people_family USING (true)",
    "ALTER FUNCTION wall_me() OWNER TO earlydoors_web",
    "CREATE OR REPLACE FUNCTION wall_me() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    "CREATE TABLE mine (id int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET ROLE pg_read_all_data",
    "ALTER ROLE earlydoors_web BYPASSRLS",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER append_only",
    "SET session_replication_role = replica",
    "COPY people_family TO PROGRAM 'cat'",
]


@pytest.mark.django_db(transaction=True)
def test_the_web_login_cannot_take_the_wall_down(subtests: pytest.Subtests) -> None:
    with as_web() as web:
        for statement in FORBIDDEN:
            with subtests.test(statement), pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)
        owner = sql.Identifier(installation.database()["USER"])
        for take in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(sql.SQL(take).format(owner))
        # What it was when it signed in, it stays.
        web.execute("RESET ROLE")
        web.execute("RESET SESSION AUTHORIZATION")
        assert web.execute("SELECT current_user").fetchone() == (installation.EMBEDDED_WEB,)
        web.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT * FROM people_family")


def rows_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_without_anybody_acting_the_tables_are_empty(subtests: pytest.Subtests) -> None:
    episode_in("helping")
    tables = sorted(one.table for one in wall().walled.values())
    kept = 0
    for table in [*tables, "history_rowversion"]:
        with subtests.test(table):
            kept += rows_in(table) > 0
            with as_the_web_login():
                assert rows_in(table) == 0
    assert kept > 25, "the world of the test is too small to show anything"


@pytest.mark.django_db
def test_the_wall_opens_by_the_relation_of_access_and_closes_with_it() -> None:
    help_ = episode_in("helping")
    outsider = worker(name="Olly Hart")

    def seen() -> int:
        with as_the_web_login(), acting_as(outsider):
            return Family.objects.count() + Plan.objects.count()

    assert seen() == 0
    given: dict[str, Any] = {
        "family": help_.family,
        "member": outsider.member,
        "by": help_.lead,
        "at": help_.at,
    }
    # The summary opens the family, and nothing of its plan.
    grant(because="asked", extent="summary", **given)
    assert seen() == 1
    grant(because="team", extent="full", **given)
    assert seen() == 2
    end(grants=help_.family.grants.filter(member=outsider.member), by=help_.lead, at=help_.at)
    assert seen() == 0


@pytest.mark.django_db
def test_a_page_asks_once_what_is_shut_and_anew_after_it_changed_that() -> None:
    help_ = episode_in("helping")
    known: dict[str, Any] = {"whom": "A friend", "kind": "friend", "says": "Choir"}
    with as_the_web_login(), acting_as(help_.lead, briefly=True):
        assert rows_in("people_family") == 1
        with suppress(RuntimeError), transaction.atomic():
            declare(family=help_.family, by=help_.lead, at=help_.at, **known)
            assert rows_in("people_family") == 0
            raise RuntimeError("taken back")
        assert rows_in("people_family") == 1


@pytest.mark.django_db
def test_an_earlier_version_is_open_to_whom_the_row_is() -> None:
    help_ = episode_in("helping")
    child, outsider = help_.child, help_.outsider
    child.change(by=help_.lead, at=help_.at, known_as="Fee")
    with as_the_web_login():
        with acting_as(help_.lead):
            assert versions_of(child)
        with acting_as(outsider):
            assert not versions_of(child)
        assert not versions_of(child)


@pytest.mark.django_db
def test_nobody_acts_after_an_error_or_a_way_left_open() -> None:
    help_ = episode_in("helping")
    with as_the_web_login():
        with pytest.raises(Family.DoesNotExist), acting_as(help_.lead), crossing("known"):
            Family.objects.get(name="Nobody")
        assert Family.objects.count() == 0
        with acting_as(help_.outsider):
            with pytest.raises(ProgrammingError), crossing("known"), transaction.atomic():
                AuditEvent.objects.update(verb="")
            assert Family.objects.count() == 0


@pytest.mark.django_db
def test_a_place_is_kept_from_someone_in_a_family_that_does_not_see_it() -> None:
    help_ = episode_in("helping")
    child, parent, outsider = help_.child, help_.parent, help_.outsider
    given: dict[str, Any] = {"by": help_.lead, "at": help_.at}
    place = place_at(
        person=child, kind="other", says="Grandma’s house", family=help_.family, **given
    )
    keep_from(place=place, person=parent, why="She asked.", family=help_.family, **given)
    elsewhere = begin_family(name="Elsewhere", **given)
    take_in(family=elsewhere, person=parent, relation="mother", on=help_.at.date(), **given)
    grant(family=elsewhere, member=outsider.member, because="team", **given)
    with as_the_web_login(), acting_as(outsider):
        assert not Place.objects.filter(pk=place.pk).exists()
        assert "Grandma’s house" in secrets_from(parent)


@pytest.mark.django_db
def test_a_place_is_kept_by_the_wall_too_from_whoever_signs_in() -> None:
    help_ = episode_in("helping")
    child, parent = help_.child, help_.parent
    given: dict[str, Any] = {"by": help_.lead, "at": help_.at}
    place = place_at(
        person=child, kind="other", says="Grandma’s house", family=help_.family, **given
    )
    signed_in = worker("family_member")
    give_account(person=parent, account_of=signed_in.member, **given)

    def sees() -> bool:
        with as_the_web_login(), acting_as(signed_in):
            return Place.objects.filter(pk=place.pk).exists()

    assert sees()
    keep_from(place=place, person=parent, why="She asked.", family=help_.family, **given)
    assert not sees()


@pytest.mark.django_db
def test_a_way_opens_what_it_names_and_no_more() -> None:
    help_ = episode_in("helping")
    with as_the_web_login(), acting_as(help_.outsider):
        with crossing("known"):
            assert Family.objects.filter(pk=help_.family.pk).exists()
            assert not Plan.objects.exists()
            assert not Family.objects.filter(pk=help_.family.pk).update(name="Other")
        assert not Family.objects.exists()


@pytest.mark.django_db
def test_what_stands_is_left_and_what_is_missing_is_put_up_again() -> None:
    assert building.stands()
    assert not building.put_up()
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY wall_read ON plan_plan")
    assert not building.stands()
    assert not _wall().well
    assert building.put_up()
    assert _wall().well


@pytest.mark.django_db
def test_what_policies_asked_before_goes_with_them() -> None:
    old = "wall_sees(uuid, boolean)"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE FUNCTION {old} RETURNS boolean LANGUAGE sql AS 'SELECT true'")
        cursor.execute("DROP POLICY wall_read ON plan_plan")
        cursor.execute(
            "CREATE POLICY wall_read ON plan_plan FOR SELECT USING (wall_sees(id, true))"
        )
        cursor.execute("COMMENT ON FUNCTION wall_me() IS 'of an earlier version'")
        assert building.put_up()
        cursor.execute("SELECT to_regprocedure(%s) IS NULL", [old])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
def test_the_doctor_knows_whether_pages_use_the_owners_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = installation.database()
    for user, well in ((installation.EMBEDDED_WEB, True), (settings["USER"], False)):
        login = settings | {"USER": user, "PASSWORD": ""}
        monkeypatch.setattr(installation, "database", lambda serves, login=login: login)
        assert _login().well is well

"""An hour in an emergency is for reading, and so is a summary: the second wall alone lets nothing
more be written."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql
from tests.as_web import as_the_web_login
from tests.factories.families import Help
from tests.factories.partnership import worker
from tests.guards.world import World

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.operations import grant
from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.episodes.models import Episode, HarmReferral, LeadChange
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Name, Person
from earlydoors.foundation.wall.acting import crossing
from earlydoors.foundation.wall.policies import wall

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
# What is theirs by being theirs: the door that they close again.
THEIRS = {"access.grant"}
AT_LEAST = 20  # tables that are read; fewer would show nothing
SUMMARY = {
    "people.family", "people.familymember", "people.person", "episodes.episode", "access.grant",
}  # fmt: skip

type Write = Callable[[Rows, Actor], object]


@dataclass(frozen=True)
class Rows:
    """What the lines of a test hang on, found before anybody acts."""

    family: Family
    child: Person
    episode: Episode

    @classmethod
    def of(cls, help_: Help) -> Self:
        return cls(help_.family, help_.child, help_.episode)


def in_emergency(help_: Help, *, also: str = "") -> Actor:
    who = given(help_, because="break_glass", until=NOW + timedelta(hours=1))
    return given(help_, who, because=also) if also else who


def given(help_: Help, who: Actor | None = None, **how: Any) -> Actor:
    who = who or worker("practitioner")
    grant(family=help_.family, member=who.member, by=help_.coordinator, at=NOW, **how)
    return who


def changed_by(who: Actor, *, writing: bool) -> set[str]:
    """The tables of which rows are given to somebody: to read, or to be changed."""
    found = set()
    with as_the_web_login(), acting_as(who):
        for label in set(wall().walled) - wall().once:
            model = apps.get_model(label)
            names = {
                "table": sql.Identifier(model._meta.db_table),
                "key": sql.Identifier(model._meta.concrete_fields[-1].column),
            }
            asked = "UPDATE {table} SET {key} = {key}" if writing else "SELECT {key} FROM {table}"
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.SQL(asked).format(**names))
                if cursor.rowcount:
                    found.add(label)
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("state", ["helping", "reviewed", "called"])
def test_what_is_read_in_an_emergency_is_not_changed(state: str) -> None:
    help_ = World(state).help
    opener, worker_ = in_emergency(help_), in_emergency(help_, also="team")
    read = changed_by(opener, writing=False)
    assert len(read) > AT_LEAST
    assert changed_by(opener, writing=True) <= THEIRS
    # Whoever is on the team as well loses nothing by having been in a hurry.
    assert changed_by(worker_, writing=True) >= read - {"access.grant"}


@pytest.mark.parametrize("state", ["offered", "helping", "called"])
def test_what_is_read_of_a_summary_is_not_changed(state: str) -> None:
    help_ = World(state).help
    asker = given(help_, because="asked", extent="summary")
    assert changed_by(asker, writing=False) >= SUMMARY
    assert changed_by(asker, writing=True) <= THEIRS
    # Whoever is on the team as well writes by that.
    given(help_, asker, because="team")
    assert changed_by(asker, writing=True) >= SUMMARY - THEIRS


def line(rows: Rows, who: Actor) -> object:
    return Entry.objects.create(
        family=rows.family,
        at=NOW,
        kind="harm.referred",
        says="They told social care.",
        by=who.member,
        by_says=who.name,
        subject="people.family",
        subject_id=rows.family.pk,
    )


def lead(rows: Rows, who: Actor) -> object:
    return LeadChange.make(by=who, at=NOW, episode=rows.episode, member=who.member, on=NOW.date())


def name(rows: Rows, who: Actor) -> object:
    return Name.make(by=who, at=NOW, person=rows.child, kind="alias", given_name="Fee")


def referral(rows: Rows, who: Actor) -> object:
    return HarmReferral.make(
        by=who,
        at=NOW,
        family=rows.family,
        concern="He is on the roof.",
        told_whom="Dee",
        told_where="Social care",
        told_at=NOW,
        family_told=True,
    )


def adds(write: Write, help_: Help, who: Actor, way: str = "") -> bool:
    """Whether the wall lets somebody add a row, by a way across it; nothing of it stays."""
    rows = Rows.of(help_)
    with as_the_web_login(), acting_as(who), crossing(way) if way else nullcontext():
        try:
            with transaction.atomic():
                write(rows, who)
                transaction.set_rollback(True)
        except ProgrammingError as refusal:
            if "row-level security" not in str(refusal):
                raise
            return False
    return True


@pytest.mark.parametrize("write", [line, lead, name, referral])
def test_nothing_is_added_in_an_emergency(write: Write) -> None:
    help_ = World("agreed").help
    assert not adds(write, help_, in_emergency(help_))
    assert adds(write, help_, in_emergency(help_, also="team"))


@pytest.mark.parametrize(
    ("write", "let"), [(line, True), (referral, True), (lead, False), (name, False)]
)
def test_that_social_care_was_told_is_added_where_the_record_is_open(
    write: Write, *, let: bool
) -> None:
    help_ = World("agreed").help
    assert adds(write, help_, in_emergency(help_), "referring") is let
    assert not adds(write, help_, worker("practitioner"), "referring")


def test_help_steps_up_by_it_where_the_record_is_open() -> None:
    help_ = World("helping").help
    for who, rows in ((in_emergency(help_), 1), (worker("practitioner"), 0)):
        with as_the_web_login(), acting_as(who):
            assert Episode.objects.update(revision=99) == 0
            with crossing("referring"), transaction.atomic():
                assert Episode.objects.update(revision=99) == rows
                transaction.set_rollback(True)

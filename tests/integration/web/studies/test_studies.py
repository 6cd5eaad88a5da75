"""A study from asking to its end: who decides, what is taken away, and what never is."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.as_web import as_the_web_login
from tests.factories.families import episode_in
from tests.factories.partnership import signed_in, worker
from tests.factories.studies import asked, study_agreed, study_asked
from tests.guards.poison import TAG, poison
from tests.guards.world import World

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.restricting import restrict
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.studies import operations
from earlydoors.domain.studies.columns import TABLES, Fact
from earlydoors.domain.studies.models import Extract, Study, StudyKey
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db

WHY = {"why": "It is worth it."}


def tables(client: Client, study: Study) -> dict[str, list[dict[str, str]]]:
    """The tables of a study as its analyst takes them away."""
    answer = client.post(f"/studies/{study.pk}/tables/")
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as made:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(StringIO(made.read(name).decode("utf-8")))
            )
            for name in made.namelist()
            if name.endswith(".csv")
        }


def rows_for(who: Actor, study: Study, table: str = "people") -> list[Any]:
    """What the database gives somebody of a study, with no page between."""
    with as_the_web_login(), acting_as(who), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.wall_study_rows(%s, %s)", [study.pk, table])
        found: list[Any] = cursor.fetchall()
    return found


def form(**other: Any) -> Mapping[str, Any]:
    """A study as it is typed."""
    said = asked()
    return {
        "title": said.title,
        "asks": said.asks,
        "helps": said.helps,
        "kept_where": said.kept_where,
        "tables": ["families", "people"],
        "facts": ["age"],
        "first": f"{said.first:%d/%m/%Y}",
        "last": f"{said.last:%d/%m/%Y}",
        "ends_on": f"{said.ends_on:%d/%m/%Y}",
    } | other


@pytest.mark.parametrize("kind", ["practitioner", "coordinator", "commissioner", "administrator"])
def test_it_is_nobody_elses(kind: str) -> None:
    client = signed_in(worker(kind))
    for path in ("/studies/", "/studies/new/", f"/studies/{study_asked().pk}/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "take tables away for a study" in answer.content.decode()


def test_from_asking_to_the_end() -> None:
    episode_in("closed")
    analyst, guardian = signed_in(worker("analyst")), signed_in(worker("auditor"))
    assert "No study goes on" in analyst.get("/studies/").content.decode()
    answer = analyst.post("/studies/new/", form())
    study = Study.objects.get()
    assert answer.headers["Location"] == f"/studies/{study.pk}/"
    assert analyst.post(f"/studies/{study.pk}/tables/").status_code == 302
    assert not Extract.objects.exists()

    assert "1 study waits for you to decide on" in guardian.get("/").content.decode()
    assert study.title in guardian.get("/studies/").content.decode()
    page = guardian.get(f"/studies/{study.pk}/").content.decode()
    assert study.asks.replace("'", "’") in page or study.asks in page
    assert "Age, in bands" in page
    guardian.post(f"/studies/{study.pk}/agree/", WHY)
    assert "study" not in guardian.get("/").content.decode().split("</nav>")[-1]

    taken = tables(analyst, study)
    assert set(taken) == {"families", "people"}
    assert list(taken["people"][0]) == ["person", "family", "is_child", "age"]
    kept = Extract.objects.get()
    assert kept.rows == {key: len(rows) for key, rows in taken.items()}
    event = AuditEvent.objects.filter(verb="study.taken_away").get()
    assert event.details == {"rows": kept.rows, "mark": kept.mark}
    assert kept.mark[:16] in guardian.get(f"/studies/{study.pk}/").content.decode()

    assert "Write" in analyst.post(f"/studies/{study.pk}/end/", {"says": " "}).content.decode()
    analyst.post(f"/studies/{study.pk}/end/", {"says": "Destroyed on the drive."})
    study.refresh_from_db()
    assert study.state == "ended"
    assert not StudyKey.objects.exists()
    analyst.post(f"/studies/{study.pk}/tables/")
    assert Extract.objects.count() == 1
    assert "Destroyed on the drive." in analyst.get(f"/studies/{study.pk}/").content.decode()


def test_a_guardian_may_not_agree_and_says_why() -> None:
    analyst = worker("analyst")
    study = study_asked(by=analyst)
    guardian = signed_in(worker("auditor"))
    guardian.post(f"/studies/{study.pk}/refuse/", {"why": "Ask with fewer tables."})
    page = signed_in(analyst).get(f"/studies/{study.pk}/").content.decode()
    assert "Ask with fewer tables." in page
    assert "Not agreed to" in page
    again = guardian.post(f"/studies/{study.pk}/agree/", WHY).content.decode()
    assert "This cannot be done now" in again
    agreed = study_agreed(by=analyst)
    again = guardian.post(f"/studies/{agreed.pk}/agree/", WHY).content.decode()
    assert "This cannot be done now" in again
    assert StudyKey.objects.get().study == agreed


def test_an_analyst_takes_back_their_own() -> None:
    analyst = worker("analyst")
    study = study_asked(by=analyst)
    other = signed_in(worker("analyst"))
    assert other.get(f"/studies/{study.pk}/take-back/").status_code == 404
    signed_in(analyst).post(f"/studies/{study.pk}/take-back/", {"sure": "yes"})
    study.refresh_from_db()
    assert study.state == "taken_back"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"tables": []}, "Which tables does it need?"),
        ({"first": "1/11/2026", "last": "1/1/2020"}, "The last month cannot be before the first."),
        ({"last": "1/1/2060"}, "The last month cannot be one to come."),
        ({"ends_on": "1/1/2020"}, "Choose a day to come, within three years."),
        ({"tables": ["people", "secrets"]}, "Which tables does it need?"),
    ],
)
def test_what_is_wrong_is_said_at_the_question(said: dict[str, Any], told: str) -> None:
    page = signed_in(worker("analyst")).post("/studies/new/", form(**said)).content.decode()
    assert "There is a problem" in page
    assert told in page.split("There is a problem")[1]
    assert "What brings families back" in page
    assert not Study.objects.exists()


def test_nobody_decides_on_what_they_asked_for() -> None:
    study = study_asked()
    owner = study.created_by
    wrong = pytest.raises(IntegrityError, match="nobody_decides_on_their_own_study")
    with wrong, transaction.atomic():
        Study.objects.update(decided_by=owner, decided_at=datetime.now(UTC), decided_why="Mine.")
    guardian = worker("auditor")
    Study.objects.update(created_by=guardian.member)
    for decide in (operations.agree, operations.refuse):
        with pytest.raises(NotAllowed):
            decide(study=study, why="Mine.", by=guardian, at=datetime.now(UTC))


def test_the_database_gives_it_to_its_analyst_alone() -> None:
    episode_in("closed")
    analyst = worker("analyst")
    waiting, agreed = study_asked(by=analyst), study_agreed(by=analyst)
    assert rows_for(analyst, agreed)
    assert rows_for(analyst, waiting) == []
    for kind in ("analyst", "auditor", "coordinator", "commissioner", "system_administrator"):
        assert rows_for(worker(kind), agreed) == [], kind
    with as_the_web_login(), acting_as(analyst):
        assert not StudyKey.objects.exists()
        assert not Family.objects.exists()
        assert not Person.objects.exists()


def test_the_database_gives_no_table_and_no_fact_that_was_not_asked_for() -> None:
    episode_in("closed")
    analyst = worker("analyst")
    study = study_agreed(by=analyst, tables=["people"], facts=[Fact.SEX])
    assert rows_for(analyst, study, "families") == []
    assert rows_for(analyst, study, "everything") == []
    rows = [line for (line,) in rows_for(analyst, study)]
    assert {row[4] for row in rows} - {""}, "the sex"
    assert {value for row in rows for value in (row[3], *row[5:])} == {""}


def test_after_its_end_nothing_is_taken_away() -> None:
    episode_in("closed")
    analyst = worker("analyst")
    study = study_agreed(by=analyst)
    assert rows_for(analyst, study)
    Study.objects.update(state="refused")
    assert rows_for(analyst, study) == [], "whatever becomes of its secret"
    Study.objects.update(state="agreed")
    past = local_day(datetime.now(UTC)) - timedelta(days=1)
    Study.objects.update(ends_on=past)
    assert rows_for(analyst, study) == []
    client = signed_in(analyst)
    answer = client.post(f"/studies/{study.pk}/tables/", follow=True)
    assert "Its end has passed" in answer.content.decode()
    assert "is over: say what became of what was taken away" in client.get("/").content.decode()
    late = study_asked(by=analyst)
    Study.objects.filter(pk=late.pk).update(ends_on=past)
    with pytest.raises(UnableTo, match="end has passed"):
        operations.agree(study=late, why="Late.", by=worker("auditor"), at=datetime.now(UTC))


def families_in(analyst: Actor, study: Study) -> int:
    return len(tables(signed_in(analyst), study)["families"])


def test_a_restricted_record_is_left_out() -> None:
    help_ = episode_in()
    analyst = worker("analyst")
    study = study_agreed(by=analyst)
    assert families_in(analyst, study) == 1
    restrict(
        family=help_.family,
        kind="staff",
        why="Her aunt works here.",
        named=[help_.lead.member, worker("team_manager").member],
        by=help_.coordinator,
        at=datetime.now(UTC),
    )
    assert families_in(analyst, study) == 0


@pytest.mark.parametrize(
    ("state", "outcome", "families"),
    [
        ("received", "", 0),
        ("answered", "done", 0),
        ("answered", "not_done", 1),
        ("taken_back", "", 1),
    ],
)
def test_a_family_of_whom_somebody_objected_is_left_out(
    state: str, outcome: str, families: int
) -> None:
    help_ = episode_in()
    analyst, guardian, now = worker("analyst"), worker("auditor"), datetime.now(UTC)
    study = study_agreed(by=analyst)
    ended = {"closed_at": now, "closed_by": guardian.member} if state != "received" else {}
    told = {"told_on": local_day(now), "outcome_says": "So it is."} if outcome else {}
    InformationRequest.make(
        by=guardian,
        at=now,
        kind="objection",
        state=state,
        outcome=outcome,
        received_on=local_day(now),
        came="letter",
        asker="self",
        asker_name="Somebody",
        reach="By letter",
        about_given="Some",
        about_family="Body",
        says="Do not use it for studies.",
        person=help_.child,
        identity_at=now,
        identity_by=guardian.member,
        identity_how="Known here.",
        **ended,
        **told,
    )
    assert families_in(analyst, study) == families


def test_pseudonyms_hold_within_a_study_and_say_nothing_in_another() -> None:
    World("reviewed")
    analyst = worker("analyst")
    client = signed_in(analyst)
    one, other = study_agreed(by=analyst), study_agreed(by=analyst)
    first, again, elsewhere = tables(client, one), tables(client, one), tables(client, other)
    assert first == again

    def named(found: dict[str, list[dict[str, str]]]) -> set[str]:
        keys = ("person", "family", "request", "help")
        return {row[key] for rows in found.values() for row in rows for key in keys if key in row}

    assert len(named(first)) > 3
    assert not named(first) & (named(elsewhere) - {""})
    families = {row["family"] for row in first["families"]}
    assert families == {row["family"] for row in first["people"]}
    assert families == {row["family"] for row in first["help"]}
    helps = {row["help"] for row in first["help"]}
    for table in ("levels", "needs", "plans", "reviews", "scores"):
        assert {row["help"] for row in first[table]} == helps, table
    assert {row["help"] for row in first["requests"]} == helps


def test_it_tells_nobodys_name_day_place_or_words() -> None:
    world = World("reviewed")
    analyst = worker("analyst")
    study = study_agreed(by=analyst)
    people = [member.person for member in world.help.family.members.select_related("person")]
    poison()
    found = tables(signed_in(analyst), study)
    cells = {cell for rows in found.values() for row in rows for cell in row.values()}
    assert len(found) == len(TABLES)
    assert len(cells) > 15
    for cell in cells:
        assert TAG not in cell
        assert not is_id(cell)
        assert not is_day(cell)
        for person in people:
            assert person.given_name not in cell
    ids = {str(person.pk) for person in people} | {str(world.help.family.pk)}
    assert not cells & {one.replace("-", "") for one in ids}


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    return len(text) == 10 and text.count("-") == 2


def test_a_family_by_itself_is_told_of_by_nothing_that_tells_it_apart() -> None:
    episode_in("closed")
    analyst = worker("analyst")
    found = tables(signed_in(analyst), study_agreed(by=analyst))
    for row in found["families"]:
        assert {row["people"], row["children"], row["locality"]} == {"kept back"}
    for row in found["people"]:
        assert {row[one] for one in ("is_child", "age", "sex", "ethnic_group", "sen")} == {
            "kept back"
        }


def test_an_unknown_study_is_not_there() -> None:
    assert signed_in(worker("analyst")).get(f"/studies/{uuid4()}/").status_code == 404

"""Reading assessments: the family's copies, and an older form beside a newer one."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, area, signed_in, worker

from earlydoors.domain.assessment import operations
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.domain.records.operations import save_section
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.simulation.answers import Texts, fill

pytestmark = pytest.mark.django_db

HOME = "14 Rosemary Lane, Whitehaven"


def _write(assessment: Assessment, help_: Help, section: str, **answers: Any) -> None:
    person = answers.pop("person", None)
    save_section(
        form_record=assessment.form_record,
        section_key=section,
        reading=Reading(answers, {}, ()),
        revision=0,
        person_id=person,
        by=help_.lead,
        at=help_.at,
        finished=True,
    )


@pytest.fixture
def apart() -> Help:
    """A family whose father must not learn where mother and child live."""
    area()
    help_ = episode_in("assessing")
    by, family = help_.lead, help_.family
    father = write_down(given_name="Daniel", family_name="Reid", by=by, at=AT)
    take_in(family=family, person=father, relation="father", on=local_day(AT), by=by, at=AT)
    home = place_at(
        person=help_.parent, kind="home", says=HOME, postcode="CA28 7QQ", family=family,
        by=by, at=AT,
    )  # fmt: skip
    nursery = Setting.objects.get(key="little_harbour_nursery")
    place = place_at(
        person=help_.child, kind="nursery", says=nursery.name, setting=nursery, family=family,
        by=by, at=AT,
    )  # fmt: skip
    for kept in (home, place):
        keep_from(place=kept, person=father, why="Safety", family=family, by=by, at=AT)
    assert help_.assessment
    _write(
        help_.assessment, help_, "worried",
        facts="Seen at Little  Harbour nursery, and at 14 rosemary lane.",
        family_worries="He must not find CA28 7QQ.",
    )  # fmt: skip
    _write(
        help_.assessment, help_, "safety",
        abuse="yes", must_not_know="yes", must_not_know_what="Daniel; where they live.",
    )  # fmt: skip
    _write(help_.assessment, help_, "adults", person=help_.parent.pk, view="I am frightened.")
    _write(help_.assessment, help_, "adults", person=father.pk, view="Attendance is fine.")
    operations.say(
        assessment=help_.assessment, person=help_.parent, agrees="yes",
        words="It is right about Rosemary Lane.", given_on=local_day(AT), given_how="",
        by=by, at=help_.at,
    )  # fmt: skip
    return help_


def _copy(help_: Help, person: Person) -> str:
    assert help_.assessment
    address = reverse("assessments:copy", args=[help_.assessment.pk, person.pk])
    answer = signed_in(help_.lead).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_copy_never_shows_what_is_kept_from_its_reader(apart: Help) -> None:
    page = _copy(apart, Person.objects.get(given_name="Daniel")).lower()
    for secret in ("rosemary", "ca28", "little harbour", "little  harbour", "frightened"):
        assert secret not in page
    assert "where they live." not in page
    assert "attendance is fine." in page
    assert "[kept private]" in page
    assert "before you give this to daniel reid" in page


def test_another_reader_has_the_whole_of_it_but_what_is_withheld(apart: Help) -> None:
    page = _copy(apart, apart.parent)
    assert "14 rosemary lane" in page
    assert "I am frightened." in page
    assert "Daniel; where they live." not in page
    assert "Answers that no copy for the family shows" in page


def test_workers_see_what_copies_leave_out_and_that_they_do(apart: Help) -> None:
    assert apart.assessment
    page = signed_in(apart.lead).get(reverse("assessments:read", args=[apart.assessment.pk]))
    assert "Daniel; where they live." in page.content.decode()
    assert "Left out of every copy for the family" in page.content.decode()


def test_there_is_no_copy_for_a_stranger(apart: Help) -> None:
    assert apart.assessment
    stranger = write_down(given_name="A", family_name="Stranger", by=apart.lead, at=AT)
    address = reverse("assessments:copy", args=[apart.assessment.pk, stranger.pk])
    assert signed_in(apart.lead).get(address).status_code == 404


@pytest.fixture
def twice(settings: Any) -> tuple[Help, Assessment, Assessment]:
    """A family assessed on the first version of the form, and again on the second."""
    area("northumberland", within=settings)
    help_ = episode_in("agreed")
    both = []
    for version in (1, 2):
        help_.later(days=1)
        made = operations.begin(episode=help_.reload(), by=help_.lead, at=help_.at, version=version)
        _write(made, help_, "facts", known=f"Known in version {version}.") if version == 1 else None
        fill(made.form_record, Texts(), by=help_.lead, at=help_.at)
        operations.finish(assessment=made, by=help_.lead, at=help_.at)
        both.append(made)
    return help_, both[0], both[1]


def test_two_versions_read_right_side_by_side(
    twice: tuple[Help, Assessment, Assessment],
) -> None:
    help_, older, newer = twice
    client = signed_in(help_.lead)
    for one, other in ((older, newer), (newer, older)):
        page = client.get(reverse("assessments:beside", args=[one.pk, other.pk])).content.decode()
        assert "Version 1, 4 March 2026" in page
        assert "Version 2, 5 March 2026" in page
        assert "Known in version 1." in page
        assert "Where are we on the scale?" in page
        assert "What it all means" in page
        assert "Not asked in this version" in page
        assert "In the older version: The child: Sophie Tarn" in page
    read = client.get(reverse("assessments:read", args=[older.pk])).content.decode()
    assert "What it all means" in read
    assert reverse("assessments:beside", args=[older.pk, newer.pk]) in read


def test_what_the_new_form_asks_on_another_page_comes_along_and_is_one_line(settings: Any) -> None:
    area("northumberland", within=settings)
    help_ = episode_in("agreed")
    older = operations.begin(episode=help_.reload(), by=help_.lead, at=help_.at, version=1)
    _write(older, help_, "analysis", underneath="Two jobs at sea.", level="early_intervention")
    fill(older.form_record, Texts(), by=help_.lead, at=help_.at)
    operations.finish(assessment=older, by=help_.lead, at=help_.at)
    newer = operations.begin(episode=help_.reload(), by=help_.lead, at=help_.later(days=1))
    beside = reverse("assessments:beside", args=[newer.pk, older.pk])
    page = signed_in(help_.lead).get(beside).content.decode()
    (line,) = (row for row in page.split("<tr>") if "What lies beneath" in row)
    assert line.count("Two jobs at sea.") == 2
    assert "In the older version under: What it all means" in line


def test_only_two_assessments_of_one_family_stand_beside_each_other(
    twice: tuple[Help, Assessment, Assessment],
) -> None:
    help_, older, newer = twice
    other = episode_in("assessing", lead=help_.lead, name="Robson", child="Amy", parent="Jo")
    assert other.assessment
    client = signed_in(help_.lead)
    for pair in ((older, older), (older, other.assessment)):
        address = reverse("assessments:beside", args=[one.pk for one in pair])
        assert client.get(address).status_code == 404
    outsider = signed_in(worker())
    address = reverse("assessments:beside", args=[older.pk, newer.pk])
    assert outsider.get(address).status_code == 404


def test_whoever_joins_later_has_no_page_in_what_was_finished_before() -> None:
    area()
    help_ = episode_in("planning")
    assert help_.assessment
    address = reverse("assessments:read", args=[help_.assessment.pk])
    before = signed_in(help_.lead).get(address).content.decode()
    later = help_.later(days=30)
    baby = write_down(given_name="Adaeze", family_name="Reid", by=help_.lead, at=later)
    take_in(
        family=help_.family, person=baby, relation="child", on=local_day(later),
        by=help_.lead, at=later,
    )  # fmt: skip
    after = signed_in(help_.lead).get(address).content.decode()
    assert before.count("<h2") == after.count("<h2")
    assert "Copy for Adaeze Reid" in after
    assert after.count("Adaeze") == 1

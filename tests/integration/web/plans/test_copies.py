"""The plan on paper: for the family, and for one person without what must not reach them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.families import Help
from tests.factories.partnership import signed_in
from tests.integration.web.plans.conftest import plan_of
from tests.integration.web.plans.forms import text

from earlydoors.domain.episodes.team import add_from_network, leave
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Person, Place
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.domain.plan import operations
from earlydoors.domain.plan.models import Outcome
from earlydoors.domain.records.operations import save_section
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.kernel.dates import local_day

HOME = "7 Harbour Street, Whitehaven"


@pytest.fixture
def father(helping: Help) -> Person:
    """A father who must learn neither where they live nor the nursery; the plan speaks of both."""
    by, at, family = helping.lead, helping.at, helping.family
    father = write_down(given_name="Daniel", family_name="Reid", by=by, at=at)
    take_in(family=family, person=father, relation="father", on=local_day(at), by=by, at=at)
    nursery = Setting.objects.get(key="little_harbour_nursery")
    places = (
        place_at(
            person=helping.parent, kind="home", says=HOME, postcode="CA28 7ZZ", family=family,
            by=by, at=at,
        ),
        place_at(
            person=helping.child, kind="nursery", says=nursery.name, setting=nursery,
            family=family, by=by, at=at,
        ),
    )  # fmt: skip
    for place in places:
        keep_from(place=place, person=father, why="Safety", family=family, by=by, at=at)
    plan = plan_of(helping)
    outcome = operations.set_outcome(
        plan=plan, words=f"Feeling settled at {HOME.lower()}", set_by=None, area="", needs=[],
        by=by, at=at,
    )  # fmt: skip
    operations.set_action(
        outcome=outcome, what=f"Visit {nursery.name} on Mondays", other=f"Ann of {nursery.name}",
        service=nursery.name, due_on=local_day(at) + timedelta(days=30), by=by, at=at,
    )  # fmt: skip
    section = plan.form_record.form.sections[0]
    kept = plan.form_record.sections.get(section_key=section.key)
    answers = kept.answers | {section.questions[0].key: f"Post comes to ca28  7zz, {nursery.name}"}
    save_section(
        form_record=plan.form_record, section_key=section.key, revision=kept.revision,
        reading=Reading(answers, {}, ()), finished=True, by=by, at=at,
    )  # fmt: skip
    return father


def _copy(help_: Help, person: Person, query: str = "") -> str:
    address = reverse("plans:copy", args=[plan_of(help_).pk, person.pk])
    return text(signed_in(help_.lead).get(f"{address}{query}"))


def test_a_copy_tells_nothing_that_is_kept_from_its_reader(helping: Help, father: Person) -> None:
    page = _copy(helping, father)

    nursery = Setting.objects.get(key="little_harbour_nursery").name
    for secret in (HOME, "Harbour Street", "CA28 7ZZ", "ca28", nursery):
        assert secret.lower() not in page.lower(), secret
    assert "[kept private]" in page
    assert "places in the text: it says “[kept private]” instead." in page


def test_others_get_all_of_it(helping: Help, father: Person) -> None:
    page = _copy(helping, helping.parent)

    assert HOME.lower() in page
    assert "Nothing had to be left out for Kelly Tarn." in page


def test_the_print_for_all_warns_that_it_is_not_for_everyone(helping: Help, father: Person) -> None:
    page = signed_in(helping.lead).get(reverse("plans:print", args=[plan_of(helping).pk]))

    assert "Something is kept private from Daniel Reid." in text(page)
    assert reverse("plans:copy", args=[plan_of(helping).pk, father.pk]) in page.content.decode()


def test_the_worker_may_leave_out_more(helping: Help, father: Person) -> None:
    outcome = Outcome.objects.get(words__startswith="Feeling settled")
    title = plan_of(helping).form_record.form.sections[0].title
    paper = "Who Will do what When"

    page = _copy(helping, father, f"?leave={outcome.pk}&leave={title}&leave=junk")

    shown = page[page.index(paper) :]
    assert "Feeling settled" not in shown
    assert title not in shown
    assert "Mornings without shouting" in page


def test_large_print(helping: Help) -> None:
    address = reverse("plans:print", args=[plan_of(helping).pk])
    client = signed_in(helping.lead)

    assert "ed-plan-paper--large" in client.get(f"{address}?large=1").content.decode()
    assert "ed-plan-paper--large" not in client.get(f"{address}?large=junk").content.decode()


def test_there_is_no_copy_for_a_stranger(helping: Help) -> None:
    stranger = write_down(given_name="Jo", by=helping.lead, at=helping.at)
    address = reverse("plans:copy", args=[plan_of(helping).pk, stranger.pk])

    assert signed_in(helping.lead).get(address).status_code == 404


def test_there_is_a_copy_for_an_aunt_in_the_team_without_what_is_kept_from_her(
    helping: Help, father: Person
) -> None:
    lead, at = helping.lead, helping.at
    place = add_from_network(
        episode=helping.episode, given_name="Farah", family_name="Iqbal", phone="", does="",
        by=lead, at=at,
    )  # fmt: skip
    aunt = place.person
    assert aunt is not None
    home = Place.objects.get(person=helping.parent, kind="home")
    keep_from(place=home, person=aunt, why="Safety", family=helping.family, by=lead, at=at)
    offered = signed_in(lead).get(reverse("plans:plan", args=[helping.episode.pk]))
    assert "Copy for Farah Iqbal" in text(offered)

    page = _copy(helping, aunt)
    assert "Copy for Farah Iqbal" in page
    assert "Harbour Street" not in page
    assert Setting.objects.get(key="little_harbour_nursery").name in page

    leave(place=place, by=lead, at=at)
    address = reverse("plans:copy", args=[plan_of(helping).pk, aunt.pk])
    assert signed_in(lead).get(address).status_code == 404

"""Your family's help: what a member of a family sees, and ticks off."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import MORNING, episode_in
from tests.factories.partnership import signed_in, worker
from tests.integration.web.yourfamily.conftest import NOW, Household, signs_in

from earlydoors.domain.people.operations import take_in, write_down
from earlydoors.domain.plan import operations as plans
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


def helping(home: Household) -> str:
    return reverse("yourfamily:help", args=[home.help.episode.pk])


def test_one_family_is_opened_at_once(home: Household) -> None:
    assert home.mothers.get(reverse("yourfamily:home"))["Location"] == helping(home)


def test_the_page_says_who_leads_what_is_planned_and_what_they_agreed(home: Household) -> None:
    page = home.mothers.get(helping(home)).content.decode()

    assert "Hello, Kelly" in page
    assert f"Ask {home.help.lead.name} first" in page
    assert MORNING in page
    assert "Your words" in page
    assert "You said yes to help on" in page
    assert "Leave this page fast" in page
    assert AuditEvent.objects.filter(verb="family.looked", details__extent="own").count() == 1


def test_what_the_assessment_and_the_chronology_say_is_not_there(home: Household) -> None:
    page = home.mothers.get(helping(home)).content.decode()

    for entry in home.help.family.chronology.all():
        assert entry.says not in page
    assert "Rosemary Lane" not in page


def test_another_adults_agreement_is_not_shown(home: Household) -> None:
    page = home.fathers.get(helping(home)).content.decode()

    assert "You have not signed anything yourself" in page
    assert "may be told" not in page


def test_ticking_off_ones_own_and_taking_it_back(home: Household) -> None:
    assert "I have done this" in home.mothers.get(helping(home)).content.decode()

    answer = home.mothers.post(reverse("yourfamily:done", args=[home.action.pk]))

    assert answer["Location"] == helping(home)
    assert (home.action.state, home.action.done_on) == ("done", local_day(NOW))
    assert "It is not done after all" in home.mothers.get(helping(home)).content.decode()
    home.mothers.post(reverse("yourfamily:not_done", args=[home.action.pk]))
    assert home.action.state == "open"


def test_a_tick_sent_twice_is_one(home: Household) -> None:
    form = {"_once": "6f1c22a8-0d3d-4d3f-9a53-0b9f5f3e2a13"}
    for _ in range(2):
        home.mothers.post(reverse("yourfamily:done", args=[home.action.pk]), form)

    assert AuditEvent.objects.filter(verb="action.done").count() == 1


def test_a_tick_of_the_workers_is_not_taken_back(home: Household) -> None:
    plans.complete_action(
        action=home.action, done_on=local_day(NOW), note="", by=home.help.lead, at=NOW
    )

    answer = home.mothers.post(reverse("yourfamily:not_done", args=[home.action.pk]))

    assert answer.status_code == 409
    assert home.action.state == "done"


def test_nobody_ticks_off_anothers(home: Household) -> None:
    for name in ("done", "not_done"):
        address = reverse(f"yourfamily:{name}", args=[home.action.pk])
        assert home.fathers.post(address).status_code == 404
        assert signed_in(home.help.lead).post(address).status_code == 404
        assert home.mothers.get(address).status_code == 405
    assert home.mothers.post(reverse("yourfamily:done", args=[uuid4()])).status_code == 404
    assert home.action.state == "open"


def test_a_relative_who_takes_no_part_sees_no_plan(home: Household) -> None:
    uncle = write_down(given_name="Ned", family_name="Reid", by=home.help.lead, at=NOW)
    take_in(
        family=home.help.family,
        person=uncle,
        relation="aunt_uncle",
        on=local_day(NOW),
        by=home.help.lead,
        at=NOW,
    )

    page = signs_in(uncle, home.help.lead).get(helping(home)).content.decode()

    assert MORNING not in page
    assert "Who is in your team" not in page
    assert "to tell you about the plan" in page


def test_another_familys_page_does_not_exist(home: Household) -> None:
    other = episode_in("helping", name="Okafor", child="Chidi", parent="Ngozi")

    address = reverse("yourfamily:help", args=[other.episode.pk])

    assert home.mothers.get(address).status_code == 404


def test_someone_who_left_the_family_sees_it_no_more(home: Household) -> None:
    membership = home.father.families.get()
    membership.change(by=home.help.lead, at=NOW, left_on=local_day(NOW))

    assert home.fathers.get(helping(home)).status_code == 404


def test_no_help_under_way_is_said_kindly() -> None:
    closed = episode_in("closed")
    page = signs_in(closed.parent, closed.lead).get(reverse("yourfamily:home")).content.decode()
    assert "You have no help under way right now" in page

    nobody = signed_in(worker("family_member")).get(reverse("yourfamily:home"))
    assert "You have no help under way right now" in nobody.content.decode()


def test_two_families_are_a_choice(home: Household) -> None:
    other = episode_in("offered", name="Okafor", child="Chidi", parent="Ngozi")
    take_in(
        family=other.family,
        person=home.father,
        relation="other",
        on=local_day(NOW),
        by=other.lead,
        at=NOW,
    )

    page = home.fathers.get(reverse("yourfamily:home")).content.decode()

    assert "Which family would you like to see?" in page
    assert "Okafor family" in page


@pytest.mark.parametrize(
    "state", ["offered", "at_panel", "declined", "agreed", "assessing", "planning", "stepped_up"]
)
def test_every_state_has_plain_words_and_none_tells_of_a_referral(state: str) -> None:
    help_ = episode_in(state)

    page = signs_in(help_.parent, help_.lead).get(reverse("yourfamily:home"), follow=True)

    assert page.status_code == 200
    assert "referred" not in page.content.decode().lower()
    assert "A bruise" not in page.content.decode()


def test_workers_are_sent_to_their_own(home: Household) -> None:
    worker_of_theirs = signed_in(home.help.lead)

    assert worker_of_theirs.get(reverse("yourfamily:home")).status_code == 403
    assert worker_of_theirs.get(helping(home)).status_code == 404


def test_the_page_asks_no_more_as_the_plan_grows(home: Household) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert home.mothers.get(helping(home)).status_code == 200
        return len(seen)

    few = asked()
    for number in range(4):
        plans.set_action(
            outcome=home.outcome,
            what=f"Step {number}",
            person=home.help.parent,
            due_on=local_day(NOW),
            by=home.help.lead,
            at=NOW,
        )

    assert asked() == few

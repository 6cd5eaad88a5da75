"""Making a plan: outcomes, actions, needs, agreeing on it."""

from datetime import datetime

import pytest
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import area, signed_in, worker
from tests.integration.web.plans.conftest import plan_of
from tests.integration.web.plans.forms import (
    a_review,
    an_action,
    an_outcome,
    revision,
    text,
    token,
    typed_day,
)

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.episodes.operations import agree_lead
from earlydoors.domain.plan.models import Action, Meeting, Outcome, Plan
from earlydoors.foundation.profile.loader import shipped_areas

NONSENSE = {
    "words": "x" * 1001,
    "set_by": "nobody",
    "area": "../../etc",
    "needs": ["1", "'; drop table"],
    "what": "\x00",
    "owner": "member-1",
    "due_on": "31/2",
    "done_on": "32 March",
    "asked_on": "never",
    "why": " ",
    "with_whom": ["person-1"],
    "agreed_on": "yesterday or so",
    "_revision": "9" * 40,
    "_once": "once",
}


def test_a_plan_is_begun_once(planning: Help) -> None:
    client = signed_in(planning.lead)
    begin = reverse("plans:begin", args=[planning.episode.pk])

    client.post(begin)
    answer = client.post(begin)

    assert answer["Location"] == reverse("plans:plan", args=[planning.episode.pk])
    assert Plan.objects.count() == 1


def test_a_plan_says_what_it_still_needs(planning: Help) -> None:
    page = text(signed_in(planning.lead).get(reverse("plans:plan", args=[planning.episode.pk])))

    assert "Before it can be agreed" in page
    assert "1 need without an answer" in page
    assert "Agree on a lead professional first." in page


def test_from_the_familys_words_to_an_agreed_plan(planning: Help) -> None:
    client = signed_in(planning.lead)
    plan = plan_of(planning)
    need = needs_of(planning.episode)[0]
    agree_lead(
        episode=planning.episode, member=planning.lead.member, by=planning.lead, at=planning.at
    )

    form = client.get(reverse("plans:outcome", args=[plan.pk]), {"need": str(need.pk)})
    assert f'value="{need.pk}" checked' in form.content.decode()
    client.post(
        reverse("plans:outcome", args=[plan.pk]), an_outcome(planning, needs=[str(need.pk)])
    )
    outcome = Outcome.objects.get()
    client.post(reverse("plans:action", args=[outcome.pk]), an_action(planning))
    client.post(
        reverse("plans:agree", args=[plan.pk]),
        {
            "with_whom": [f"person-{planning.parent.pk}", f"member-{planning.lead.member.pk}"],
            "agreed_on": "today",
        },
    )

    plan.refresh_from_db()
    assert plan.agreed_with == f"Kelly Tarn and {planning.lead.name}"
    assert planning.episode.state == "helping"
    page = text(client.get(reverse("plans:plan", args=[planning.episode.pk])))
    assert "Evenings that end well" in page
    assert f"{planning.lead.name}: Ring the landlord together" in page


def test_a_need_may_be_answered_with_a_reason(planning: Help) -> None:
    client = signed_in(planning.lead)
    need = needs_of(planning.episode)[0]

    client.post(reverse("plans:need", args=[need.pk]), {"why": "Her sister has moved in nearby."})

    page = text(client.get(reverse("plans:plan", args=[planning.episode.pk])))
    assert "without an answer" not in page
    assert "Her sister has moved in nearby." in page


def test_a_double_click_sets_one_outcome(planning: Help) -> None:
    client = signed_in(planning.lead)
    address = reverse("plans:outcome", args=[plan_of(planning).pk])
    sent = an_outcome(planning, _once=token(client.get(address)))

    first, second = client.post(address, sent), client.post(address, sent)

    assert first["Location"] == second["Location"]
    assert Outcome.objects.count() == 1


def test_words_stay_when_something_else_is_wrong(helping: Help) -> None:
    client = signed_in(helping.lead)
    address = reverse("plans:action", args=[Outcome.objects.get().pk])

    page = client.post(address, an_action(helping, due_on="31/2"))

    assert page.status_code == 200
    assert "has no day 31" in text(page)
    assert "Ring the landlord together" in page.content.decode()
    assert Action.objects.count() == 1


@pytest.mark.parametrize("posted", [{}, NONSENSE], ids=["nothing", "nonsense"])
def test_nonsense_is_answered_with_the_form(helping: Help, posted: dict[str, object]) -> None:
    client = signed_in(helping.lead)
    plan, outcome, action = plan_of(helping), Outcome.objects.get(), Action.objects.get()
    need = needs_of(helping.episode)[0]
    before = Outcome.objects.get().words, Action.objects.get().state

    for address in (
        reverse("plans:outcome", args=[plan.pk]),
        reverse("plans:outcome", args=[plan.pk, outcome.pk]),
        reverse("plans:drop_outcome", args=[outcome.pk]),
        reverse("plans:action", args=[outcome.pk]),
        reverse("plans:action", args=[outcome.pk, action.pk]),
        reverse("plans:done", args=[action.pk]),
        reverse("plans:drop_action", args=[action.pk]),
        reverse("plans:need", args=[need.pk]),
        reverse("plans:agree", args=[plan.pk]),
    ):
        page = client.post(address, posted)
        assert page.status_code == 200, address
        assert "There is a problem" in text(page), address
    assert (Outcome.objects.get().words, Action.objects.get().state) == before


def test_an_action_is_done_undone_and_dropped(helping: Help) -> None:
    client = signed_in(helping.lead)
    action = Action.objects.get()

    client.post(reverse("plans:done", args=[action.pk]), {"done_on": "today", "note": "It helped"})
    action.refresh_from_db()
    assert (action.state, action.note) == ("done", "It helped")
    client.post(reverse("plans:undo", args=[action.pk]))
    action.refresh_from_db()
    assert (action.state, action.done_on) == ("open", None)
    client.post(reverse("plans:drop_action", args=[action.pk]), {"why": "They found a better way"})
    action.refresh_from_db()
    assert action.state == "dropped"


def test_an_action_cannot_be_done_tomorrow(helping: Help) -> None:
    action = Action.objects.get()

    page = signed_in(helping.lead).post(
        reverse("plans:done", args=[action.pk]), {"done_on": typed_day(1)}
    )

    assert "cannot be later than today" in text(page)


def test_waiting_for_a_service_is_followed(helping: Help) -> None:
    client = signed_in(helping.lead)
    outcome = Outcome.objects.get()
    client.post(
        reverse("plans:action", args=[outcome.pk]),
        an_action(helping, service="Speech therapy", service_asked_on=typed_day(-14)),
    )
    action = Action.objects.get(service="Speech therapy")
    plan_page = reverse("plans:plan", args=[helping.episode.pk])
    assert "Speech therapy Waiting asked for on" in text(client.get(plan_page))

    wrong = client.post(
        reverse("plans:service", args=[action.pk]),
        {"asked_on": typed_day(-14), "started_on": typed_day(-20)},
    )
    assert "check the dates" in text(wrong)
    client.post(
        reverse("plans:service", args=[action.pk]),
        {"asked_on": typed_day(-14), "started_on": typed_day(-2)},
    )
    assert "Speech therapy Started" in text(client.get(plan_page))
    assert ", after 12 days" in text(client.get(plan_page))


def test_a_colleagues_change_is_shown_and_not_overwritten(helping: Help) -> None:
    client = signed_in(helping.lead)
    outcome = Outcome.objects.get()
    address = reverse("plans:outcome", args=[outcome.plan_id, outcome.pk])
    seen = revision(client, address)
    client.post(address, an_outcome(helping, words="A colleague's words", _revision=seen))

    page = client.post(address, an_outcome(helping, words="My words", _revision=seen))

    assert page.status_code == 200
    assert "A colleague’s words" in text(page).replace("&#39;", "’")
    assert "My words" in page.content.decode()
    assert Outcome.objects.get().words == "A colleague's words"
    again = an_outcome(helping, words="My words", _revision=revision(client, address))
    client.post(address, again)
    assert Outcome.objects.get().words == "My words"


def test_an_outcome_no_longer_wanted_opens_its_needs_again(helping: Help) -> None:
    client = signed_in(helping.lead)

    client.post(
        reverse("plans:drop_outcome", args=[Outcome.objects.get().pk]),
        {"why": "“We are past that.”"},
    )

    page = text(client.get(reverse("plans:plan", args=[helping.episode.pk])))
    assert "1 need without an answer" in page
    assert "No longer wanted. “We are past that.”" in page


def test_a_page_of_the_plans_words_is_saved(planning: Help) -> None:
    client = signed_in(planning.lead)
    plan = plan_of(planning)
    section = plan.form_record.form.sections[0]
    address = reverse("plans:section", args=[plan.pk, section.key])
    key = section.questions[0].key

    client.post(address, {key: "Breakfast at the table", "_revision": "0", "_later": "1"})

    assert "Breakfast at the table" in client.get(address).content.decode()
    assert "In progress" in text(client.get(reverse("plans:plan", args=[planning.episode.pk])))


def test_another_of_the_team_may_work_on_the_plan_too(helping: Help) -> None:
    other = worker()
    grant(
        family=helping.family, member=other.member, because="team", by=helping.lead, at=helping.at
    )

    signed_in(other).post(
        reverse("plans:action", args=[Outcome.objects.get().pk]), an_action(helping)
    )

    assert Action.objects.filter(created_by=other.member).exists()


def test_a_role_that_looks_at_no_families_finds_no_plan(helping: Help) -> None:
    reader = worker("administrator")
    grant(
        family=helping.family,
        member=reader.member,
        because="oversight",
        by=helping.lead,
        at=helping.at,
    )
    client = signed_in(reader)
    plan, action = plan_of(helping), Action.objects.get()

    page = client.get(reverse("plans:plan", args=[helping.episode.pk]))
    assert page.status_code == 404
    for address in (
        reverse("plans:outcome", args=[plan.pk]),
        reverse("plans:done", args=[action.pk]),
        reverse("plans:undo", args=[action.pk]),
        reverse("plans:agree", args=[plan.pk]),
        reverse("plans:review", args=[plan.pk]),
        reverse("plans:call", args=[helping.episode.pk]),
        reverse("plans:close", args=[helping.episode.pk]),
        reverse("plans:scores", args=[helping.episode.pk]),
    ):
        assert client.post(address, {}).status_code == 404, address


def test_someone_who_sees_the_summary_does_not_find_the_plan(helping: Help) -> None:
    Grant.objects.filter(family=helping.family, member=helping.coordinator.member).delete()
    other = worker()
    grant(
        family=helping.family, member=other.member, because="asked", extent="summary",
        by=helping.lead, at=helping.at,
    )  # fmt: skip

    page = signed_in(other).get(reverse("plans:plan", args=[helping.episode.pk]))

    assert page.status_code == 404


def test_an_outcome_of_another_family_in_the_address_is_not_found(
    planning: Help, helping: Help
) -> None:
    other = Outcome.objects.get(plan=helping.plan)

    page = signed_in(helping.lead).get(
        reverse("plans:outcome", args=[plan_of(planning).pk, other.pk])
    )

    assert page.status_code == 404


def test_once_help_has_ended_the_plan_stays_as_it_was(closed: Help) -> None:
    client = signed_in(closed.lead)

    page = client.get(reverse("plans:plan", args=[closed.episode.pk]))
    answer = client.post(reverse("plans:undo", args=[Action.objects.get().pk]))

    assert "Help for this family has ended" in text(page)
    assert "Mark as done" not in text(page)
    assert answer.status_code == 409


def test_while_help_is_with_social_care_the_plan_rests(db: None, began: datetime) -> None:
    area()
    resting = episode_in("stepped_up", at=began)
    client = signed_in(resting.lead)

    page = client.get(reverse("plans:plan", args=[resting.episode.pk]))
    undo = client.post(reverse("plans:undo", args=[Action.objects.get().pk]))

    assert "The plan rests while help is with" in text(page)
    for gone in ("Mark as done", "Record a review", "Add action", "Next review"):
        assert gone not in text(page)
    assert undo.status_code == 409
    assert "with social care for now" in text(undo)
    assert "Call a meeting" not in text(
        client.get(reverse("plans:meetings", args=[resting.episode.pk]))
    )
    assert "Lay out clothes" in text(page), "It is kept as it was"


@pytest.mark.parametrize("key", shipped_areas())
def test_every_areas_own_words_and_forms_fit_these_pages(
    key: str, db: None, settings: object, began: datetime
) -> None:
    area(key, within=settings)
    help_ = episode_in("helping", at=began)
    client, plan = signed_in(help_.lead), plan_of(help_)
    meeting = Meeting.objects.get()

    for name, about in (
        ("plan", help_.episode.pk),
        ("review", plan.pk),
        ("scores", help_.episode.pk),
        ("close", help_.episode.pk),
        ("print", plan.pk),
        ("meeting", meeting.pk),
        ("call", help_.episode.pk),
    ):
        page = client.get(reverse(f"plans:{name}", args=[about]))
        assert page.status_code == 200, name
    answer = client.post(reverse("plans:review", args=[plan.pk]), a_review(help_, plan))
    assert answer.status_code == 302

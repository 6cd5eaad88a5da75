"""My work: what needs each role, from what they may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import families
from tests.factories.partnership import signed_in, worker
from tests.factories.requests import decision_for, sent_request

from earlydoors.domain.consent.deciding import tell_family
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.frontdoor import conversations, operations
from earlydoors.domain.panels.operations import decide_request, gather
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.plan import meetings
from earlydoors.domain.plan import operations as plans
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile.schema import Decision
from earlydoors.simulation.answers import Texts, readings

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def episode_in(state: str, **how: Any) -> Any:
    """A family's help at that point; whoever asks for it knows what has been reached."""
    return families.episode_in(state, **how)


def work(actor: Actor, show: str = "all") -> str:
    answer = signed_in(actor).get(reverse("home:work"), {"show": show})
    assert answer.status_code == 200
    return answer.content.decode().replace("&#39;", "'")


def test_nothing_to_do_says_what_will_appear_and_how() -> None:
    shown = work(worker())

    assert "Nothing needs you now" in shown
    assert "Ask for support for a family" in shown


def test_a_member_of_a_family_is_led_to_their_own_page() -> None:
    answer = signed_in(worker("family_member")).get(reverse("home:work"))

    assert answer["Location"] == reverse("yourfamily:home")


def test_the_front_door_sees_what_waits_harm_first() -> None:
    sent_request(child="Amy", name="Robson", at=NOW - timedelta(days=20))
    sent_request(child="Chidi", name="Okafor", at=NOW, harm="yes")

    shown = work(worker("coordinator"))

    assert shown.index("Chidi Okafor") < shown.index("Amy Robson")
    assert "A child may be harmed" in shown
    assert "working days late" in shown


def test_what_a_colleague_looks_at_is_theirs_but_for_harm() -> None:
    calm = sent_request(child="Amy", name="Robson", at=NOW)
    grave = sent_request(child="Chidi", name="Okafor", at=NOW, harm="yes")
    colleague = worker("coordinator")
    for one in (calm, grave):
        operations.take_up(request=one, by=colleague, at=NOW)

    shown = work(worker("coordinator"))

    assert "Amy Robson" not in shown
    assert "Chidi Okafor" in shown


def test_many_requests_end_in_one_line() -> None:
    asker = worker()
    for number in range(27):
        sent_request(by=asker, child=f"Child {number}", at=NOW)

    assert "2 more requests wait for a decision" in work(worker("coordinator"))


def test_whoever_asked_waits_then_hears() -> None:
    asker, coordinator = worker(), worker("coordinator")
    request = sent_request(by=asker, at=NOW)
    assert "Your request about Sophie Tarn waits for an answer" in work(asker, "others")

    answer = decision_for(Decision.ADVICE, by=coordinator)
    decide_request(request=request, decided=answer, by=coordinator, at=NOW)

    assert "Your request about Sophie Tarn was answered on" in work(asker)
    assert "Sophie" not in work(asker, "others")


def test_old_news_is_no_news() -> None:
    asker, coordinator = worker(), worker("coordinator")
    then = NOW - timedelta(days=20)
    request = sent_request(by=asker, at=then)
    answer = decision_for(Decision.ADVICE, by=coordinator)
    decide_request(request=request, decided=answer, by=coordinator, at=then)

    assert "was answered" not in work(asker)


def test_a_draft_is_carried_on_with() -> None:
    asker = worker()
    operations.begin(by=asker, at=NOW)

    assert "Your request about a family not named yet is not sent yet" in work(asker)


def test_advice_waits_for_advisers_and_comes_back() -> None:
    asker, adviser = worker(name="Priya Nair"), worker("early_help_officer")
    asked = conversations.ask(
        about="A boy who stopped eating lunch",
        readings=readings(Purpose.CONVERSATION, Texts(), today=TODAY, family=None),
        by=asker,
        at=NOW,
    )
    assert "Advice for Priya Nair about “A boy who stopped eating lunch” is due" in work(adviser)
    assert "Your question “A boy who stopped eating lunch” waits" in work(asker, "others")

    conversations.advise(
        conversation=asked, advice="Talk.", next_step="carry_on", by=adviser, at=NOW
    )

    assert "Your question “A boy who stopped eating lunch” was answered" in work(asker)
    assert "stopped eating" not in work(adviser)


@pytest.mark.parametrize(
    ("state", "says", "route"),
    [
        ("offered", "The answer of the Tarn family to the offer of help", "agreement:record"),
        ("declined", "Talking again with the Tarn family, who said no,", ""),
        ("agreed", "it can begin", ""),
        ("assessing", "with the Tarn family is due", "assessments:assessment"),
        ("planning", "The first meeting for the Tarn family", "plans:call"),
        ("helping", "for the Tarn family is due", "plans:review"),
        ("single_agency", "goes for the Tarn family: a look is due", ""),
        ("stepped_up", "Help for the Tarn family is with social care", ""),
        ("at_panel", "The Tarn family waits for a panel", ""),
    ],
)
def test_where_help_stands_says_what_is_next(state: str, says: str, route: str) -> None:
    help_ = episode_in(state, at=NOW - timedelta(days=8))

    shown = work(help_.lead)

    assert says in shown
    keys: dict[str, Any] = {
        "agreement:record": lambda: help_.family.pk,
        "assessments:assessment": lambda: help_.assessment.pk,
        "plans:call": lambda: help_.episode.pk,
        "plans:review": lambda: help_.plan.pk,
    }
    if route:
        assert f'href="{reverse(route, args=[keys[route]()])}"' in shown


def helping() -> Any:
    return episode_in("helping", at=NOW - timedelta(days=30))


def test_my_actions_and_an_overdue_one() -> None:
    help_ = helping()
    outcome = help_.plan.outcomes.first()
    plans.set_action(
        outcome=outcome,
        what="Ring the school nurse",
        member=help_.lead.member,
        due_on=TODAY - timedelta(days=2),
        by=help_.lead,
        at=NOW,
    )

    shown = work(help_.lead, "overdue")

    assert "“Ring the school nurse”, for the Tarn family, was due 2 days ago" in shown
    assert "Lay out clothes" not in work(help_.lead)


def test_nothing_of_a_plan_is_late_while_help_is_with_social_care() -> None:
    help_ = helping()
    plans.set_action(
        outcome=help_.plan.outcomes.first(),
        what="Ring the school nurse",
        member=help_.lead.member,
        due_on=TODAY - timedelta(days=2),
        by=help_.lead,
        at=NOW,
    )
    families.step_up(help_)

    shown = work(help_.lead)

    assert "Help for the Tarn family is with social care" in shown
    assert "Ring the school nurse" not in shown


@pytest.mark.parametrize(
    ("away", "says"),
    [
        (1, "Review meeting for the Tarn family is tomorrow"),
        (-1, "Review meeting for the Tarn family is not recorded yet: it was yesterday"),
    ],
)
def test_meetings_ahead_and_not_recorded(away: int, says: str) -> None:
    help_ = helping()
    meetings.call(
        episode=help_.episode,
        on=TODAY + timedelta(days=away),
        starts=None,
        place="School",
        purpose="review",
        invited=team_of(help_.episode),
        by=help_.lead,
        at=NOW - timedelta(days=3),
    )

    assert says in work(help_.lead)


def test_the_look_back_falls_due_for_whoever_led() -> None:
    help_ = episode_in("closed", at=NOW - timedelta(days=400))

    assert "Looking back with the Tarn family was due" in work(help_.lead, "overdue")
    assert "Tarn" not in work(help_.coordinator)


def test_an_offer_that_nobody_holds_falls_to_the_front_door() -> None:
    asker, coordinator = worker(), worker("coordinator")
    request = sent_request(by=asker, at=NOW)
    answer = decision_for(Decision.COORDINATED, by=coordinator)
    decide_request(request=request, decided=answer, by=coordinator, at=NOW)

    assert "Nobody has talked with the Tarn family" in work(coordinator)
    assert "The Tarn family has not answered the offer yet" in work(asker, "others")


def test_panels_ask_agencies_and_chairs_have_their_lists() -> None:
    help_ = episode_in("at_panel", at=NOW - timedelta(days=2))
    item = help_.episode.panel_items.get()
    gather(item=item, agencies=[help_.lead.agency], by=help_.chair, at=NOW)

    assert "asks what" in work(help_.lead)
    assert "1 family waits for" in work(help_.chair)


def test_an_outsider_sees_nothing_of_it() -> None:
    assert "Nothing needs you now" in work(helping().outsider)


def test_the_filters_count_and_filter() -> None:
    help_ = episode_in("planning", at=NOW - timedelta(days=60))

    assert "Nothing is due within a week" in work(help_.lead, "week")
    assert "Tarn" in work(help_.lead, "overdue")
    assert "Tarn" in work(help_.lead, "no such filter")


def test_the_number_of_queries_does_not_grow() -> None:
    lead, coordinator = worker(), worker("coordinator")

    def more(name: str) -> None:
        for state in ("offered", "assessing", "planning", "helping"):
            episode_in(
                state, lead=lead, coordinator=coordinator, at=NOW - timedelta(days=20), name=name
            )
        sent_request(by=lead, at=NOW)

    def queries(actor: Actor) -> int:
        client = signed_in(actor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("home:work")).status_code == 200
        return len(asked)

    more("Tarn")
    few = queries(lead), queries(coordinator)
    more("Beck")
    more("Fell")

    assert (queries(lead), queries(coordinator)) == few
    assert max(few) <= 30


def test_what_the_family_was_not_told_yet_stays_on_the_list_until_they_are() -> None:
    help_ = episode_in("helping")
    families.decided_to_share(help_, told="not_safe")
    assert "has not been told" not in work(help_.lead)
    made = families.decided_to_share(help_, told="not_yet")
    says = "The Tarn family has not been told what was shared with Police"
    assert says in work(help_.lead)
    assert says not in work(help_.outsider)
    tell_family(decision=made, on=made.decided_on, by=help_.lead, at=help_.at)
    assert says not in work(help_.lead)

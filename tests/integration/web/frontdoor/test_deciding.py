"""The front door: what waits, whether the child is known, and the decision."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.as_web import ACROSS
from tests.factories import requests
from tests.factories.families import known_family
from tests.factories.partnership import area, panel, signed_in, worker
from tests.factories.requests import decision_for, route_for

from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.panels.models import Item
from earlydoors.domain.panels.operations import decide_request
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Decision
from earlydoors.web.frontdoor.decision import same_key

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator", name="Jo Fell")


@pytest.fixture
def browser(coordinator: Actor) -> Client:
    return signed_in(coordinator)


def decide(request: SupportRequest) -> str:
    return reverse("frontdoor:triage", args=[request.pk])


def answers(decision: Decision, **more: str) -> dict[str, str]:
    """A whole decision of that kind, as the form posts it."""
    route = route_for(decision)
    return {
        "_once": str(uuid.uuid4()),
        "level": route.levels[-1],
        "route": route.key,
        "rationale": "Several needs, known to several agencies.",
        f"told_{route.key}": "We offer help.",
        **more,
    }


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sent_request(**how: Any) -> Any:
    """A request on its way; what becomes of it is read from it afterwards."""
    return requests.sent_request(**how)


def long_ago(days: int, **more: object) -> SupportRequest:
    """A request answered with advice some days ago."""
    by = worker("coordinator")
    at = NOW - timedelta(days=days)
    request = sent_request(at=at, **more)
    answer = decision_for(Decision.ADVICE, by=by)
    return decide_request(request=request, decided=answer, by=by, at=at)


def test_harm_comes_first_then_the_clock_and_repeats_are_marked(browser: Client) -> None:
    long_ago(240, child="Jayden", name="Cole")
    sent_request(child="Amy", name="Robson", at=NOW - timedelta(days=20))
    sent_request(child="Jayden", name="Cole", at=NOW - timedelta(days=1))
    sent_request(child="Chidi", name="Okafor", at=NOW, harm="yes")

    shown = page(browser, reverse("frontdoor:waiting"))

    places = [shown.index(name) for name in ("Chidi Okafor", "Amy Robson", "Jayden Cole")]
    assert places == sorted(places)
    assert "working days late" in shown
    assert shown.count("Asked before") == 1


def test_the_list_is_paged_and_its_queries_do_not_grow(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse("frontdoor:waiting")
    asker = worker()
    for number in range(22):
        sent_request(by=asker, child=f"Child {number}", at=NOW - timedelta(seconds=30 - number))

    with django_assert_max_num_queries(14 + ACROSS):
        first = page(browser, address)
    assert "Page 1 of 2" in first
    assert "Child 21" in page(browser, f"{address}?page=2")
    assert "Child 3" in page(browser, f"{address}?sort=oldest&show=free")


def test_whoever_asked_sees_their_own_requests_and_no_others(coordinator: Actor) -> None:
    asker = worker()
    sent_request(by=asker, child="Sophie", at=NOW)
    sent_request(child="Jayden", at=NOW)

    shown = page(signed_in(asker), reverse("frontdoor:waiting"))

    assert "Sophie" in shown
    assert "Jayden" not in shown


def test_a_request_is_taken_up_and_others_see_it(browser: Client) -> None:
    request = sent_request(at=NOW)

    browser.post(reverse("frontdoor:take_up", args=[request.pk]))

    other = page(signed_in(worker("coordinator")), reverse("frontdoor:waiting"))
    assert "Jo Fell looks at it" in other
    assert request.people.first().full_name in page(
        browser, reverse("frontdoor:waiting") + "?show=mine"
    )


def test_an_unknown_child_is_written_down(browser: Client) -> None:
    request = sent_request(at=NOW)
    shown = page(browser, decide(request))
    assert "A new family will be written down" in shown
    assert current().levels[0].descriptors[0].says in shown

    answer = browser.post(decide(request), answers(Decision.ADVICE))

    assert answer["Location"] == reverse("frontdoor:request", args=[request.pk])
    request.refresh_from_db()
    assert request.state == "decided"
    assert Family.objects.count() == 1
    told = page(signed_in_as_asker(request), reverse("frontdoor:request", args=[request.pk]))
    assert "We offer help." in told
    assert "Several needs, known" not in told


def signed_in_as_asker(request: SupportRequest) -> Client:
    client = Client()
    client.force_login(request.created_by)
    return client


def test_the_areas_own_words_are_there_to_be_told(browser: Client) -> None:
    shown = page(browser, decide(sent_request(at=NOW)))

    for route in current().routes:
        assert f'name="told_{route.key}"' in shown
        assert route.explains[:40].replace("'", "&#39;") in shown


def test_a_known_child_is_the_same_child_and_an_earlier_request_is_said(browser: Client) -> None:
    long_ago(240)
    request = sent_request(at=NOW)
    known = {p: Person.objects.get(given_name=p.given_name) for p in request.people.all()}
    family = Family.objects.get()
    shown = page(browser, decide(request))
    assert "7 months ago" in shown
    assert "same birthday, same first name, same surname" in shown

    fields = {same_key(p): str(person.pk) for p, person in known.items()}
    browser.post(decide(request), answers(Decision.ADVICE, family=str(family.pk), **fields))

    assert Family.objects.get() == family
    assert Person.objects.count() == 2
    request.refresh_from_db()
    assert request.family == family


def test_a_twin_is_told_apart(browser: Client) -> None:
    long_ago(30, child="Amy", name="Robson")
    request = sent_request(child="Ava", name="Robson", at=NOW)
    shown = page(browser, decide(request))
    assert "perhaps a twin" in shown

    family = Family.objects.get()
    parent = Person.objects.get(given_name="Kelly")
    ava, kelly = request.people.order_by("position")
    browser.post(
        decide(request),
        answers(
            Decision.ADVICE,
            family=str(family.pk),
            **{same_key(ava): "nobody", same_key(kelly): str(parent.pk)},
        ),
    )

    assert {m.person.given_name for m in family.members.all()} == {"Amy", "Ava", "Kelly"}


def test_known_must_be_answered(browser: Client) -> None:
    long_ago(30)
    request = sent_request(at=NOW)

    answer = browser.post(decide(request), answers(Decision.ADVICE))

    assert "Choose an answer: Which family is it" in answer.content.decode()
    assert "Several needs, known to several agencies." in answer.content.decode()


def test_two_requests_about_one_child_know_of_each_other(browser: Client) -> None:
    police = sent_request(by=worker(name="PC Hill"), child="Jayden", name="Cole", at=NOW)
    school = sent_request(by=worker(name="Priya Nair"), child="Jayden", name="Cole", at=NOW)

    assert "Priya Nair" in page(browser, decide(police))
    shown = page(browser, decide(school))
    assert "Another request about the same child is waiting" in shown
    assert "PC Hill" in shown


@pytest.mark.parametrize(
    ("decision", "missing"),
    [
        (Decision.SINGLE_AGENCY, "Which agency helps"),
        (Decision.PANEL, "Which meeting talks about it"),
        (Decision.SOCIAL_CARE, "Whom did you tell"),
    ],
)
def test_what_a_route_needs_is_asked_for(browser: Client, decision: Decision, missing: str) -> None:
    request = sent_request(at=NOW)

    shown = browser.post(decide(request), answers(decision)).content.decode()

    assert f": {missing}" in shown
    request.refresh_from_db()
    assert request.state == "waiting"


def test_one_agency_and_its_worker(browser: Client) -> None:
    helper: Any = worker(name="Tom Weller")
    request = sent_request(at=NOW)

    browser.post(
        decide(request),
        answers(Decision.SINGLE_AGENCY, agency=helper.agency.key, worker=str(helper.member.pk)),
    )

    request.refresh_from_db()
    assert request.episode.state == "single_agency"
    assert request.episode.lead == helper.member


def test_a_worker_of_another_agency_is_a_fault_at_the_field(browser: Client) -> None:
    area()
    one, other = current().agencies[:2]
    helper: Any = worker(agency_key=one.key, name="Tom Weller")
    request = sent_request(at=NOW)

    answer = browser.post(
        decide(request),
        answers(Decision.SINGLE_AGENCY, agency=other.key, worker=str(helper.member.pk)),
    )

    assert "Tom Weller does not work for" in answer.content.decode()


def test_a_level_that_the_route_does_not_serve(browser: Client) -> None:
    request = sent_request(at=NOW)
    route = route_for(Decision.ADVICE)
    wrong = next(level.key for level in current().levels if level.key not in route.levels)

    answer = browser.post(decide(request), answers(Decision.ADVICE, level=wrong))

    assert "Change the level or choose another answer" in answer.content.decode()


def test_a_panel_gets_it_on_its_list(browser: Client) -> None:
    request = sent_request(at=NOW)
    route = route_for(Decision.PANEL)
    wanted = panel(route.panels[0])

    browser.post(decide(request), answers(Decision.PANEL, **{f"panel_{route.key}": wanted.key}))

    assert Item.objects.get().panel == wanted


TOLD = {
    "told_whom": "Mary Bell, duty social worker",
    "told_where": "Hub",
    "told_on": "today",
    "told_at": "00:00",
    "told_how": "By phone",
}


def test_harm_is_recorded_to_whom_and_when(browser: Client) -> None:
    request = sent_request(at=NOW, harm="yes")

    browser.post(
        decide(request),
        answers(
            Decision.SOCIAL_CARE,
            family_told="no",
            family_not_told_why="It could put the child in danger.",
            **TOLD,
        ),
    )

    request.refresh_from_db()
    assert request.harm_referral.told_whom == "Mary Bell, duty social worker"
    assert not request.harm_referral.family_told
    assert request.episode.state == "stepped_up"
    assert request.episode.level == route_for(Decision.SOCIAL_CARE).levels[-1]
    shown = page(browser, reverse("frontdoor:request", args=[request.pk]))
    assert "It could put the child in danger." in shown


def test_harm_told_later_than_now_is_refused_and_the_words_stay(browser: Client) -> None:
    request = sent_request(at=NOW)
    tomorrow = (NOW + timedelta(days=2)).strftime("%d/%m/%Y")

    answer = browser.post(
        decide(request),
        answers(Decision.SOCIAL_CARE, family_told="yes", **{**TOLD, "told_on": tomorrow}),
    )

    assert "cannot be later than now" in answer.content.decode()
    assert "Mary Bell, duty social worker" in answer.content.decode()
    assert not Family.objects.exists()


def test_the_second_to_decide_is_told_so(browser: Client) -> None:
    request = sent_request(at=NOW)
    browser.post(decide(request), answers(Decision.ADVICE))

    family = Family.objects.get()
    fields = {same_key(p): str(p.person_id) for p in request.people.all()}
    again = signed_in(worker("coordinator")).post(
        decide(request), answers(Decision.ADVICE, family=str(family.pk), **fields)
    )

    assert "Someone may have moved it on" in again.content.decode()
    assert "Several needs, known to several agencies." in again.content.decode()


def test_a_double_click_decides_once(browser: Client) -> None:
    request = sent_request(at=NOW)
    posted = answers(Decision.ADVICE)

    first = browser.post(decide(request), posted)
    second = browser.post(decide(request), posted)

    assert first["Location"] == second["Location"]
    assert Family.objects.count() == 1


def test_only_the_front_door_decides() -> None:
    asker = worker()
    request = sent_request(by=asker, at=NOW)

    assert signed_in(asker).get(decide(request)).status_code == 403
    assert signed_in(worker()).get(decide(request)).status_code == 404
    assert signed_in(worker()).post(decide(request)).status_code == 404


def test_a_request_from_a_familys_record_needs_no_family_chosen(browser: Client) -> None:
    known = known_family(born_on=date(2018, 3, 3))
    request = sent_request(by=known.by, family=known.family, at=NOW)
    shown = page(browser, decide(request))
    assert "from this family’s record" in shown
    assert "Which family is it" not in shown

    browser.post(decide(request), answers(Decision.COORDINATED, assessor=str(known.by.member.pk)))

    request.refresh_from_db()
    assert request.family == known.family
    assert request.episode.state == "offered"


def test_a_summary_does_not_open_what_another_agency_wrote() -> None:
    school, police = worker(), worker()
    mine = sent_request(by=school, at=NOW)
    coordinator = worker("coordinator")
    answer = decision_for(Decision.ADVICE, by=coordinator)
    decided = decide_request(request=mine, decided=answer, by=coordinator, at=NOW)
    theirs = sent_request(by=police, at=NOW)
    decide_request(request=theirs, decided=answer, by=coordinator, at=NOW, family=decided.family)

    other = reverse("frontdoor:request", args=[theirs.pk])
    assert signed_in(school).get(other).status_code == 404

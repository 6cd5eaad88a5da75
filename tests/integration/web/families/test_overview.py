"""A family's page: what it shows to whom, and that the look is recorded."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help, episode_in, known_family
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.episodes.operations import give_to_agency
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.operations import describe, keep_from, place_at, take_in, write_down
from earlydoors.domain.plan.operations import set_action
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.web.design.words import day_short
from earlydoors.web.families.next_steps import Journey, NextUp, next_up

pytestmark = pytest.mark.django_db


def page_of(by: Actor, family: Any, status: int = 200, route: str = "family") -> str:
    answer = signed_in(by).get(reverse(f"families:{route}", args=[family.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_has_what_a_worker_picking_up_the_phone_needs() -> None:
    help_ = episode_in("helping")
    describe(family=help_.family, careful="Ring before noon.", by=help_.lead, at=AT)
    page = page_of(help_.lead, help_.family)
    for what in (
        "Tarn family",
        "Sophie Tarn",
        "Has parental responsibility",
        "Came in",
        "Early help is under way with a plan",
        help_.lead.name,
        help_.lead.member.email,
        "Kelly Tarn agreed on",
        "Ring before noon.",
        "Mornings without shouting",
        "Lay out clothes the evening before",
        "The plan was agreed with Kelly and Sophie.",
        "A child may be harmed",
    ):
        assert what in page, what


def test_the_order_of_the_page() -> None:
    help_ = episode_in("helping")
    page = page_of(help_.lead, help_.family)
    heads = ("Came in", "Who is who", "What may be shared", "Be careful", "What is next")
    places = [page.index(f">{head}<") for head in (*heads, "What happened")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("state", "button"),
    [
        ("offered", "Record what the family agreed"),
        ("declined", "Offer more help"),
        ("agreed", "Begin the"),
        ("assessing", "Carry on with the"),
        ("planning", "Call a meeting"),
        ("helping", "Open the"),
        ("single_agency", "Offer more help"),
        ("stepped_up", "Step down from"),
        ("closed", "Open help again"),
        ("at_panel", "Close early help"),
    ],
)
def test_what_is_next_follows_the_state(state: str, button: str) -> None:
    help_ = episode_in(state)
    assert button in page_of(help_.chair or help_.lead, help_.family)


def test_the_plan_goes_on_with_the_one_agency_that_helps_from_here() -> None:
    help_ = episode_in("helping")
    agency = help_.lead.agency
    assert agency is not None
    give_to_agency(
        episode=help_.episode,
        agency=agency,
        member=help_.lead.member,
        why="Less is needed now.",
        by=help_.lead,
        at=help_.later(),
    )
    words = current().words
    shown = page_of(help_.lead, help_.family)
    assert f"Open the {words.family_plan.one}" in shown
    assert f"Record a {words.review.one}" in shown
    assert f"{words.review.one} due".lower() in shown.lower()


def test_a_family_under_way_can_be_assessed_again_once_the_last_one_is_finished() -> None:
    help_ = episode_in("helping")
    begin = reverse("assessments:begin", args=[help_.episode.pk])
    again = f"Begin a further {current().words.assessment.one}"
    assert again in page_of(help_.lead, help_.family)
    signed_in(help_.lead).post(begin)
    page = page_of(help_.lead, help_.family)
    assert again not in page
    assert "Carry on with the" in page
    assert "Early help is under way with a plan" in page


def test_whoever_may_only_look_gets_no_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    help_ = episode_in("helping")
    looking = {RoleKind.PRACTITIONER: frozenset({Right.SEE_FAMILIES})}
    monkeypatch.setattr("earlydoors.domain.partnership.actor.RIGHTS", looking)
    page = page_of(help_.lead, help_.family)
    for button in ("Close early help", "Change the level", "Add someone", "A child may be harmed"):
        assert button not in page, button


def test_who_asked_sees_that_help_is_under_way_and_no_more() -> None:
    help_ = episode_in("helping")
    describe(family=help_.family, careful="Ring before noon.", by=help_.lead, at=AT)
    family = help_.family
    Grant.objects.filter(family=family, member=help_.lead.member).exclude(because="asked").update(
        ended_at=AT, ended_by=help_.lead.member
    )
    Grant.objects.filter(family=family, member=help_.lead.member).update(extent="summary")
    page = page_of(help_.lead, family)
    for told in (
        "Early help is under way with a plan",
        help_.lead.member.email,
        "We offer to look",
    ):
        assert told in page, told
    for kept in ("Kelly", "Ring before noon", "Mornings without", "agreed on", "Lay out clothes"):
        assert kept not in page, kept
    assert "The rest of the record is kept from your role" in page
    for route in ("chronology", "access", "careful", "harm", "come_back", "add_person"):
        assert "ask the person who leads" in page_of(help_.lead, family, 403, route).lower()


def test_outside_its_scope_a_family_does_not_exist() -> None:
    help_ = episode_in("helping")
    for route in ("family", "chronology", "access", "careful", "harm", "come_back", "add_person"):
        page_of(help_.outsider, help_.family, 404, route)
    client = signed_in(help_.outsider)
    for route in ("team", "lead", "step", "step_down", "offer_more", "give_to_agency"):
        address = reverse(f"families:{route}", args=[help_.episode.pk])
        assert client.get(address).status_code == 404, route
        assert client.post(address).status_code == 404, route


def test_a_member_of_the_family_does_not_see_the_workers_pages() -> None:
    known = known_family()
    parent = worker("family_member")
    grant(family=known.family, member=parent.member, because="family_member", by=known.by, at=AT)
    assert known.family.name not in page_of(parent, known.family, 404)
    assert known.family.name not in page_of(parent, known.family, 404, "chronology")


def test_every_look_is_recorded_with_its_reason() -> None:
    help_ = episode_in("helping")
    page_of(help_.lead, help_.family)
    page_of(help_.lead, help_.family, route="chronology")
    looks = AuditEvent.objects.filter(verb="family.looked", family_id=help_.family.pk)
    assert [look.details["part"] for look in looks.order_by("id")] == ["overview", "chronology"]
    assert looks[0].details["extent"] == "full"
    assert "lead" in looks[0].details["because"]
    assert looks[0].actor_id == str(help_.lead.member.pk)


def test_places_kept_private_are_marked_and_the_paper_says_whom_it_is_not_for() -> None:
    known = known_family()
    father = write_down(given_name="Daniel", family_name="Reid", by=known.by, at=AT)
    take_in(
        family=known.family, person=father, relation="father", on=local_day(AT), by=known.by, at=AT
    )
    for one in (known.child, known.parent):
        home = place_at(
            person=one, kind="home", says="7 Bransty Steps", family=known.family, by=known.by, at=AT
        )
        keep_from(
            place=home, person=father, why="To be safe", family=known.family, by=known.by, at=AT
        )
    page = page_of(known.by, known.family)
    assert page.count("7 Bransty Steps") == 1
    assert page.count("Kept private from Daniel Reid") == 1
    assert "One place kept private from Daniel Reid" in page
    assert "Do not give this paper to Daniel Reid" in page


def test_a_family_that_only_had_advice_can_begin() -> None:
    known = known_family()
    page = page_of(known.by, known.family)
    assert "No early help is open for this family" in page
    assert reverse("families:come_back", args=[known.family.pk]) in page


def test_the_page_asks_no_more_of_the_database_as_the_family_grows(
    django_assert_max_num_queries, django_assert_num_queries
) -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    address = reverse("families:family", args=[help_.family.pk])
    _grow(help_, 0)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for number in range(1, 5):
        _grow(help_, number)
    with django_assert_num_queries(len(few)):
        client.get(address)


def _grow(help_: Help, number: int) -> None:
    """One more child in a home of its own, and one more action."""
    assert help_.plan is not None
    one = write_down(given_name=f"Child {number}", by=help_.lead, at=AT)
    take_in(
        family=help_.family, person=one, relation="child", on=local_day(AT), by=help_.lead, at=AT
    )
    home = place_at(person=one, kind="home", says=f"{number} Row", by=help_.lead, at=AT)
    keep_from(
        place=home, person=help_.parent, why="Safety", family=help_.family, by=help_.lead, at=AT
    )
    set_action(
        outcome=help_.plan.outcomes.get(),
        what=f"Do {number}",
        member=help_.lead.member,
        due_on=local_day(AT) + timedelta(days=number),
        by=help_.lead,
        at=AT,
    )


def test_the_chronology_by_kind_and_day() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    address = reverse("families:chronology", args=[help_.family.pk])

    def shown(**asked: Any) -> str:
        return client.get(address, asked).content.decode()

    assert "The plan was agreed" in shown()
    assert "The plan was agreed" not in shown(kind=["agreement"])
    assert "agreed to early help" in shown(kind=["agreement"])
    assert "agreed to early help" in shown(kind=["agreement", "plan"], since="1 March 2026")
    assert "Nothing of that kind" in shown(kind=["plan"], until="1/1/2020")
    faulty = shown(since="31/2/2026")
    assert "February 2026 has no day 31" in faulty
    assert "Error:" in faulty
    assert "must not be before" in shown(since="3 March 2026", until="1 March 2026")
    assert "All on one page" not in shown(all="1")


def test_who_can_see_the_family_and_why() -> None:
    help_ = episode_in("helping")
    page = page_of(help_.lead, help_.family, route="access")
    assert "Leads for the family" in page
    assert "since 2 March 2026" in page or "since 3 March 2026" in page
    assert "You" in page


def test_what_to_be_careful_of_is_changed_and_its_earlier_words_kept() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    address = reverse("families:careful", args=[help_.family.pk])
    help_.family.refresh_from_db()
    seen = help_.family.changed_at.isoformat()
    answer = client.post(address, {"careful": "A dog in the yard.", "_seen": seen})
    assert answer.status_code == 302
    help_.family.refresh_from_db()
    assert help_.family.careful == "A dog in the yard."
    stamp = help_.family.changed_at.isoformat()
    client.post(address, {"careful": "Two dogs.", "_seen": stamp})
    page = client.get(address).content.decode()
    assert "A dog in the yard." in page
    assert f"changed by {help_.lead.name}" in page


def test_two_people_changing_it_at_once_lose_no_word() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    address = reverse("families:careful", args=[help_.family.pk])
    help_.family.refresh_from_db()
    seen = help_.family.changed_at.isoformat()
    describe(
        family=help_.family, careful="Theirs.", by=help_.coordinator, at=AT + timedelta(days=9)
    )
    answer = client.post(address, {"careful": "Mine.", "_seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{help_.coordinator.name} changed this on 11 March 2026" in page
    assert "Mine." in page
    assert "Theirs." in page
    help_.family.refresh_from_db()
    assert help_.family.careful == "Theirs."
    again = {"careful": "Mine and theirs.", "_seen": help_.family.changed_at.isoformat()}
    assert client.post(address, again).status_code == 302


def test_the_look_back_is_the_first_thing_to_do_only_once_it_is_near() -> None:
    help_ = episode_in("closed")
    assert help_.closing is not None
    due_on = help_.closing.check_due_on
    shown = [_next_of_closed(help_, due_on - timedelta(days=days)) for days in (90, 7, -30)]

    assert [bool(one.first and "look back" in one.first.text) for one in shown] == [
        False,
        True,
        True,
    ]
    months_early = shown[0]
    assert months_early.first is None
    assert [one.text for one in months_early.others] == ["Record the look back", "Open help again"]
    assert months_early.due[0].what == "Look back with the family"
    assert day_short(due_on) in months_early.due[0].when


def _next_of_closed(help_: Help, today: date) -> NextUp:
    journey = Journey(help_.episode, None, None, None, help_.closing)
    return next_up(journey, help_.lead, today, current().words)

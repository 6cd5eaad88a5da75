"""Turns a family's journey can take, each by the operations that pages call."""

from datetime import timedelta

import pytest
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import AT, agency, worker
from tests.factories.requests import decision_for, level_for, sent_request

from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import families_of, sees_everything
from earlydoors.domain.episodes import agreement as answers_to_offer
from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.episodes import team
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.frontdoor.queries import earlier_requests, perhaps_known
from earlydoors.domain.panels import operations as panels
from earlydoors.domain.panels.models import Item
from earlydoors.domain.panels.queries import rules_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from earlydoors.domain.records.models import SectionAnswers
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.domain.records.operations import save_section
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, OutOfDate, UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, Decision, LevelKind

pytestmark = pytest.mark.django_db


def test_a_no_is_not_a_bar_to_a_later_yes() -> None:
    help_ = episode_in("declined")
    refusal = help_.family.refusals.get()
    assert refusal.universal_help == "Breakfast club at school"

    help_.later(days=90)
    consent_given(help_)

    assert help_.episode.state == "agreed"
    assert help_.family.refusals.get() == refusal


def test_a_no_needs_the_family_told_what_is_recorded() -> None:
    help_ = episode_in("offered")
    with pytest.raises(UnableTo, match="what is recorded"):
        answers_to_offer.decline(
            episode=help_.episode,
            person=help_.parent,
            refused_on=local_day(help_.at),
            why="No",
            reassurance="",
            universal_help="Breakfast club",
            told_what_is_recorded=False,
            section_17="not_met",
            section_17_why="Considered",
            form_record=begin_form(
                purpose=Purpose.REFUSAL, by=help_.lead, at=help_.at, family=help_.family
            ),
            by=help_.lead,
            at=help_.at,
        )
    assert help_.episode.state == "offered"


@pytest.mark.parametrize("state", ["offered", "agreed", "assessing", "planning", "helping"])
def test_harm_stops_early_help_wherever_it_stands(state: str) -> None:
    help_ = episode_in(state)
    at = help_.later(days=1)
    referral = episodes.refer_harm(
        family=help_.family,
        concern="A knife and money nobody can explain.",
        told_whom="Angela Frost",
        told_where="Duty team",
        told_at=at - timedelta(minutes=20),
        told_how="By telephone",
        family_told=True,
        family_not_told_why="",
        by=help_.lead,
        at=at,
    )
    assert help_.episode.state == "stepped_up"
    assert current().level(help_.episode.level).kind == LevelKind.STATUTORY
    assert (referral.told_whom, referral.told_where) == ("Angela Frost", "Duty team")


def test_stepping_down_keeps_the_plan_the_team_and_the_lead() -> None:
    help_ = episode_in("stepped_up")
    before = help_.plan, [place.pk for place in team_of(help_.episode)], help_.episode.lead
    episodes.step_down(
        episode=help_.episode,
        level=level_for(LevelKind.COORDINATED),
        why="The child in need plan has ended.",
        has_plan=True,
        agreed=True,
        by=help_.coordinator,
        at=help_.later(days=80),
    )
    episode = help_.reload()
    assert episode.state == "helping"
    assert before == (episode.plan, [place.pk for place in team_of(episode)], episode.lead)


def test_a_section_saved_by_another_meanwhile_is_not_overwritten() -> None:
    help_ = episode_in("assessing")
    assert help_.assessment is not None
    form_record = help_.assessment.form_record
    section = form_record.form.sections[0].key
    other = worker()

    def save(words: str, revision: int, by: Actor) -> SectionAnswers:
        return save_section(
            form_record=form_record,
            section_key=section,
            reading=Reading({"why_now": words}, {"why_now": [words]}, ()),
            revision=revision,
            by=by,
            at=help_.later(hours=1),
        )

    save("First", 0, help_.lead)
    save("Theirs", 1, other)
    with pytest.raises(OutOfDate, match=other.name):
        save("Mine", 1, help_.lead)
    kept = form_record.sections.get(section_key=section)
    assert (kept.answers["why_now"], kept.revision) == ("Theirs", 2)


def test_withdrawing_closes_the_door_in_the_same_moment() -> None:
    help_ = episode_in("assessing")
    nurse = worker(agency_key=current().agencies[1].key)
    consent_given(help_, nurse)
    team.add_worker(
        episode=help_.episode, worker=nurse.membership, does="", by=help_.lead, at=help_.at
    )
    assert sees_everything(nurse, help_.family.pk)

    assert help_.agreement is not None
    answers_to_offer.withdraw(
        episode=help_.episode,
        agreement=help_.agreement,
        why="“Not any more.”",
        by=help_.coordinator,
        at=help_.later(hours=1),
    )

    assert help_.episode.state == "declined"
    assert not families_of(nurse).exists()


def test_a_yes_that_leaves_out_the_recorders_own_agency_is_kept_and_closes_their_door() -> None:
    help_ = episode_in("offered")
    visitor = worker(agency_key=agency(kind=AgencyKind.HEALTH).key)
    grant(
        family=help_.family,
        member=visitor.member,
        because="team",
        by=help_.coordinator,
        at=help_.at,
    )
    answers_to_offer.agree(
        episode=help_.episode,
        person=help_.parent,
        agreed_on=local_day(help_.at),
        told_how="in_person",
        in_writing=True,
        shares=[],
        form_record=begin_form(
            purpose=Purpose.CONSENT, by=visitor, at=help_.at, family=help_.family
        ),
        by=visitor,
        at=help_.at,
    )

    assert help_.episode.state == "agreed"
    assert not sees_everything(visitor, help_.family.pk)


def test_a_further_request_opens_the_record_to_whoever_is_to_begin() -> None:
    help_ = episode_in("declined")
    other = worker(agency_key=agency(kind=AgencyKind.HEALTH).key)
    at = help_.later(days=30)
    request = sent_request(by=help_.lead, at=at, name="Tarn", child="Sophie", parent="Kelly")

    panels.decide_request(
        request=request,
        decided=decision_for(Decision.COORDINATED, by=help_.coordinator, lead=other),
        by=help_.coordinator,
        at=at,
        family=help_.family,
    )

    assert help_.reload().state == "offered"
    assert sees_everything(other, help_.family.pk)


def test_nobody_joins_the_team_whose_agency_the_family_did_not_agree_to() -> None:
    help_ = episode_in("planning")
    stranger = worker(agency_key=current().agencies[-1].key)
    with pytest.raises(UnableTo, match="has not agreed to share"):
        team.add_worker(
            episode=help_.episode, worker=stranger.membership, does="", by=help_.lead, at=help_.at
        )
    assert not families_of(stranger).exists()


def test_the_same_worry_within_twelve_months_is_recognised() -> None:
    first = sent_request()
    door = worker("coordinator")
    first = panels.decide_request(
        request=first, decided=decision_for(Decision.ADVICE, by=door), by=door, at=AT
    )
    again = sent_request(at=AT + timedelta(days=244))

    known = {one.person.given_name for one in perhaps_known(again, door)}
    assert {"Sophie", "Kelly"} <= known
    assert first.family is not None
    then = AT + timedelta(days=244)
    assert earlier_requests(first.family, then, but=again.pk) == [first]
    assert earlier_requests(first.family, then + timedelta(days=130)) == []


def test_a_request_about_people_already_known_makes_no_second_record() -> None:
    help_ = episode_in("helping")
    door = help_.coordinator
    again = sent_request(at=help_.later(days=30))
    people = Person.objects.count()
    same = {
        p.pk: help_.child if p.relation == "child" else help_.parent for p in again.people.all()
    }

    decided = panels.decide_request(
        request=again,
        decided=decision_for(Decision.COORDINATED, by=door),
        by=door,
        at=help_.later(hours=2),
        family=help_.family,
        same_as=same,
    )

    assert decided.episode == help_.episode
    assert Person.objects.count() == people


def test_a_family_has_one_open_period_of_help() -> None:
    help_ = episode_in("helping")
    with pytest.raises(UnableTo, match="already has help under way"):
        episodes.open_help(
            family=help_.family,
            level=level_for(LevelKind.COORDINATED),
            route=current().routes[0].key,
            why="Again",
            by=help_.coordinator,
            at=help_.later(days=1),
        )


def test_help_after_closing_continues_what_was() -> None:
    help_ = episode_in("closed")
    again = episodes.open_help(
        family=help_.family,
        level=level_for(LevelKind.COORDINATED),
        route=current().routes[0].key,
        why="Back again",
        by=help_.coordinator,
        at=help_.later(days=100),
    )
    assert again.continues == help_.episode


def _sits(help_: Help, item: Item, *, came: bool) -> None:
    assert help_.chair is not None
    day = local_day(help_.later(days=3))
    meeting = panels.plan_sitting(panel=item.panel, on=day, by=help_.chair, at=help_.at)
    panels.hold(
        meeting=meeting,
        came={seat.pk: came for seat in meeting.attendance.all()},
        who={},
        by=help_.chair,
        at=help_.at,
    )
    item.refresh_from_db()


def test_a_panel_that_needs_whoever_asked_waits_for_them() -> None:
    help_ = episode_in("at_panel")
    assert help_.chair is not None
    item = Item.objects.get(episode=help_.episode)
    assert rules_of(item.panel).needs_requester

    def decide() -> Item:
        assert help_.chair is not None
        return panels.decide(
            item=Item.objects.get(pk=item.pk),
            decision=Decision.COORDINATED,
            level=level_for(LevelKind.COORDINATED),
            rationale="Four agencies and the school.",
            tasks=[(agency(), "Offer the assessment", local_day(help_.at) + timedelta(days=7))],
            worker=help_.lead.member,
            by=help_.chair,
            at=help_.at,
        )

    with pytest.raises(UnableTo, match="Record who was at the sitting"):
        decide()
    _sits(help_, item, came=False)
    with pytest.raises(UnableTo, match="was not there"):
        decide()
    panels.defer(item=item, why="The school was not there.", by=help_.chair, at=help_.at)
    _sits(help_, item, came=True)
    assert decide().state == "decided"
    assert help_.episode.state == "offered"
    assert Item.objects.get(pk=item.pk).deferrals == 1


def test_someone_outside_cannot_work_on_a_family() -> None:
    help_ = episode_in("helping")
    with pytest.raises(NotAllowed):
        episodes.move(episode=help_.episode, name="close", says="", by=help_.outsider, at=help_.at)

"""Records come up, are kept longer, proposed and agreed to by two; each with its evidence."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.as_web import as_the_web_login
from tests.factories.families import Help, decline, episode_in
from tests.factories.information import request_about
from tests.factories.partnership import signed_in, worker
from tests.factories.requests import sent_request
from tests.factories.retention import LATER, came_up, held_by_court

from earlydoors.domain.episodes.operations import move
from earlydoors.domain.information import operations as information
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.domain.retention import holding, weighing
from earlydoors.domain.retention.ageing import UNDER_WAY, facts_of
from earlydoors.domain.retention.coming_up import bring_up
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.audit import chain
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.retention.tasks import come_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian() -> Actor:
    return worker("auditor")


@pytest.fixture
def second() -> Actor:
    return worker("auditor")


def now() -> datetime:
    return datetime.now(UTC)


def night(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 3, 23, tzinfo=UTC)


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def up(family: Family, on: date) -> bool:
    bring_up(profile=current(), at=night(on))
    return Review.objects.filter(family=family).exclude(state__in=["kept", "overtaken"]).exists()


@pytest.mark.parametrize(
    ("state", "what", "event", "years"),
    [("closed", "helped", "help_ended", 6), ("declined", "never_helped", "help_ended", 3)],
)
def test_a_record_comes_up_on_its_day(state: str, what: str, event: str, years: int) -> None:
    help_ = episode_in("closed" if state == "closed" else "offered")
    if state == "declined":
        decline(help_)
        move(episode=help_.episode, name="close", says="Over.", by=help_.coordinator, at=help_.at)
    closed_at = help_.episode.closed_at
    assert closed_at is not None
    ended = local_day(closed_at)
    over = ended.replace(year=ended.year + years)
    assert not up(help_.family, over - timedelta(days=1))
    assert up(help_.family, over)
    review = Review.objects.get(family=help_.family)
    assert (review.rule, review.event, review.counted_from, review.due_on) == (
        what, event, ended, over,
    )  # fmt: skip
    assert up(help_.family, over + timedelta(days=1))
    assert Review.objects.filter(family=help_.family).count() == 1
    event_ = AuditEvent.objects.get(verb="retention.came_up", family_id=help_.family.pk)
    assert event_.actor_name == "The installation"


def test_help_that_went_on_with_social_care_is_counted_from_the_youngest(second: Actor) -> None:
    help_ = episode_in("stepped_up")
    assert facts_of(help_.family.pk).under_way == UNDER_WAY["help"]
    assert not up(help_.family, date(2080, 1, 1))
    move(episode=help_.episode, name="close", says="Over.", by=help_.lead, at=help_.at)
    assert not up(help_.family, date(2043, 3, 2))
    assert up(help_.family, date(2043, 3, 3))
    assert Review.objects.get(family=help_.family).event == "youngest_born"


def test_help_that_is_under_way_never_comes_up() -> None:
    help_ = episode_in("helping")
    assert not up(help_.family, date(2099, 1, 1))


def test_a_request_that_waits_takes_it_from_the_list(guardian: Actor) -> None:
    help_ = episode_in("closed")
    review = came_up(help_.family)
    weighing.propose(review=review, why="Long over.", by=guardian, at=LATER)
    one = request_about(help_, by=guardian)
    information.find(request=one, person_id=help_.child.pk, by=guardian, at=now())
    assert facts_of(help_.family.pk).under_way == UNDER_WAY["information"]
    bring_up(profile=current(), at=LATER)
    review.refresh_from_db()
    assert review.state == "overtaken"
    assert AuditEvent.objects.filter(verb="retention.overtaken").count() == 1


def test_a_request_for_support_counts_from_its_end() -> None:
    help_ = episode_in("closed")
    later = sent_request(by=help_.lead, at=help_.later(days=900), name="Tarn", child="Sophie")
    assert later.family_id is None or later.family_id == help_.family.pk
    type(later).objects.filter(pk=later.pk).update(family=help_.family)
    assert facts_of(help_.family.pk).under_way == UNDER_WAY["request"]


def test_the_worker_brings_up_behind_the_wall() -> None:
    help_ = episode_in("closed")
    with as_the_web_login():
        assert come_up(int(LATER.timestamp())) == 1
    assert Review.objects.get().family == help_.family


def test_two_decide_a_disposal(guardian: Actor, second: Actor) -> None:
    review = came_up(episode_in("closed").family)
    with pytest.raises(UnableTo):
        weighing.agree(review=review, by=second, at=now())
    with pytest.raises(UnableTo):
        weighing.propose(review=review, why=" ", by=guardian, at=now())
    weighing.propose(review=review, why="Long over.", by=guardian, at=now())
    with pytest.raises(UnableTo, match="yourself"):
        weighing.agree(review=review, by=guardian, at=now())
    done = weighing.agree(review=review, by=second, at=now())
    assert (done.state, done.proposed_by, done.agreed_by) == (
        "agreed", guardian.member, second.member,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(agreed_by=guardian.member)
    weighing.turn_down(review=review, why="Somebody asks.", by=guardian, at=now())
    review.refresh_from_db()
    assert (review.state, review.proposed_by, review.agreed_by) == ("waiting", None, None)


def test_kept_longer_it_comes_up_again_then(guardian: Actor) -> None:
    family = episode_in("closed").family
    review = came_up(family)
    until = date(2061, 1, 31)
    for wrong, why in ((local_day(LATER), "A court."), (until, " ")):
        with pytest.raises(UnableTo):
            weighing.keep_longer(review=review, until=wrong, why=why, by=guardian, at=LATER)
    weighing.keep_longer(review=review, until=until, why="A court.", by=guardian, at=LATER)
    assert not up(family, until - timedelta(days=1))
    assert up(family, until)
    again = Review.objects.get(family=family, state="waiting")
    assert (again.event, again.due_on) == ("kept_longer", until)


@pytest.mark.parametrize("state", ["waiting", "proposed", "agreed"])
def test_a_hold_stops_what_was_decided(guardian: Actor, second: Actor, state: str) -> None:
    review = came_up(episode_in("closed").family)
    if state != "waiting":
        weighing.propose(review=review, why="Long over.", by=guardian, at=now())
    if state == "agreed":
        weighing.agree(review=review, by=second, at=now())
    hold = held_by_court(Family.objects.get(pk=review.family_id), by=guardian)
    review.refresh_from_db()
    assert (review.state, review.proposed_by, review.agreed_by) == ("waiting", None, None)
    with pytest.raises(UnableTo, match="held"):
        weighing.propose(review=review, why="Long over.", by=guardian, at=now())
    holding.lift(hold=hold, why="It is over.", by=second, at=now())
    weighing.propose(review=review, why="Long over.", by=guardian, at=now())


def test_nobody_else_decides(guardian: Actor) -> None:
    help_ = episode_in("closed")
    review = came_up(help_.family)
    given: dict[str, Any] = {"review": review, "by": help_.lead, "at": now()}
    with pytest.raises(NotAllowed):
        weighing.propose(why="No.", **given)
    with pytest.raises(NotAllowed):
        weighing.agree(**given)
    with pytest.raises(NotAllowed):
        weighing.turn_down(why="No.", **given)
    with pytest.raises(NotAllowed):
        weighing.keep_longer(until=date(2070, 1, 1), why="No.", **given)
    assert chain.verify().sound


def test_by_the_pages_from_my_work_to_agreement(
    guardian: Actor, second: Actor, help_: Help
) -> None:
    review = came_up(help_.family)
    first, other = signed_in(guardian), signed_in(second)
    work = first.get(reverse("home:work")).content.decode()
    assert "1 record is over time, for you to decide about" in work
    listed = first.get(reverse("retention:list")).content.decode()
    there = reverse("retention:review", args=[review.pk])
    assert there in listed
    assert reference_of(help_.family.pk) in listed
    page = first.get(there).content.decode()
    for shown in ("six years after the help ended", "The end of the last help"):
        assert shown in page
    for named in (help_.family.name, help_.child.given_name, help_.lead.member.name):
        assert named not in page + listed
    propose = reverse("retention:propose", args=[review.pk])
    first.post(propose, typed(why="Nobody asked in years."))
    agree = reverse("retention:agree", args=[review.pk])
    assert agree not in first.get(there).content.decode()
    assert "for another guardian to agree" in first.get(reverse("home:work")).content.decode()
    assert agree in other.get(there).content.decode()
    sent = other.post(agree, typed(sure="yes"), follow=True)
    assert "in the coming night" in sent.content.decode()
    review.refresh_from_db()
    assert review.state == "agreed"


def test_where_there_is_one_guardian_the_page_says_so(guardian: Actor, help_: Help) -> None:
    there = reverse("retention:review", args=[came_up(help_.family).pk])
    alone = "Only one person is an information guardian here"
    assert alone in signed_in(guardian).get(there).content.decode()
    worker("auditor")
    assert alone not in signed_in(guardian).get(there).content.decode()


def test_a_held_record_says_so_and_offers_no_disposal(guardian: Actor, help_: Help) -> None:
    review = came_up(help_.family)
    client = signed_in(guardian)
    hold = typed(
        reason="inquiry", asked_by="The inquiry", says="All of it.", on=str(local_day(now()))
    )
    client.post(reverse("retention:hold_review", args=[review.pk]), hold)
    page = client.get(reverse("retention:review", args=[review.pk])).content.decode()
    assert "The inquiry" in page
    assert reverse("retention:propose", args=[review.pk]) not in page
    assert "Held" in client.get(reverse("retention:list")).content.decode()


@pytest.fixture
def help_() -> Help:
    return episode_in("closed")

"""The practice installation: quick to load, loaded once, true to its promises."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.factories.partnership import actor

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import Conversation, SupportRequest
from earlydoors.domain.frontdoor.queries import waiting
from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Pair
from earlydoors.domain.joining.operations import propose, set_apart
from earlydoors.domain.joining.queries import pairs_for
from earlydoors.domain.joining.queries import waiting as waiting_pairs
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import practice_cast
from earlydoors.domain.people.models import Account, Family, KeptFrom
from earlydoors.domain.people.queries import secrets_from
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.new import write
from earlydoors.simulation import demo
from earlydoors.simulation.players import PASSWORD

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def quietly(_sentence: str) -> None:
    """Say nothing while it loads."""


@pytest.mark.parametrize("area", AREAS)
def test_an_area_loads_its_five_families(area: str, settings: Any) -> None:
    settings.AREA = area
    demo.load(quietly, TODAY)
    named = SupportRequest.objects.filter(state__in=["waiting", "taken_up", "decided"])
    families = {one.family_id for one in named if one.family_id}
    nameless = {p.family_name for r in named if not r.family_id for p in r.people.all()} - set(
        Family.objects.values_list("name", flat=True)
    )
    assert len(families) + len({name.split()[0] for name in nameless}) >= 5
    assert waiting().exists()
    assert Conversation.objects.filter(state="waiting").count() == 2
    assert SupportRequest.objects.filter(state="draft").exists()
    assert verify().sound
    assert all(one.story for one in practice_cast(TODAY))
    assert Member.objects.get(username="daniel.reid").check_password(PASSWORD)


def test_a_second_load_does_nothing(settings: Any) -> None:
    demo.load(quietly, TODAY)
    before = Member.objects.count(), Family.objects.count(), SupportRequest.objects.count()
    said: list[str] = []
    demo.load(said.append, TODAY)
    assert said == []
    assert before == (
        Member.objects.count(), Family.objects.count(), SupportRequest.objects.count(),
    )  # fmt: skip


def test_daniel_must_not_learn_where_they_live_or_where_leo_goes() -> None:
    demo.load(quietly, TODAY)
    daniel = Account.objects.get(member__username="daniel.reid").person
    assert KeptFrom.objects.filter(person=daniel, lifted_on=None).count() == 4
    secrets = secrets_from(daniel)
    assert any("Bransty" in secret for secret in secrets)
    assert any("Little Harbour" in secret for secret in secrets)


@pytest.mark.parametrize("area", ["cumbria", "northumberland"])
def test_a_girl_is_on_record_twice_and_the_front_door_sees_it(area: str, settings: Any) -> None:
    settings.AREA = area
    demo.load(quietly, TODAY)
    door = next(one.member for one in practice_cast(TODAY) if one.kind == "coordinator")
    seen = waiting_pairs(pairs_for(actor(door))).order_by("-strength", "first__family_name")
    named = [{one.first.full_name, one.second.full_name} for one in seen]
    assert named == [
        {"Maisie Hewitson", "Masie Hewetson"},
        {"Donna Hewitson", "Donna Hewetson"},
        {"Amy Robson", "Ava Robson"},
    ]


def test_the_twins_of_northumberland_stay_two(settings: Any) -> None:
    """Marked once, they are not joined and not listed again, whoever asks."""
    settings.AREA = "northumberland"
    demo.load(quietly, TODAY)
    door = actor(next(one.member for one in practice_cast(TODAY) if one.kind == "coordinator"))
    pair = Pair.objects.get(first__given_name__in=["Amy", "Ava"])
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    set_apart(pair=pair, why="twins", says="Both are in year 4.", by=door, at=at)
    with pytest.raises(UnableTo, match="marked as two people on 20 November 2026"):
        join(kept=pair.first, other=pair.second, why="Alike", by=door, at=at)
    with pytest.raises(UnableTo, match="they are twins"):
        propose(
            one=pair.second, two=pair.first, reasons="Alike", came_from="register", by=door, at=at
        )
    assert pair not in waiting_pairs(pairs_for(door))
    twins = {pair.first_id, pair.second_id}
    family = Family.objects.get(name="Robson")
    assert twins <= {one.person_id for one in family.members.filter(left_on=None)}


def test_the_outsider_finds_no_family() -> None:
    demo.load(quietly, TODAY)
    outsider = next(
        one.member for one in practice_cast(TODAY) if one.story.startswith("Has nothing to do")
    )
    assert not families_of(actor(outsider)).exists()


def test_cumbrias_own_family_waits_for_its_second_review() -> None:
    demo.load(quietly, TODAY)
    episode = Episode.objects.get(family__name="Armstrong")
    assert episode.state == "helping"
    assert str(episode.lead) == "Priya Nair"
    assert episode.plan.reviews.count() == 1
    assert episode.plan.next_review_on is not None
    assert 0 <= (episode.plan.next_review_on - TODAY).days <= 7
    assert episode.plan.outcomes.count() == 3
    assert sum(outcome.actions.count() for outcome in episode.plan.outcomes.all()) == 7


def test_an_area_without_a_cast_gets_one(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "riverdale"
    write(folder, "riverdale", "Riverdale")
    settings.AREA = str(folder)
    demo.load(quietly, TODAY)
    assert current().name == "Riverdale"
    assert Episode.objects.exists()
    assert waiting().exists()

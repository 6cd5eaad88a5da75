"""Steps of a family's help: harm, up and down, one agency, more help, coming back."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in, known_family
from tests.factories.partnership import signed_in
from tests.factories.requests import level_for, route_for
from tests.integration.web.agreement.forms import token

from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.foundation.kernel.dates import LONDON, local_day
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey, Decision, LevelKind

pytestmark = pytest.mark.django_db


def send(help_: Help, route: str, **sent: Any) -> Any:
    return signed_in(help_.lead).post(reverse(f"families:{route}", args=[help_.episode.pk]), sent)


def harm(help_: Help) -> str:
    return reverse("families:harm", args=[help_.family.pk])


def other_than(level: str) -> str:
    return next(
        lv.key for lv in current().levels if lv.kind != LevelKind.STATUTORY and lv.key != level
    )


def told(**more: Any) -> dict[str, Any]:
    now = timezone.now().astimezone(LONDON) - timedelta(minutes=20)
    return {
        "concern": "A knife and money he cannot explain.",
        "told_where": "MASH",
        "told_whom": "Mary Bell",
        "told_on": f"{now:%d/%m/%Y}",
        "told_time": f"{now:%H:%M}",
        "told_how": "By phone",
        "family_told": "yes",
        **more,
    }


def test_harm_is_recorded_at_once_and_early_help_stops() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    before = client.get(reverse("families:family", args=[help_.family.pk])).content.decode()
    assert " ago</strong>" in before, "Something of the plan is late"
    page = client.get(harm(help_))
    assert "ring 999" in page.content.decode()
    sent = told(_once=token(page))
    assert client.post(harm(help_), sent).status_code == 302
    assert client.post(harm(help_), sent).status_code == 302
    referral = HarmReferral.objects.get()
    assert (referral.told_whom, referral.family_told) == ("Mary Bell", True)
    assert help_.episode.state == "stepped_up"
    assert help_.episode.level == level_for(LevelKind.STATUTORY)
    overview = client.get(reverse("families:family", args=[help_.family.pk])).content.decode()
    assert "Early help is with social care" in overview
    assert "Stepped up" in overview
    written = reverse("families:harm_referral", args=[help_.family.pk, referral.pk])
    assert written in overview
    read = client.get(written).content.decode()
    for said in ("A knife and money he cannot explain.", "Mary Bell, MASH", "By phone"):
        assert said in read
    elsewhere = reverse(
        "families:harm_referral", args=[episode_in("helping").family.pk, referral.pk]
    )
    assert client.get(elsewhere).status_code == 404
    assert " ago</strong>" not in overview, "Nothing of the plan is late while it rests"


def test_harm_needs_why_the_family_was_not_told_and_a_time_that_has_come() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    silent = client.post(harm(help_), told(family_told="no")).content.decode()
    assert "Write an answer: Why was it not safe to tell them" in silent
    assert "A knife and money he cannot explain." in silent
    tomorrow = timezone.now() + timedelta(days=1)
    late = client.post(harm(help_), told(told_on=f"{tomorrow:%d/%m/%Y}")).content.decode()
    assert "cannot be later than now" in late
    assert not HarmReferral.objects.exists()
    assert help_.episode.state == "helping"


def test_harm_is_one_press_from_every_page_of_a_family() -> None:
    help_ = episode_in("helping")
    client = signed_in(help_.lead)
    family, episode = help_.family.pk, help_.episode.pk
    for address in (
        reverse("families:family", args=[family]),
        reverse("families:chronology", args=[family]),
        reverse("families:access", args=[family]),
        reverse("families:careful", args=[family]),
        reverse("families:person", args=[family, help_.child.pk]),
        reverse("families:team", args=[episode]),
        reverse("families:step", args=[episode]),
    ):
        assert harm(help_) in client.get(address).content.decode(), address


def test_a_family_without_help_can_be_referred_too() -> None:
    known = known_family()
    client = signed_in(known.by)
    address = reverse("families:harm", args=[known.family.pk])
    assert client.post(address, told()).status_code == 302
    assert HarmReferral.objects.get().family == known.family


def test_the_level_changes_with_its_reason() -> None:
    help_ = episode_in("helping")
    coordinated = [lv.key for lv in current().levels if lv.kind == LevelKind.COORDINATED]
    other = next(key for key in coordinated if key != help_.episode.level)
    assert "Write an answer: Why" in send(help_, "step", level=other).content.decode()
    assert send(help_, "step", level=other, why="More is needed.").status_code == 302
    assert help_.episode.level == other
    statutory = level_for(LevelKind.STATUTORY)
    assert "Choose one of" in send(help_, "step", level=statutory, why="x").content.decode()


def test_one_agency_takes_over_and_more_help_is_offered() -> None:
    help_ = episode_in("helping")
    agency = help_.lead.agency
    assert agency is not None
    begun = {"agency": str(agency.pk), "why": "School is enough now."}
    asked = send(help_, "give_to_agency", **begun).content.decode()
    assert "Who there?" in asked
    assert help_.lead.name in asked
    sent = {**begun, "worker": str(help_.lead.membership.pk)}
    assert send(help_, "give_to_agency", **sent).status_code == 302
    assert (help_.episode.state, help_.episode.agency) == ("single_agency", agency)
    assert send(help_, "offer_more", why="It was not enough.").status_code == 302
    assert help_.episode.state == "offered"
    twice = send(help_, "offer_more", why="Again.").content.decode()
    assert "This cannot be done now" in twice


def test_a_family_steps_down_with_the_plan_it_had() -> None:
    help_ = episode_in("stepped_up")
    level = level_for(LevelKind.COORDINATED)
    sent = {"way": "with_plan", "level": level, "why": "The child in need plan ended."}
    assert send(help_, "step_down", **sent).status_code == 302
    assert (help_.episode.state, help_.episode.level) == ("helping", level)
    review_on = due(current(), ClockKey.REVIEW, local_day(timezone.now()))
    assert help_.plan is not None
    help_.plan.refresh_from_db()
    assert help_.plan.next_review_on == review_on, "The review has its whole time again"
    again = send(help_, "step_down", **{**sent, "level": other_than(level)})
    assert "This cannot be done now" in again.content.decode()


@pytest.mark.parametrize(
    ("state", "route"),
    [
        ("helping", "step_down"),
        ("helping", "offer_more"),
        ("offered", "step_down"),
        ("closed", "give_to_agency"),
        ("closed", "step"),
    ],
)
def test_a_step_that_cannot_be_made_says_so_before_anything_is_written(
    state: str, route: str
) -> None:
    help_ = episode_in(state)
    answer = signed_in(help_.lead).get(reverse(f"families:{route}", args=[help_.episode.pk]))
    assert answer.status_code == 409


def test_stepping_the_level_while_with_social_care_leads_to_stepping_down() -> None:
    help_ = episode_in("stepped_up")
    answer = signed_in(help_.lead).get(reverse("families:step", args=[help_.episode.pk]))
    assert answer["Location"] == reverse("families:step_down", args=[help_.episode.pk])


def test_a_family_comes_back_and_the_new_help_continues_the_last() -> None:
    help_ = episode_in("closed")
    client = signed_in(help_.lead)
    address = reverse("families:come_back", args=[help_.family.pk])
    route = route_for(Decision.COORDINATED)
    wrong = next(lv.key for lv in current().levels if lv.key not in route.levels)
    sent = {"route": route.key, "level": wrong, "why": "Bedtimes are hard again."}
    refused = client.post(address, sent).content.decode()
    assert "Bedtimes are hard again." in refused
    sent["level"] = route.levels[0]
    assert client.post(address, {**sent, "_once": token(client.get(address))}).status_code == 302
    back = Episode.objects.exclude(state="closed").get(family=help_.family)
    assert back.continues_id == help_.episode.pk
    overview = client.get(reverse("families:family", args=[help_.family.pk])).content.decode()
    assert "Came back" in overview
    assert "Closed" in overview
    assert "Earlier help" in overview
    assert reverse("plans:plan", args=[help_.episode.pk]) in overview
    assert help_.closing is not None
    assert reverse("plans:look_back", args=[help_.closing.pk]) in overview
    assert client.post(address, sent).status_code == 302
    assert Episode.objects.filter(family=help_.family).count() == 2


def test_closed_help_does_not_change_its_level() -> None:
    help_ = episode_in("closed")
    other = next(lv.key for lv in current().levels if lv.kind == LevelKind.COORDINATED)
    refused = send(help_, "step", level=other, why="x").content.decode()
    assert "This help is closed" in refused

"""Reviews, scores, the picture of distance travelled, and closing."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help
from tests.factories.partnership import signed_in
from tests.factories.requests import level_for
from tests.integration.web.plans.conftest import plan_of
from tests.integration.web.plans.forms import a_review, answers, text, token, typed_day

from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.plan.models import Closing, Outcome, Review, Score
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import LevelKind
from earlydoors.web.plans.scoring import ends


def _areas() -> tuple[str, str]:
    first, second = current().areas_of_life[:2]
    return first.key, second.key


def _given(help_: Help, family: int, child: int, worker: int, **more: str) -> dict[str, str]:
    area, _ = _areas()
    return {
        "score.speaks": str(help_.parent.pk),
        f"score.family.{area}": str(family),
        f"score.child.{help_.child.pk}.{area}": str(child),
        f"score.worker.{area}": str(worker),
        **more,
    }


def test_a_review_keeps_progress_scores_and_new_needs(helping: Help) -> None:
    client = signed_in(helping.lead)
    plan = plan_of(helping)
    address = reverse("plans:review", args=[plan.pk])
    area, _ = _areas()
    found: dict[str, Any] = {
        "found.new_needs.id": ["", ""],
        "found.new_needs.text": ["A bed of her own", ""],
        "found.new_needs.area": [area, ""],
    }
    sent = a_review(
        helping,
        plan,
        **found,
        **_given(helping, 6, 7, 5),
        _once=token(client.get(address)),
    )

    first, second = client.post(address, sent), client.post(address, sent)

    assert (
        first["Location"] == second["Location"] == reverse("plans:plan", args=[helping.episode.pk])
    )
    review = Review.objects.get()
    assert {(s.view, s.value, s.person_id) for s in Score.objects.all()} == {
        ("family", 6, helping.parent.pk),
        ("child", 7, helping.child.pk),
        ("worker", 5, None),
    }
    assert [need.says for need in needs_of(helping.episode)][-1] == "A bed of her own"
    page = text(client.get(first["Location"]))
    assert "1 need without an answer" in page
    assert "Nearly there" in page
    read = text(client.get(reverse("plans:read_review", args=[review.pk])))
    assert "Mornings are calmer; bedtimes are next." in read
    again = client.get(address).content.decode()
    assert "Kelly said 6" in again
    assert "was 7" in again


def test_an_outcome_that_both_call_met_is_met(helping: Help) -> None:
    client = signed_in(helping.lead)
    outcome = Outcome.objects.get()
    both = {f"outcome.{outcome.pk}.family_view": "met", f"outcome.{outcome.pk}.worker_view": "met"}

    client.post(
        reverse("plans:review", args=[outcome.plan_id]), a_review(helping, plan_of(helping), **both)
    )

    outcome.refresh_from_db()
    assert outcome.state == "met"


@pytest.mark.parametrize(
    ("decision", "route"),
    [
        ("carry_on", "plans:plan"),
        ("step_up", "families:step"),
        ("step_down", "families:step"),
        ("close", "plans:close"),
    ],
)
def test_each_decision_leads_to_the_page_that_carries_it_out(
    helping: Help, decision: str, route: str
) -> None:
    answer = signed_in(helping.lead).post(
        reverse("plans:review", args=[plan_of(helping).pk]),
        a_review(helping, plan_of(helping), decision),
    )

    assert answer["Location"] == reverse(route, args=[helping.episode.pk])


def test_the_next_review_is_proposed_on_the_areas_clock(helping: Help) -> None:
    page = signed_in(helping.lead).get(reverse("plans:review", args=[plan_of(helping).pk]))

    assert 'name="decision.next_review_on" type="text" value="' in page.content.decode()
    assert 'name="decision.next_review_on" type="text" value=""' not in page.content.decode()


def test_another_line_for_a_need_keeps_every_word(helping: Help) -> None:
    client = signed_in(helping.lead)
    plan = plan_of(helping)
    more: dict[str, Any] = {
        "_more": "found.new_needs",
        "found.new_needs.text": ["A bed"],
        "found.new_needs.id": [""],
    }

    page = client.post(reverse("plans:review", args=[plan.pk]), a_review(helping, plan, **more))

    assert page.status_code == 200
    assert "There is a problem" not in text(page)
    assert "Mornings are calmer; bedtimes are next." in page.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"held_on": "31/2", "score.worker.health": "99", "decision.decision": "nothing"},
        {"held_on": typed_day(3)},
    ],
)
def test_a_review_that_cannot_be_read_is_shown_again(helping: Help, posted: dict[str, str]) -> None:
    plan = plan_of(helping)
    sent = a_review(helping, plan, **posted) if posted else posted

    page = signed_in(helping.lead).post(reverse("plans:review", args=[plan.pk]), sent)

    assert page.status_code == 200
    assert "There is a problem" in text(page) or "cannot be dated later" in text(page)
    assert not Review.objects.exists()


def test_the_picture_says_what_it_shows(helping: Help) -> None:
    client = signed_in(helping.lead)
    page_of, scores = (
        reverse(f"plans:{name}", args=[helping.episode.pk]) for name in ("distance", "scores")
    )
    assert "No scores yet" in text(client.get(page_of))
    assert client.get(reverse("plans:picture", args=[helping.episode.pk])).status_code == 404

    client.post(scores, {"held_on": typed_day(-15), **_given(helping, 3, 6, 4)})
    client.post(scores, {"held_on": "today", **_given(helping, 7, 5, 6)})

    page = client.get(page_of)
    assert "Scores for Kelly have risen in 1 of 1 area since" in text(page)
    assert "and fallen in 1" in text(page)  # what Sophie said
    assert page.content.decode().count('<svg role="img"') == 2  # the one for a phone too
    low, high = ends(current())
    scale = current().scale
    assert f"{scale.lowest} {low} → {scale.highest} {high}" in text(page)
    picture = client.get(reverse("plans:picture", args=[helping.episode.pk]))
    assert picture["Content-Type"] == "image/svg+xml"
    assert low in unescape(picture.content.decode())  # alone, it says so itself


def test_what_one_parent_says_does_not_move_the_others_score(helping: Help) -> None:
    client = signed_in(helping.lead)
    scores = reverse("plans:scores", args=[helping.episode.pk])
    area, _ = _areas()

    client.post(scores, {"held_on": typed_day(-9), **_given(helping, 3, 6, 4)})
    together = {"score.speaks": "together", f"score.family.{area}": "9"}
    client.post(scores, {"held_on": "today", **together})

    page = text(client.get(reverse("plans:distance", args=[helping.episode.pk])))
    assert "Kelly gave scores once" in page
    assert "The Tarn family gave scores once" in page


def test_scores_need_at_least_one(helping: Help) -> None:
    address = reverse("plans:scores", args=[helping.episode.pk])
    client = signed_in(helping.lead)

    page = client.post(address, {"held_on": "today", "score.speaks": "together"})
    assert "Give at least one score" in text(page)
    later = client.post(address, {"held_on": typed_day(2), **_given(helping, 1, 1, 1)})
    assert "cannot be dated later than today" in text(later)
    assert not Score.objects.exists()


def _an_end(help_: Help, **more: str) -> dict[str, str]:
    return {
        "reason": current().closing_reasons[0].key,
        "level": level_for(LevelKind.UNIVERSAL),
        "handover": "Miss Bell at school, who knows all of this.",
        **answers(Purpose.CLOSING, help_.family),
        **more,
    }


def test_help_is_closed_once_with_who_to_turn_to(helping: Help) -> None:
    client = signed_in(helping.lead)
    address = reverse("plans:close", args=[helping.episode.pk])
    page = text(client.get(address))
    assert "What was achieved" in page
    assert "1 action still to do" in page
    wanting = client.post(address, _an_end(helping, handover=""))
    assert "Write an answer: Who is the family’s first contact" in text(wanting)
    sent = _an_end(helping, _once=token(client.get(address)))

    first, second = client.post(address, sent), client.post(address, sent)

    closing = Closing.objects.get()
    assert first["Location"] == second["Location"]
    assert helping.episode.state == "closed"
    look_back = reverse("plans:look_back", args=[closing.pk])
    assert client.get(address)["Location"] == look_back
    assert "Miss Bell at school" in text(client.get(look_back))


def test_the_look_back_is_recorded_once(closed: Help) -> None:
    assert closed.closing is not None
    client = signed_in(closed.lead)
    address = reverse("plans:look_back", args=[closed.closing.pk])

    assert "Choose an answer: Has it lasted" in text(client.post(address, {"words": "Fine"}))
    client.post(address, {"sustained": "yes", "words": "“We still do the bedtime thing.”"})
    page = client.get(address)
    again = client.post(address, {"sustained": "no", "words": "Twice"})

    assert "We still do the bedtime thing." in text(page)
    assert "Record the look back" not in text(page)
    assert "already been recorded" in text(again)

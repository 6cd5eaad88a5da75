"""The questions of a decision, on every area's own levels and routes."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from earlydoors.foundation.forms.answers import read_answers
from earlydoors.foundation.profile.loader import SHIPPED, load, shipped_areas
from earlydoors.foundation.profile.schema import Decision, Profile
from earlydoors.web.frontdoor.decision import (
    Partners,
    begun,
    choices,
    decided,
    decision_questions,
)

SOCIAL_CARE = {
    "told_whom": ["Mary Bell"],
    "told_where": ["Duty team"],
    "told_on": ["3 March 2026"],
    "told_at": ["2:30pm"],
    "family_told": ["no"],
    "family_not_told_why": ["It could put the child in danger."],
}


@pytest.fixture(params=shipped_areas())
def profile(request: pytest.FixtureRequest) -> Profile:
    return load(SHIPPED / request.param)


def partners(profile: Profile) -> Partners:
    agencies = [cast(Any, SimpleNamespace(pk=a.key, key=a.key, name=a.name)) for a in
                profile.agencies]  # fmt: skip
    panels = {p.key: cast(Any, SimpleNamespace(key=p.key, name=p.name)) for p in profile.panels}
    return Partners(workers=(), agencies=agencies, panels=panels)


def test_each_route_can_be_decided_with_what_it_needs_and_nothing_else(profile: Profile) -> None:
    known = partners(profile)
    asked = decision_questions(profile, known)
    for route in profile.routes:
        posted = {
            # A form without a script posts everything: what does not belong to the route goes.
            **SOCIAL_CARE,
            **{key: [said] for key, said in begun(profile).items()},
            "level": [route.levels[0]],
            "route": [route.key],
            "rationale": ["Several needs."],
            "agency": [profile.agencies[0].key],
            **{f"panel_{r.key}": [r.panels[0]] for r in profile.routes if r.panels},
        }

        reading = read_answers(
            asked, posted, replace(choices(known), today=date(2026, 3, 4)), whole=True
        )
        made, (_, fault) = decided(reading.answers, profile, known)

        assert reading.sound, reading.faults
        assert not fault
        assert made.told == route.explains
        assert (made.agency is not None) == (route.decision == Decision.SINGLE_AGENCY)
        assert (made.panel is not None) == (route.decision == Decision.PANEL)
        assert (made.harm is not None) == (route.decision == Decision.SOCIAL_CARE)
        if made.harm:
            assert made.harm.told_at.isoformat() == "2026-03-03T14:30:00+00:00"
            assert made.harm.family_not_told_why


def test_no_answer_is_no_further_action(profile: Profile) -> None:
    (question,) = [q for q in decision_questions(profile, partners(profile)) if q.key == "route"]

    assert {option.key for option in question.options} == {route.key for route in profile.routes}
    assert not any("no further action" in option.says.lower() for option in question.options)

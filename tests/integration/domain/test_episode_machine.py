"""Whatever is tried in whatever order, help only moves as its workflow table says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories.families import Help, agreed_plan, close, consent_given, decline, step_up
from tests.factories.families import episode_in as walked_to
from tests.factories.partnership import agency
from tests.factories.requests import level_for

from earlydoors.domain.assessment import operations as assessments
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.episodes import agreement as answers_to_offer
from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.foundation.audit.chain import verify
from earlydoors.foundation.kernel.refusals import Refusal
from earlydoors.foundation.profile.schema import LevelKind
from earlydoors.simulation.answers import Texts, fill

TABLE = {(source, t.target) for t in EPISODE.transitions for source in t.sources}


class Journey(RuleBasedStateMachine):
    """A family's help, pushed about by people who do not look at its state first."""

    def __init__(self) -> None:
        super().__init__()
        # Each example is undone after it, as a test's own transaction would be.
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.help: Help = walked_to("offered")
        self.before = "offered"

    def _try(self, act: Callable[[Help], object]) -> None:
        """Do it, or be refused with a sentence; and never move but along the table."""
        self.help.later(days=1)
        refused = ""
        try:
            act(self.help)
        except Refusal as refusal:
            refused = refusal.sentence
        state = self.help.episode.state
        if refused:
            assert refused.endswith((".", "?"))
            assert state == self.before
        self.before = self._moved_to(state)

    def _moved_to(self, state: str) -> str:
        assert state == self.before or (self.before, state) in TABLE, (self.before, state)
        return state

    @precondition(lambda self: self.before != "closed")
    @rule()
    def family_says_yes(self) -> None:
        self._try(consent_given)

    @precondition(lambda self: self.before != "closed")
    @rule()
    def family_says_no(self) -> None:
        self._try(decline)

    @rule()
    def agreement_is_withdrawn(self) -> None:
        def withdraw(help_: Help) -> None:
            for agreement in agreements_of(help_.family)[:1]:
                answers_to_offer.withdraw(
                    episode=help_.episode,
                    agreement=agreement,
                    why="Not now",
                    by=help_.coordinator,
                    at=help_.at,
                )

        self._try(withdraw)

    @rule()
    def assessment_begins(self) -> None:
        def begin(help_: Help) -> None:
            help_.assessment = assessments.begin(
                episode=help_.episode, by=help_.coordinator, at=help_.at
            )

        self._try(begin)

    @rule()
    def assessment_is_finished(self) -> None:
        def finish(help_: Help) -> None:
            if help_.assessment is None:
                return
            help_.assessment.refresh_from_db()
            fill(help_.assessment.form_record, Texts(), by=help_.coordinator, at=help_.at)
            assessments.finish(assessment=help_.assessment, by=help_.coordinator, at=help_.at)

        self._try(finish)

    @precondition(lambda self: self.before == "planning" and self.help.plan is None)
    @rule()
    def plan_is_agreed(self) -> None:
        self._try(agreed_plan)

    @rule()
    def one_agency_takes_over(self) -> None:
        def hand_over(help_: Help) -> None:
            episodes.give_to_agency(
                episode=help_.episode,
                agency=agency(),
                member=None,
                why="Enough",
                by=help_.coordinator,
                at=help_.at,
            )

        self._try(hand_over)

    @precondition(lambda self: self.before != "closed")
    @rule()
    def harm_is_referred(self) -> None:
        self._try(step_up)

    @rule(has_plan=st.booleans(), agreed=st.booleans())
    def social_care_steps_down(self, has_plan: bool, agreed: bool) -> None:
        def step_down(help_: Help) -> None:
            episodes.step_down(
                episode=help_.episode,
                level=level_for(LevelKind.COORDINATED),
                why="Ended",
                has_plan=has_plan,
                agreed=agreed,
                by=help_.coordinator,
                at=help_.at,
            )

        self._try(step_down)

    @rule(name=st.sampled_from(sorted(EPISODE.by_name)))
    def any_move_is_tried(self, name: str) -> None:
        def move(help_: Help) -> None:
            if EPISODE.by_name[name].target != "closed":
                episodes.move(
                    episode=help_.episode, name=name, says="Tried.", by=help_.coordinator,
                    at=help_.at + timedelta(minutes=1),
                )  # fmt: skip

        self._try(move)

    @precondition(lambda self: self.before != "closed")
    @rule()
    def help_is_closed(self) -> None:
        self._try(close)

    @invariant()
    def closed_means_closed(self) -> None:
        episode = self.help.episode
        assert (episode.state == "closed") == (episode.closed_at is not None)
        assert self.help.family.episodes.exclude(state="closed").count() <= 1

    def teardown(self) -> None:
        sound = verify().sound
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        assert sound


@pytest.mark.slow
@pytest.mark.django_db
def test_help_moves_only_as_its_table_says() -> None:
    run_state_machine_as_test(
        Journey,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

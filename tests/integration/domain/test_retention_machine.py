"""Records are held, let go, come up, kept longer, proposed, agreed to and carried out at random. A
model says of each what becomes of it, and which records are still there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories.families import episode_in
from tests.factories.partnership import worker
from tests.factories.retention import held_by_court

from earlydoors.domain.people.models import Family
from earlydoors.domain.retention import holding, weighing
from earlydoors.domain.retention.coming_up import bring_up
from earlydoors.domain.retention.disposing import agreed, dispose
from earlydoors.domain.retention.models import Certificate, Hold, Review
from earlydoors.domain.retention.rules import reference_of
from earlydoors.domain.retention.states import FINAL
from earlydoors.foundation.audit import chain
from earlydoors.foundation.kernel.dates import local_day, months_later
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current

STEPS_IN_EVERY_RUN, STEPS_AT_NIGHT, AT_ONCE = 60, 2_000, 30
HELPED = 6 * 12  # months, by the area's rule

records = st.sampled_from(["Tarn", "Birch"])
guardians = st.integers(0, 1)


@dataclass
class Record:
    """What the model knows of a record."""

    over: date
    state: str = ""
    proposed_by: int = -1
    holds: int = 0
    gone: bool = False


class Keeping(RuleBasedStateMachine):
    """Two families' records, two guardians, and years that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.guardians = [worker("auditor"), worker("auditor")]
        self.model: dict[str, Record] = {}
        self.families: dict[str, Family] = {}
        for number, name in enumerate(("Tarn", "Birch")):
            begun = datetime(2016 + number, 3, 2, 9, tzinfo=UTC)
            help_ = episode_in(
                "closed", name=name, child=f"Ida{number}", born_on=date(2009, 3, 3), at=begun
            )
            closed_at = help_.episode.closed_at
            assert closed_at is not None
            self.families[name] = Family.objects.get(pk=help_.family.pk)
            self.model[name] = Record(months_later(local_day(closed_at), HELPED))
        self.today = date(2021, 6, 1)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.today, time(12), tzinfo=UTC)

    def _review(self, name: str) -> Review | None:
        found = Review.objects.filter(family=self.families[name].pk)
        return found.exclude(state__in=FINAL).first()

    def _tries(self, works: bool, act: object) -> None:
        assert callable(act)
        if works:
            act()
            return
        with pytest.raises(UnableTo), transaction.atomic():
            act()

    @rule(days=st.sampled_from([20, 200, 900]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def a_night(self) -> None:
        bring_up(profile=current(), at=self.at)
        for one in self.model.values():
            if not one.gone and not one.state and one.over <= self.today:
                one.state = "waiting"

    @rule(name=records)
    def hold(self, name: str) -> None:
        one = self.model[name]
        if one.gone:
            return
        held_by_court(self.families[name], by=self.guardians[0], at=self.at)
        one.holds += 1
        if one.state:
            one.state = "waiting"

    @precondition(lambda self: any(one.holds for one in self.model.values()))
    @rule(name=records)
    def lift(self, name: str) -> None:
        one = self.model[name]
        found = Hold.objects.filter(family=self.families[name].pk, lifted_at=None).first()
        assert (found is None) == (one.holds == 0)
        if found is not None:
            holding.lift(hold=found, why="It is over.", by=self.guardians[1], at=self.at)
            one.holds -= 1

    @rule(name=records, days=st.sampled_from([-1, 0, 30, 700]))
    def keep_longer(self, name: str, days: int) -> None:
        one, review = self.model[name], self._review(name)
        if review is None:
            return
        until = self.today + timedelta(days=days)
        works = days > 0 and one.state in {"waiting", "proposed"}
        self._tries(
            works,
            lambda: weighing.keep_longer(
                review=review, until=until, why="A court.", by=self.guardians[0], at=self.at
            ),
        )
        if works:
            one.state, one.over = "", max(one.over, until)

    @rule(name=records, who=guardians)
    def propose(self, name: str, who: int) -> None:
        one, review = self.model[name], self._review(name)
        if review is None:
            return
        works = one.state == "waiting" and not one.holds
        self._tries(
            works,
            lambda: weighing.propose(
                review=review, why="Over.", by=self.guardians[who], at=self.at
            ),
        )
        if works:
            one.state, one.proposed_by = "proposed", who

    @rule(name=records, who=guardians)
    def agree(self, name: str, who: int) -> None:
        one, review = self.model[name], self._review(name)
        if review is None:
            return
        works = one.state == "proposed" and one.proposed_by != who
        self._tries(
            works, lambda: weighing.agree(review=review, by=self.guardians[who], at=self.at)
        )
        if works:
            one.state = "agreed"

    @rule(name=records)
    def turn_down(self, name: str) -> None:
        one, review = self.model[name], self._review(name)
        if review is None:
            return
        works = one.state in {"proposed", "agreed"}
        self._tries(
            works,
            lambda: weighing.turn_down(review=review, why="No.", by=self.guardians[0], at=self.at),
        )
        if works:
            one.state = "waiting"

    @rule()
    def carry_out(self) -> None:
        for review in agreed():
            dispose(review=review, profile=current(), at=self.at)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for one in self.model.values():
            if one.state == "agreed":
                one.gone, one.state = True, ""

    @invariant()
    def what_is_there_is_what_the_model_says(self) -> None:
        there = set(Family.objects.values_list("pk", flat=True))
        for name, one in self.model.items():
            family = self.families[name].pk
            assert (family not in there) == one.gone, name
            certified = Certificate.objects.filter(reference=reference_of(family))
            assert certified.exists() == one.gone, name
            review = self._review(name)
            assert (review.state if review else "") == one.state, name
            if one.state == "agreed":
                assert not one.holds

    @invariant()
    def the_evidence_is_whole(self) -> None:
        assert chain.verify().sound


def tried(steps: int) -> None:
    run_state_machine_as_test(
        Keeping,
        settings=settings(
            max_examples=steps // AT_ONCE,
            stateful_step_count=AT_ONCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_only_what_two_agreed_about_goes_and_nothing_that_is_held() -> None:
    tried(STEPS_IN_EVERY_RUN)


@pytest.mark.nightly
@pytest.mark.django_db
def test_only_what_two_agreed_about_goes_all_night() -> None:
    tried(STEPS_AT_NIGHT)

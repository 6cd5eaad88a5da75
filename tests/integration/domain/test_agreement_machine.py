"""Agreements are given, narrowed, renewed, withdrawn and end by themselves at random. Both walls
agree with a model of who may see the record, and what was said beforehand of each is what happens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.as_web import as_the_web_login
from tests.factories.families import episode_in
from tests.factories.partnership import worker

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.queries import families_of
from earlydoors.domain.consent import operations as consent
from earlydoors.domain.consent.effects import Effects, done_at, effects_of, if_given, if_withdrawn
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import end_of, local_day

STEPS_IN_EVERY_RUN, STEPS_AT_NIGHT, AT_ONCE = 80, 2_000, 20
PEOPLE, WORKERS = 2, 2
SOON, LATE, NEVER = "soon", "late", "never"
DAYS = {SOON: 30, LATE: 60}

people = st.integers(0, PEOPLE - 1)
workers = st.integers(0, WORKERS - 1)
ends = st.sampled_from([SOON, LATE, NEVER])
words = st.tuples(*[st.sampled_from([True, False, None]) for _ in range(WORKERS)])


@dataclass
class Word:
    """What one person's agreement says of each worker's agency: yes, no, or nothing."""

    of: tuple[bool | None, ...]
    ends: str


class Agreeing(RuleBasedStateMachine):
    """A mother and her daughter give their word on a school and a clinic, each with one worker."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.help = episode_in("helping")
        self.family, self.by = self.help.family, self.help.lead
        self.form = Agreement.objects.earliest("created_at").form_record
        self.people = [self.help.parent, self.help.child]
        self.workers = [
            worker(setting_key="st_begas_primary", desks=()),
            worker(agency_key="healthy_child", desks=()),
        ]
        for one in agreements_of(self.family):
            consent.withdraw(agreement=one, why="", by=self.by, at=datetime.now(UTC))
        self.words: dict[int, Word] = {}
        # By worker: until when what they hold is open; "over" once its time is over.
        self.held: dict[int, str] = {}

    @rule(person=people, of=words, until=ends)
    def agrees(self, person: int, of: tuple[bool | None, ...], until: str) -> None:
        who, last = self.people[person], self._last_day(until)
        given = [
            consent.Share(yes, agency=one.agency)
            for yes, one in zip(of, self.workers, strict=True)
            if yes is not None
        ]
        told = [(one.shares, one.agency, one.setting, one.named) for one in given]
        standing = if_given(self.family, who, agreed_on=self._today, until=last, words=told)
        self.words[person] = Word(of, until)
        self._as_said(
            standing,
            lambda at: consent.give(
                family=self.family, person=who, agreed_on=self._today, until=last, told_how="phone",
                in_writing=True, shares=given, form_record=self.form, by=self.by, at=at,
            ),
        )  # fmt: skip

    @rule(person=people)
    def withdraws(self, person: int) -> None:
        if person not in self.words:
            return
        mine = self.family.agreements.get(
            person=self.people[person], withdrawn_at=None, pk__in=[
                one.pk for one in agreements_of(self.family)
            ],
        )  # fmt: skip
        del self.words[person]
        self._as_said(
            if_withdrawn(mine),
            lambda at: consent.withdraw(agreement=mine, why="", by=self.by, at=at),
        )

    @rule(who=workers)
    def joins(self, who: int) -> None:
        if not self._told(who):
            return
        one = self.workers[who]
        consent.let_in(
            family=self.family, member=one.member, because="team", agency=one.agency,
            by=self.by, at=datetime.now(UTC),
        )  # fmt: skip
        self.held[who] = self._until(who)
        self._go_on()

    @rule(until=st.sampled_from([SOON, LATE]))
    def time_goes_by(self, until: str) -> None:
        """What was to end on that day ended yesterday, and nobody did anything."""
        last, yesterday = self._last_day(until), self._today - timedelta(days=1)
        assert last is not None
        long_ago = datetime.now(UTC) - timedelta(days=9)
        over = Grant.objects.filter(family=self.family, ended_at=None, until=end_of(last))
        over.update(began_at=long_ago, until=end_of(yesterday))
        self.family.agreements.filter(until=last, withdrawn_at=None).update(
            agreed_on=self._today - timedelta(days=9), until=yesterday
        )
        self.words = {who: word for who, word in self.words.items() if word.ends != until}
        self.held = {who: "over" if one == until else one for who, one in self.held.items()}

    @invariant()
    def both_walls_agree_with_the_model(self) -> None:
        expected = {who for who, one in self.held.items() if one != "over"}
        assert self._seeing() == expected
        with as_the_web_login():
            for number, one in enumerate(self.workers):
                with acting_as(one):
                    assert Family.objects.exists() == (number in expected)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _as_said(self, standing: list[Agreement], act: Callable[[datetime], object]) -> None:
        """Do it: whoever was said to lose the record loses it, and nobody else; and the other way
        round. What is told of it afterwards is the same."""
        before, at = self._seeing(), datetime.now(UTC)
        said = effects_of(self.family, standing, at)
        act(at)
        self._go_on()
        after = self._seeing()
        assert self._named(said) == (before - after, after - before)
        assert self._named(done_at(self.family, at)) == (before - after, after - before)

    def _go_on(self) -> None:
        """What the words do to what is held, by the model."""
        for who, one in list(self.held.items()):
            if self._told(who):
                self.held[who] = self._until(who)
            elif one != "over":
                del self.held[who]

    def _told(self, who: int) -> bool:
        said = [word.of[who] for word in self.words.values()]
        return True in said and False not in said

    def _until(self, who: int) -> str:
        yes = [word.ends for word in self.words.values() if word.of[who]]
        return max(yes, key=[SOON, LATE, NEVER].index)

    def _seeing(self) -> set[int]:
        return {
            number
            for number, one in enumerate(self.workers)
            if families_of(one).filter(pk=self.family.pk).exists()
        }

    def _named(self, found: Effects) -> tuple[set[int], set[int]]:
        numbers = {one.member.pk: number for number, one in enumerate(self.workers)}
        lost, back = (
            {numbers[one.member_id] for one in grants if one.member_id in numbers}
            for grants in (found.losing, found.returning)
        )
        return lost, back

    @property
    def _today(self) -> date:
        return local_day(datetime.now(UTC))

    def _last_day(self, until: str) -> date | None:
        return None if until == NEVER else self._today + timedelta(days=DAYS[until])


def tried(steps: int) -> None:
    run_state_machine_as_test(
        Agreeing,
        settings=settings(
            max_examples=steps // AT_ONCE,
            stateful_step_count=AT_ONCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_who_may_see_is_what_the_family_said() -> None:
    tried(STEPS_IN_EVERY_RUN)


@pytest.mark.nightly
@pytest.mark.django_db
def test_who_may_see_is_what_the_family_said_all_night() -> None:
    tried(STEPS_AT_NIGHT)

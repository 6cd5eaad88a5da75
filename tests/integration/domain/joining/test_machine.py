"""Whatever is joined, undone and written in whatever order, undoing all of it leads back."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker

from earlydoors.domain.joining.joins import join, two_numbers
from earlydoors.domain.joining.models import Joining
from earlydoors.domain.joining.pointers import Pointer, pointers
from earlydoors.domain.joining.queries import now_of
from earlydoors.domain.joining.undoing import undo
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import PERSON_FIELDS, correct, place_at, take_in
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import Refusal

WHO = st.integers(0, 3)
WHICH = st.sampled_from(["kept", "other"])
NUMBERS = ("9434765919", "9990000018", "9990000026", "9990000034")
type Snapshot = dict[tuple[str, str], str]


def _pointers() -> list[Pointer]:
    # The lists of what was joined and looked at grow with what the test does; the index follows
    # what is found, and `test_index` holds it to that.
    apart = ("joining.", "matching.")
    return [one for one in pointers() if not one.table.startswith(apart)]


def pointing() -> Snapshot:
    """Whom every row points at, and whether it is ended."""
    found = {}
    for pointer in _pointers():
        for row in pointer.model._default_manager.all():
            ended = [
                getattr(row, name, None) is not None
                for name in ("left_on", "removed_on", "lifted_on")
            ]
            who = getattr(row, f"{pointer.column}_id")
            found[pointer.key, str(row.pk)] = f"{who} {ended}"
    return found


def facts() -> dict[str, dict[str, object]]:
    return {
        str(one.pk): {name: getattr(one, name) for name in sorted(PERSON_FIELDS)}
        for one in Person.objects.all()
    }


class Register(RuleBasedStateMachine):
    """Four records in four families, joined and parted by somebody who does not look first."""

    def __init__(self) -> None:
        super().__init__()
        # Each example is undone after it, as a test's own transaction would be.
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.keeper = worker("administrator")
        self.at = AT
        self.known = [known_family(name=name) for name in ("Tarn", "Beck", "Moss", "Fell")]
        self.people = [one.child for one in self.known]
        for person, number in zip(self.people[:3], NUMBERS, strict=False):
            identify(person=person, kind="nhs", number=number, by=self.keeper, at=AT)
        for one in self.known:
            place_at(person=one.child, kind="home", says=one.family.name, by=self.keeper, at=AT)
        # Two of them are in one family as well.
        take_in(
            family=self.known[0].family, person=self.people[1], relation="sibling",
            on=local_day(AT), by=self.keeper, at=AT,
        )  # fmt: skip
        self.written: dict[tuple[str, str], str] = {}
        self.before, self.said = pointing(), facts()
        self.changed = False

    def later(self) -> None:
        self.at += timedelta(hours=1)

    @rule(
        one=WHO, two=WHO, facts=st.sampled_from(["given_name", "family_name", "sex"]), which=WHICH
    )
    def two_are_joined(self, one: int, two: int, facts: str, which: str) -> None:
        self.later()
        kept, other = self.people[one], self.people[two]
        numbers = {f"number_{kind}": which for kind, _ in two_numbers(kept, other)}
        refused = ""
        try:
            join(
                kept=kept, other=other, why="Alike.", by=self.keeper, at=self.at,
                taking={facts: which, **numbers},
            )  # fmt: skip
        except Refusal as refusal:
            refused = refusal.sentence
        assert refused.endswith(".") or (not refused and now_of(other.pk) == kept.pk)

    @rule(number=st.integers(0, 3))
    def one_is_undone(self, number: int) -> None:
        self.later()
        standing = list(Joining.objects.filter(undone_at=None).order_by("created_at", "pk"))
        if number >= len(standing):
            return
        chosen = standing[number]
        refused = ""
        try:
            undo(joining=chosen, why="Two people.", by=self.keeper, at=self.at)
        except Refusal as refusal:
            refused = refusal.sentence
        back = now_of(chosen.other_id) == chosen.other_id
        assert "Undo that one first" in refused or (not refused and back)

    @rule(who=WHO)
    def somebody_writes(self, who: int) -> None:
        self.later()
        person = Person.objects.get(pk=now_of(self.people[who].pk))
        place = place_at(person=person, kind="gp", says="Dr Ahmed", by=self.keeper, at=self.at)
        self.written["people.place.person", str(place.pk)] = f"{person.pk} {[False] * 3}"

    @rule(who=WHO, name=st.sampled_from(["Sophie", "Sofie", "Soph"]))
    def somebody_mends_a_name(self, who: int, name: str) -> None:
        self.later()
        person = Person.objects.get(pk=now_of(self.people[who].pk))
        if person.given_name != name:
            correct(person=person, given_name=name, by=self.keeper, at=self.at)
            self.changed = True

    @invariant()
    def nothing_is_lost(self) -> None:
        now = pointing()
        assert set(self.before) | set(self.written) <= set(now)

    @invariant()
    def a_record_that_hangs_on_another_is_in_no_family_of_today(self) -> None:
        for joining in Joining.objects.filter(undone_at=None):
            assert not joining.other.families.filter(left_on=None).exists()

    def teardown(self) -> None:
        """Undo all, latest first; then every row points at whom it pointed at in the beginning."""
        try:
            for joining in Joining.objects.filter(undone_at=None).order_by("-layer"):
                self.later()
                undo(joining=joining, why="Two people.", by=self.keeper, at=self.at)
            now = pointing()
            for row, who in (self.before | self.written).items():
                assert now[row] == who, row
            for row in set(now) - set(self.before) - set(self.written):
                # What the joinings made themselves: names taken off again, and who said a fact.
                assert row[0] in {"people.name.person", "people.said.person"}
                assert row[0] != "people.name.person" or now[row].endswith("[False, True, False]")
            if not self.changed:
                assert facts() == self.said
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            super().teardown()


@pytest.mark.slow
@pytest.mark.django_db
def test_undoing_all_leads_back() -> None:
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

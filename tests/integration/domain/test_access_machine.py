"""Access is granted, narrowed, withdrawn, moved and ended at random, and both walls agree with a
model of who may see what: the application's scoping, and the database's own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.as_web import as_the_web_login
from tests.factories.partnership import area, worker

from earlydoors.domain.access import declaring, operations, restricting
from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.models import NAMED, WIDER, Declaration, Grant, Restriction
from earlydoors.domain.access.queries import families_of, knows_of, sees_everything
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk
from earlydoors.domain.people.models import Connection, Family
from earlydoors.domain.people.operations import begin_family

STEPS_IN_EVERY_RUN, STEPS_AT_NIGHT, AT_ONCE = 500, 10_000, 50
REASONS = ("team", "lead", "agency_help", "caseload", "locality_duty", "panel")
FAMILIES, HOLDERS, WORKERS = 2, 5, 3

families = st.integers(0, FAMILIES - 1)
holders = st.integers(0, HOLDERS - 1)
workers = st.integers(0, WORKERS - 1)
reasons = st.sampled_from(REASONS)
extents = st.sampled_from(WIDER)


@dataclass
class Held:
    """A grant as the model has it."""

    extent: str
    lasts: bool


class Access(RuleBasedStateMachine):
    """Two families, three workers and two desks; one worker sits at each desk."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        area()
        # It all happened days ago, a minute apart, so that what was open for a while can be over.
        self.at = datetime.now(UTC) - timedelta(days=10)
        self.by = worker("coordinator", desks=())
        door, panel = (
            Desk.objects.filter(kind="front_door")[0],
            Desk.objects.filter(kind="panel")[0],
        )
        self.workers = [
            worker(desks=(door.key,)),
            worker(desks=(door.key, panel.key)),
            worker(desks=()),
        ]
        self.holders: list[Any] = [*(one.member for one in self.workers), door, panel]
        self.families = [begin_family(name=f"Fell {n}", by=self.by, at=self.at) for n in (1, 2)]
        for family in self.families:
            Connection.make(by=self.by, at=self.at, family=family, kind="neighbour", name="Bev")
        self.held: dict[tuple[int, int, str], Held] = {}
        # By family: the few, and the moment it ends by itself is told by `time_goes_by`.
        self.few: dict[int, set[int]] = {}
        self.lapses: set[int] = set()
        self.declared: set[tuple[int, int]] = set()

    @rule(family=families, named=st.sets(workers, max_size=2), lasts=st.booleans())
    def restricts(self, family: int, named: set[int], lasts: bool) -> None:
        if family in self.few:
            return
        self._open_to_whoever_restricts(family)
        restricting.restrict(
            family=self.families[family],
            kind="staff",
            why="Their mother works here",
            named=[self.by.member, *(self.workers[n].member for n in named)],
            until=None if lasts else datetime.now(UTC) + timedelta(hours=1),
            **self._given,
        )
        self.few[family] = set(named)
        if not lasts:
            self.lapses.add(family)

    @rule(family=families, worker=workers)
    def names_another(self, family: int, worker: int) -> None:
        if family not in self.few:
            return
        restricting.name_another(
            restriction=self._restriction(family),
            member=self.workers[worker].member,
            **self._given,
        )
        self.few[family].add(worker)

    @rule(family=families, worker=workers)
    def takes_off(self, family: int, worker: int) -> None:
        if family not in self.few:
            return
        restricting.take_off(
            restriction=self._restriction(family),
            member=self.workers[worker].member,
            **self._given,
        )
        self.few[family].discard(worker)

    @rule(family=families)
    def lifts(self, family: int) -> None:
        if family not in self.few:
            return
        restricting.lift(restriction=self._restriction(family), why="She has left", **self._given)
        del self.few[family]
        self.lapses.discard(family)

    @rule(family=families, worker=workers)
    def declares(self, family: int, worker: int) -> None:
        self.at += timedelta(minutes=1)
        declaring.declare(
            family=self.families[family],
            whom="Next door",
            kind="neighbour",
            says="We share a fence",
            by=self.workers[worker],
            at=self.at,
        )
        self.declared.add((family, worker))

    @rule(family=families, worker=workers)
    def may_work_with_them_after_all(self, family: int, worker: int) -> None:
        made = Declaration.objects.filter(
            family=self.families[family], member=self.workers[worker].member, ended_at=None
        )
        for one in made:
            declaring.end_declaration(declaration=one, why="She moved away", **self._given)
        self.declared.discard((family, worker))

    @rule(family=families, holder=holders, because=reasons, extent=extents, lasts=st.booleans())
    def grants(self, family: int, holder: int, because: str, extent: str, lasts: bool) -> None:
        operations.grant(
            family=self.families[family],
            because=because,
            extent=extent,
            until=None if lasts else datetime.now(UTC) + timedelta(hours=1),
            **self._to(holder),
            **self._given,
        )
        key = family, holder, because
        before = self.held.get(key)
        if before is not None:
            extent = max(extent, before.extent, key=WIDER.index)
            lasts = lasts or before.lasts
        self.held[key] = Held(extent, lasts)

    @rule(family=families, holder=holders, extent=extents)
    def narrows(self, family: int, holder: int, extent: str) -> None:
        operations.narrow(grants=self._of(family, holder), extent=extent, **self._given)
        for (where, who, _), one in self.held.items():
            if (where, who) == (family, holder):
                one.extent = min(extent, one.extent, key=WIDER.index)

    @rule(family=families, holder=holders)
    def withdraws(self, family: int, holder: int) -> None:
        operations.end(grants=self._of(family, holder), **self._given)
        self._forget(family, holder)

    @rule(family=families, holder=holders, other=holders, because=reasons)
    def moves(self, family: int, holder: int, other: int, because: str) -> None:
        """What one held, another holds now."""
        found = self.held.get((family, holder, because))
        if found is None or holder == other:
            return
        operations.end(grants=self._of(family, holder).filter(because=because), **self._given)
        del self.held[family, holder, because]
        self.grants(family, other, because, found.extent, found.lasts)

    @rule(family=families)
    def ends(self, family: int) -> None:
        """The help is over: every door closes."""
        held = self.families[family].grants.exclude(because=NAMED)
        operations.end(grants=held, **self._given)
        for holder in range(HOLDERS):
            self._forget(family, holder)

    @rule(family=families)
    def time_goes_by(self, family: int) -> None:
        """What was open for a while is over, and nobody has done anything."""
        lapsing = self.families[family].grants.filter(ended_at=None, until__isnull=False)
        lapsing.update(until=self.at + timedelta(seconds=30))
        lapsed = [k for k, one in self.held.items() if k[0] == family and not one.lasts]
        for key in lapsed:
            del self.held[key]
        if family in self.lapses:
            over = Restriction.objects.filter(family=self.families[family], ended_at=None)
            long_ago = self.at - timedelta(days=300)
            over.update(began_at=long_ago, until=long_ago + timedelta(days=1))
            self.lapses.discard(family)
            del self.few[family]

    @invariant()
    def both_walls_agree_with_the_model(self) -> None:
        for who in self.workers:
            for number, family in enumerate(self.families):
                extent = self._expected(who, number)
                assert families_of(who).filter(pk=family.pk).exists() == (
                    extent in {"summary", "full"}
                )
                assert sees_everything(who, family.pk) == (extent == "full")
                assert knows_of(who, family.pk) == (extent is not None)
        with as_the_web_login():
            assert not Family.objects.exists()
            for who in self.workers:
                seen = {n: self._expected(who, n) for n in range(FAMILIES)}
                with acting_as(who):
                    rows = set(Family.objects.values_list("pk", flat=True))
                    whole = set(Connection.objects.values_list("family", flat=True))
                assert rows == self._where(seen, "summary", "full")
                assert whole == self._where(seen, "full")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def _given(self) -> dict[str, Any]:
        self.at += timedelta(minutes=1)
        return {"by": self.by, "at": self.at}

    def _to(self, holder: int) -> dict[str, Any]:
        one = self.holders[holder]
        return {"desk": one} if isinstance(one, Desk) else {"member": one}

    def _of(self, family: int, holder: int) -> Any:
        # Who the few are is said by those who restrict, and by nothing else that happens.
        held = Grant.objects.filter(family=self.families[family], **self._to(holder))
        return held.exclude(because=NAMED)

    def _forget(self, family: int, holder: int) -> None:
        for key in [key for key in self.held if key[:2] == (family, holder)]:
            del self.held[key]

    def _open_to_whoever_restricts(self, family: int) -> None:
        operations.grant(
            family=self.families[family], because="team", member=self.by.member, **self._given
        )

    def _restriction(self, family: int) -> Restriction:
        return Restriction.objects.get(family=self.families[family], ended_at=None)

    def _expected(self, who: Actor, family: int) -> str | None:
        """The widest of what they hold themselves and by their desks, by the model: unless the
        record is restricted to others, or of somebody they know."""
        number = self.workers.index(who)
        if (family, number) in self.declared:
            return None
        if family in self.few:
            return "full" if number in self.few[family] else None
        mine = {
            number
            for number, one in enumerate(self.holders)
            if one == who.member or one.pk in who.desk_ids
        }
        held = [o.extent for (where, h, _), o in self.held.items() if where == family and h in mine]
        return max(held, key=WIDER.index, default=None)

    def _where(self, seen: dict[int, str | None], *extents: str) -> set[Any]:
        return {self.families[n].pk for n, extent in seen.items() if extent in extents}


def tried(steps: int) -> None:
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=steps // AT_ONCE,
            stateful_step_count=AT_ONCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_who_may_see_what_is_what_was_granted() -> None:
    tried(STEPS_IN_EVERY_RUN)


@pytest.mark.nightly
@pytest.mark.django_db
def test_who_may_see_what_is_what_was_granted_all_night() -> None:
    tried(STEPS_AT_NIGHT)

"""Proving the press: a printed family's story, told through the domain's operations, writes the
same rows and the same evidence.

Ids differ, so each is known by what its row says and what that hangs on.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Final

from earlydoors.domain.matching.listening import deaf
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk, Membership, Setting
from earlydoors.foundation.audit.chain import undone
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.simulation.people.numbers import upn
from earlydoors.simulation.players import Cast
from earlydoors.simulation.press.capture import (
    Row,
    Written,
    begun,
    events_since,
    tables,
    written_since,
)
from earlydoors.simulation.press.convening import expect, of_families, told_of_families
from earlydoors.simulation.press.drawn import Drawn, Worker
from earlydoors.simulation.press.knowing import line_of, marks_of
from earlydoors.simulation.press.loading import Loader
from earlydoors.simulation.press.playing import free_number
from earlydoors.simulation.press.printing import Press
from earlydoors.simulation.press.stories import TREE, Branch, Step
from earlydoors.simulation.press.told import stage_for

_FREE: Final = 99_500_000  # numbers of nobody who is printed
_FAR: Final = datetime(2100, 1, 1)  # noqa: DTZ001 - London's own time, as `Drawn.now`


def differences(press: Press, drawn: Drawn) -> list[str]:
    """What the operations write otherwise than it was printed, as sentences; none if nothing.

    The whole story is compared, however far it has come by now.
    """
    whole = with_players(replace(drawn, now=_FAR, stops=1.0))
    printed = _printed(press, whole)
    played = _played(press, whole)
    return [*_apart(printed, played, "printed"), *_apart(played, printed, "played")]


def _apart(one: Counter[str], other: Counter[str], how: str) -> list[str]:
    return [f"Only {how}: {line}" for line in sorted((one - other).elements())]


def _printed(press: Press, drawn: Drawn) -> Counter[str]:
    with undone():
        first = begun()
        Loader().load([press.print(drawn)])
        return _written(first)


def _played(press: Press, drawn: Drawn) -> Counter[str]:
    with deaf(), undone():
        _expect(drawn)
        first = begun()
        stage = stage_for(Cast(press.profile), drawn)
        for step in steps_to(drawn.path):
            step(stage)
        return _written(first)


def _written(first: int) -> Counter[str]:
    return _known(
        of_families(written_since(first, tables())), told_of_families(events_since(first))
    )


def _expect(drawn: Drawn) -> None:
    """The sittings at which a panel talks about the family are still to be held."""
    if drawn.sittings:
        expect(
            drawn.desk(),
            [(one.on, one.id) for one in drawn.sittings],
            drawn.part("chair"),
            datetime.combine(drawn.start, time(9), tzinfo=LONDON),
        )


def steps_to(path: str) -> list[Step]:
    """The steps of a path. Raises `LookupError` for one that there is not."""
    for branch in TREE:
        found = _steps(branch, path)
        if found:
            return found
    raise LookupError(f"There is no path {path}.")


def _steps(branch: Branch, path: str) -> list[Step]:
    if branch.path == path:
        return [branch.step]
    for one in branch.then:
        if found := _steps(one, path):
            return [branch.step, *found]
    return []


def with_players(drawn: Drawn) -> Drawn:
    """The same family with the rows of those who play in its story."""
    people = []
    for number, one in enumerate(drawn.people):
        place = drawn.settings.get(one.slot)
        people.append(
            replace(
                one,
                setting=Setting.objects.get(pk=place[0]) if place else None,
                nhs=free_number(_FREE + 100 * number) if one.nhs else "",
                upn=upn(_FREE + number, 2020) if one.upn else "",
            )
        )
    players = {part: _actor(worker) for part, worker in drawn.workers.items()}
    # Ids and numbers of their own: the family may be on record here.
    return replace(drawn, people=people, players=players, salt=drawn.salt + 1)


def _actor(worker: Worker) -> Actor:
    membership = Membership.objects.select_related("member", "agency", "setting").get(
        pk=worker.membership_id
    )
    desks = Desk.objects.filter(memberships=membership)
    return Actor(membership.member, membership, frozenset(desk.pk for desk in desks))


def _known(rows: Sequence[Written], events: Sequence[Row]) -> Counter[str]:
    """Every version of every row and all evidence as lines, with ids known by what they are of."""
    marks = marks_of(rows, {})
    lines = [line_of(one.table, row, marks) for one in rows for _, row in one.versions]
    return Counter([*lines, *(line_of("evidence", row, marks) for row in events)])

"""What a person decides about rows: who someone is, and whose word stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from earlydoors.domain.imports.checking import describe
from earlydoors.domain.imports.comparing import compare, standing_of
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.queries import open_to
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

KEPT_AS_THEY_ARE = frozenset({"upn", "uln", "nhs"})
"""A number is never changed by a file: one of the two is somebody else's."""


@dataclass(frozen=True)
class Decided:
    """What was decided of one row: `person` is one of those it may be, or `new`, `out` or "";
    `takes` are the differences in which the file is right."""

    decision: str
    takes: tuple[str, ...] = ()


@crossing("imports")
@transaction.atomic
def decide(*, file: Import, decided: Mapping[int, Decided], by: Actor, at: datetime) -> int:
    """Keep what was decided of rows, by their number. Returns how many it changed.

    Raises `UnableTo` once the file is being loaded, and for somebody whom the row cannot be.
    A difference with someone whose record is not open to the actor stays as it is on record.
    """
    by.must(Right.IMPORT)
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if fresh.state != "checked":
        raise UnableTo("The file is not waiting for decisions any more. Look at how far it is.")
    rows = list(fresh.rows.filter(number__in=list(decided)).order_by("number"))
    _choose(rows, decided)
    chosen = {row.person_id for row in rows if row.person_id}
    seen = open_to(by, chosen)
    standing = standing_of(chosen, [row.values for row in rows])
    changed = []
    for row in rows:
        was = (row.decision, sorted(row.takes), row.person_id)
        said = decided[row.number]
        row.decision = "person" if said.decision not in {"", "new", "out"} else said.decision
        person = standing.people.get(row.person_id) if row.person_id else None
        plan = compare(row.values, person, standing, school=fresh.setting)
        if person is not None:
            describe(row, plan)
        offered = {one["key"] for one in row.differences} - KEPT_AS_THEY_ARE
        row.takes = sorted(offered & set(said.takes)) if row.person_id in seen else []
        if plan.problem and person is not None:
            row.verdict, row.problems = "problem", [list(plan.problem)]
        elif row.verdict == "same" and row.takes:
            row.verdict = "changes"
        now = (row.decision, sorted(row.takes), row.person_id)
        if now != was:
            row.decided_at, row.decided_by = at, by.member
            changed.append(row)
    Row.keep(
        changed, "decision", "takes", "person_id", "changes", "differences", "verdict", "problems",
        "decided_at", "decided_by",
    )  # fmt: skip
    if changed:
        numbers = [row.number for row in changed]
        record("import.decided", subject=fresh, by=by, at=at, details={"rows": numbers})
    return len(changed)


def _choose(rows: Sequence[Row], decided: Mapping[int, Decided]) -> None:
    taken: set[UUID] = set()
    for row in rows:
        said = decided[row.number].decision
        if row.verdict != "decide":
            continue
        if said in {"", "new", "out"}:
            row.person_id = None
            continue
        if said not in {one["person"] for one in row.possible}:
            raise UnableTo("Choose one of those whom the row may be about.")
        row.person_id = UUID(said)
        same = Row.objects.filter(of=row.of_id, person_id=row.person_id).exclude(pk=row.pk)
        if row.person_id in taken or same.exclude(verdict="problem").exists():
            raise UnableTo(
                f"Line {row.number}: another line of the file is this same person already. "
                "Leave one of the two out."
            )
        taken.add(row.person_id)

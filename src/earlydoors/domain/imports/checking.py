"""Looking a file through, some rows at a time: what each says, whom it is about, what is wrong."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from earlydoors.domain.imports import schools
from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.comparing import Plan, Standing, compare, standing_of
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.imports.values import read_row
from earlydoors.domain.imports.who import Who, who_are
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.wall.acting import crossing

AT_A_TIME = 1_000
CHECKED = (
    "values", "problems", "digest", "verdict", "person_id", "possible", "changes", "differences",
)  # fmt: skip


@crossing("imports")
@transaction.atomic
def check_some(*, import_id: UUID, by: Actor, at: datetime, rows: int = AT_A_TIME) -> bool:
    """Look through the next rows of a file. Returns whether there is more to do.

    Does nothing where the file is not being looked through, so that it can be called again and
    again, and goes on where the last call that was finished ended.
    """
    file = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state != "checking":
        return False
    batch = list(file.rows.filter(number__gt=file.upto).order_by("number")[:rows])
    if not batch:
        _finish(file, by, at)
        return False
    today = local_day(at)
    for row in batch:
        read = read_row(
            file.kind,
            row.cells,
            file.columns,
            width=len(file.headings),
            formulas=row.formulas,
            today=today,
        )
        row.values, row.problems = read.values, [list(one) for one in read.problems]
        row.digest = digest_of(file.kind, read.values)
        row.person_id, row.possible, row.changes, row.differences = None, [], [], []
    if file.kind == PEOPLE:
        _people(file, batch)
    else:
        schools.check(file, batch)
    Row.keep(batch, *CHECKED)
    file.upto = batch[-1].number
    file.save(update_fields=["upto"])
    return True


def digest_of(kind: str, values: object) -> str:
    """What tells a row that says the same again."""
    said = json.dumps([kind, values], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _people(file: Import, batch: Sequence[Row]) -> None:
    sound = [row for row in batch if not row.problems]
    before = loaded_before(file, [row.digest for row in sound])
    for row in batch:
        row.verdict = "problem" if row.problems else ""
    fresh = []
    for row in sound:
        if row.digest in before:
            row.verdict = "before"
        else:
            fresh.append(row)
    found = who_are([row.values for row in fresh])
    people = {one.person_id for one in found if one.person_id}
    standing = standing_of(people, [row.values for row in fresh])
    for row, who in zip(fresh, found, strict=True):
        judge(file, row, who, standing)


def judge(file: Import, row: Row, who: Who, standing: Standing) -> None:
    """Say of a row whom it is about and what it brings; nothing is written."""
    row.person_id = who.person_id
    row.possible = [
        {"person": str(one.person_id), "reasons": list(one.reasons)} for one in who.possible
    ]
    person = standing.people.get(who.person_id) if who.person_id else None
    if who.possible:
        row.verdict = "decide"
        return
    plan = compare(row.values, person, standing, school=file.setting)
    describe(row, plan)
    if plan.problem:
        row.verdict, row.problems = "problem", [list(plan.problem)]
    elif person is None:
        row.verdict, row.changes = "new", []
    else:
        row.verdict = "changes" if plan.news else "same"


def describe(row: Row, plan: Plan) -> None:
    """Keep with a row what it brings, for the preview."""
    row.changes = plan.news
    row.differences = [asdict(one) for one in plan.differences]


def loaded_before(file: Import, digests: Sequence[str]) -> set[str]:
    """Which of these rows the files that this one follows have loaded already."""
    earlier: list[UUID] = []
    here = file.follows
    while here is not None and len(earlier) < 50:
        earlier.append(here.pk)
        here = here.follows
    if not earlier:
        return set()
    rows = Row.objects.filter(of__in=earlier, digest__in=digests)
    done = rows.exclude(outcome__in=["", "undone"]).exclude(verdict__in=["problem", "decide"])
    return set(done.values_list("digest", flat=True))


# Rows that say they are the same person, or the same school, as an earlier row of the file.
_TWICE = """
UPDATE imports_row AS later
SET verdict = 'problem', person_id = NULL, changes = '[]', differences = '[]', possible = '[]',
    problems = jsonb_build_array(jsonb_build_array(%(key)s::text,
        'Line ' || twice.first || ' of the file has the same ' || %(says)s::text
        || '. Keep the one that is right.'))
FROM (
    SELECT id, number, min(number) OVER (PARTITION BY {same}) AS first
    FROM imports_row
    WHERE of_id = %(file)s AND verdict NOT IN ('problem', 'aside', 'before') AND {has}
) AS twice
WHERE later.id = twice.id AND twice.first < twice.number
"""
_BY_KEY = ('"values"->>%(key)s', '"values" ? %(key)s')
_SAME: dict[str, tuple[tuple[str, str, tuple[str, str]], ...]] = {
    "people": (
        ("upn", "UPN", _BY_KEY),
        ("uln", "ULN", _BY_KEY),
        ("nhs", "NHS number", _BY_KEY),
        ("", "person on record", ("person_id", "person_id IS NOT NULL")),
        (
            "",
            "name and date of birth, and no number that tells them apart",
            (
                "\"values\"->'given_name', \"values\"->'family_name', \"values\"->'born_on'",
                "verdict = 'new' AND NOT \"values\" ?| array['upn', 'uln', 'nhs']",
            ),
        ),
    ),
    "schools": (("urn", "URN", _BY_KEY),),
}


def _finish(file: Import, by: Actor, at: datetime) -> None:
    with connection.cursor() as cursor:
        for key, says, (same, has) in _SAME[file.kind]:
            statement = _TWICE.format(same=same, has=has)
            cursor.execute(statement, {"key": key, "says": says, "file": file.pk})
    file.change(by=by, at=at, state=IMPORT.move("checked", file.state), upto=0)
    record("import.checked", subject=file, by=by, at=at, details={"rows": file.rows_in_file})

"""Deciding who a row is about, and whose word stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.imports import queries
from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.deciding import KEPT_AS_THEY_ARE, Decided
from earlydoors.domain.imports.deciding import decide as keep
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.who import RULE
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.rules import SEX_CODES
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.imports import pages
from earlydoors.web.imports.scope import looked, paged, the_file

_LEADS = {
    "decide": "Each row is like someone on record, and is not certainly them.",
    "differences": (
        "The file says something otherwise than the record. What is on record stays, unless you "
        "choose what the file says."
    ),
}
_TITLES = {"decide": "Who is it?", "differences": "What differs"}


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def decide(request: PageRequest, import_id: UUID, which: str) -> HttpResponse:
    """Decide about the rows of one page."""
    file = the_file(request, import_id)
    if which not in _TITLES or file.kind != PEOPLE:
        raise Http404
    shown, where = paged(request, queries.rows_like(file, which))
    if request.method == "POST":
        changed = keep(file=file, decided=_posted(request, shown), by=request.actor, at=request.at)
        messages.success(request, f"Kept: {changed or 'nothing'} changed.")
        number = where.number + 1 if where.next else where.number
        address = reverse("imports:decide", args=[file.pk, which])
        return redirect(f"{address}?page={number}" if where.next else _back(file))
    looked(request, file, which, shown)
    people = queries.people_of(shown)
    seen = queries.open_to(request.actor, people)
    hidden = queries.with_kept_places(people)
    page = pages.DecidePage(
        title=_TITLES[which],
        lead=_LEADS[which],
        caption=file.file_name,
        back=_back(file),
        rows=tuple(_row(one, people, seen, hidden) for one in shown),
        pages=where,
        open=file.state == "checked",
        rule=RULE if which == "decide" else "",
    )
    return render(request, "imports/decide.html", page=page)


def _back(file: Import) -> str:
    return reverse("imports:file", args=[file.pk])


def _posted(request: PageRequest, shown: Sequence[Row]) -> dict[int, Decided]:
    """What was chosen for the rows that the page has; a row without an answer stays as it is."""
    decided = {}
    for row in shown:
        if f"row.{row.number}" not in request.POST:
            continue
        said = request.POST.get(f"who.{row.number}", "")
        takes = tuple(request.POST.getlist(f"take.{row.number}"))
        decided[row.number] = Decided(said, takes)
    return decided


def _row(
    row: Row, people: Mapping[UUID, Person], seen: set[UUID], hidden: set[UUID]
) -> pages.Undecided:
    values = row.values
    choices: tuple[pages.Choice, ...] = ()
    if row.verdict == "decide":
        choices = (
            *(_possible(row, one, people, seen) for one in row.possible),
            pages.Choice("new", "Someone else, not on record", "", row.decision == "new"),
            pages.Choice("out", "Leave this row out", "", row.decision == "out"),
        )
    is_open, places = row.person_id in seen, row.person_id not in hidden
    more = [values.get(key, "") for key in ("upn", "uln", "nhs", "postcode")]
    return pages.Undecided(
        number=row.number,
        name=f"{values.get('given_name', '')} {values.get('family_name', '')}",
        born=day(date.fromisoformat(values["born_on"])) if "born_on" in values else "",
        more=", ".join(filter(None, more)),
        choices=choices,
        differs=tuple(
            _differs(row, one, is_open=is_open, places=places) for one in row.differences
        ),
        decided_by=row.decided_by.name if row.decided_by else "",
    )


def _possible(
    row: Row, one: Mapping[str, Any], people: Mapping[UUID, Person], seen: set[UUID]
) -> pages.Choice:
    key = UUID(str(one["person"]))
    return pages.Choice(
        value=str(key),
        says=pages.person_says(people.get(key), is_open=key in seen),
        hint=", ".join(one["reasons"]),
        chosen=row.decision == "person" and row.person_id == key,
    )


def _differs(row: Row, one: Mapping[str, object], *, is_open: bool, places: bool) -> pages.Differs:
    key = str(one["key"])
    is_place = key in {"home", "school"}
    hidden = bool(one["private"]) or not is_open or (is_place and not places)
    return pages.Differs(
        key=key,
        says=pages.said(row.of, key),
        ours="Kept from your role" if hidden else _in_words(key, str(one["ours"])),
        theirs=_in_words(key, str(one["theirs"])),
        may_take=not hidden and key not in KEPT_AS_THEY_ARE and key != "school",
        taken=key in row.takes,
    )


def _in_words(key: str, value: str) -> str:
    if key in {"ethnicity", "religion", "sen_provision"}:
        return code_list(key).says(value)
    if key == "sex":
        return code_list("sex").says(SEX_CODES.get(value, value))
    if key == "born_on":
        return day(date.fromisoformat(value))
    return value

"""The files of an agency, one file, its rows, and the file of rows to mend."""

import tempfile
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.imports import queries
from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.writing import as_csv, as_excel
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.imports import pages
from earlydoors.web.imports.mending import headings_and_lines
from earlydoors.web.imports.scope import looked, must_import, paged, the_file

SAMPLE = 5


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The files that the actor's agency brought in, the latest first."""
    must_import(request)
    files, where = paged(request, queries.imports_of(request.actor).order_by("-created_at", "id"))
    page = pages.ListPage(rows=tuple(pages.list_row(one) for one in files), pages=where)
    return render(request, "imports/list.html", page=page)


@require_safe
def file(request: PageRequest, import_id: UUID) -> HttpResponse:
    """One file: how far it is and what is in it."""
    found = the_file(request, import_id)
    sample = _sample(found)
    looked(request, found, "overview", sample)
    page = pages.file_page(
        found, queries.counts_of(found), sample, request.at, queries.same_file_before(found)
    )
    return render(request, "imports/file.html", page=page)


def _sample(found: Import) -> list[Row]:
    if found.state in {"read", "checking", "given_up"}:
        return []
    which = "changes" if found.kind == PEOPLE else "new"
    return list(queries.rows_like(found, which)[:SAMPLE])


@require_safe
def rows(request: PageRequest, import_id: UUID, which: str) -> HttpResponse:
    """The rows of one kind, some on a page."""
    found = the_file(request, import_id)
    if which not in pages.TITLES:
        raise Http404
    listed = queries.rows_like(found, which)
    total = listed.count()
    shown, where = paged(request, listed, total)
    looked(request, found, which, shown)
    page = pages.RowsPage(
        title=pages.TITLES[which],
        caption=found.file_name,
        back=reverse("imports:file", args=[found.pk]),
        headers=pages.headers(which),
        rows=pages.lines(found, shown, which),
        pages=where,
        total=total,
        mends=which == "problems" and total > 0,
        file_id=found.pk,
    )
    return render(request, "imports/rows.html", page=page)


@require_safe
def to_mend(request: PageRequest, import_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The rows that were not taken, as they were sent and in the format they were sent in, each
    with what to mend; never opened by the browser itself."""
    found = the_file(request, import_id)
    looked(request, found, "to_mend")
    headings, lines = headings_and_lines(found)
    if found.read_as.startswith("Excel"):
        made = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
        as_excel(headings, lines, made)
        made.seek(0)
        return FileResponse(made, as_attachment=True, filename="rows-to-mend.xlsx")
    answer = StreamingHttpResponse(as_csv(headings, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return answer

"""Who may be here, and which file the address means."""

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet

from earlydoors.domain.imports import queries
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import NotAllowed
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.imports.pages import ON_A_PAGE

SHUT = NotAllowed(
    "Files are brought in by the front door and by administrators. Ask one of them to bring it in."
)


def must_import(request: PageRequest) -> None:
    """Raises `NotAllowed` for someone whose role brings in no files."""
    request.actor.must(Right.IMPORT, SHUT)


def the_file(request: PageRequest, import_id: UUID) -> Import:
    """The file of the address, within the actor's scope; 404 outside it."""
    found = within(queries.import_for, request.actor, import_id)
    must_import(request)
    return found


@transaction.atomic
def looked(request: PageRequest, file: Import, part: str, rows: Sequence[Row] = ()) -> None:
    """Record that somebody looks at rows of a file, and whom on record they name."""
    people = sorted({str(row.person_id) for row in rows if row.person_id and file.kind == "people"})
    people += [one["person"] for row in rows for one in row.possible]
    record(
        "import.looked",
        subject=file,
        by=request.actor,
        at=request.at,
        details={"part": part, "rows": [row.number for row in rows], "people": people},
    )


def paged[T: Import | Row](
    request: PageRequest, rows: QuerySet[T], total: int | None = None
) -> tuple[list[T], Pages]:
    """One page of a long list, by `?page=`."""
    paginator = Paginator(rows, ON_A_PAGE)
    if total is not None:
        paginator.count = total
    page = paginator.get_page(request.GET.get("page", "1"))
    return list(page.object_list), pages_of(page)

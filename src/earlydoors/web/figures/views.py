"""The figures of a year, as a page to read or print and as a table to take away."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.figures.operations import read_figures
from earlydoors.domain.figures.queries import Cut, Figures, figures, quarters_until
from earlydoors.foundation.profile.current import current
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.table_file import as_csv
from earlydoors.web.figures import pages


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The figures of four quarters, divided in one way."""
    found, back = _read(request, as_file=False)
    return render(request, "figures/show.html", page=pages.page(found, current(), back))


@require_safe
def file(request: PageRequest) -> HttpResponse:
    """The same as a table for a spreadsheet, with the same numbers kept back."""
    found, _ = _read(request, as_file=True)
    rows = pages.rows(found, current())
    response = HttpResponse(as_csv(pages.HEADERS, rows), content_type="text/csv; charset=utf-8")
    name = f"figures-{found.cut.replace('_', '-')}-{found.quarters[0].isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(request: PageRequest, *, as_file: bool) -> tuple[Figures, int]:
    """The figures that the address asks for, the latest by quarter where it asks for none known."""
    asked, years = request.GET.get("by", ""), request.GET.get("back", "")
    cut = Cut(asked) if asked in set(Cut) else Cut.OUTCOME
    back = int(years) if years in {str(n) for n in range(pages.YEARS)} else 0
    quarters = quarters_until(request.today, back)
    read_figures(cut=cut, as_file=as_file, since=quarters[0], by=request.actor, at=request.at)
    return figures(current(), cut, quarters), back

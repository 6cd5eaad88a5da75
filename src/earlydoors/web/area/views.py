"""The area's own account of early help. Read only, and open to everyone: a family may read it
before they say yes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, RoleKind
from earlydoors.web.area import finding, measures, pages
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import Request

# A nursery may be kept private from someone of a family. Nothing that they see signed in names any
# nursery or school: to leave out that one alone would tell them which it is.
WHERE_CHILDREN_GO = (AgencyKind.SCHOOL, AgencyKind.EARLY_YEARS)


@login_not_required
@require_safe
def about(request: Request) -> HttpResponse:
    """How early help works here."""
    return render(request, "area/about.html", page=pages.about(current()))


@login_not_required
@require_safe
def levels(request: Request) -> HttpResponse:
    """The levels of need and what each means in practice, searchable by word."""
    page = finding.levels(current(), request.GET.get("q", ""))
    return render(request, "area/levels.html", page=page)


@login_not_required
@require_safe
def partners(request: Request) -> HttpResponse:
    """Who helps here, with what, and where."""
    reader = getattr(request, "actor", None)
    family = reader is not None and reader.kind == RoleKind.FAMILY_MEMBER
    without = WHERE_CHILDREN_GO if family else ()
    page = finding.partners(current(), request.GET.get("q", ""), without)
    return render(request, "area/partners.html", page=page)


@login_not_required
@require_safe
def figures(request: Request) -> HttpResponse:
    """Priorities, and the measures that are watched."""
    return render(request, "area/figures.html", page=measures.figures(current()))

"""The genogram and the ecomap of a family: the page, and each by itself as a file."""

from uuid import UUID

import vl_convert
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import pictures as pages
from earlydoors.web.families.scope import looked, whole


@require_safe
def pictures(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Both pictures, with the same in words. `?for=` leaves out what is kept from someone."""
    family = whole(request, family_id)
    looked(request, family, "pictures")
    return render(request, "families/pictures.html", page=pages.page(request, family))


@require_safe
def picture(request: PageRequest, family_id: UUID, picture: str, form: str) -> HttpResponse:
    """One picture to keep, as SVG or PNG. The look is recorded."""
    family = whole(request, family_id)
    reader = pages.reader_of(request, family)
    if form not in pages.FILES:
        raise Http404
    try:
        drawn = pages.drawn(request, family, picture, reader)
    except KeyError:
        raise Http404 from None
    looked(request, family, f"{picture}, to a file")
    text = drawn.text(pages.headed(drawn, request))
    made = text.encode() if form == "svg" else vl_convert.svg_to_png(text, scale=2)
    response = HttpResponse(made, content_type=pages.FILES[form])
    name = f"{picture}-{request.today.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

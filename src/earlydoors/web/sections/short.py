"""A short form on a page of its own: one step of a piece of work."""

from dataclasses import dataclass

from django.http import HttpResponse

from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.sections.own import Own


@dataclass(frozen=True)
class ShortForm:
    """A page with a short form: its heading, what to know before, its button, the way back."""

    title: str
    lead: str
    button: str
    caption: str
    back: str
    back_to: str


def show_short_form(request: PageRequest, own: Own, page: ShortForm) -> HttpResponse:
    """The page, with what is asked, and what was typed after a POST."""
    faulty = request.method == "POST"
    return render(request, "sections/short_form.html", own=own, page=page, page_faulty=faulty)

"""Answering with a paper."""

from django.http import HttpResponse

from earlydoors.foundation.documents.content import Paper
from earlydoors.foundation.documents.typesetting import as_pdf
from earlydoors.web.design.assets import paper_fonts
from earlydoors.web.design.request import Request


def answer_with(request: Request, paper: Paper, *, name: str) -> HttpResponse:
    """A paper as a file to save. `name` is the file's, without its ending, and names nobody."""
    made = as_pdf(paper, typefaces=paper_fonts(), at=request.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response

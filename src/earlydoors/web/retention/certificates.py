"""The certificates of disposal: a list, one of them, and it as a paper."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention import queries
from earlydoors.domain.retention.models import Certificate
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.papers import answer_with
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.retention import certified

A_PAGE = 25


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """The certificates, the latest first; or those of one record, by its reference."""
    request.actor.must(Right.INFORM)
    wanted = request.GET.get("reference", "").strip()
    wrong = ""
    try:
        found = queries.certificates_for(request.actor, wanted)
    except UnableTo as refusal:
        found, wrong = queries.certificates_for(request.actor).none(), refusal.sentence
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page", "1"))
    return render(
        request,
        "retention/certificates.html",
        lines_shown=[certified.line(one) for one in at.object_list],
        pages=pages_of(at, reference=wanted) if wanted else pages_of(at),
        wanted=wanted,
        wrong=wrong,
    )


def _found(request: PageRequest, certificate_id: UUID) -> Certificate:
    request.actor.must(Right.INFORM)
    return within(queries.certificate_for, request.actor, certificate_id)


@require_safe
def one(request: PageRequest, certificate_id: UUID) -> HttpResponse:
    """A certificate: what went, by which rule, who decided."""
    page = certified.one(_found(request, certificate_id))
    return render(request, "retention/certificate.html", page=page)


@require_safe
def paper(request: PageRequest, certificate_id: UUID) -> HttpResponse:
    """A certificate as a paper to save and to print."""
    shown = certified.paper_of(_found(request, certificate_id))
    return answer_with(request, shown, name="certificate-of-disposal")

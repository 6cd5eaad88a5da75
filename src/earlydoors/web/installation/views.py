"""What the doctor finds, and who works where, on a page."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from earlydoors.domain.partnership.operations import look_over
from earlydoors.domain.partnership.queries import working
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.installation import pages
from earlydoors.web.models import SignedIn, SignInAttempt

LEFT_WITHIN = timedelta(days=30)
FAILED_WITHIN = timedelta(days=1)


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Everything that `earlydoors doctor` looks at, with what to do; and how many work where."""
    look_over(by=request.actor, at=request.at)
    findings = import_string(settings.CHECKUP)()
    agencies = working(request.today, request.at, request.today - LEFT_WITHIN)
    page = pages.installation(
        findings,
        agencies,
        signed_in=SignedIn.objects.values("member").distinct().count(),
        failed=SignInAttempt.objects.filter(at__gte=request.at - FAILED_WITHIN).count(),
    )
    return render(request, "installation/show.html", page=page)

"""Whether somebody is still signed in, and whether a second step is owed before anything else.

Stands right after Django has found out who it is and before it is asked whether they may come in.
"""

import math
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from earlydoors.web.account import staying
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.headers import with_headers
from earlydoors.web.design.request import Request

type View = Callable[[Request], HttpResponse]

# Where somebody may go who has yet to set up a second step.
_ON_THE_WAY = (
    "account:second-step-due",
    "account:app",
    "account:passkey",
    "account:passkey-options",
    "account:codes",
    "account:sign-out",
    "account:staying",
    "account:signed-out",
)


def staying_signed_in(get_response: View) -> View:
    """The middleware."""

    def answer(request: Request) -> HttpResponse:
        request.met_at = timezone.now()
        if request.user.is_authenticated:
            if staying.is_over(request, request.met_at):
                logout(request)
            else:
                if not _only_asks(request):
                    staying.seen(request, request.met_at)
                request.lasts = math.floor(staying.left(request, request.met_at)[0]) + 1
                if _owes(request):
                    return with_headers(HttpResponseRedirect(reverse("account:second-step-due")))
        return get_response(request)

    return answer


def _only_asks(request: Request) -> bool:
    """A page asks how long the sign-in lasts; nobody needs to be there for that."""
    return request.method == "GET" and request.path == reverse("account:staying")


def _owes(request: Request) -> bool:
    if staying.OWES_SECOND_STEP not in request.session:
        return False
    return request.path not in {reverse(name) for name in _ON_THE_WAY}

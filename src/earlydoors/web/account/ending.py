"""A page left open when the sign-in ends: how long it lasts, staying, and what is shown after.

The page itself asks (`script/staying.js`), so that nothing of a family stays on a screen that
nobody sits at.
"""

import math

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods

from earlydoors.domain.partnership.models import Member
from earlydoors.web.account import entering, staying
from earlydoors.web.design import kept
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import Request

NOBODY = {"who": "", "left": 0, "most": 0}


@login_not_required
@require_http_methods(["GET", "POST"])
def stays(request: Request) -> HttpResponse:
    """Who is signed in here, for how many seconds more, and for how many if they do something.
    Asking is not doing something; sending is. A second begun counts whole: when it has passed, the
    sign-in is over."""
    if not isinstance(request.user, Member):
        return JsonResponse(NOBODY)
    if request.method == "POST":
        staying.stay(request, request.met_at)
    left, most = (math.floor(one) + 1 for one in staying.left(request, request.met_at))
    return JsonResponse({"who": str(request.user.pk), "left": left, "most": most})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def signed_out(request: Request) -> HttpResponse:
    """What stands on the screen instead of the page. Sent to, it keeps the words of a form for its
    writer; without a sign-in every form's words are kept before it comes to this."""
    if request.method == "POST":
        return JsonResponse({"kept": kept.keep(request, request.at) is not None})
    wanted = entering.wanted(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(wanted or resolve_url("home:work"))
    response = render(request, "account/signed_out.html", page=wanted)
    response["Clear-Site-Data"] = '"cache"'
    return response

"""Signing in and out, the practice installation's cast, and pages about the product."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import practice_cast
from earlydoors.web.account import devices, entering, pages, throttle
from earlydoors.web.account.providing import leading_on, providers
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import Request, address_of

WRONG = "The name or the password is not right. Check both and try again."
log = logging.getLogger("earlydoors.security")


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Sign in with a name and a password, and go on where one was."""
    wanted = entering.wanted(request)
    if isinstance(request.user, Member) and request.method != "POST":
        return HttpResponseRedirect(entering.after(request, request.user, wanted))
    username = request.POST.get("username", "")[:150].strip()
    fault = ""
    if request.method == "POST":
        member, fault = _known(request, username)
        if member is not None:
            return entering.first_step(request, member, "a password", wanted)
    page = pages.SignIn(
        username,
        wanted,
        asks_second_step=settings.SECOND_STEP,
        providers=pages.elsewhere(providers()),
        fault=fault,
    )
    return leading_on(render(request, "account/sign_in.html", page=page))


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign out; nothing of this sign-in is left on the computer."""
    logout(request)
    response = HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))
    response["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: Request) -> HttpResponse:
    """Who to sign in as, in a practice installation; elsewhere there is no such page."""
    if not settings.PRACTICE:
        raise Http404
    cast = practice_cast(request.today)
    if request.method == "POST":
        offered = [
            one.member.pk for one in cast if str(one.member.pk) == request.POST.get("member")
        ]
        member = get_object_or_404(Member, pk__in=offered)
        return entering.come_in(request, member, ["the practice list"], entering.wanted(request))
    return render(request, "account/practice.html", page=pages.cast(cast))


@login_not_required
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """How far the pages can be used by everyone, and what to do about what cannot."""
    return render(request, "account/accessibility.html")


@login_not_required
@require_safe
def about(request: Request) -> HttpResponse:
    """What this product is and where it comes from."""
    return render(request, "account/about.html")


def _known(request: Request, username: str) -> tuple[Member | None, str]:
    """The member of that name and password, or why not.

    A name that nobody has takes the same time and gets the same words as a wrong password.
    """
    source = throttle.source_of(address_of(request), devices.known_for(request, username))
    mine = throttle.attempt(username, source, request.at)
    if isinstance(mine, timedelta):
        log.warning("Sign-in slowed for %s", source)
        return None, throttle.sentence(mine)
    member = authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(member, Member):
        # The name is not written down: people type their password into the wrong field.
        log.warning("Sign-in failed from %s", source)
        return None, WRONG
    throttle.worked(mine)
    return member, ""

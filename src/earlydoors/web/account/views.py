"""Signing in and out, the practice installation's cast, and pages about the product."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for, practice_cast
from earlydoors.foundation.audit.chain import record
from earlydoors.web.account import pages, throttle
from earlydoors.web.design import kept
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import Request

WRONG = "The name or the password is not right. Check both and try again."
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Sign in with a name and a password, and go on where one was."""
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(_after(request, request.user))
    username = request.POST.get("username", "")[:150].strip()
    fault = ""
    if request.method == "POST":
        member, fault = _known(request, username)
        if member is not None:
            return _signed_in(request, member)
    page = pages.SignIn(username=username, next=_next(request), fault=fault)
    return render(request, "account/sign_in.html", page=page)


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
        return _signed_in(request, member)
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


def _known(request: Request, username: str) -> tuple[Any, str]:
    """The member of that name and password, or why not."""
    at = request.at
    address = request.META.get("REMOTE_ADDR", "")
    if throttle.is_slowed(username, address, at):
        return None, throttle.SENTENCE
    member = authenticate(request, username=username, password=request.POST.get("password", ""))
    if member is None:
        throttle.failed(username, address, at)
        return None, WRONG
    return member, ""


@transaction.atomic
def _signed_in(request: Request, member: Any) -> HttpResponse:
    login(request, member, backend=_BACKEND)
    actor = actor_for(member, request.today)
    if actor is not None:
        record("member.signed_in", subject=member, by=actor, at=request.at)
    return HttpResponseRedirect(_after(request, member))


def _after(request: Request, member: Any) -> str:
    """Where they go on: to words that wait, to the page they came from, or to their work."""
    wanted = _next(request)
    waiting = kept.resume(request, member)
    return waiting or wanted or resolve_url(settings.LOGIN_REDIRECT_URL)


def _next(request: Request) -> str:
    """The page asked for before signing in, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else ""

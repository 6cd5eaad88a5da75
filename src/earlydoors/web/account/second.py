"""The second step of signing in: a code, a passkey, or setting one of them up."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership.models import Member
from earlydoors.web.account import devices, entering, factors, pages, staying, throttle
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest, Request, address_of

WRONG_CODE = (
    "This code is not right, or it has run out. Use the one that the app shows now, or a recovery "
    "code."
)
ANEW = "That took too long, or there were too many wrong codes. Sign in again."
NO_PASSKEY = "That passkey did not work here. Try again, or sign in another way."
_LONGEST_ANSWER = 20_000  # characters of what a browser says about a passkey
log = logging.getLogger("earlydoors.security")


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: Request) -> HttpResponse:
    """The code, after the password."""
    waiting = entering.waiting(request)
    if waiting is None:
        return HttpResponseRedirect(reverse("account:sign-in"))
    fault = ""
    if request.method == "POST":
        how, fault = _code_of(request, waiting.member)
        if how:
            return entering.come_in(request, waiting.member, [waiting.how, how], waiting.next)
        if not entering.missed(request):
            return _anew(request)
    own = factors.own(waiting.member)
    return render(
        request,
        "account/second_step.html",
        page=pages.SecondStep(own.app_since is not None, bool(own.passkeys), fault),
    )


@login_not_required
@require_POST
def passkey_ask(request: Request) -> HttpResponse:
    """What the browser needs to sign with a passkey."""
    waiting = entering.waiting(request)
    return JsonResponse(factors.ask_for_passkey(waiting.member if waiting else None))


@login_not_required
@require_POST
def passkey_answer(request: Request) -> HttpResponse:
    """A passkey has signed: the second step, or both steps at once."""
    waiting = entering.waiting(request)
    mine = throttle.attempt("passkey", throttle.source_of(address_of(request)), request.at)
    if isinstance(mine, timedelta):
        messages.info(request, throttle.sentence(mine))
        return HttpResponseRedirect(reverse("account:sign-in"))
    member = factors.check_passkey(
        answer_of(request), request.at, of=waiting.member if waiting else None
    )
    if member is None:
        log.warning("A passkey was refused")
        messages.info(request, NO_PASSKEY)
        return HttpResponseRedirect(
            reverse("account:second-step" if waiting else "account:sign-in")
        )
    throttle.worked(mine)
    if waiting is not None:
        return entering.come_in(request, member, [waiting.how, "a passkey"], waiting.next)
    return entering.first_step(request, member, "a passkey", entering.wanted(request), enough=True)


@require_safe
def second_step_due(request: PageRequest) -> HttpResponse:
    """Their role demands a second step, and they have none: how to set one up."""
    if staying.OWES_SECOND_STEP not in request.session:
        return HttpResponseRedirect(reverse("account:yours"))
    return render(request, "account/second_step_due.html")


def answer_of(request: Request) -> Mapping[str, Any]:
    """What the browser says about a passkey; nothing when it cannot be read."""
    said = request.POST.get("credential", "")
    try:
        read = json.loads(said) if len(said) <= _LONGEST_ANSWER else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _code_of(request: Request, member: Member) -> tuple[str, str]:
    """With what they took the second step, or why not.

    Wrong codes from all unknown devices are counted together: whoever has got hold of a password
    gains nothing by guessing from many places. A device that the member uses counts for itself.
    """
    device = devices.known_for(request, member.username)
    source = throttle.source_of("", device)
    mine = throttle.attempt(f"code of {member.pk}", source, request.at)
    if isinstance(mine, timedelta):
        return "", throttle.sentence(mine)
    how = factors.check_code(member, request.POST.get("code", "")[:40], request.at)
    if not how:
        log.warning("A code was wrong for %s", member.pk)
        return "", WRONG_CODE
    throttle.worked(mine)
    return how, ""


def _anew(request: Request) -> HttpResponse:
    messages.info(request, ANEW)
    return HttpResponseRedirect(reverse("account:sign-in"))

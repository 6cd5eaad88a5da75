"""One's own account: the password, the second step, and where one is signed in."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.operations import change_password, note_of_account
from earlydoors.web.account import (
    arriving,
    devices,
    entering,
    factors,
    pages,
    staying,
    tasks,
    throttle,
)
from earlydoors.web.account.providing import leading_on, providers
from earlydoors.web.account.second import answer_of
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest, Request, address_of

type View = Callable[Concatenate[PageRequest, ...], HttpResponse]

NOT_RIGHT = "The password is not right."
WRONG_CODE = (
    "This code is not right, or it has run out. Wait for the next one and type that. If it goes on "
    "like this, let your phone set its clock by itself."
)
NO_PASSKEY = "The browser did not make a passkey. Try again, or use an app for codes."
GETS = ["GET", "HEAD", "POST"]


def freshly_proved(view: View) -> View:
    """A view for which one has to have shown a short while ago that it is oneself."""

    @wraps(view)
    def proved(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if staying.is_proved(request, request.met_at):
            return view(request, *args, **kwargs)
        asked = urlencode({"next": _page_of(request)})
        return HttpResponseRedirect(f"{reverse('account:prove')}?{asked}")

    return proved


@require_safe
def yours(request: PageRequest) -> HttpResponse:
    """Everything about one's own sign-in."""
    member = request.actor.member
    known = providers()
    page = pages.yours(
        member,
        pages.elsewhere(known, arriving.joined_to(member)),
        factors.own(member),
        staying.places(member, request.session.session_key, request.met_at),
        request.today,
    )
    return leading_on(render(request, "account/yours.html", page=page))


@sensitive_post_parameters("password")
@require_http_methods(GETS)
def prove(request: PageRequest) -> HttpResponse:
    """Show again that it is you, before something that matters is changed."""
    member, fault = request.actor.member, ""
    wanted = entering.wanted(request) or reverse("account:yours")
    if request.method == "POST":
        fault = proof_fault(request, member)
        if not fault:
            staying.proved(request, request.met_at)
            return HttpResponseRedirect(wanted)
    page = pages.Prove(wanted, member.has_usable_password(), fault)
    return render(request, "account/prove.html", page=page)


@sensitive_post_parameters("password", "new")
@require_http_methods(GETS)
def password(request: PageRequest) -> HttpResponse:
    """Another password, with the one of now. Every other sign-in of the member ends with it."""
    member, faults = request.actor.member, ("", "")
    if not member.has_usable_password():
        return redirect("account:yours")
    if request.method == "POST":
        wanted = request.POST.get("new", "")
        faults = (proof_fault(request, member), password_fault(wanted, member))
        if faults == ("", ""):
            return _changed(request, wanted)
    return render(request, "account/password.html", page=pages.NewPassword(*faults))


@sensitive_post_parameters("code", "secret")
@require_http_methods(GETS)
@freshly_proved
def app(request: PageRequest) -> HttpResponse:
    """Codes of an app as the second step."""
    member, signed, fault = request.actor.member, request.POST.get("secret", ""), ""
    if request.method == "POST":
        if factors.set_up_app(member, signed, request.POST.get("code", "")[:40], request.at):
            return _set_up(request, "an app", "Your app is set up.")
        fault = WRONG_CODE
    shown = factors.same_app(member, signed) if fault else factors.new_app(member)
    page = pages.NewApp(shown.signed, shown.typed, pages.as_image(shown.picture), fault)
    return render(request, "account/app.html", page=page)


@require_http_methods(GETS)
@freshly_proved
def passkey(request: PageRequest) -> HttpResponse:
    """A passkey as the second step, or instead of the password."""
    fault = ""
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:60] or devices.in_words(
            request.headers.get("User-Agent", "")
        )
        if factors.add_passkey(request.actor.member, name, answer_of(request)):
            return _set_up(request, "a passkey", "Your passkey is set up.")
        fault = NO_PASSKEY
    name = devices.in_words(request.headers.get("User-Agent", ""))
    return render(request, "account/passkey.html", page=pages.NewPasskey(name, fault))


@require_POST
@freshly_proved
def passkey_options(request: PageRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(factors.begin_passkey(request.actor.member))


@require_http_methods(GETS)
@freshly_proved
def codes(request: PageRequest) -> HttpResponse:
    """Recovery codes: made and shown once, each works once."""
    member = request.actor.member
    if not factors.has_second_step(member):
        return redirect("account:yours")
    made: tuple[str, ...] = ()
    if request.method == "POST":
        made = tuple(factors.fresh_codes(member))
        note_of_account(member=member, verb="made_codes", by=request.actor, at=request.at)
    left = factors.own(member).codes_left
    wanted = request.session.get(entering.GOES_ON, "") or reverse("home:work")
    return render(request, "account/codes.html", page=pages.Codes(made, left, wanted))


@require_POST
@freshly_proved
def take_away(request: PageRequest) -> HttpResponse:
    """Take the app or a passkey away; the last one stays where the role demands a second step."""
    member, said = request.actor.member, request.POST.get("passkey", "")
    if _is_last(request):
        messages.info(request, "Set up another second step first: your role needs one.")
        return redirect("account:yours")
    if said.isdecimal():
        gone = factors.take_away_passkey(member, int(said))
    else:
        gone = factors.take_away_app(member)
    if gone:
        note_of_account(member=member, verb="took_away", by=request.actor, at=request.at)
        tasks.tell(member, tasks.SECOND_STEP)
        messages.success(request, "It is taken away.")
    return redirect("account:yours")


@require_POST
@freshly_proved
def end_sign_in(request: PageRequest) -> HttpResponse:
    """End one of one's own sign-ins, or all but this one."""
    member, said = request.actor.member, request.POST.get("sign_in", "")
    if said == "others":
        ended = staying.end_others(member, request.session.session_key)
    else:
        ended = int(staying.end(member, UUID(said))) if _is_id(said) else 0
    if ended:
        note_of_account(member=member, verb="ended_sign_ins", by=request.actor, at=request.at)
        messages.success(request, "You are signed out there.")
    return redirect("account:yours")


def _page_of(request: PageRequest) -> str:
    """The page to come back to: this one, or the one that a form was on that cannot be opened."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    return came_from if request.method == "POST" and came_from else request.path


def password_fault(wanted: str, member: Member | None) -> str:
    """Why a password will not do; nothing when it will."""
    try:
        validate_password(wanted, member)
    except ValidationError as found:
        return str(found.messages[0])
    return ""


def proof_fault(request: Request, member: Member) -> str:
    """Why the password typed does not prove who it is. Tries are counted as at the door."""
    source = throttle.source_of(address_of(request), devices.known_for(request, member.username))
    mine = throttle.attempt(member.username, source, request.at)
    if isinstance(mine, timedelta):
        return throttle.sentence(mine)
    if not member.check_password(request.POST.get("password", "")):
        return NOT_RIGHT
    throttle.worked(mine)
    return ""


def _changed(request: PageRequest, wanted: str) -> HttpResponse:
    member, key = request.actor.member, request.session.session_key
    with transaction.atomic():
        change_password(member=member, password=wanted, by=request.actor, at=request.at)
        update_session_auth_hash(request, member)
        staying.moved(request, key)
    staying.end_others(member, request.session.session_key)
    tasks.tell(member, tasks.ENTRY)
    messages.success(request, "Your password is changed. You are signed out elsewhere.")
    return redirect("account:yours")


def _set_up(request: PageRequest, what: str, said: str) -> HttpResponse:
    member = request.actor.member
    note_of_account(
        member=member, verb="set_up", by=request.actor, at=request.at, details={"what": what}
    )
    tasks.tell(member, tasks.SECOND_STEP)
    if staying.OWES_SECOND_STEP in request.session:
        request.session[entering.GOES_ON] = request.session.pop(staying.OWES_SECOND_STEP)
    messages.success(request, said)
    return redirect("account:codes")


def _is_last(request: PageRequest) -> bool:
    own = factors.own(request.actor.member)
    several = len(own.passkeys) + (own.app_since is not None) > 1
    return not several and entering.is_demanded(request.actor.member, request.today)


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True

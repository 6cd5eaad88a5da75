"""The one way in: whatever somebody showed first, here it is decided what is still asked of them.

After the first step nobody is signed in yet. What is known stands under `WAITING` in the store of
the visit, for ten minutes; with the second step the visit gets a new key and becomes a sign-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for, demands_second_step
from earlydoors.foundation.audit.chain import record
from earlydoors.web.account import devices, factors, staying
from earlydoors.web.design import kept
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import ROLE, Request

WAITING = "waiting_for_second_step"
GOES_ON = "goes_on"
WAITS_FOR = timedelta(minutes=10)
MOST_CODES = 5  # wrong codes, before the first step has to be taken again
_BACKEND = "earlydoors.web.account.returning.Backend"


@dataclass(frozen=True)
class Waiting:
    """Somebody between the first step and the second."""

    member: Member
    how: str
    next: str


def first_step(
    request: Request, member: Member, how: str, wanted: str, *, enough: bool = False
) -> HttpResponse:
    """They have shown who they are. Lead them in, or on to the second step.

    `enough`: the way they took is itself of two steps (a passkey, a provider that asks for one).
    Whoever has a second step is asked for it, also where their role does not demand one.
    """
    if enough:
        return come_in(request, member, (how,), wanted)
    if factors.has_second_step(member):
        request.session.pop(WAITING, None)
        request.session[WAITING] = {
            "member": str(member.pk),
            "how": how,
            "next": wanted,
            "since": int(request.at.timestamp()),
            "wrong": 0,
        }
        return HttpResponseRedirect(reverse("account:second-step"))
    owes = is_demanded(member, request.today)
    return come_in(request, member, (how,), wanted, owes=owes)


def is_demanded(member: Member, today: date) -> bool:
    """Whether this installation demands a second step of the member."""
    return settings.SECOND_STEP and demands_second_step(member, today)


def waiting(request: Request) -> Waiting | None:
    """Who waits for the second step here, if anybody does and not for too long."""
    said = request.session.get(WAITING)
    if not said or request.at.timestamp() - said["since"] > WAITS_FOR.total_seconds():
        return None
    member = Member.objects.filter(pk=said["member"], is_active=True).first()
    return Waiting(member, said["how"], said["next"]) if member else None


def missed(request: Request) -> bool:
    """A code was wrong. Returns whether they may try again without starting anew."""
    said = request.session.get(WAITING)
    if not said:
        return False
    said["wrong"] += 1
    if said["wrong"] >= MOST_CODES:
        give_up(request)
        return False
    request.session[WAITING] = said
    return True


def give_up(request: Request) -> None:
    """Forget who waits here."""
    request.session.pop(WAITING, None)


@transaction.atomic
def come_in(
    request: Request, member: Member, how: Sequence[str], wanted: str, *, owes: bool = False
) -> HttpResponse:
    """Sign them in, under a new key, and lead them where they were going."""
    if request.user.is_authenticated:
        logout(request)
    request.session.pop(WAITING, None)
    request.session.pop(ROLE, None)
    login(request, member, backend=_BACKEND)
    staying.name(request, " and ".join(how))
    actor = actor_for(member, request.today)
    going = after(request, member, wanted)
    if actor is not None and actor.beside:
        # Whoever holds several roles says first in which they come.
        going = f"{reverse('account:role')}?{urlencode({'next': going})}"
    if owes:
        request.session[staying.OWES_SECOND_STEP] = going
    if actor is not None:
        details = {"how": list(how)}
        record("member.signed_in", subject=member, by=actor, at=request.at, details=details)
    response = HttpResponseRedirect(going)
    devices.remember(request, response, member.username)
    return response


def after(request: Request, member: Member, wanted: str) -> str:
    """Where they go on: to words that wait, to the page they came from, or to their work."""
    waiting_words = kept.resume(request, member)
    return waiting_words or wanted or resolve_url(settings.LOGIN_REDIRECT_URL)


def wanted(request: Request) -> str:
    """The page asked for before signing in, if it is one of ours."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    return named if is_ours(request, named) else ""


def is_ours(request: Request, address: str) -> bool:
    """Whether an address lies on this site, written so that no browser reads it otherwise."""
    if not address.startswith("/") or any(sign in address for sign in "\\\r\n\t\0"):
        return False
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())

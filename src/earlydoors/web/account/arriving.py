"""Somebody comes back from a provider: who of ours that is, and what becomes of it."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect

from earlydoors.domain.partnership import arriving
from earlydoors.domain.partnership.arriving import NO_PLACE, Newcomer, Provided
from earlydoors.domain.partnership.claims import Provider, place_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.operations import note_of_account
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.account import entering, staying, tasks
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import Request

ANOTHERS = "That account at {name} is joined to somebody else here already."
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def arrived(
    request: Request,
    provider: Provider,
    who: Newcomer,
    claims: Mapping[str, Any],
    state: Mapping[str, Any],
    *,
    second_step: bool,
) -> HttpResponse:
    """Lead whoever the provider vouches for in, or join the account there to the member here.
    `second_step`: the provider says that they took one there.

    Raises `UnableTo` with what somebody reads who cannot come in.
    """
    wanted = str(state.get("next") or "")
    if state.get("process") == "connect":
        return _joined(request, provider, who)
    member = _member(request, provider, who, claims)
    return entering.first_step(
        request,
        member,
        f"an account at {provider.name}",
        wanted if entering.is_ours(request, wanted) else "",
        enough=second_step,
    )


def joined_to(member: Member) -> set[str]:
    """The keys of providers at which a member has an account that is joined to the one here."""
    return set(SocialAccount.objects.filter(user=member).values_list("provider", flat=True))


def _member(
    request: Request, provider: Provider, who: Newcomer, claims: Mapping[str, Any]
) -> Member:
    place = place_of(provider, claims)
    by = Provided(provider.key, provider.name)
    with transaction.atomic():
        # Two first visits of one person at once make one member.
        _hold(f"{provider.key}:{who.subject}")
        known = SocialAccount.objects.filter(provider=provider.key, uid=who.subject).first()
        if place is not None:
            given: dict[str, Any] = {
                "profile": current(),
                "on": request.today,
                "at": request.at,
                "by": by,
            }
            if known is not None:
                return arriving.come_again(member=known.user, place=place, **given)
            made = arriving.arrive(who=who, place=place, **given)
            SocialAccount.objects.create(user=made, provider=provider.key, uid=who.subject)
            return made
        if known is not None:
            arriving.lose_place(member=known.user, on=request.today, at=request.at, by=by)
    return _without_place(request, provider, known)


def _without_place(request: Request, provider: Provider, known: Any) -> Member:
    """Nobody whom no rule fits comes in, but for who holds a role that somebody here gave."""
    if known is not None:
        if actor_for(known.user, request.today) is not None and _given_here(known.user):
            member: Member = known.user
            return member
        staying.end_all(known.user)
    raise UnableTo(NO_PLACE.format(provider=provider.name))


def _given_here(member: Member) -> bool:
    return member.memberships.filter(given_by="", ended_on=None).exists()


def _joined(request: Request, provider: Provider, who: Newcomer) -> HttpResponse:
    actor = getattr(request, "actor", None)
    if actor is None or not staying.is_proved(request, request.met_at):
        raise UnableTo("Sign in first, then join the two under Your account.")
    with transaction.atomic():
        _hold(f"{provider.key}:{who.subject}")
        known = SocialAccount.objects.filter(provider=provider.key, uid=who.subject).first()
        if known is not None and known.user_id != actor.member.pk:
            raise UnableTo(ANOTHERS.format(name=provider.name))
        if known is None:
            SocialAccount.objects.create(user=actor.member, provider=provider.key, uid=who.subject)
            note_of_account(
                member=actor.member,
                verb="joined_account",
                by=actor,
                at=request.at,
                details={"provider": provider.key},
            )
            tasks.tell(actor.member, tasks.ACCOUNT)
    messages.success(request, f"Your account at {provider.name} is joined to this one.")
    return HttpResponseRedirect(reverse("account:yours"))


def _hold(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [name])

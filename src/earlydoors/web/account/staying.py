"""How long somebody stays signed in, where they are, and how that ends.

What the sign-in knows of itself lies in its own store under the keys below; the table `SignedIn`
only lets a member see their sign-ins and end them. A sign-in ends after an hour without anything
done, twelve hours after it began, when its member ends it from elsewhere, with a new password, and
at once when the member has left.

All of that is measured by `met_at`, the moment at which a request was met, as the store itself
measures how long it lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from earlydoors.domain.partnership.models import Member
from earlydoors.web.account import devices
from earlydoors.web.models import SignedIn

BEGAN, SEEN, PROVED = "began", "seen", "proved"
OWES_SECOND_STEP = "owes_second_step"
PROVED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Place:
    """Somewhere a member is signed in."""

    id: UUID
    device: str
    how: str
    began_at: datetime
    seen_at: datetime
    here: bool


def begin(request: HttpRequest, member: Member, at: datetime) -> None:
    """Write down that a member has signed in; Django has just given the sign-in a new key."""
    seconds = int(at.timestamp())
    own = request.session
    own.update({BEGAN: seconds, SEEN: seconds, PROVED: seconds})
    if not own.session_key:
        own.create()
    device = devices.in_words(request.headers.get("User-Agent", ""))
    SignedIn.objects.update_or_create(
        key=str(own.session_key),
        defaults={"member": str(member.pk), "began_at": at, "how": "", "device": device},
    )


def name(request: HttpRequest, how: str) -> None:
    """Say with what they signed in."""
    SignedIn.objects.filter(key=request.session.session_key).update(how=how)


def moved(request: HttpRequest, before: str | None) -> None:
    """The sign-in here has got a new key, as it does with a new password."""
    SignedIn.objects.filter(key=before).update(key=request.session.session_key)


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether the sign-in has outlived its limits. One without a beginning is over."""
    now, own = at.timestamp(), request.session
    began, seen = own.get(BEGAN), own.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        return True
    return now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.LONGEST_IDLE


def seen(request: HttpRequest, at: datetime) -> None:
    """They are here now. Written once in `SEEN_EVERY` seconds at most."""
    now = int(at.timestamp())
    if now - request.session[SEEN] >= settings.SEEN_EVERY:
        request.session[SEEN] = now


def proved(request: HttpRequest, at: datetime) -> None:
    """They have just shown again that it is they: the sign-in goes on under a new key."""
    before = request.session.session_key
    request.session.cycle_key()
    moved(request, before)
    request.session[PROVED] = int(at.timestamp())


def is_proved(request: HttpRequest, at: datetime) -> bool:
    """Whether they showed who they are a short while ago."""
    when: int = request.session.get(PROVED, 0)
    return at.timestamp() - when <= PROVED_FOR.total_seconds()


def places(member: Member, here: str | None, at: datetime) -> Sequence[Place]:
    """Where a member is signed in now, this place first, then the latest."""
    rows = list(SignedIn.objects.filter(member=str(member.pk)).order_by("-began_at"))
    alive = Session.objects.filter(pk__in=[row.key for row in rows], expire_date__gt=at)
    stores = {one.pk: one.get_decoded() for one in alive}
    found = []
    for row in rows:
        store = stores.get(row.key, {})
        if store.get(SESSION_KEY) != str(member.pk):
            continue
        seen_at = datetime.fromtimestamp(store.get(SEEN, row.began_at.timestamp()), UTC)
        if at - seen_at <= timedelta(seconds=settings.LONGEST_IDLE):
            found.append(_place(row, seen_at, row.key == here))
    return sorted(found, key=lambda place: not place.here)


def end(member: Member, place: UUID) -> bool:
    """End one sign-in of a member. Returns whether there was one."""
    keys = SignedIn.objects.filter(member=str(member.pk), pk=place)
    return _end(keys) > 0


def end_others(member: Member, here: str | None) -> int:
    """End every sign-in of a member but the one here. Returns how many."""
    return _end(SignedIn.objects.filter(member=str(member.pk)).exclude(key=here or ""))


def end_all(member: Member) -> int:
    """End every sign-in of a member. Returns how many."""
    return end_others(member, None)


def forget(at: datetime) -> int:
    """Forget sign-ins that are long over. Returns how many rows went."""
    long_ago = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    gone = SignedIn.objects.filter(began_at__lt=long_ago).delete()[0]
    return gone + Session.objects.filter(expire_date__lt=at).delete()[0]


def _end(rows: Any) -> int:
    keys = list(rows.values_list("key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    rows.delete()
    return len(keys)


def _place(row: SignedIn, seen_at: datetime, here: bool) -> Place:
    return Place(row.pk, row.device, row.how, row.began_at, seen_at, here)

"""Refusals of access, and tries to get round what guards a page, leave evidence: who was refused,
on which route, and how; not what they asked for. An id that somebody typed may be a family's, and
whether it is one is not to be read there. Of whoever has not signed in, the server's log tells.

Somebody who tries many addresses leaves a few lines with their number, not a line for each: the
evidence is one chain, and nobody is to hold it up by pressing a key.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.db import transaction
from django.http import Http404

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import NotAllowed, TooMuch
from earlydoors.web.design.request import Request, address_of

EACH: Final = 10
"""Refusals of one member, or from one address, within a minute that have a line each. After them
there is one for the twentieth, the fortieth, the eightieth, and so on."""
_MINUTE: Final = timedelta(minutes=1)
_MEMBERS: Final = 1000  # and addresses, remembered in a process at a time
log = logging.getLogger("earlydoors.security")


class Tally:
    """How often each member, or address, was refused in the minute that runs, as one process saw
    it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._runs: dict[str, tuple[datetime, int, int]] = {}

    def count(self, source: str, at: datetime) -> int | None:
        """Count one more. Returns how many before it no line tells of, or nothing where this one is
        to have no line either."""
        with self._lock:
            began, times, untold = self._runs.pop(source, (at, 0, 0))
            if at - began >= _MINUTE:
                began, times = at, 0
            times += 1
            told = _has_line(times)
            self._runs[source] = (began, times, 0 if told else untold + 1)
            while len(self._runs) > _MEMBERS:
                del self._runs[next(iter(self._runs))]  # who was refused longest ago
        return untold if told else None


def _has_line(times: int) -> bool:
    rounds, rest = divmod(times, EACH)
    return times <= EACH or (rest == 0 and rounds & (rounds - 1) == 0)


tally = Tally()


def note(request: Request, exception: Exception) -> None:
    """Remember on the request that it was refused. What was begun may still be undone, so nothing
    is written yet."""
    if isinstance(exception, TooMuch):
        request.refused = "too_much"
    elif isinstance(exception, NotAllowed):
        request.refused = "not_allowed"
    elif isinstance(exception, Http404):
        request.refused = "not_found"


def tried(request: Request, how: str) -> None:
    """Somebody tried to get round what guards a page, or so it looks: `how` is a word of ours."""
    if getattr(request, "actor", None) is not None:
        request.refused = how
        return
    route = request.resolver_match.view_name if request.resolver_match else "no page"
    source = address_of(request)
    _count(
        source,
        request.at,
        lambda more: log.warning("Refused: %s on %s from %s %s", how, route, source, more or ""),
    )


def keep(request: Request, actor: Actor) -> None:
    """Keep a refusal as evidence. Called after the view, whose own transaction is over."""
    if not request.refused or request.resolver_match is None:
        return
    details = {"route": request.resolver_match.view_name, "answer": request.refused}
    _count(str(actor.member.pk), request.at, lambda more: _write(actor, request.at, details | more))


def keep_without_role(request: Request, member: Member) -> None:
    """Say in the server's log that somebody without a role was refused: evidence needs one."""
    _count(
        str(member.pk),
        request.at,
        lambda more: log.warning("Refused without a role: %s %s", member.pk, more or ""),
    )


def _count(source: str, at: datetime, say: Callable[[dict[str, int]], None]) -> None:
    untold = tally.count(source, at)
    if untold is not None:
        say({"untold": untold} if untold else {})


def _write(actor: Actor, at: datetime, details: dict[str, str | int]) -> None:
    with transaction.atomic():
        record("access.refused", subject=actor.member, by=actor, at=at, details=details)

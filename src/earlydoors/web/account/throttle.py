"""Guessing at a password gets slower with every miss, and slows nobody but the guesser.

Misses are counted for a sign-in name together with where they come from: another person's misses
never lock a member out. A device on which the member has signed in before counts for itself (its
mark is a signed cookie), so a whole office behind one address is not held up by one guesser in it.
Whoever tries many names from one address is slowed as well, known devices again left alone.
"""

import ipaddress
import math
from datetime import datetime, timedelta
from uuid import UUID

from earlydoors.web.models import SignInAttempt

FREE = 5  # misses before there is anything to wait for
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)
# Misses with any names from one address in a quarter of an hour: a large office on a Monday morning
# stays below it.
ANY_NAME = 100
ANY_NAME_WITHIN = timedelta(minutes=15)
UNKNOWN = "unknown"
_DEVICE = "device:"


def source_of(address: str, device: UUID | None = None) -> str:
    """Where a try comes from: a known device, or else an address. IPv6 is taken by its /64, which
    is what one subscriber has."""
    if device is not None:
        return f"{_DEVICE}{device}"
    try:
        read = ipaddress.ip_address(address.strip())
    except ValueError:
        return UNKNOWN
    if read.version == 4:
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, 64), strict=False))


def attempt(account: str, source: str, at: datetime) -> SignInAttempt | timedelta:
    """Begin a try: its row, or how long to wait first.

    The row is written before the password is looked at, so that many tries sent at once count each
    other. It stays when the try fails; `worked` takes it away.
    """
    wait = _wait(_tidy(account), source, at)
    if wait:
        return wait
    return SignInAttempt.objects.create(account=_tidy(account), address=source, at=at)


def worked(mine: SignInAttempt) -> None:
    """The try succeeded: it and the misses before it no longer count."""
    SignInAttempt.objects.filter(account=mine.account, address=mine.address).delete()


def sentence(wait: timedelta) -> str:
    """What somebody who has to wait reads."""
    minutes = math.ceil(wait / timedelta(minutes=1))
    length = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"There have been too many tries. Wait {length}, then try again."


def _wait(account: str, source: str, at: datetime) -> timedelta:
    of_name = SignInAttempt.objects.filter(account=account, address=source, at__gt=at - REMEMBERED)
    moments: list[datetime] = list(of_name.order_by("at").values_list("at", flat=True))
    if len(moments) >= FREE:
        pause = min(FIRST_WAIT * (1 << min(len(moments) - FREE, 10)), LONGEST_WAIT)
        left = moments[-1] + pause - at
        if left > timedelta():
            return left
    if source == UNKNOWN or source.startswith(_DEVICE):
        return timedelta()
    of_any = SignInAttempt.objects.filter(address=source, at__gt=at - ANY_NAME_WITHIN)
    crowd: list[datetime] = list(of_any.order_by("-at").values_list("at", flat=True)[:ANY_NAME])
    if len(crowd) < ANY_NAME:
        return timedelta()
    return crowd[-1] + ANY_NAME_WITHIN - at


def _tidy(account: str) -> str:
    return account.strip().casefold()[:254]

"""Guessing at a password is slow: ten failures in a quarter of an hour, and then a wait."""

from datetime import datetime, timedelta

from earlydoors.web.models import SignInAttempt

WINDOW = timedelta(minutes=15)
FAILURES = 10
SENTENCE = "There have been too many tries. Wait 15 minutes, then try again."


def is_slowed(account: str, address: str, at: datetime) -> bool:
    """Whether this account, from this address, has to wait."""
    tries = SignInAttempt.objects.filter(
        account=_tidy(account), address=address, at__gt=at - WINDOW
    )
    return tries.count() >= FAILURES


def failed(account: str, address: str, at: datetime) -> None:
    """Count a failure, and forget those that no longer matter."""
    SignInAttempt.objects.filter(at__lte=at - WINDOW).delete()
    SignInAttempt.objects.create(account=_tidy(account), address=address, at=at)


def _tidy(account: str) -> str:
    return account.strip().casefold()[:254]

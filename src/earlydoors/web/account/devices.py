"""Which device this is: a signed cookie that names the accounts that signed in on it before.

It opens nothing. It keeps another's misses from holding up somebody at their own device, and tells
a member in words where they are signed in.
"""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

NAME = settings.SESSION_COOKIE_NAME.replace("earlydoors_", "earlydoors_device_")
KEPT_FOR = 400 * 24 * 60 * 60  # seconds: the longest that browsers keep a cookie
MOST_ACCOUNTS = 8  # a shared computer
_SALT = "earlydoors.web.device"
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A device by its own id, and the marks of accounts that signed in on it."""

    id: UUID
    accounts: tuple[str, ...]

    def knows(self, account: str) -> bool:
        """Whether this account signed in here before."""
        return _mark(account) in self.accounts


def read(request: HttpRequest) -> Device | None:
    """The device that the cookie names, if it is ours."""
    try:
        said = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=KEPT_FOR)
        return Device(UUID(said["d"]), tuple(said["a"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def known_for(request: HttpRequest, account: str) -> UUID | None:
    """The id of this device where the account signed in on it before."""
    device = read(request)
    return device.id if device is not None and device.knows(account) else None


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Let the device know the account that has just signed in."""
    device = read(request) or Device(uuid4(), ())
    mark = _mark(account)
    accounts = [mark, *(one for one in device.accounts if one != mark)][:MOST_ACCOUNTS]
    response.set_cookie(
        NAME,
        signing.dumps({"d": str(device.id), "a": accounts}, salt=_SALT),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def in_words(user_agent: str) -> str:
    """A device as its owner would name it: "Firefox on Windows"."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "A browser")
    system = next((name for sign, name in _SYSTEMS if re.search(sign, user_agent)), "")
    return f"{browser} on {system}" if system else browser


def _mark(account: str) -> str:
    return salted_hmac(_SALT, account.strip().casefold(), algorithm="sha256").hexdigest()[:24]

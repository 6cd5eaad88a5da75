"""The request as pages get it."""

from datetime import date, datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from earlydoors.domain.partnership.actor import Actor

ROLE = "role"
"""Where a sign-in keeps the role that is in use, for somebody who holds several."""


class Request(HttpRequest):
    """A request of anyone: the moment is set by the middleware (`met_at` by that of sign-ins, which
    comes before), `actor` for someone signed in, and `lasts`, the seconds until that ends if
    nothing is done; `refused` says how, where access was refused."""

    actor: Actor | None
    at: datetime
    met_at: datetime
    today: date
    lasts: int
    refused: str
    kept_writing: object
    kept_words: dict[str, list[str]] | None


class PageRequest(Request):
    """A request of someone signed in; what views behind sign-in take."""

    actor: Actor


def address_of(request: HttpRequest) -> str:
    """The address a request comes from.

    Behind a proxy that is the last one in X-Forwarded-For, which the proxy wrote itself; what
    stands before it is what the visitor said, and anybody can say anything.
    """
    if settings.HTTPS:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if told:
            return told
    return str(request.META.get("REMOTE_ADDR", ""))


def is_afar(request: HttpRequest) -> bool:
    """Whether a request comes from outside the networks that the installation names as its own."""
    if not settings.OFFICE_NETWORKS:
        return False
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return True
    plain = getattr(address, "ipv4_mapped", None) or address
    return not any(plain in network for network in settings.OFFICE_NETWORKS)

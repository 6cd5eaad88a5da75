"""Where else people can sign in here, and the pages whose forms lead there."""

from django.conf import settings
from django.http import HttpResponse

from earlydoors.domain.partnership.claims import Providers
from earlydoors.web.design.headers import policy


def providers() -> Providers:
    """Where else people can sign in here."""
    found: Providers = settings.SIGN_IN_PROVIDERS
    return found


def leading_on(response: HttpResponse) -> HttpResponse:
    """A page from which a form may lead to a provider: browsers ask whether it may."""
    known = providers().providers
    if known:
        origins = {origin for one in known for origin in (one.origin, *one.sends_to)}
        response["Content-Security-Policy"] = policy(sorted(origins))
    return response

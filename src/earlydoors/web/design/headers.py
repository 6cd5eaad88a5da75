"""What every answer tells the browser to refuse: strangers' code, frames, senses, memory.

No page has a script, a style or an address that is not its own file, so nothing inline is allowed
(OWASP ASVS 5.0, V3.4).
"""

from collections.abc import Iterable

from django.http import HttpResponse

_DENIED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_OWN = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _DENIED), *(f"{name}=(self)" for name in _OWN)])


def policy(forms_lead_to: Iterable[str] = ()) -> str:
    """The content policy of a page. `forms_lead_to` are other origins that a form of it leads to:
    browsers count where an answer to a form redirects."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *forms_lead_to)),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def with_headers(response: HttpResponse) -> HttpResponse:
    """The answer with everything it has to say; what a view said itself stands."""
    told = response.headers
    told.setdefault("Content-Security-Policy", policy())
    told.setdefault("Permissions-Policy", PERMISSIONS)
    told.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    told.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    # Computers are shared: the back button must not bring a family's page back after signing out.
    told.setdefault("Cache-Control", "private, no-store")
    return response

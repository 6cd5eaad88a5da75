"""What people do at the door, in the words of these tests."""

import re
from datetime import UTC, datetime
from time import sleep, time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from tests.factories.partnership import PASSWORD
from tests.factories.passkeys import Passkey

from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.account import factors

_TO_TYPE_IT = 5  # seconds
SIGN_IN, SECOND = "/sign-in/", "/sign-in/second-step/"
YOURS = "/your-account/"


def enters(client: Client, who: Actor, password: str = PASSWORD, **more: str) -> Any:
    """They type their name and password."""
    return client.post(SIGN_IN, {"username": who.member.username, "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether the pages behind the door open."""
    return client.get(YOURS).status_code == 200


def with_app(who: Actor) -> str:
    """Give them an app; returns its secret."""
    shown = factors.new_app(who.member)
    secret = shown.typed.replace(" ", "")
    before = datetime.fromtimestamp(datetime.now(UTC).timestamp() - 60, UTC)
    assert factors.set_up_app(who.member, shown.signed, code_of(secret, -2), before)
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps of half a minute later. Nobody types a code that is
    about to run out."""
    left = factors.PERIOD - time() % factors.PERIOD
    if not steps and left < _TO_TYPE_IT:
        sleep(left)
    now = int(datetime.now(UTC).timestamp()) // factors.PERIOD
    return str(format_hotp_value(hotp_value(secret, now + steps)))


def kept_secret(who: Actor) -> str:
    """The secret of somebody's app, from where it is kept."""
    return str(decrypt(Authenticator.objects.get(user=who.member, type="totp").data["secret"]))


def with_passkey(client: Client, name: str = "My phone") -> Passkey:
    """Whoever is signed in on this client makes a passkey."""
    key = Passkey()
    options = client.post("/your-account/passkey/options/", secure=True).json()
    made = {"name": name, "credential": key.made_for(options)}
    answer = client.post("/your-account/passkey/", made, secure=True)
    assert answer.status_code == 302, answer.content.decode()
    return key


def uses(client: Client, key: Passkey, *, verified: bool = True) -> Any:
    """They hold a passkey to a page that asks for one."""
    options = client.post("/sign-in/passkey/ask/", secure=True).json()
    answer = {"credential": key.signs(options, verified=verified)}
    return client.post("/sign-in/passkey/", answer, secure=True)


def field_of(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]

"""The second step: codes of an app, passkeys and recovery codes, in the rows of django-allauth.

Every check runs in a transaction that holds the factor's row, so that a code works once even when
it is sent twice at the same moment.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction

from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.sealing import SealedError
from earlydoors.web.account import recovery

log = logging.getLogger("earlydoors.security")
Kind = Authenticator.Type
PERIOD = 30  # seconds that a code of an app is shown, and taken (OWASP ASVS 5.0, 6.5.5)
_SETTING_UP = 30 * 60  # seconds that a secret shown is waited for
_LAST_STEP = "last_step"


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner named it."""

    key: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Own:
    """The factors of a member."""

    app_since: datetime | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether a second step can be taken; recovery codes alone are none."""
        return self.app_since is not None or bool(self.passkeys)


def own(member: Member) -> Own:
    """What a member has set up."""
    rows = list(Authenticator.objects.filter(user=member).order_by("created_at"))
    codes = next((row for row in rows if row.type == Kind.RECOVERY_CODES), None)
    return Own(
        app_since=next((row.created_at for row in rows if row.type == Kind.TOTP), None),
        passkeys=tuple(
            Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in rows
            if row.type == Kind.WEBAUTHN
        ),
        codes_left=recovery.left(codes) if codes else 0,
    )


def has_second_step(member: Member) -> bool:
    """Whether a member has a second step set up."""
    steps = Authenticator.objects.filter(user=member, type__in=[Kind.TOTP, Kind.WEBAUTHN])
    return bool(steps.exists())


# An app's codes


@dataclass(frozen=True)
class NewApp:
    """A secret to give to an app: to be photographed, or typed; and signed, to come back."""

    signed: str
    typed: str
    picture: str


def new_app(member: Member) -> NewApp:
    """A secret for a member's app. Nothing is kept until a code of it comes back."""
    return _shown(member, generate_totp_secret())


def same_app(member: Member, signed: str) -> NewApp:
    """The same secret again, after a code that was not right; another where it is too old."""
    secret = _secret_of(member, signed)
    return _shown(member, secret) if secret else new_app(member)


@transaction.atomic
def set_up_app(member: Member, signed: str, code: str, at: datetime) -> bool:
    """Keep the app when the code is one of its own. Another app of the member goes."""
    secret = _secret_of(member, signed)
    step = _fitting(secret, code, at) if secret else None
    if not secret or step is None:
        return False
    Authenticator.objects.filter(user=member, type=Kind.TOTP).delete()
    made = TOTP.activate(member, secret).instance
    made.data[_LAST_STEP] = step
    made.save(update_fields=["data"])
    return True


@transaction.atomic
def check_code(member: Member, code: str, at: datetime) -> str:
    """Use up a code of the app, or a recovery code. Returns which it was; nothing when neither."""
    rows = Authenticator.objects.select_for_update().filter(user=member)
    for row in rows.filter(type__in=[Kind.TOTP, Kind.RECOVERY_CODES]).order_by("-type"):
        try:
            if row.type == Kind.TOTP and _use_step(row, code, at):
                return "a code of an app"
            if row.type == Kind.RECOVERY_CODES and recovery.use(row, code, at):
                return "a recovery code"
        except SealedError:
            # Closed with a key that this installation has not got any more.
            log.warning("A factor of %s cannot be opened with the keys here", member.pk)
    return ""


def _use_step(row: Authenticator, code: str, at: datetime) -> bool:
    step = _fitting(decrypt(row.data["secret"]), code, at)
    if step is None or step <= row.data.get(_LAST_STEP, 0):
        return False
    row.data[_LAST_STEP] = step
    row.last_used_at = at
    row.save(update_fields=["data", "last_used_at"])
    return True


def _fitting(secret: str, code: str, at: datetime) -> int | None:
    """The step of time that is now, if the code belongs to it."""
    now = int(at.timestamp()) // PERIOD
    expected = format_hotp_value(hotp_value(secret, now))
    return now if compare_user_code(actual=code, expected=expected) else None


def _shown(member: Member, secret: str) -> NewApp:
    adapter = get_adapter()
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = adapter.build_totp_svg(adapter.build_totp_url(member, secret))
    return NewApp(_signer(member).sign(secret), grouped, picture)


def _secret_of(member: Member, signed: str) -> str:
    try:
        return _signer(member).unsign(signed, max_age=_SETTING_UP)
    except BadSignature:
        return ""


def _signer(member: Member) -> TimestampSigner:
    return TimestampSigner(salt=f"earlydoors.web.app:{member.pk}")


# Passkeys


def ask_for_passkey(member: Member | None) -> dict[str, Any]:
    """What the browser needs to sign with a passkey: of this member, or whichever it offers."""
    return dict(webauthn.begin_authentication(member))


@transaction.atomic
def check_passkey(
    credential: Mapping[str, Any], at: datetime, *, of: Member | None
) -> Member | None:
    """Whose passkey signed, if it is one that we know, and the expected member's."""
    try:
        member = of or webauthn.extract_user_from_response(dict(credential))
        used = webauthn.complete_authentication(member, dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    used.last_used_at = at
    used.save(update_fields=["last_used_at"])
    found = used.user
    return found if isinstance(found, Member) and found.is_active else None


def begin_passkey(member: Member) -> dict[str, Any]:
    """What the browser needs to make a passkey for a member."""
    return dict(webauthn.begin_registration(member, True))


def add_passkey(member: Member, name: str, credential: Mapping[str, Any]) -> bool:
    """Keep a passkey that the browser made. Returns whether it was one."""
    try:
        webauthn.complete_registration(dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return False
    webauthn.WebAuthn.add(member, name, dict(credential))
    return True


# Recovery codes, and taking factors away


def fresh_codes(member: Member) -> list[str]:
    """Ten new recovery codes; those from before no longer work."""
    with transaction.atomic():
        return recovery.make(member)


@transaction.atomic
def take_away_app(member: Member) -> bool:
    """Take the app away. Returns whether there was one."""
    gone = bool(Authenticator.objects.filter(user=member, type=Kind.TOTP).delete()[0])
    _without_codes(member)
    return gone


@transaction.atomic
def take_away_passkey(member: Member, key: int) -> bool:
    """Take a passkey of a member away. Returns whether there was one."""
    rows = Authenticator.objects.filter(user=member, type=Kind.WEBAUTHN, pk=key)
    gone = bool(rows.delete()[0])
    _without_codes(member)
    return gone


def take_away_all(member: Member) -> int:
    """Take every factor away: whoever lost them all begins again. Returns how many."""
    return int(Authenticator.objects.filter(user=member).delete()[0])


def _without_codes(member: Member) -> None:
    """Recovery codes stand in for a second step; without one they go as well."""
    if not has_second_step(member):
        Authenticator.objects.filter(user=member).delete()

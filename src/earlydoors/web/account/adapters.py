"""Where the library of factors is told how this house does things."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from earlydoors.foundation import ciphers
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.sealing import SealedError, mark_of

_SALT = b"earlydoors.web.account.factors"
_SECRET = "secret"  # noqa: S105 - where an app's lies; of recovery codes only hashes are kept


class Factors(DefaultMFAAdapter):
    """Secrets of factors are encrypted in the database, and keys carry the names people know."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept, by a key made from the installation's own: the name of the
        algorithm, the mark of the key, and what they close."""
        key = _key(settings.SECRET_KEY)
        head = f"{ciphers.NOW}:{mark_of(key)}:"
        closed = ciphers.close(_bytes_of(key), head.encode(), text.encode())
        return head + base64.urlsafe_b64encode(closed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises `SealedError` without the right key."""
        keys = [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
        try:
            return _opened(keys, encrypted_text).decode()
        except (InvalidToken, ciphers.DoesNotOpenError, binascii.Error):
            raise SealedError("A secret of a second step does not open.") from None

    def get_totp_issuer(self) -> str:
        """What an app shows above the code."""
        return f"Early Doors, {current().name}"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What an app shows beside the code: the name they sign in with."""
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: this site alone."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """Whose passkey it is, as the device shows it."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.get_username(), "display_name": str(user)}


def reseal_factors() -> int:
    """Encrypt the secrets of all factors by the key and the algorithm of today; returns how many.
    Raises `SealedError` for one whose key is not there."""
    factors, many = Factors(), 0
    for one in Authenticator.objects.filter(data__has_key=_SECRET).order_by("pk"):
        one.data[_SECRET] = factors.encrypt(factors.decrypt(one.data[_SECRET]))
        one.save(update_fields=["data"])
        many += 1
    return many


def _opened(keys: Sequence[str], sealed: str) -> bytes:
    name, _, rest = sealed.partition(":")
    if not rest:  # as it was sealed before, when no value named its algorithm
        return MultiFernet([Fernet(key) for key in keys]).decrypt(sealed)
    mark, _, closed = rest.partition(":")
    key = next((one for one in keys if mark_of(one) == mark), None)
    if key is None:
        raise ciphers.DoesNotOpenError
    head = f"{name}:{mark}:".encode()
    return ciphers.disclose(name, _bytes_of(key), head, base64.urlsafe_b64decode(closed))


@lru_cache(maxsize=4)
def _key(secret: str) -> str:
    made = hashlib.scrypt(secret.encode(), salt=_SALT, n=2**12, r=8, p=1, dklen=32)
    return base64.urlsafe_b64encode(made).decode()


def _bytes_of(key: str) -> bytes:
    return base64.urlsafe_b64decode(key)

"""Where the library of factors is told how this house does things."""

import base64
import hashlib
from functools import lru_cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from earlydoors.foundation.profile.current import current

_SALT = b"earlydoors.web.account.factors"
_SECRET = "secret"  # noqa: S105 - where an app's lies; of recovery codes only hashes are kept


class Factors(DefaultMFAAdapter):
    """Secrets of factors are encrypted in the database, and keys carry the names people know."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept, by a key made from the installation's own."""
        return (
            _cipher((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
            .encrypt(text.encode())
            .decode()
        )

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises `cryptography.fernet.InvalidToken` without the right key."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return _cipher(keys).decrypt(encrypted_text.encode()).decode()

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
    """Encrypt the secrets of all factors by the key of today; returns how many. Raises
    `cryptography.fernet.InvalidToken` for one whose key is not there."""
    factors, many = Factors(), 0
    for one in Authenticator.objects.filter(data__has_key=_SECRET).order_by("pk"):
        one.data[_SECRET] = factors.encrypt(factors.decrypt(one.data[_SECRET]))
        one.save(update_fields=["data"])
        many += 1
    return many


@lru_cache(maxsize=4)
def _cipher(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_key(secret) for secret in secrets])


def _key(secret: str) -> Fernet:
    made = hashlib.scrypt(secret.encode(), salt=_SALT, n=2**12, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(made))

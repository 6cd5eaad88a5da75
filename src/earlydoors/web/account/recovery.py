"""Recovery codes: ten on a sheet of paper, each of which works once.

What is kept of a code is a slow hash with a salt of its own, as of a password. Its first digit says
which of the ten it is, so that a try costs one hash and not ten. (django-allauth, which keeps the
other factors, keeps codes so that they can be read; the row is its own, what stands in it is ours.)
"""

import secrets
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password

from earlydoors.domain.partnership.models import Member

MANY: Final = 10  # one for each first digit
_RANDOM: Final = 10  # digits after it: 33 bits
_HASHES: Final = "hashes"
_DIGITS: Final = frozenset("0123456789")


def make(member: Member) -> list[str]:
    """Ten new codes of a member, in the place of those from before, within the caller's
    transaction. They are told this once."""
    Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = [f"{first}{secrets.randbelow(10**_RANDOM):0{_RANDOM}}" for first in range(MANY)]
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.RECOVERY_CODES,
        data={_HASHES: {code[0]: make_password(code) for code in codes}},
    )
    return codes


def left(kept: Authenticator) -> int:
    """How many codes still work."""
    return len(kept.data.get(_HASHES, {}))


def use(kept: Authenticator, typed: str, at: datetime) -> bool:
    """Use a code up, however it is spaced. Returns whether it was one. The caller holds the row."""
    code = "".join(sign for sign in typed if sign in _DIGITS)
    hashes = kept.data.get(_HASHES, {})
    if len(code) != 1 + _RANDOM or code[0] not in hashes:
        return False
    if not check_password(code, hashes[code[0]]):
        return False
    del hashes[code[0]]
    kept.last_used_at = at
    kept.save(update_fields=["data", "last_used_at"])
    return True

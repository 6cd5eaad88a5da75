"""By which algorithms something is sealed. One seals; all that ever did still open.

A sealed value names its algorithm before anything else that is not a key's mark, so that another
can take its place without guessing. To add one: name it in `_OPENS`, let `NOW` say so, and have
`earlydoors keys reseal` run.
"""

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NOW: Final = "A256GCM"
"""AES-256 in Galois/Counter Mode (NIST SP 800-38D), by its name in RFC 7518."""
_NONCE: Final = 12  # bytes, random for each value: good for 2^32 values of a key (8.3 there)
_TAG: Final = 16


class DoesNotOpenError(ValueError):
    """Wrong key, wrong head, or altered: which of them is not told."""


def close(key: bytes, head: bytes, content: bytes) -> bytes:
    """Content encrypted by the algorithm of today, and bound to what stands before it.

    Args:
        key: 32 random bytes. They are not used themselves: the algorithm has a key made of them,
            so that the same bytes can have served another.
        head: what is written before the value in the open, such as the mark of its key.
    """
    nonce = os.urandom(_NONCE)
    return nonce + _aes(key).encrypt(nonce, content, head)


def disclose(name: str, key: bytes, head: bytes, closed: bytes) -> bytes:
    """What `close` closed, by the algorithm that is named.

    Raises:
        DoesNotOpenError: it does not open.
    """
    try:
        return _OPENS[name](key, head, closed)
    except KeyError:
        raise DoesNotOpenError(name) from None


def _open_gcm(key: bytes, head: bytes, closed: bytes) -> bytes:
    if len(closed) < _NONCE + _TAG:
        raise DoesNotOpenError
    try:
        return _aes(key).decrypt(closed[:_NONCE], closed[_NONCE:], head)
    except InvalidTag:
        raise DoesNotOpenError from None


@lru_cache(maxsize=16)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"earlydoors sealing A256GCM").derive(key))


_OPENS: Final[Mapping[str, Callable[[bytes, bytes, bytes], bytes]]] = {NOW: _open_gcm}

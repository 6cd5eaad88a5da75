"""How something is closed: by AES-256-GCM, anew each time, bound to what stands before it."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from earlydoors.foundation import ciphers

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
HEAD, WORDS = b"12345678:A256GCM:", "Łucja’s form".encode()


def test_it_is_aes_256_in_gcm_and_anyone_with_the_key_can_open_it() -> None:
    closed = ciphers.close(KEY, HEAD, WORDS)
    key = HKDF(SHA256(), 32, salt=None, info=b"earlydoors sealing A256GCM").derive(KEY)
    assert len(key) * 8 == 256
    assert AESGCM(key).decrypt(closed[:12], closed[12:], HEAD) == WORDS
    assert len(closed) == 12 + len(WORDS) + 16


def test_the_same_is_never_closed_alike() -> None:
    closed = {ciphers.close(KEY, HEAD, WORDS) for _ in range(200)}
    assert len({one[:12] for one in closed}) == 200
    assert len({one[12:] for one in closed}) == 200


def test_what_was_closed_opens() -> None:
    for words in (b"", b"a", WORDS, os.urandom(100_000)):
        assert ciphers.disclose(ciphers.NOW, KEY, HEAD, ciphers.close(KEY, HEAD, words)) == words


def test_whatever_was_altered_does_not_open() -> None:
    closed = ciphers.close(KEY, HEAD, WORDS)
    for place in range(len(closed)):
        altered = closed[:place] + bytes([closed[place] ^ 1]) + closed[place + 1 :]
        with pytest.raises(ciphers.DoesNotOpenError):
            ciphers.disclose(ciphers.NOW, KEY, HEAD, altered)


@pytest.mark.parametrize(
    ("name", "key", "head", "cut"),
    [
        ("A128GCM", KEY, HEAD, None),
        ("", KEY, HEAD, None),
        (ciphers.NOW, OTHER, HEAD, None),
        (ciphers.NOW, KEY, b"12345678:A128GCM:", None),
        (ciphers.NOW, KEY, b"87654321:A256GCM:", None),
        (ciphers.NOW, KEY, HEAD, -1),
        (ciphers.NOW, KEY, HEAD, 27),
        (ciphers.NOW, KEY, HEAD, 0),
    ],
)
def test_nothing_opens_by_another_name_key_or_head(
    name: str, key: bytes, head: bytes, cut: int | None
) -> None:
    closed = ciphers.close(KEY, HEAD, WORDS)[:cut]
    with pytest.raises(ciphers.DoesNotOpenError):
        ciphers.disclose(name, key, head, closed)

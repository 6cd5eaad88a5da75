"""A passkey made of software: does what a phone does when a page asks for a key or a signature."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    """A key for one site: `site` is the host it is bound to, `origin` what the browser says."""

    site: str = "testserver"
    origin: str = "https://testserver"
    id: bytes = field(default_factory=lambda: os.urandom(32))
    owner: bytes = b""

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made_for(self, options: dict[str, Any]) -> str:
        """The answer to a page that wants a passkey, as the page sends it."""
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        point = self._key.public_key().public_numbers()
        # A key on the curve P-256 for ES256, as COSE writes it (RFC 9053, section 7.1.1).
        shape = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        public = cbor.encode(shape)
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(_PRESENT | _VERIFIED | _ATTESTED) + held
        attested = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", asked["challenge"]),
            attestationObject=cbor.encode(attested),
        )

    def signs(self, options: dict[str, Any], *, verified: bool = True) -> str:
        """The answer to a page that wants a signature."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(_PRESENT | (_VERIFIED if verified else 0))
        signed = data + hashlib.sha256(client).digest()
        return self._answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=self.owner,
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "response": {name: websafe_encode(part) for name, part in response.items()},
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )

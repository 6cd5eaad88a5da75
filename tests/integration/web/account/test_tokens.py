"""What a provider's token has to hold before anything that it says is believed."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from requests import TooManyRedirects

from earlydoors.domain.partnership.claims import Provider
from earlydoors.web.account import openid

OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHERS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
AT = int(time.time())
SAID: dict[str, Any] = {
    "iss": "https://login.example.org",
    "aud": "early-doors",
    "sub": "ann",
    "nonce": "of this visit",
    "iat": AT,
    "exp": AT + 86_400,  # a run of every test may take long
}
COUNCIL = Provider.model_validate(
    {
        "key": "council",
        "name": "the council",
        "issuer": SAID["iss"],
        "client_id": SAID["aud"],
        "secret_from": "COUNCIL_SECRET",
        "places": [{"when": {"groups": ["staff"]}, "role": "practitioner", "agency": "schools"}],
    },
    strict=False,
)


def signed(key: Any = OURS, alg: str = "RS256", **other: Any) -> str:
    """A token as the provider makes it, with some of what it says changed; none: left out."""
    claims = {name: value for name, value in {**SAID, **other}.items() if value is not None}
    return jwt.encode(claims, key, algorithm=alg)


def by_hand(alg: str, secret: bytes) -> str:
    """A token that no library would make: of no algorithm, or closed by a key that all can read."""
    parts = [json.dumps(one).encode() for one in ({"alg": alg, "typ": "JWT"}, SAID)]
    said = b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in parts)
    mark = hmac.new(secret, said, hashlib.sha256).digest() if secret else b""
    return (said + b"." + base64.urlsafe_b64encode(mark).rstrip(b"=")).decode()


PUBLIC = OURS.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The way back of one visit, from a provider whose key is known."""
    keys = SimpleNamespace(get_signing_key_from_jwt=lambda _: OURS.public_key())
    monkeypatch.setattr(openid, "_keys", lambda _: keys)
    monkeypatch.setattr(openid._Exchange, "openid_config", {"jwks_uri": "https://keys"})
    made = object.__new__(openid._Exchange)
    made.state = {"data": {"nonce": SAID["nonce"]}}
    return made


def test_a_token_that_holds_is_believed(exchange: Any) -> None:
    assert exchange._claims(COUNCIL, signed(), "")["sub"] == "ann"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(signed(key=ANOTHERS), id="another's key"),
        pytest.param(by_hand("none", b""), id="no signature"),
        pytest.param(by_hand("HS256", PUBLIC), id="the public key taken for a secret"),
        pytest.param(signed()[:-6] + "AAAAAA", id="an altered signature"),
        pytest.param(signed(exp=AT - 300), id="run out"),
        pytest.param(signed(exp=None), id="never runs out"),
        pytest.param(signed(nbf=AT + 86_400), id="not yet"),
        pytest.param(signed(iss="https://elsewhere.example"), id="another issuer"),
        pytest.param(signed(aud="another-application"), id="for another application"),
        pytest.param(signed(azp="another-application"), id="handed on by another application"),
        pytest.param(signed(nonce="of another visit"), id="of another visit"),
        pytest.param(signed(nonce=None), id="of no visit"),
        pytest.param(signed(sub=None), id="about nobody"),
        pytest.param("", id="nothing"),
    ],
)
def test_one_that_does_not_is_refused(exchange: Any, token: str) -> None:
    with pytest.raises(OAuth2Error):
        exchange._claims(COUNCIL, token, "")


@pytest.mark.filterwarnings("ignore:The RSA key is")
@pytest.mark.parametrize(("bits", "is_believed"), [(1024, False), (2047, False), (2048, True)])
def test_a_short_key_of_a_provider_signs_nothing(
    exchange: Any, monkeypatch: pytest.MonkeyPatch, bits: int, *, is_believed: bool
) -> None:
    theirs = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    read = jwt.PyJWK(json.loads(RSAAlgorithm.to_jwk(theirs.public_key())) | {"alg": "RS256"})
    keys = SimpleNamespace(get_signing_key_from_jwt=lambda _: read)
    monkeypatch.setattr(openid, "_keys", lambda _: keys)
    if is_believed:
        assert exchange._claims(COUNCIL, signed(key=theirs), "")["sub"] == "ann"
    else:
        with pytest.raises(OAuth2Error, match="too short"):
            exchange._claims(COUNCIL, signed(key=theirs), "")


@pytest.fixture
def leading_on() -> Iterator[tuple[str, list[str]]]:
    """A provider that leads whoever asks on to another address, and what it was asked."""
    asked: list[str] = []

    class Leads(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if self.path == "/first" else 200)
            self.send_header("Location", "/second")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Leads) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_provider_leads_nowhere_else(leading_on: tuple[str, list[str]]) -> None:
    base, asked = leading_on
    with openid.Elsewhere(None).get_requests_session() as session, pytest.raises(TooManyRedirects):
        session.get(f"{base}/first")
    with pytest.raises(jwt.PyJWKClientError):
        openid._keys(f"{base}/first").fetch_data()
    assert asked == ["/first", "/first"]

"""What `docs/how-to/run-it-for-real.md` says of a proxy that speaks HTTPS."""

import re
import runpy
import ssl
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import earlydoors

pytestmark = pytest.mark.django_db

SETTINGS = Path(earlydoors.__file__).parent / "config" / "settings.py"
HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "run-it-for-real.md"
HOST = "early.example.org"
OF_HTTPS = (
    "SECURE_PROXY_SSL_HEADER",
    "CSRF_TRUSTED_ORIGINS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The settings as an installation makes them behind a proxy."""
    monkeypatch.setenv("EARLYDOORS_HTTPS", "1")
    monkeypatch.setenv("EARLYDOORS_HOSTS", HOST)
    made = runpy.run_path(str(SETTINGS))
    for name in OF_HTTPS:
        setattr(settings, name, made[name])


def send_sign_in(origin: str, **passed_on: str) -> Any:
    """Open the sign-in page and send its form, as a browser does through a proxy."""
    browser = Client(enforce_csrf_checks=True, headers={"Host": HOST, **passed_on})
    page = browser.get("/sign-in/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    words = {"csrfmiddlewaretoken": token[1], "username": "nobody", "password": "not it"}
    headers = {"Origin": origin, "Referer": f"{origin}/sign-in/"}
    return browser.post("/sign-in/", words, headers=headers)


@pytest.mark.parametrize("passed_on", [{"X-Forwarded-Proto": "https"}, {}])
@pytest.mark.usefixtures("behind_a_proxy")
def test_a_form_goes_through_the_proxy(passed_on: dict[str, str]) -> None:
    answer = send_sign_in(f"https://{HOST}", **passed_on)
    assert answer.status_code == 200
    assert "The name or the password is not right" in answer.content.decode()


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_form_of_another_site_does_not() -> None:
    answer = send_sign_in("https://elsewhere.example.org")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.usefixtures("behind_a_proxy")
def test_cookies_travel_on_nothing_but_https() -> None:
    browser = Client(headers={"Host": HOST})
    browser.get("/sign-in/")
    assert browser.cookies
    assert all(cookie["secure"] for cookie in browser.cookies.values())


def said_to_nginx() -> dict[str, str]:
    """What the example says, by its name."""
    page = HOW_TO.read_text(encoding="utf-8")
    [example] = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    secret = example[example.index("listen 443 ssl;") :]
    return dict(re.findall(r"^\s*(\w+)\s+([^{};]+);$", secret, re.MULTILINE))


def test_the_example_speaks_tls_that_is_held_to_be_sound() -> None:
    said = said_to_nginx()
    assert said["ssl_protocols"].split() == ["TLSv1.2", "TLSv1.3"]
    assert said["ssl_prefer_server_ciphers"] == "on"
    named = said["ssl_ciphers"].split(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(said["ssl_ciphers"])
    known = {one["name"]: one for one in context.get_ciphers()}
    assert set(named) <= known.keys(), "OpenSSL knows no such cipher"
    for one in (known[name] for name in named):
        assert one["aead"], one
        assert one["kea"] == "kx-ecdhe", one
    bits = [known[name]["strength_bits"] for name in named]
    assert bits == sorted(bits, reverse=True)
    assert min(bits) >= 128


def test_the_example_leads_http_on() -> None:
    page = HOW_TO.read_text(encoding="utf-8")
    [first, _second] = re.findall(r"^server \{\n(.*?)^\}", page, re.DOTALL | re.MULTILINE)
    assert "listen 80;" in first
    assert "return 301 https://$host$request_uri;" in first
    assert "proxy_pass" not in first

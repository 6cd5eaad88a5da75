"""What somebody tries who means harm: at the door, at forms, in addresses and headers."""

import importlib
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories.partnership import PASSWORD
from tests.guards.world import routes
from tests.integration.web.account.ways import SECOND, SIGN_IN, code_of, enters, is_in, with_app

from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.account import entering

ELSEWHERE = [
    "https://elsewhere.example/",
    "http:elsewhere.example",
    "//elsewhere.example/",
    "///elsewhere.example",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "/%09/elsewhere.example".replace("%09", "\t"),
    "/\r\nLocation: https://elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@elsewhere.example/",
    " https://elsewhere.example/",
    "/\0/elsewhere.example",
]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("second", [False, True])
def test_signing_in_leads_to_no_other_site(
    strict, kelly: Actor, client: Client, wanted: str, second: bool
) -> None:
    secret = with_app(kelly)
    answer = enters(client, kelly, next=wanted)
    if second:
        answer = client.post(SECOND, {"code": code_of(secret), "next": wanted})
        assert answer["Location"] == "/"
    assert "elsewhere" not in answer["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_who_is_in_already_is_led_to_no_other_site(kelly, client: Client, wanted: str) -> None:
    enters(client, kelly)
    assert client.get(SIGN_IN, {"next": wanted})["Location"] == "/"
    answer = client.post(
        "/your-account/prove/", {"next": wanted, "password": "early doors practice"}
    )
    assert answer["Location"] == "/your-account/"


@pytest.mark.django_db
def test_no_answer_carries_a_line_that_somebody_sent(kelly: Actor, client: Client) -> None:
    answer = enters(client, kelly, next="/about/\r\nSet-Cookie: a=b")
    assert answer["Location"] == "/"
    assert "a" not in answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", [SIGN_IN, "/about/"])
def test_a_forged_host_is_refused(client: Client, settings: Any, path: str) -> None:
    settings.ALLOWED_HOSTS = ["early.example.org"]
    refused = client.get(path, headers={"Host": "elsewhere.example"})
    assert refused.status_code == 400
    assert "default-src 'none'" in refused["Content-Security-Policy"]
    answer = client.get(
        path, headers={"Host": "early.example.org", "X-Forwarded-Host": "elsewhere.example"}
    )
    assert "elsewhere" not in answer.content.decode()


def test_no_form_of_the_product_goes_without_its_token() -> None:
    assert "django.middleware.csrf.CsrfViewMiddleware" in configured.MIDDLEWARE
    exempt = [name for (name, _), one in routes().items() if _is_exempt(one.callback)]
    assert not exempt


def _is_exempt(view: Any) -> bool:
    return bool(getattr(view, "csrf_exempt", False))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/sign-out/", {}),
        ("/your-account/password/", {"password": PASSWORD, "new": "seven quiet herons wait"}),
        ("/your-account/sign-ins/end/", {"sign_in": "others"}),
        ("/your-account/take-away/", {"passkey": "app"}),
        ("/your-account/codes/", {}),
    ],
)
def test_a_form_sent_from_another_site_does_nothing(
    kelly: Actor, path: str, said: dict[str, str]
) -> None:
    with_app(kelly)
    client = Client(enforce_csrf_checks=True)
    client.force_login(kelly.member)
    before = kelly.member.password
    sessions = Session.objects.count()

    answer = client.post(path, said, headers={"Origin": "https://elsewhere.example"})

    kelly.member.refresh_from_db()
    assert answer.status_code in {302, 403}
    assert kelly.member.password == before
    assert Session.objects.count() == sessions
    assert is_in(client)


@pytest.mark.django_db
def test_nobody_is_signed_in_by_another_sites_form(kelly: Actor) -> None:
    """Login CSRF: a victim made to work under an attacker's name."""
    victim = Client(enforce_csrf_checks=True)
    enters(victim, kelly)
    assert "_auth_user_id" not in victim.session


@pytest.mark.django_db
def test_the_waiting_of_one_visit_cannot_be_written_from_outside(strict, kelly, client) -> None:
    with_app(kelly)
    client.post("/sign-in/second-step/", {"member": str(kelly.member.pk), "code": "000000"})
    client.cookies["member"] = str(kelly.member.pk)
    assert client.get("/sign-in/second-step/")["Location"] == SIGN_IN
    assert entering.WAITING not in client.session


@pytest.mark.django_db
def test_cookies_are_for_this_site_and_for_no_script(kelly: Actor, client: Client) -> None:
    answer = enters(client, kelly)
    names = {configured.SESSION_COOKIE_NAME, "earlydoors_device_cumbria"}
    assert names <= set(answer.cookies)
    for cookie in answer.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_over_https_everything_is_bound_to_this_host() -> None:
    """As an installation behind a proxy reads its settings."""
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "from earlydoors.config import settings as s;"
                "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
                " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT,"
                " s.SECOND_STEP)"
            ),
        ],
        env={**os.environ, "EARLYDOORS_HTTPS": "1", "EARLYDOORS_PRACTICE": "0"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert shown == [
        "__Host-earlydoors_cumbria",
        "__Host-earlydoors_csrf_cumbria",
        "True",
        "True",
        "31536000",
        "True",
        "True",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/sign-out/", "/assets/nowhere.js"])
def test_errors_carry_the_same_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {404, 405}
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_opened_by_itself_runs_nothing(assets: None, client: Client) -> None:
    answer = client.get("/assets/mark.svg")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_nothing_of_the_library_is_routed() -> None:
    named = {name for name, _ in routes()}
    assert not [name for name in named if name.startswith(("account_", "mfa_", "socialaccount_"))]
    assert importlib.util.find_spec("allauth.urls")
    assert "allauth.urls" not in sys.modules

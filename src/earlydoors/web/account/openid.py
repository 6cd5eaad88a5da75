"""Signing in with an account elsewhere, by OpenID Connect.

The library keeps state and proof key (PKCE) and exchanges the code. What it is told is looked at
here: the token's signature, issuer, audience, time and nonce, and that both answers are about the
same person. A member is found by the provider's own name for them and by nothing else.
"""

import logging
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn, override

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException, Session

from earlydoors.domain.partnership.arriving import Newcomer
from earlydoors.domain.partnership.claims import Provider, had_second_step
from earlydoors.foundation.kernel.refusals import Refusal
from earlydoors.web.account import arriving, entering
from earlydoors.web.account.providing import leading_on, providers
from earlydoors.web.account.yours import freshly_proved
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest, Request

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
SHORTEST_RSA = 2048  # bits of a key that signs: what providers have; fewer can be broken
LEEWAY = 60  # seconds that two clocks may differ
NO_ANSWER = "{name} did not answer. Try again in a few minutes, or sign in another way."
STOPPED = "You stopped at {name}. Sign in here in another way, or try again."
NOT_BELIEVED = "What {name} said could not be checked. Try again, or sign in another way."
log = logging.getLogger("earlydoors.security")


@login_not_required
@require_POST
def go(request: Request, key: str) -> HttpResponse:
    """On to the provider, and back to the page that was asked for."""
    return _away(request, key, "login", entering.wanted(request))


@require_POST
@freshly_proved
def join(request: PageRequest, key: str = "") -> HttpResponse:
    """On to the provider, to say that the account there is one's own."""
    return _away(request, request.POST.get("provider", ""), "connect", reverse("account:yours"))


@login_not_required
@require_safe
def back(request: Request, key: str) -> HttpResponse:
    """Back from the provider with a code, or with a refusal."""
    _known(key)
    answer: HttpResponse = _Back.adapter_view(_Exchange(request, key))(request)
    return answer


class Elsewhere(DefaultSocialAccountAdapter):
    """Where the library is told which providers there are, and how a failure is said."""

    def list_apps(
        self, request: Any, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of this installation, as the library wants them. Asks no database."""
        return [
            _as_app(one)
            for one in providers().providers
            if provider in (None, OpenIDConnectProvider.id, one.key)
            and client_id in (None, one.client_id)
        ]

    @override
    def get_requests_session(self) -> Session:
        """How a provider is asked: at the addresses that it names and at no others, so that it
        leads this server to nobody it would not have spoken to."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self,
        request: Any,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> NoReturn:
        """Say it in words, on our own page."""
        found = providers().by_key(provider.app.provider_id)
        name = found.name if found else provider.app.name
        said = STOPPED if error == AuthError.CANCELLED else NOT_BELIEVED
        if isinstance(exception, RequestException):
            said = NO_ANSWER
        log.warning("Sign-in by %s failed: %s", provider.app.provider_id, type(exception).__name__)
        raise ImmediateHttpResponse(refuse(request, said.format(name=name)))


class _Exchange(OpenIDConnectOAuth2Adapter):
    """The library's exchange with a provider, with our looking at what comes of it."""

    state: Mapping[str, Any]

    def get_callback_url(self, request: Any, app: SocialApp) -> str:
        """Where the provider sends people back to."""
        path = reverse("account:came-back", kwargs={"key": self.provider_id})
        return str(request.build_absolute_uri(path))

    def complete_login(self, request: Any, app: SocialApp, token: Any, **kwargs: Any) -> NoReturn:
        """Look at what was said, and lead whoever it is about in. Raises its answer."""
        provider = _known(self.provider_id)
        if self.openid_config["issuer"] != provider.issuer:
            raise OAuth2Error("the issuer is another")
        said = self._said(provider, kwargs["response"].get("id_token", ""))
        claims = self._with_more(said, token.token)
        who = _newcomer(provider, claims)
        second_step = had_second_step(provider, said)
        try:
            answer = arriving.arrived(
                request, provider, who, claims, self.state, second_step=second_step
            )
        except Refusal as refusal:
            answer = refuse(request, refusal.sentence)
        raise ImmediateHttpResponse(answer)

    def _said(self, provider: Provider, id_token: str) -> dict[str, Any]:
        """What the token says, once it is shown that the provider says it to us and now."""
        try:
            key = _keys(self.openid_config["jwks_uri"]).get_signing_key_from_jwt(id_token)
            _must_be_long(key)
            said: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=provider.client_id,
                issuer=provider.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"the token does not hold: {type(error).__name__}") from error
        nonce = str(self.state.get("data", {}).get("nonce", ""))
        if not nonce or not secrets.compare_digest(str(said.get("nonce", "")), nonce):
            raise OAuth2Error("the token was made for another visit")
        if said.get("azp", provider.client_id) != provider.client_id:
            raise OAuth2Error("the token was made for someone else")
        return said

    def _with_more(self, said: dict[str, Any], access_token: str) -> dict[str, Any]:
        """Everything the provider says of the same person: where both do, the token is believed."""
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(access_token)
            if more.get("sub") != said["sub"]:
                raise OAuth2Error("two answers are about two people")
            said = {**more, **said}
        return said


class _Back(OAuth2CallbackView):
    """The library's way back, which hands on what was kept when somebody left."""

    def _get_state(self, request: Any, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, answer


def refuse(request: Any, said: str) -> HttpResponse:
    """Back to where they came from, with a sentence."""
    messages.info(request, said)
    where = "account:yours" if request.user.is_authenticated else "account:sign-in"
    return HttpResponseRedirect(reverse(where))


def _away(request: Any, key: str, process: str, wanted: str) -> HttpResponse:
    found = _known(key)
    nonce = secrets.token_urlsafe(24)
    provider = OpenIDConnectProvider(request, app=_as_app(found))
    provider.oauth2_adapter_class = _Exchange
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process,
            next_url=wanted,
            data={"nonce": nonce},
            auth_params=dict(found.asks) | {"nonce": nonce},
        )
    except (RequestException, KeyError, ValueError):
        return refuse(request, NO_ANSWER.format(name=found.name))
    return answer


def _known(key: str) -> Provider:
    found = providers().by_key(key)
    if found is None:
        raise Http404
    return found


def _as_app(one: Provider) -> SocialApp:
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=one.key,
        name=one.name,
        client_id=one.client_id,
        secret=import_string(settings.GIVEN)(one.secret_from) or "",
        settings={
            "server_url": one.issuer.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": list(one.scopes),
        },
    )


@lru_cache(maxsize=8)
def _keys(address: str) -> jwt.PyJWKClient:
    """The provider's keys; fetched again when a token names one that is new."""
    return jwt.PyJWKClient(address, cache_keys=True, lifespan=3600, timeout=10)


def _must_be_long(key: Any) -> None:
    public = getattr(key, "key", key)
    if isinstance(public, RSAPublicKey) and public.key_size < SHORTEST_RSA:
        raise OAuth2Error("the key is too short")


def _newcomer(provider: Provider, claims: Mapping[str, Any]) -> Newcomer:
    subject = claims.get(provider.subject)
    if not isinstance(subject, str | int) or not str(subject):
        raise OAuth2Error("nobody is named")
    told = {name: str(claims.get(name) or "")[:150] for name in _TOLD}
    username = told["preferred_username"].partition("@")[0]
    given = f"{told['given_name']} {told['family_name']}".strip()
    return Newcomer(
        subject=str(subject),
        name=told["name"] or given or username or told["email"] or "Somebody",
        email=told["email"] if "@" in told["email"] else "",
        username=username,
        job_title=told["job_title"],
    )


_TOLD = ("name", "given_name", "family_name", "email", "preferred_username", "job_title")
__all__ = ["Elsewhere", "back", "go", "join", "leading_on", "providers", "refuse"]

"""The company's own sign-in, by OpenID Connect: allauth speaks it; here it is told whom to ask and held to the strict reading.

Beyond allauth's own checks (state, PKCE, audience, expiry) the discovery document must name the issuer that is set here, the ID
token's signature is verified against the issuer's keys, and its nonce must be the one that this browser was given.
"""

from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from requests import RequestException

from floorwalker.web.accounts.actions.company import Claims

UNREACHABLE = (RequestException,)
NOT_UNDERSTOOD = (OAuth2Error, KeyError, ValueError, TypeError)

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
"""What a discovery document must name."""
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Only with a key that the issuer alone has."""
LEEWAY_S = 60


class CompanyAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The conversation with the issuer."""

    def get_provider(self) -> "CompanyProvider":
        return provider(self.request)

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != settings.SSO_ISSUER:
            raise OAuth2Error(f"The discovery document is of another issuer: {found.get('issuer')}")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return callback_address()

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("There is no ID token in the answer.")
        app.settings["fetch_userinfo"] = "userinfo_endpoint" in self.openid_config
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"])
            keys.raise_for_status()
        return verified(id_token, keys.json(), self.openid_config["issuer"], app.client_id)


def verified(id_token: str, keys: dict[str, Any], issuer: str, audience: str) -> dict[str, Any]:
    """What an ID token says, once its signature, issuer, audience and times are found good.

    Raises
    ------
    OAuth2Error
        when one of them is not.
    """
    try:
        wanted = jwt.get_unverified_header(id_token).get("kid")
        signing = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
        fitting = [key for key in signing if wanted is None or key.key_id == wanted]
        if len(fitting) != 1:
            raise OAuth2Error(f"{len(fitting)} keys fit the ID token; one must.")
        said: dict[str, Any] = jwt.decode(
            id_token,
            fitting[0].key,
            algorithms=SIGNED_BY,
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY_S,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error("The ID token is not good.") from error
    return said


class CompanyProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The issuer that the settings name."""

    oauth2_adapter_class = CompanyAdapter


def provider(request: HttpRequest) -> CompanyProvider:
    """The issuer, for one request."""
    facts = {"client_id": settings.SSO_CLIENT, "secret": settings.SSO_SECRET, "name": settings.SSO_NAME}
    how = {"server_url": settings.SSO_ISSUER, "oauth_pkce_enabled": True}
    app = SocialApp(provider=CompanyProvider.id, provider_id="company", settings=how, **facts)
    return CompanyProvider(request, app=app)


def callback_address() -> str:
    """Where the issuer sends people back to; the client must be registered there with exactly this address."""
    return str(settings.BASE_URL.rstrip("/") + reverse("sign-in-company-back"))


def discovery() -> dict[str, Any]:
    """What the issuer says about itself. Raises what `UNREACHABLE` and `NOT_UNDERSTOOD` name."""
    return CompanyAdapter(HttpRequest(), "company").openid_config


def begin(request: HttpRequest, goal: str) -> HttpResponse:
    """To the issuer's page, with a state and a nonce of this browser."""
    nonce = get_random_string(32)
    answer: HttpResponse = provider(request).redirect(
        request, AuthProcess.LOGIN, next_url=goal, data={"nonce": nonce}, auth_params={"nonce": nonce}
    )
    return answer


def come_back(request: HttpRequest) -> HttpResponse:
    """What allauth makes of the issuer's answer; who comes in is decided by the adapter that the settings name."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(CompanyAdapter(request, "company"))(request)
    return answer


def claims_of(login: SocialLogin) -> Claims:
    """What the issuer says about whoever comes.

    Raises
    ------
    OAuth2Error
        when the answer is about another sign-in or another person than was asked for.
    """
    token, told = login.account.extra_data["id_token"], login.account.extra_data.get("userinfo", {})
    if not token.get("nonce") or token["nonce"] != (login.state.get("data") or {}).get("nonce"):
        raise OAuth2Error("The nonce is not the one that this browser was given.")
    if told and told.get("sub") != token["sub"]:
        raise OAuth2Error("The ID token and the user info are about different people.")
    source = told if told.get("email") and "email_verified" in told else token
    said = {name: str(source.get(name) or "") for name in ("email", "name")}
    return Claims(is_verified=source.get("email_verified") is True, **said)


def farewell() -> str | None:
    """Where one signs out of the issuer as well; None when it has no such page."""
    place = discovery().get("end_session_endpoint")
    home = settings.BASE_URL.rstrip("/") + reverse("sign-in")
    return f"{place}?{urlencode({'client_id': settings.SSO_CLIENT, 'post_logout_redirect_uri': home})}" if place else None

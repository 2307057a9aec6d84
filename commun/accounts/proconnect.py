"""ProConnect: signing in with the State's identity provider for public agents (OpenID Connect).

Its userinfo is a JWT signed by it, not plain JSON: nothing in it is believed before its signature, issuer, audience and
date are. A person is known by her professional address; `sub` may change with the identity provider behind ProConnect.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

from commun.accounts.addresses import InvalidAddress, normalise_email

#: What ProConnect signs with. Never what the token itself says: "none" and "HS256" would be a forger's choice.
ALGORITHMS = ("RS256", "ES256")
NONCE = "proconnect_nonce"
SIRET = "proconnect_siret"
SIGN_OUT = "proconnect_sign_out"
_CLOCK_SKEW = 30  # seconds


class UserinfoRefused(OAuth2Error):
    """What was answered is not a userinfo that ProConnect signed for us, now."""


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "proconnect")

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        from django.conf import settings

        return settings.SITE_URL + reverse("proconnect_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        identity = self._identity(app, kwargs["response"].get("id_token", ""))
        expected = request.session.pop(NONCE, "")
        if not expected or not secrets.compare_digest(str(identity.get("nonce", "")), expected):
            raise UserinfoRefused("nonce")
        userinfo = self._userinfo(app, token.token)
        if userinfo["sub"] != identity["sub"]:  # OpenID Connect Core 5.3.2
            raise UserinfoRefused("sub")
        self._remember_the_way_out(request, kwargs["response"]["id_token"])
        return self.get_provider().sociallogin_from_response(request, userinfo)

    def _remember_the_way_out(self, request: HttpRequest, id_token: str) -> None:
        """Signing out here signs out there too (RP-Initiated Logout 1.0): nothing is to be asked of it by then."""
        endpoint = str(self.openid_config.get("end_session_endpoint", ""))
        if endpoint.startswith(("https://", "http://")):
            request.session[SIGN_OUT] = {"endpoint": endpoint, "id_token": id_token}

    def _identity(self, app: SocialApp, raw: str) -> dict[str, Any]:
        return self._verified(raw, app=app, required=("sub", "iss", "aud", "exp", "nonce"))

    def _userinfo(self, app: SocialApp, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != "application/jwt":
            raise UserinfoRefused("not signed")
        claims = self._verified(answer.text, app=app, required=("sub", "iss", "aud", "exp", "email"))
        try:
            claims["email"] = normalise_email(str(claims["email"]))
        except InvalidAddress:
            raise UserinfoRefused("email") from None
        return claims

    def _verified(self, raw: str, *, app: SocialApp, required: tuple[str, ...]) -> dict[str, Any]:
        import jwt  # with its cryptography, 8 MB: workers load this module too

        try:
            return jwt.decode(
                raw,
                key=self._key_of(raw),
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=_CLOCK_SKEW,
                options={"require": list(required)},
            )
        except (jwt.PyJWTError, ValueError, KeyError) as error:
            raise UserinfoRefused(type(error).__name__) from error

    def _key_of(self, raw: str) -> Any:
        """The provider's key that the token names, or its only one where it names none (OpenID Connect Core 10.1).
        Fetched each time, so that a key it withdrew is not believed."""
        import jwt

        kid = jwt.get_unverified_header(raw).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [one for one in jwt.PyJWKSet.from_dict(answer.json()).keys if one.public_key_use in {None, "sig"}]
        named = [one for one in keys if kid is None or one.key_id == kid]
        if len(named) != 1:
            raise jwt.InvalidKeyError
        return named[0].key


def sign_out_url(request: HttpRequest) -> str:
    """Where whoever came from ProConnect ends her session there, and comes back from; "" for anybody else."""
    from django.conf import settings

    known = request.session.get(SIGN_OUT)
    if not known:
        return ""
    asked = {
        "id_token_hint": known["id_token"],
        "state": secrets.token_urlsafe(16),  # ProConnect wants one; nothing is done on coming back
        "post_logout_redirect_uri": f"{settings.SITE_URL}/",
    }
    return f"{known['endpoint']}{'&' if '?' in known['endpoint'] else '?'}{urlencode(asked)}"


def _view(kind: Any) -> Any:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        try:
            return kind.adapter_view(ProConnectAdapter)(request)
        except SocialApp.DoesNotExist:  # not configured: there is no such page
            raise Http404 from None
        except RequestException:  # it does not answer, before anybody is sent there
            return _unavailable(request)

    return view


def _unavailable(request: HttpRequest) -> HttpResponse:
    from django.shortcuts import render

    return render(request, "socialaccount/authentication_error.html", status=503)


oauth2_login = _view(OAuth2LoginView)
oauth2_callback = _view(OAuth2CallbackView)

"""ProConnect as allauth knows it (found by this module's name)."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.http import HttpRequest

from commun.accounts.proconnect import NONCE, ProConnectAdapter

SIRET_LENGTH = 14
SCOPE = ["openid", "given_name", "usual_name", "email", "siret", "uid"]


class ProConnectProvider(OAuth2Provider):
    id = "proconnect"
    name = "ProConnect"
    oauth2_adapter_class = ProConnectAdapter
    pkce_enabled_default = True

    @property
    def server_url(self) -> str:
        return f"{self.app.settings['server_url'].rstrip('/')}/.well-known/openid-configuration"

    def get_default_scope(self) -> list[str]:
        return SCOPE

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return SCOPE  # never what the address asks for

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        nonce = request.session[NONCE] = secrets.token_urlsafe(24)
        return {"nonce": nonce}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The professional address: `sub` names an account of the provider's, not a person."""
        return data["email"]

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "email": data["email"],
            "first_name": str(data.get("given_name") or "")[:150],
            "last_name": str(data.get("usual_name") or "")[:150],
        }

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What we keep of it: for whom she works. The rest is not needed."""
        siret = str(data.get("siret") or "")
        return {"siret": siret if len(siret) == SIRET_LENGTH else ""}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        return [EmailAddress(email=data["email"], verified=True, primary=True)]


provider_classes = [ProConnectProvider]

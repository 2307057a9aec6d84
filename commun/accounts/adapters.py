"""How allauth behaves here; a higher room may extend it (it creates memberships there)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        from django.core.exceptions import ValidationError

        from commun.accounts.addresses import InvalidAddress, normalise_email

        try:
            return normalise_email(super().clean_email(email))
        except InvalidAddress:
            raise ValidationError("Cette adresse électronique n’est pas valable.") from None

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        """The site as we name it, not as this request reached it."""
        named = context | {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
        return super().render_mail(template_prefix, email, named, headers=headers)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if user.is_authenticated and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Whoever comes from ProConnect is the account that has her professional address, whatever `sub` says."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        from allauth.account.models import EmailAddress

        from commun.accounts.models import User
        from commun.accounts.proconnect import SIRET

        request.session[SIRET] = sociallogin.account.extra_data.get("siret", "")
        if sociallogin.is_existing:
            return
        user = User.objects.filter(email=sociallogin.account.uid, is_active=True).first()
        if user is not None:
            # An account begun with this address and never confirmed has no session and no password: it is hers.
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
            sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest: a stolen backup does not open the administration."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(f"commun.mfa:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

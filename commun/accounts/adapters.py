"""How allauth behaves here; a higher room may extend it (it creates memberships there)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from commun.accounts.types import AskedCode, CodePurpose
from commun.common import clock, mails, ratelimit


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        from django.core.exceptions import ValidationError

        from commun.accounts.addresses import InvalidAddress, normalise_email

        try:
            return normalise_email(super().clean_email(email))
        except InvalidAddress:
            raise ValidationError("Cette adresse électronique n’est pas valable.") from None

    def get_client_ip(self, request: HttpRequest) -> str:
        """As our own limits see it: one reading of `TRUSTED_PROXIES`."""
        return ratelimit.client_address(request)

    # --- Codes: one per address, whoever asks (`accounts.codes`). The request carries what was asked for it, so that
    # the library's page, mail and message say the same.

    def generate_login_code(self) -> str:
        asked = _asked()
        return asked.code if asked else super().generate_login_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        asked = _asked()
        if asked is None or asked.mailed:
            super().send_mail(template_prefix, email, context)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        asked = self._ask_to_confirm(request, emailconfirmation.email_address.email)
        emailconfirmation.state["code"] = asked.code
        super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_account_already_exists_mail(self, email: str) -> None:
        self._ask_to_confirm(allauth_context.request, email)
        super().send_account_already_exists_mail(email)

    def _ask_to_confirm(self, request: HttpRequest, email: str) -> AskedCode:
        return ask_for(request, CodePurpose.CONFIRM, email, draw=self.generate_email_verification_code)

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        """The site as we name it, not as this request reached it."""
        named = context | {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
        message = super().render_mail(template_prefix, email, named, headers=headers)
        mail = mails.dress(subject=message.subject, text=message.body)
        message.body = mail.text
        message.attach_alternative(mail.html, "text/html")
        return message

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if user.is_authenticated and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Through ProConnect for whoever came from it: a shared computer keeps no session there."""
        from commun.accounts.proconnect import sign_out_url

        return sign_out_url(request) or super().get_logout_redirect_url(request)


def ask_for(request: HttpRequest, purpose: str, email: str, *, draw: Callable[[], str]) -> AskedCode:
    """Ask for the code of this address, on behalf of whoever made this request."""
    from commun.accounts.services import ask_code

    asked = ask_code(purpose=purpose, email=email, client=ratelimit.client(request), now=clock.now(), draw=draw)
    request.address_code = asked  # type: ignore[attr-defined]
    return asked


def _asked() -> AskedCode | None:
    return getattr(allauth_context.request, "address_code", None)


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

"""Forms of django-allauth, in the words of the site and under its limits. Named in settings (`ACCOUNT_FORMS`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.http import HttpRequest, HttpResponse

from commun.accounts.adapters import ask_for
from commun.accounts.services import use_code
from commun.accounts.types import CodePurpose
from commun.common import clock, ratelimit
from commun.common.errors import RateLimited

ADDRESS = "Adresse électronique"
#: Codes that one network may try: what makes a code that is good for a day as hard to guess as one of ten minutes.
TRIES, TRIES_PERIOD = 60, timedelta(hours=1)


class _Worded:
    """Names the field in which an address is typed."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = ADDRESS


class LoginForm(_Worded, library.LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        ask_for(request, CodePurpose.ENTER, self.cleaned_data["login"], draw=get_adapter().generate_login_code)
        return super().login(request, redirect_url)


class SignupForm(_Worded, library.SignupForm):
    pass


class AddEmailForm(_Worded, library.AddEmailForm):
    pass


class _Typed:
    """A code being typed: counted per network, good once, and not after its time."""

    purpose: str
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        try:
            ratelimit.hit(
                scope="accounts.tries", who=ratelimit.client(context.request), limit=TRIES, period=TRIES_PERIOD
            )
        except RateLimited as refusal:
            minutes = -(-refusal.retry_after // 60)
            raise forms.ValidationError(
                f"Trop de codes ont été essayés depuis votre réseau. Réessayez dans {minutes} min.", code=refusal.code
            ) from None
        code = super().clean_code()  # type: ignore[misc]
        if not use_code(purpose=self.purpose, code=self.expected_code, now=clock.now()):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class ConfirmLoginCodeForm(_Typed, library.ConfirmLoginCodeForm):
    purpose = CodePurpose.ENTER


class ConfirmAddressCodeForm(_Typed, library.ConfirmEmailVerificationCodeForm):
    purpose = CodePurpose.CONFIRM

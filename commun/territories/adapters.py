"""Where a person goes once signed in: after ProConnect, she is asked in whose name she acts."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from commun.accounts.adapters import AccountAdapter
from commun.accounts.api import PROCONNECT_SIRET


class MemberAccountAdapter(AccountAdapter):
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.session.get(PROCONNECT_SIRET):
            return reverse("territories:affiliation")
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

"""What the administration shows of accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.account import LogoutView

from commun.accounts.proconnect import sign_out_url


class TeamLogoutView(LogoutView):  # type: ignore[misc]
    """Signing out of the administration signs out of ProConnect too, as on the site."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":  # Wagtail's forgets the cookie whatever was asked
            refused: HttpResponseBase = self.http_method_not_allowed(request, *args, **kwargs)
            return refused
        out = sign_out_url(request)  # known by the session, which is gone afterwards
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if out and response.status_code == 302:
            response["Location"] = out
        return response

"""The administration asks for a second factor; sessions are followed without writing on every page."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from commun.common import clock


class SessionActivityMiddleware(UserSessionsMiddleware):
    """Note when a session was last used every few minutes, not on every page: it costs six statements."""

    EVERY_SECONDS = 300

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        # The key too: signing in again changes it, and makes another session.
        key, noted = request.session.get("activity", ("", 0))
        now = int(clock.now().timestamp())
        if key == request.session.session_key and 0 <= now - noted < self.EVERY_SECONDS:
            return self.get_response(request)
        request.session["activity"] = (request.session.session_key, now)
        return super().__call__(request)


class StaffMfaMiddleware:
    """Send a member of the team without a second factor to the page where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.STAFF_MFA_REQUIRED
            and request.path.startswith(reverse("wagtailadmin_home"))
            and request.user.is_authenticated
            and not self._has_second_factor(request)
        ):
            messages.info(request, "L’administration demande un second facteur : enregistrez-en un pour continuer.")
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _has_second_factor(request: HttpRequest) -> bool:
        from allauth.mfa.utils import is_mfa_enabled

        return is_mfa_enabled(request.user)

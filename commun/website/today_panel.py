"""The one panel of the administration's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from commun.website.menu import waits_of
from commun.website.today import read_today


class TodayPanel(Component):
    name = "today"
    template_name = "website/admin/today.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        request = self._request
        user: Any = request.user
        return {
            "request": request,
            "today": read_today(user=user, waiting=waits_of(request)),
            "name": user.first_name,
            "csrf_token": get_token(request),  # a panel is rendered without the request
        }

    @property
    def media(self) -> Media:
        return Media(css={"all": ["website/today.css"]})

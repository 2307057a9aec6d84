"""Entries of the administration's menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """Shown to whoever holds `permission`."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self._permission)

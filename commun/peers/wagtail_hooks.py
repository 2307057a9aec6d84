"""The administration's screens of this room."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.peers.selectors.introductions import FOLLOW


class PermittedMenuItem(MenuItem):
    """Shown to whoever holds the permission."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(FOLLOW)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("commun.peers.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_introductions_menu() -> MenuItem:
    url = reverse("peers_team:introductions")
    return PermittedMenuItem("Mises en relation", url, name="rencontres", icon_name="group", order=156)

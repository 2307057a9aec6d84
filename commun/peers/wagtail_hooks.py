"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.common.menus import PermittedMenuItem
from commun.peers.selectors.introductions import FOLLOW


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("commun.peers.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_introductions_menu() -> MenuItem:
    url = reverse("peers_team:introductions")
    label = "Mises en relation"
    return PermittedMenuItem(label, url, name="rencontres", icon_name="group", order=156, permission=FOLLOW)

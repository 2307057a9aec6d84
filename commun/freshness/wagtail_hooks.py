"""This room's place in the administration."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.common.menus import PermittedMenuItem
from commun.freshness.selectors.board import KEEP_TRUE


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("commun.freshness.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("freshness_team:index")
    return PermittedMenuItem("À vérifier", url, name="a-verifier", icon_name="check", order=156, permission=KEEP_TRUE)

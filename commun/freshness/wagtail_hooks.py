"""This room's place in the administration."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.freshness.selectors.board import KEEP_TRUE


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(KEEP_TRUE)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("commun.freshness.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return _Item("À vérifier", reverse("freshness_team:index"), name="a-verifier", icon_name="check", order=156)

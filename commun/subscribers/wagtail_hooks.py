"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.common.menus import PermittedMenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("abonnements/", include("commun.subscribers.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("subscribers_team:index")
    return PermittedMenuItem("Abonnements", url, icon_name="mail", order=600, permission="subscribers.view_topic")

"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.common.menus import PermittedMenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("votes/", include("commun.votes.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("votes_team:index")
    return PermittedMenuItem("Votes", url, name="votes", icon_name="tasks", order=400, permission="votes.view_vote")

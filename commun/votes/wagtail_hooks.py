"""The administration's screens of this room."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class VotesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("votes.view_vote")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("votes/", include("commun.votes.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return VotesMenuItem("Votes", reverse("votes_team:index"), name="votes", icon_name="tasks", order=400)

"""The administration's screens of this room."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class SubscriptionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("subscribers.view_topic")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("abonnements/", include("commun.subscribers.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return SubscriptionsMenuItem("Abonnements", reverse("subscribers_team:index"), icon_name="mail", order=600)

"""This room's place in the administration."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.website.views.state import state


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [path("etat/", state, name="site_state")]


class _StateItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.operate_mail")


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return _StateItem("État du site", reverse("site_state"), icon_name="desktop", order=900)

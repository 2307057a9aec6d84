"""The administration's screens of this room."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("envois/", include("commun.mailing.admin.send_urls"))]


class _SendsItem(MenuItem):
    """Shown to whoever holds `permission`."""

    def __init__(self, label: str, name: str, *, permission: str, icon: str, order: int) -> None:
        super().__init__(label, reverse(f"mailing_sends:{name}"), name=f"sends-{name}", icon_name=icon, order=order)
        self._permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self._permission)


@hooks.register("register_admin_menu_item")
def register_sends_menu() -> MenuItem:
    items = [
        _SendsItem("Tous les envois", "index", permission="mailing.view_send", icon="upload", order=10),
        _SendsItem("Messageries", "operators", permission="mailing.operate_mail", icon="globe", order=20),
        _SendsItem("Délivrabilité", "deliverability", permission="mailing.operate_mail", icon="key", order=30),
    ]
    return SubmenuMenuItem("Envois", Menu(items=items), name="sends", icon_name="upload", order=160)

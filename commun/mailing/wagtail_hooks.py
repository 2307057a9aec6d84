"""The administration's screens of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from commun.common.menus import PermittedMenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("envois/", include("commun.mailing.admin.send_urls"))]


def _item(label: str, name: str, *, permission: str, icon: str, order: int) -> MenuItem:
    url = reverse(f"mailing_sends:{name}")
    return PermittedMenuItem(label, url, name=f"sends-{name}", icon_name=icon, order=order, permission=permission)


@hooks.register("register_admin_menu_item")
def register_sends_menu() -> MenuItem:
    items = [
        _item("Tous les envois", "index", permission="mailing.view_send", icon="upload", order=10),
        _item("Messageries", "operators", permission="mailing.operate_mail", icon="globe", order=20),
        _item("Délivrabilité", "deliverability", permission="mailing.operate_mail", icon="key", order=30),
    ]
    return SubmenuMenuItem("Envois", Menu(items=items), name="sends", icon_name="upload", order=160)

"""This room's place in the administration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItem, MenuItem

from commun.common.menus import PermittedMenuItem
from commun.website.menu import regroup
from commun.website.today_panel import TodayPanel
from commun.website.views import guide
from commun.website.views.state import state
from commun.website.views.team_search import team_search


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("etat/", state, name="site_state"),
        path("chercher/", team_search, name="team_search"),
        path("guide/", guide.page, name="guide"),
        path("guide/<slug:name>/", guide.page, name="guide_page"),
        path("guide/image/<slug:name>.webp", guide.picture, name="guide_picture"),
    ]


@hooks.register("register_help_menu_item")
def register_guide() -> MenuItem:
    return MenuItem("Guide de la rédaction", reverse("guide"), name="guide", icon_name="doc-full-inverse", order=0)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("site_state")
    return PermittedMenuItem("État du site", url, icon_name="desktop", order=900, permission="mailing.operate_mail")


@hooks.register("construct_main_menu", order=900)
def follow_the_loop(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = regroup(request=request, items=list(menu_items))


@hooks.register("insert_global_admin_css")
def name_groups_in_full() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("website/menu.css"))


@hooks.register("construct_help_menu")
def leave_out_pages_of_libraries(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Its news and its guide: in English, elsewhere, and counted on the menu until somebody has opened them."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, DismissibleMenuItem)]


@hooks.register("construct_homepage_panels", order=900)
def open_on_today(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's own panels say what Wagtail knows; this one, what the network waits for."""
    panels[:] = [TodayPanel(request)]

"""The administration's screens of this room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commun.cms.api import publication_refusal
from commun.common.menus import PermittedMenuItem
from commun.contributions.admin.alike import alike
from commun.contributions.publication import SAID, WITHDRAWN
from commun.contributions.selectors.contributions import MODERATE


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("contributions/", include("commun.contributions.admin.urls")),
        path("agenda/semblables/", alike, name="alike_events"),
    ]


@hooks.register("insert_editor_js")
def show_alike_events() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("contributions/alike.js"))


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse("contributions_team:index")
    return PermittedMenuItem(
        "Contributions", url, name="contributions", icon_name="mail", order=150, permission=MODERATE
    )


@hooks.register("register_admin_menu_item")
def register_feeds_menu() -> MenuItem:
    url = reverse("contributions_team:feeds")
    return PermittedMenuItem(
        "Flux de partenaires", url, name="flux", icon_name="rotate", order=151, permission=MODERATE
    )


@hooks.register("before_edit_page")
def say_withdrawn(request: HttpRequest, page: Any) -> None:
    """Why the button that publishes is not there."""
    if request.method == "GET" and publication_refusal(page=page) == WITHDRAWN:
        messages.warning(request, SAID)

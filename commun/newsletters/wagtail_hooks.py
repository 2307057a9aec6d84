"""The letter's place in the administration, and what its pages do otherwise than others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from commun.library.api import ThemePage
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import protected_by
from commun.newsletters.services.topics import forget_theme_topic
from commun.newsletters.views.choosing import VIEWSETS
from commun.newsletters.views.public import serve_issue


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("lettre/", include("commun.newsletters.urls"))]


for _viewset in VIEWSETS:
    hooks.register("register_admin_viewset", lambda viewset=_viewset: viewset)


class _LetterMenu(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and _is_letter_team(request.user)


def _is_letter_team(user: Any) -> bool:
    return bool(user.has_perm("newsletters.submit_issue") or user.has_perm("newsletters.send_issue"))


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    items = [
        MenuItem("Numéros", reverse("newsletters:issues"), name="letter-issues", icon_name="mail", order=10),
        MenuItem(
            "Calendrier éditorial",
            reverse("newsletters:calendar"),
            name="letter-calendar",
            icon_name="calendar-alt",
            order=20,
        ),
        MenuItem(
            "Listes d’essai", reverse("newsletters:trial_lists"), name="letter-trials", icon_name="group", order=30
        ),
    ]
    return _LetterMenu("La lettre", Menu(items=items), name="letter", icon_name="mail", order=150)


@hooks.register("before_serve_page")
def serve(page: Any, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> HttpResponse | None:
    if not isinstance(page, IssuePage):
        return None
    return serve_issue(request=request, issue=page, copy=serve_kwargs.get("copy", False))


@hooks.register("insert_editor_js")
def scripts() -> SafeString:
    names = ("typing", "counter", "checks", "previews", "sections")
    return format_html_join(
        "", '<script src="{}" defer></script>', ((static(f"newsletters/{name}.js"),) for name in names)
    )


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsletters/editor.css"))


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if not _is_letter_team(user):
        return
    page = page.specific
    if isinstance(page, ThemePage):
        url = reverse("newsletters:compose", args=[page.pk])
        yield Button("Composer le prochain numéro", url, icon_name="mail", priority=5)
    elif isinstance(page, IssuePage):
        yield Button("Vérifier et envoyer", reverse("newsletters:issue", args=[page.pk]), icon_name="mail", priority=5)


class _GoToSending(ActionMenuItem):
    """Beside « save »: drafts save themselves, so nothing is lost on the way."""

    name = "action-letter-sending"
    label = "Vérifier et envoyer"
    icon_name = "mail"

    def is_shown(self, context: Any) -> bool:
        shown = context["view"] == "edit" and isinstance(context.get("page"), IssuePage)
        return bool(shown and _is_letter_team(context["request"].user))

    def get_url(self, parent_context: Any) -> str:
        return reverse("newsletters:issue", args=[parent_context["page"].pk])


class _GoToComposing(ActionMenuItem):
    name = "action-letter-composing"
    label = "Composer le prochain numéro"
    icon_name = "mail"

    def is_shown(self, context: Any) -> bool:
        shown = context["view"] == "edit" and isinstance(context.get("page"), ThemePage)
        return bool(shown and _is_letter_team(context["request"].user))

    def get_url(self, parent_context: Any) -> str:
        return reverse("newsletters:compose", args=[parent_context["page"].pk])


hooks.register("register_page_action_menu_item", lambda: _GoToSending(order=5))
hooks.register("register_page_action_menu_item", lambda: _GoToComposing(order=90))


@hooks.register("before_delete_page")
def refuse_deleting(request: HttpRequest, page: Any) -> HttpResponse | None:
    if kept := protected_by(page=page):
        messages.error(request, _kept(kept))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if request.method == "POST":
        _forget_topics(page)
    return None


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    if action_type == "delete":
        pages = [item for item in objects if isinstance(item, Page)]
        kept = [issue for page in pages for issue in protected_by(page=page)]
        if kept:
            messages.error(request, _kept(kept))
            return redirect("newsletters:issues")
        for page in pages:
            _forget_topics(page)
    return None


def _forget_topics(page: Any) -> None:
    for theme in ThemePage.objects.descendant_of(page, inclusive=True):
        forget_theme_topic(theme=theme)


def _kept(issues: list[IssuePage]) -> str:
    numbers = ", ".join(f"n° {issue.number}" for issue in issues)
    return (
        f"Cette page reste : des numéros de la lettre en dépendent ({numbers}). Ce qui a été soumis ou envoyé est "
        "gardé ; dépubliez la page si elle ne doit plus se voir."
    )

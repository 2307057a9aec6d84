"""How each of the team's screens of this room is drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def render_screen(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": reverse("subscribers_team:index"), "label": "Abonnements"},
    ]
    if name != "index":
        trail.append({"url": "", "label": title})
    values = {"header_title": title, "header_icon": "mail", "breadcrumbs_items": trail, "header_buttons": [], **context}
    return render(request, f"subscribers/admin/{name}.html", values)

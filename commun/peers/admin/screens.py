"""What the team's screens of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def screen(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    steps = [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}, {"url": "", "label": title}]
    values = {
        "header_title": title,
        "header_icon": "group",
        "breadcrumbs_items": steps,
        "header_buttons": [],
        **context,
    }
    return render(request, f"peers/admin/{name}.html", values)

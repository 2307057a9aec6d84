"""How each of the team's screens of this room is drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from commun.common.screens import show_screen


def render_screen(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    steps = [("subscribers_team:index", title if name == "index" else "Abonnements")]
    return show_screen(
        request, f"subscribers/admin/{name}.html", title=title, icon="mail", steps=steps, context=context
    )

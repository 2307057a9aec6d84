"""What the team's screens of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from commun.common.screens import show_screen


def screen(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    return show_screen(request, f"peers/admin/{name}.html", title=title, icon="group", steps=(), context=context)

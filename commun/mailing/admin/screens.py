"""What the team's screens share: the frame, and the way an expected refusal is said."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from commun.common.screens import Step, show_screen

SENDS: Step = ("mailing_sends:index", "Envois")


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], *, trail: tuple[Step, ...] = (SENDS,)
) -> HttpResponse:
    """A page of the administration; `trail` names the pages above it, from the first."""
    template = f"mailing/admin/{template}.html"
    return show_screen(request, template, title=title, icon="mail", steps=trail, context=context)

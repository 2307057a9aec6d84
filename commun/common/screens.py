"""A screen of the team, in the frame that Wagtail gives its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

Step = tuple[str, str]  # an address, or the name of one; its label


def trail_of(steps: Sequence[Step], *, title: str) -> list[dict[str, str]]:
    """From « Accueil » to the screen of this title, which leads nowhere: one is there."""
    shown = [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}]
    shown += [{"url": url if url.startswith("/") else reverse(url), "label": label} for url, label in steps]
    if shown[-1]["label"] != title:
        shown.append({"url": "", "label": title})
    return shown


def show_screen(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    icon: str,
    steps: Sequence[Step],
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """`steps`: the screens above this one, from the first; it may be the last of them. What `context` says wins."""
    frame = {
        "header_title": title,
        "header_icon": icon,
        "header_buttons": [],
        "breadcrumbs_items": trail_of(steps, title=title),
    }
    return render(request, template, {**frame, **context}, status=status)

"""What the team's screens share: the frame, and the way an expected refusal is said."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

Crumb = tuple[str, str]  # address, label
SENDS: Crumb = ("mailing_sends:index", "Envois")


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], *, trail: tuple[Crumb, ...] = (SENDS,)
) -> HttpResponse:
    """A page of the administration; `trail` names the pages above it, from the first."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}]
    crumbs += [
        {"url": address if address.startswith("/") else reverse(address), "label": label} for address, label in trail
    ]
    crumbs.append({"url": "", "label": title})
    values = {"header_title": title, "header_icon": "mail", "breadcrumbs_items": crumbs, "header_buttons": []}
    return render(request, f"mailing/admin/{template}.html", {**values, **context})

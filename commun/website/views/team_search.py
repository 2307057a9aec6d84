"""The team's one search. Words travel by POST: among them are addresses, which no log of a server should hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commun.accounts.api import SHORTEST, search_for_team


@require_http_methods(["GET", "HEAD", "POST"])
def team_search(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    words = request.POST.get("mots", "")[:200].replace("\0", "")
    found = search_for_team(user=user, words=words) if request.method == "POST" else []
    context = {
        "words": words,
        "found": found,
        "searched": request.method == "POST",
        "too_short": len(words.strip()) < SHORTEST,
        "breadcrumbs_items": [{"url": "", "label": "Chercher"}],
        "header_title": "Chercher",
        "header_icon": "search",
    }
    return render(request, "website/admin/search.html", context)

"""The team's one search. Words travel by POST: among them are addresses, which no log of a server should hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from commun.accounts.api import SHORTEST, search_for_team
from commun.common.screens import show_screen


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
    }
    template = "website/admin/search.html"
    return show_screen(request, template, title="Chercher", icon="search", steps=(), context=context)

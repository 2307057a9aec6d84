"""Introductions: how many, and which wait. Never what people wrote to each other."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.peers.admin.screens import screen
from commun.peers.selectors import introductions, standing
from commun.peers.selectors.introductions import FOLLOW

PAGE = 50


@permission_required(FOLLOW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    context = {
        "numbers": introductions.numbers(at=now),
        "rounds": standing.counts(),
        "waiting": Paginator(introductions.waiting(), PAGE).get_page(request.GET.get("page")),
    }
    return screen(request, "introductions", "Mises en relation", context)

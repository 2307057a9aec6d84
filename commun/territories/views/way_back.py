"""What somebody was doing when a page sent her to declare a mandate: one button brings her back to it.

A page of ours gives its own address (`?retour=`). It is kept in her session, the next one replaces it, and it is
forgotten once used.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

ASKED = "retour"
WAY_BACK = "territories.way_back"
LONGEST = 300
_OURS = "commun."


def keep_way_back(request: HttpRequest) -> None:
    """Keep the address that a link gives; anything but a page of ours is dropped without a word."""
    path = request.GET.get(ASKED, "")
    if _leads_to_us(path) and path != way_back(request):
        request.session[WAY_BACK] = path


def way_back(request: HttpRequest) -> str:
    """ "" where nothing waits. Read again each time: what was kept may belong to a release that had other pages."""
    path = request.session.get(WAY_BACK, "")
    return path if isinstance(path, str) and _leads_to_us(path) else ""


@login_required
@never_cache
@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    path = way_back(request)
    request.session.pop(WAY_BACK, None)
    return redirect(path or "territories:mandates")


def _leads_to_us(path: str) -> bool:
    """A path alone, without a host, that one of our own views answers: browsers read `//` and `/\\` as another site."""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST:
        return False
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return False
    return found.func.__module__.startswith(_OURS)

"""What programs read of the site itself: robots, whom to tell of a weakness, health."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from commun.cms.api import get_network
from commun.common import clock
from commun.common.kept import kept


@kept()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /gestion/",
        "Disallow: /compte/",
        "Disallow: /recherche/?",
        "Disallow: /recherche/suggestions/",
    ]
    lines += ["Disallow: /preferences/", "Disallow: /desabonnement/", "Disallow: /abonnement/confirmation/"]
    text = "\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@kept()
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Always dated ahead: the file says what holds today."""
    address = get_network(request=request).contact_email
    contact = f"mailto:{address}" if address else f"{settings.SITE_URL}/contact/"
    lines = [
        f"Contact: {contact}",
        f"Expires: {(clock.now() + timedelta(days=90)).astimezone(UTC):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer and reach its database. Says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        response = JsonResponse({"status": "down"}, status=503)
    else:
        response = JsonResponse({"status": "ok"})
    response["Cache-Control"] = "no-store"
    return response

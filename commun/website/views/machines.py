"""What programs read: feeds, robots, health."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from commun.agenda import api as agenda
from commun.cms.api import get_network
from commun.common import clock
from commun.library import api as library


class _Entries(Feed):
    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.full_url)

    def item_guid(self, item: Any) -> str:
        return f"{settings.SITE_URL}/#{item.translation_key}"


class Resources(_Entries):
    title = f"Ressources – {settings.SITE_NAME}"
    link = "/ressources/"
    subtitle = "Les dernières expériences, guides, articles et kits."

    def items(self) -> Any:
        return library.published_resources(limit=30)

    def item_pubdate(self, item: Any) -> datetime | None:
        return item.first_published_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime | None:
        return item.last_published_at  # type: ignore[no-any-return]


class News(_Entries):
    title = f"Actualités – {settings.SITE_NAME}"
    link = "/actualites/"
    subtitle = "Ce qu’annoncent les partenaires du réseau."

    def items(self) -> Any:
        return agenda.news()[:30]

    def item_pubdate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /gestion/", "Disallow: /compte/", "Disallow: /recherche/"]
    lines += ["Disallow: /preferences/", "Disallow: /desabonnement/", "Disallow: /abonnement/confirmation/"]
    text = "\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


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

"""The agenda as calendars. Its pages are Wagtail's."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from commun.agenda import api
from commun.agenda.calendars import to_ical
from commun.common import clock
from commun.library.api import published_themes


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, to add to one's own calendar."""
    page = get_object_or_404(api.events(), slug=slug)
    return _calendar(events=[page], name=page.title, filename=slug, seconds=300)


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """The whole agenda, or that of one theme (`?thematique=slug`), to subscribe to."""
    name, filename, theme = f"Agenda – {settings.SITE_NAME}", "agenda", None
    if slug := request.GET.get("thematique"):
        theme = published_themes().filter(slug=slug[:255]).first()
        if theme is None:
            raise Http404("thematique")
        name, filename = f"{theme.title} – {settings.SITE_NAME}", f"agenda-{theme.slug}"
    found = api.feed_events(now=clock.now(), theme=theme)
    return _calendar(events=found, name=name, filename=filename, seconds=900)


def _calendar(*, events: list[api.EventPage], name: str, filename: str, seconds: int) -> HttpResponse:
    body = to_ical(events=events, site_url=settings.SITE_URL, name=name, now=clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    response["Cache-Control"] = f"public, max-age={seconds}"
    changes = [event.last_published_at.timestamp() for event in events if event.last_published_at]
    if changes:
        response["Last-Modified"] = http_date(max(changes))
    return response

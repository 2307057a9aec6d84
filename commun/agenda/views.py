"""The agenda as calendars. Its pages are Wagtail's."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from commun.agenda import api
from commun.agenda.calendars import to_ical
from commun.common import clock
from commun.common.kept import kept


@kept()
@require_safe
@conditional_page
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, to add to one's own calendar."""
    page = get_object_or_404(api.events(), slug=slug)
    return _calendar(request, events=[page], name=page.title, filename=slug, seconds=300)


@kept("thematique", "region", "ou", "type")
@require_safe
@conditional_page
def agenda(request: HttpRequest) -> HttpResponse:
    """The agenda to subscribe to: whole, or narrowed as its page is (`?thematique=eau&region=53&type=atelier`)."""
    filters = api.read_filters(request.GET)
    if not filters.is_known:
        raise Http404("filters")
    found = api.feed_events(now=clock.now(), filters=filters)
    name = f"{filters.covers or 'Agenda'} – {settings.SITE_NAME}"
    filename = "-".join(["agenda", *filters.params.values()])
    return _calendar(request, events=found, name=name, filename=filename, seconds=900)


def _calendar(
    request: HttpRequest, *, events: list[api.EventPage], name: str, filename: str, seconds: int
) -> HttpResponse:
    """Told apart by its ETag alone: an event taken off line moves no date."""

    def address(page: api.EventPage) -> str:
        return f"{settings.SITE_URL}{page.get_url(request=request) or '/'}"

    body = to_ical(events=events, address=address, name=name, now=clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response

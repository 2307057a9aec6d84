"""What search engines may read: an index of lots of addresses. Never more than a lot is read for one answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from commun.common.kept import kept
from commun.finding import api as finding
from commun.website.selectors import get_frame

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_LOTS = 1_000_000_000


@kept()
@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    parts: list[tuple[str, datetime | None]] = [(reverse("website:sitemap_sections"), None)]
    lots = finding.address_lots()
    parts += [(reverse("website:sitemap_lot", args=[one.number]), one.changed_at) for one in lots]
    return _answer("sitemapindex", "sitemap", parts)


@kept()
@require_safe
@conditional_page
def sections(request: HttpRequest) -> HttpResponse:
    """What the index of `finding` does not hold: home, sections, legal pages, views of rooms."""
    return _answer("urlset", "url", [(path, None) for path in dict.fromkeys(_sections(request))])


def _sections(request: HttpRequest) -> Iterable[str]:
    frame = get_frame(request=request)
    yield "/"
    yield from (link.url for link in (*frame.menu, *frame.legal))
    yield from filter(None, (frame.subscribe_url, frame.contact_url))


@kept()
@require_safe
@conditional_page
def lot(request: HttpRequest, lot: int) -> HttpResponse:
    found = finding.addresses(lot=lot) if lot < _MOST_LOTS else []
    if not found:
        raise Http404("lot")
    return _answer("urlset", "url", found)


def _answer(root: str, item: str, found: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SPACE}">']
    for path, at in found:
        changed = f"<lastmod>{at.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>" if at is not None else ""
        lines.append(f"<{item}><loc>{escape(settings.SITE_URL + path)}</loc>{changed}</{item}>")
    response = HttpResponse("\n".join([*lines, f"</{root}>\n"]), content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response

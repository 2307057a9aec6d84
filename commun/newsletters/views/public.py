"""The letter on the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from commun.newsletters.models import IssuePage


def serve_issue(*, request: HttpRequest, issue: IssuePage) -> HttpResponse | None:
    """An issue lives at its number; its slug leads there. None: serve it as any page."""
    parts = issue.get_url_parts(request)
    if parts and parts[2] and request.path != parts[2]:
        return HttpResponsePermanentRedirect(parts[2])
    return None

"""The letter on the site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import published_issues


def serve_issue(*, request: HttpRequest, issue: IssuePage) -> HttpResponse | None:
    """An issue lives at its number; its slug leads there. None: serve it as any page. What was not sent: 404."""
    if not published_issues().filter(pk=issue.pk).exists():
        raise Http404("issue")
    parts = issue.get_url_parts(request)
    if parts and parts[2] and request.path != parts[2]:
        return HttpResponsePermanentRedirect(parts[2])
    return None

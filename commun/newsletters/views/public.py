"""The letter on the site."""

from __future__ import annotations

from email.message import EmailMessage

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import published_issues
from commun.newsletters.selectors.web import copy_to_forward


def serve_issue(*, request: HttpRequest, issue: IssuePage, copy: bool = False) -> HttpResponse | None:
    """An issue lives at its number; its slug leads there. None: serve it as any page. What was not sent: 404."""
    if not published_issues().filter(pk=issue.pk).exists():
        raise Http404("issue")
    if copy:
        return _copy(issue)
    parts = issue.get_url_parts(request)
    if parts and parts[2] and request.path != parts[2]:
        return HttpResponsePermanentRedirect(parts[2])
    return None


def _copy(issue: IssuePage) -> HttpResponse:
    """A message that nobody has sent yet (`X-Unsent`): a mail program opens it ready to be addressed."""
    found = copy_to_forward(issue=issue)
    if found is None:
        raise Http404("issue")
    message = EmailMessage()
    message["Subject"] = found.subject
    message["X-Unsent"] = "1"
    message.set_content(found.text)
    message.add_alternative(found.html, subtype="html")
    response = HttpResponse(bytes(message), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="lettre-{issue.number}.eml"'
    response["X-Robots-Tag"] = "noindex"
    return response

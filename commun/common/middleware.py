"""What every answer carries, whoever made it."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

Answer = Callable[[HttpRequest], HttpResponseBase]


class EveryAnswerMiddleware:
    """First of all, so that static files and refusals pass here too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.method == "HEAD":
            _without_body(response)
        return response


def _without_body(response: HttpResponseBase) -> None:
    """RFC 9110 § 9.3.2: the headers of GET, its length too, and nothing after them. Servers complain otherwise."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
        return
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


class ContentPolicyMiddleware(CSPMiddleware):
    """One policy for the site, one for the administration; a view that has its own keeps it."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(settings.ADMIN_PREFIX):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

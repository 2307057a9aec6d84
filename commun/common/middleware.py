"""What every answer carries, whoever made it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from commun.common import clock, kept, public, visits
from commun.common.spaces import typeset_html
from commun.common.storage import unreachable

logger = logging.getLogger("commun.storage")

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

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The server of files is away: not our fault, nor the visitor's."""
        if not isinstance(exception, unreachable()):
            return None
        logger.error("file storage unreachable error=%s", type(exception).__name__)
        response = render(request, "errors/files_away.html", status=503)
        response["Retry-After"] = "60"
        return response


def _without_body(response: HttpResponseBase) -> None:
    """RFC 9110 § 9.3.2: the headers of GET, its length too, and nothing after them. Servers complain otherwise."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
        return
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


class ActsOpenedMiddleware:
    """Behind whoever knows the user. The address of an act opened as a page: her session ended as she pressed the
    button, and signing in led there. She is told that nothing was done, and led back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method not in {"GET", "HEAD"}:
            return response
        told = render(request, "errors/405.html", {"back": _above(request.path_info)}, status=405)
        told["Allow"] = response["Allow"]
        return told


def _above(path: str) -> str:
    """The nearest address above that leads somewhere of the team's; elsewhere, the first page."""
    while path.startswith(settings.ADMIN_PREFIX) and path != settings.ADMIN_PREFIX:
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        with contextlib.suppress(Resolver404):
            resolve(path)
            return path
    return "/"


class KeptPagesMiddleware:
    """In front of all that makes a page: what is kept costs one question to the database, whether it still holds.

    Also where visits are counted, since nothing behind sees them all.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = kept.ask(request)
        if asked is None:
            return self.get_response(request)
        response = self._answer(request, asked) if settings.PAGES_KEPT_MB else self.get_response(request)
        if response.status_code in {200, 304} and response.headers.get("Content-Type", "text/html")[:9] == "text/html":
            visits.count(request)
        return response

    def _answer(self, request: HttpRequest, asked: kept.Asked) -> HttpResponseBase:
        if asked.key is None:
            return self.get_response(request)
        now = clock.now()
        try:
            number = public.version()
        except DatabaseError:
            return self.get_response(request)
        request.public_version = number  # type: ignore[attr-defined]
        page = kept.store.get(asked.key, number=number, now=now)
        if page is None:
            until = public.good_until(number=number, now=now)
            conditions = kept.take_conditions(request)
            with public.reading() as seen:
                response = self.get_response(request)
            request.META.update(conditions)
            if not kept.is_keepable(response, seen=seen):
                return response
            assert isinstance(response, HttpResponse)
            page = kept.make(response, made_at=now, until=until)
            if request.method == "GET":
                kept.store.put(asked.key, page, number=number)
        return kept.give(page, request=request)


class TypesettingMiddleware:
    """Titles and texts are typed with ordinary spaces: whatever page shows them, none begins a line with « : ».

    Behind what keeps pages, so that a page is read once. The team sees what was typed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(settings.ADMIN_PREFIX) or not isinstance(response, HttpResponse):
            return response
        if response.headers.get("Content-Type", "")[:9] == "text/html":
            response.content = typeset_html(response.content.decode(response.charset)).encode(response.charset)
        return response


class ContentPolicyMiddleware(CSPMiddleware):
    """One policy for the site, one for the administration; a view that has its own keeps it."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(settings.ADMIN_PREFIX):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

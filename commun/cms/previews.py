"""A preview goes through the middleware of a visit, loaded once for all previews of a process.

Wagtail loads it anew for each, and the list of static files with it: most of what an editor waits for as she types.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class _Previews(BaseHandler):
    """Django's way in, at whose end the view is the one that the request carries."""

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        asked: Any = request
        response = asked.serve_preview(request, asked.preview_mode)
        if callable(getattr(response, "render", None)):
            response = response.render()
        patch_cache_control(response, private=True)
        return response  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _handler() -> _Previews:
    handler = _Previews()
    handler.load_middleware()
    return handler


def preview(*, request: HttpRequest, serve: Callable[[HttpRequest, str | None], Any], mode: str | None) -> HttpResponse:
    """What `serve(request, mode)` answers. The request is made up, as Wagtail does."""
    asked: Any = request
    asked.is_dummy = asked.is_preview = True
    asked.preview_mode, asked.serve_preview = mode, serve
    return _handler().get_response(request)  # type: ignore[return-value]
